"""How many points and runs a design has."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scenarios.designing.design import Design

__all__ = ["MOST_RUNS", "combinations_of", "points_of", "runs_of"]

MOST_RUNS = 10_000_000


def points_of(design: Design) -> int:
    """Points in the space of the uncertainties; 1 where nothing is uncertain.

    With D uncertainties: `grid`: the product of the numbers of values; `lhs`: the points asked
    for; `sobol`: N (D + 2), or N (2 D + 2) with second order (Saltelli 2002); `morris`: T (D + 1)
    (Morris 1991).
    """
    sampler, uncertain = design.sampler, design.uncertainties
    number = len(uncertain)
    if not number:
        return 1
    if sampler.method == "grid":
        return math.prod(len(each.values) or sampler.points for each in uncertain)
    if sampler.method == "sobol":
        return sampler.points * ((2 * number if sampler.second_order else number) + 2)
    if sampler.method == "morris":
        return sampler.points * (number + 1)
    return sampler.points


def combinations_of(design: Design) -> int:
    """Combinations of the values of all levers; 1 where there are none."""
    return math.prod(len(lever.values) for lever in design.levers)


def runs_of(design: Design) -> int:
    """Runs in all: points times combinations of levers times replicates."""
    return points_of(design) * combinations_of(design) * design.replicates
