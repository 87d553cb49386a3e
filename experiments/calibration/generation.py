"""What a generation of a calibration tried, and what it kept."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Candidate", "Generation", "distances_of", "equally_weighted"]


class Candidate(NamedTuple):
    """A set of parameters that is tried.

    Attributes:
        generation: In which generation; 0 is a sample of the prior.
        number: Its number there.
        point: Where it lies in the ranges, each from 0 to 1.
    """

    generation: int
    number: int
    point: tuple[float, ...]


@dataclass(frozen=True)
class Generation:
    """The sets of parameters that a generation kept.

    Attributes:
        epsilon: The largest distance that was let pass.
        tried: How many were tried until enough were near enough.
        unusable: How many of those gave no value for some target, or failed.
        points: Where they lie in the ranges, each from 0 to 1, shape [kept, parameters].
        weights: What they weigh, shape [kept]; adds up to 1.
        values: What the model gave for each target, shape [kept, targets].
        distances: How far that is from what was observed, shape [kept].
    """

    epsilon: float
    tried: int
    unusable: int
    points: NDArray[np.float64]
    weights: NDArray[np.float64]
    values: NDArray[np.float64]
    distances: NDArray[np.float64]

    @property
    def acceptance(self) -> float | None:
        """Share of those tried that were kept; None where draws were made without trying them."""
        return len(self.points) / self.tried if len(self.points) <= self.tried else None

    @property
    def effective_size(self) -> float:
        """Equally weighted draws that would be worth as much (Kish 1965): 1 / sum of w squared."""
        return float(1 / (self.weights**2).sum())


def distances_of(
    values: NDArray[np.float64], observed: NDArray[np.float64], tolerances: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Root mean square of the misses, each in units of its tolerance.

    Args:
        values: What the model gave, shape [sets, targets]; NaN where it gave nothing.
        observed: What was observed, shape [targets].
        tolerances: Half the width of what is near enough, shape [targets].

    Returns:
        One distance per set; infinite where a target has no value.
    """
    misses = (values - observed) / tolerances
    found = np.sqrt((misses**2).mean(axis=1))
    return np.where(np.isnan(found), math.inf, found)


def equally_weighted(
    weights: NDArray[np.float64], number: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Draws that weigh the same, in random order, by systematic resampling (Kitagawa 1996).

    Args:
        weights: What each weighs; adds up to 1.
        number: How many draws.
        rng: Where chance comes from.

    Returns:
        Which are drawn: each floor(n w) or ceil(n w) times.
    """
    places = (np.arange(number) + rng.random()) / number
    ends = np.cumsum(weights)
    drawn = np.searchsorted(ends / ends[-1], places, side="right")
    return np.asarray(rng.permutation(np.minimum(drawn, len(weights) - 1)), dtype=np.int64)
