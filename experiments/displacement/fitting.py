"""The two parameters of displacement, fitted on a grid, and what happens when a crisis is left out.

A grid is honest here: with six crises, a finer search would only fit their noise. The parameters
with the least mean errors are taken. Errors with capacities are half those without, so that a
plain sum would hardly look at them: the product of the two means is made least.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from experiments.displacement.errors import relative_difference
from experiments.displacement.world_of import Crisis
from sim.displacement import DisplacementParameters, run_displacement

__all__ = ["DISTANCE_WEIGHTS", "INDEPENDENCES", "KEPT", "REPLICATES", "Fit", "LeftOut", "fit",
           "read_left_out", "search"]

DISTANCE_WEIGHTS = (0.4, 0.5, 0.6, 0.7, 0.8, 1.0, 1.25)
INDEPENDENCES = (0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 1.0)
REPLICATES = 10
KEPT = Path(__file__).parent / "left_out.json"
"""What the last search found, as `python -m experiments.displacement DIR --keep` wrote it."""

Point = tuple[float, float]


@dataclass(frozen=True)
class LeftOut:
    """One crisis, run with parameters fitted on all the others.

    Attributes:
        name: The crisis.
        distance_weight: Fitted on the others.
        independence: Fitted on the others.
        with_capacities: Its error with capacities.
        without: Its error without.
    """

    name: str
    distance_weight: float
    independence: float
    with_capacities: float
    without: float


@dataclass(frozen=True)
class Fit:
    """What a search found.

    Attributes:
        best: Distance weight and independence fitted on all crises.
        with_capacities: Mean error of all crises there.
        without: The same without capacities.
        left_out: Each crisis with parameters fitted on the others.
    """

    best: Point
    with_capacities: float
    without: float
    left_out: tuple[LeftOut, ...]


def search(crises: Sequence[Crisis], replicates: int = REPLICATES,
           told: Callable[[str], None] | None = None) -> NDArray[np.float64]:
    """Mean errors, of shape [distance weights, independences, 2, crises]; first with capacities."""
    found = np.zeros((len(DISTANCE_WEIGHTS), len(INDEPENDENCES), 2, len(crises)))
    for i, j in product(range(len(DISTANCE_WEIGHTS)), range(len(INDEPENDENCES))):
        parameters = DisplacementParameters(DISTANCE_WEIGHTS[i], INDEPENDENCES[j])
        for n, crisis in enumerate(crises):
            for without in (0, 1):
                found[i, j, without, n] = np.mean([
                    relative_difference(run_displacement(
                        crisis.world, parameters, replicate=replicate, capacities=not without,
                    ).people, crisis.counted) for replicate in range(replicates)])
        if told is not None:
            told(f"distance weight {parameters.distance_weight:g}, independence "
                 f"{parameters.independence:g}: {found[i, j, 0].mean():.3f} with capacities, "
                 f"{found[i, j, 1].mean():.3f} without")
    return found


def fit(names: Sequence[str], errors: NDArray[np.float64]) -> Fit:
    """The best parameters, on all crises and on all but each.

    Args:
        names: Names of the crises; at least two.
        errors: As :func:`search` gives them.
    """
    i, j = _least(errors)
    left_out = []
    for n, name in enumerate(names):
        k, m = _least(np.delete(errors, n, axis=3))
        with_capacities, without = errors[k, m, :, n].tolist()
        left_out.append(LeftOut(name, DISTANCE_WEIGHTS[k], INDEPENDENCES[m], with_capacities,
                                without))
    means = errors[i, j].mean(axis=1).tolist()
    return Fit((DISTANCE_WEIGHTS[i], INDEPENDENCES[j]), means[0], means[1], tuple(left_out))


def read_left_out() -> dict[str, LeftOut]:
    """What the last kept search found for each crisis left out."""
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    return {row["name"]: LeftOut(**row) for row in kept["left_out"]}


def _least(errors: NDArray[np.float64]) -> tuple[int, int]:
    whole = errors.mean(axis=3).prod(axis=2)
    i, j = np.unravel_index(int(whole.argmin()), whole.shape)
    return int(i), int(j)
