"""What the model says about a target, and between which ends its next run would lie.

A number made of several runs, such as a relative change, is made of their means, which is steadier
than the mean of ratios. How it spreads from replicate to replicate is taken from its linearisation
about these means (the delta method), so that pairs stay pairs.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from experiments.intervals import CONFIDENCE, Interval, t_quantile

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from experiments.targets import Side, Target, Value

__all__ = ["Measured", "measured", "predictive"]

_FEWEST = 2


@dataclass(frozen=True)
class Measured:
    """A number made of runs.

    Attributes:
        value: The number.
        lives: Its linearisation at each replicate, shape [replicates]; their mean is the number.
    """

    value: float
    lives: NDArray[np.float64]

    @classmethod
    def of(cls, sample: NDArray[np.float64]) -> Measured:
        """The mean of a sample."""
        return cls(float(sample.mean()) if len(sample) else math.nan, sample)

    def minus(self, other: Measured) -> Measured:
        """The difference of two."""
        return Measured(self.value - other.value, self.lives - other.lives)

    def over(self, other: Measured) -> Measured:
        """One divided by another; not known where that is 0."""
        if not other.value:
            return Measured(math.nan, np.full(len(self.lives), math.nan))
        ratio = self.value / other.value
        apart = (self.lives - self.value) - ratio * (other.lives - other.value)
        return Measured(ratio, ratio + apart / other.value)


def measured(target: Target, sample: Callable[[Side], NDArray[np.float64]]) -> Measured:
    """A target's number as the model has it.

    Args:
        target: The target.
        sample: Gives the value of a side in every replicate. Replicates in which any side has
            nobody to count are left out of all.
    """
    sides = [side for value in target.values for side in value.sides]
    samples = [sample(side) for side in sides]
    known = ~np.isnan(samples).any(axis=0)
    means = iter([Measured.of(each[known]) for each in samples])
    above = _value(target.value, means)
    return above if target.of is None else above.over(_value(target.of, means))


def predictive(target: Target, found: Measured) -> Interval:
    """The 95 % predictive interval: where one more replicate would lie.

    It is the mean plus or minus t s sqrt(1 + 1/n), as for one more draw from a normal distribution
    (Student 1908; Hahn and Meeker 1991). With draws of a posterior, replicates differ by parameters
    as well as by chance, and the interval holds both.

    Args:
        target: The target; ends that its number cannot have are cut off.
        found: Its number.
    """
    n = len(found.lives)
    if n < _FEWEST or math.isnan(found.value):
        return Interval(found.value, math.nan, math.nan)
    spread = float(found.lives.std(ddof=1)) * math.sqrt(1 + 1 / n)
    reach = float(t_quantile(np.array([n - 1]), CONFIDENCE)[0]) * spread
    least, most = _bounds(target)
    ends = max(least, found.value - reach), min(most, found.value + reach)
    # Adding zero makes of minus zero a plain one.
    return Interval(found.value + 0.0, ends[0] + 0.0, ends[1] + 0.0)


def _value(value: Value, means: Iterator[Measured]) -> Measured:
    one = next(means)
    if value.base is None:
        return one
    base = next(means)
    apart = one.minus(base)
    return apart if value.kind == "difference" else apart.over(base)


def _bounds(target: Target) -> tuple[float, float]:
    """Ends that a number cannot pass."""
    from experiments.targets import LEVELS
    from scenarios.quantity import RATES

    asked, kind = target.quantity, target.kind
    if kind == "relative_change":
        return -1.0, math.inf
    if kind not in LEVELS:
        return -math.inf, math.inf
    share = asked.question or asked.ever or asked.measure in RATES or asked.per == "in_need"
    return 0.0, 1.0 if share else math.inf
