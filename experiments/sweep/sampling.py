"""Points in the space of a design's uncertainties, by SALib and SciPy."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from scenarios.designing import Design, Uncertainty

__all__ = ["Range", "lever_rows", "points_of", "problem_of", "scaled", "unit_of"]

class Range(Protocol):
    """What has a name and a range: an uncertainty of a design, or a factor of its analysis."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def low(self) -> float: ...  # noqa: D102
    @property
    def high(self) -> float: ...  # noqa: D102
    @property
    def scale(self) -> str: ...  # noqa: D102


_SEEDS = 2**32
"""SALib takes seeds of 32 bits."""


def points_of(design: Design) -> NDArray[np.float64]:
    """Every point, in the units of the parameters.

    Args:
        design: The design.

    Returns:
        One row per point, one column per uncertainty; one empty row where there are none.
    """
    if not design.uncertainties:
        return np.zeros((1, 0))
    if design.sampler.method == "grid":
        return _grid(design)
    unit = _unit_points(design)
    columns = [scaled(unit[:, k], each) for k, each in enumerate(design.uncertainties)]
    return np.column_stack(columns)


def unit_of(values: NDArray[np.float64], span: Range) -> NDArray[np.float64]:
    """Where values lie in a range, from 0 to 1, on its scale; 0 where it has no width."""
    if span.low == span.high:
        return np.zeros_like(values)
    if span.scale == "log":
        low, high = math.log(span.low), math.log(span.high)
        return np.asarray((np.log(values) - low) / (high - low))
    return np.asarray((values - span.low) / (span.high - span.low))


def problem_of(uncertain: Sequence[Range]) -> dict[str, Any]:
    """A space as SALib describes it: each of its dimensions from 0 to 1."""
    names = [each.name for each in uncertain]
    return {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}


def lever_rows(design: Design) -> list[tuple[object, ...]]:
    """Every combination of lever values, the last lever varying fastest; one where there are none.

    Each row has one value per lever.
    """
    return list(itertools.product(*(lever.values for lever in design.levers)))


def _unit_points(design: Design) -> NDArray[np.float64]:
    sampler, seed = design.sampler, design.seed % _SEEDS
    if sampler.method == "lhs":
        from scipy.stats.qmc import LatinHypercube

        cube = LatinHypercube(len(design.uncertainties), rng=design.seed)
        return np.asarray(cube.random(sampler.points))
    problem = problem_of(design.uncertainties)
    if sampler.method == "sobol":
        from SALib.sample import sobol

        found = sobol.sample(
            problem, sampler.points, calc_second_order=sampler.second_order, seed=seed
        )
    else:
        from SALib.sample import morris

        found = morris.sample(problem, sampler.points, num_levels=sampler.levels, seed=seed)
    return np.asarray(found, dtype=np.float64)


def _grid(design: Design) -> NDArray[np.float64]:
    steps = np.linspace(0.0, 1.0, design.sampler.points)
    axes = [
        each.values or tuple(scaled(np.asarray(steps), each).tolist())
        for each in design.uncertainties
    ]
    rows = list(itertools.product(*axes))
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(axes))


def scaled(unit: NDArray[np.float64], uncertainty: Uncertainty) -> NDArray[np.float64]:
    """Values at places from 0 to 1 in the range of an uncertainty, on its scale."""
    if uncertainty.scale == "log":
        low, high = math.log(uncertainty.low), math.log(uncertainty.high)
        values = np.exp(low + unit * (high - low))
    else:
        values = uncertainty.low + unit * (uncertainty.high - uncertainty.low)
    # Rounding must not lead out of the range.
    return np.clip(values, uncertainty.low, uncertainty.high)
