"""Intervals for differences between paired runs.

Every interval here is a 95 % Student t interval over replicates: replicate r of one scenario is
compared with replicate r of the other, which lived the same lives up to the first difference.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["CONFIDENCE", "Interval", "mean_interval", "paired_difference", "paired_ratio"]

CONFIDENCE = 0.95


class Interval(NamedTuple):
    """An estimate and the ends of its interval; ends are NaN where there is nothing to go by."""

    value: float
    low: float
    high: float

    @property
    def half_width(self) -> float:
        """Half the distance between the ends."""
        return (self.high - self.low) / 2

    @property
    def excludes_zero(self) -> bool:
        """Whether the whole interval lies on one side of zero."""
        return self.low > 0 or self.high < 0


def mean_interval(sample: NDArray[np.float64], confidence: float = CONFIDENCE) -> Interval:
    """Mean of a sample with its Student t interval; values that are NaN are left out."""
    kept = sample[~np.isnan(sample)]
    if kept.size == 0:
        return Interval(math.nan, math.nan, math.nan)
    mean = float(kept.mean())
    if kept.size == 1:
        return Interval(mean, math.nan, math.nan)
    reach = _t_quantile(kept.size - 1, confidence) * float(kept.std(ddof=1)) / math.sqrt(kept.size)
    return Interval(mean, mean - reach, mean + reach)


def paired_difference(base: NDArray[np.float64], other: NDArray[np.float64]) -> Interval:
    """Mean of `other - base`, pair by pair."""
    return mean_interval(other - base)


def paired_ratio(base: NDArray[np.float64], other: NDArray[np.float64]) -> Interval:
    """Relative change `(mean of other - mean of base) / mean of base`.

    The interval treats both means as uncertain: it is the t interval of the ratio of two means,
    linearised (the delta method).
    """
    both = ~(np.isnan(base) | np.isnan(other))
    base, other = base[both], other[both]
    if base.size == 0 or base.mean() == 0:
        return Interval(math.nan, math.nan, math.nan)
    ratio = other.mean() / base.mean()
    spread = mean_interval((other - ratio * base) / abs(base.mean()))
    change = float(ratio) - 1
    return Interval(change, change + spread.low, change + spread.high)


def _t_quantile(degrees: int, confidence: float) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(degrees, 0.5 + confidence / 2))
