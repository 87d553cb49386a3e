"""Intervals for differences between paired runs.

Every interval here is a 95 % Student t interval over replicates: replicate r of one scenario is
compared with replicate r of the other, which lived the same lives up to the first difference.
`experiments.comparing.bootstrap` has the other kind.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "CONFIDENCE",
    "Interval",
    "Intervals",
    "both_known",
    "mean_interval",
    "mean_intervals",
    "one_more",
    "paired_difference",
    "paired_ratio",
    "ratio_intervals",
    "t_quantile",
    "unpaired_ratio",
]

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


class Intervals(NamedTuple):
    """Many estimates and the ends of their intervals, one for each column of a sample."""

    value: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    @property
    def half_width(self) -> NDArray[np.float64]:
        """Half the distance between the ends."""
        return (self.high - self.low) / 2

    def at(self, column: int) -> Interval:
        """The interval of one column."""
        return Interval(*(float(part[column]) for part in self))


def mean_intervals(sample: NDArray[np.float64], confidence: float = CONFIDENCE) -> Intervals:
    """Mean of each column with its Student t interval; values that are NaN are left out.

    Args:
        sample: One row per replicate.
        confidence: Share of such intervals that hold the true mean.
    """
    known = ~np.isnan(sample)
    n = known.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(known, sample, 0.0).sum(axis=0) / np.where(n > 0, n, np.nan)
        apart = np.where(known, sample - mean, 0.0)
        spread = np.sqrt((apart**2).sum(axis=0) / np.where(n > 1, n - 1.0, np.nan))
        reach = t_quantile(n - 1, confidence) * spread / np.sqrt(n)
    return Intervals(mean, mean - reach, mean + reach)


def ratio_intervals(
    base: NDArray[np.float64], other: NDArray[np.float64], confidence: float = CONFIDENCE
) -> Intervals:
    """Relative change `(mean of other - mean of base) / mean of base` of each column.

    The interval treats both means as uncertain: it is the t interval of the ratio of two means,
    linearised (the delta method).

    Args:
        base: One row per replicate.
        other: The same of the other scenario.
        confidence: Share of such intervals that hold the true change, nearly.
    """
    base, other = both_known(base, other)
    below, above = (mean_intervals(sample, confidence).value for sample in (base, other))
    below = np.where(below == 0, np.nan, below)
    ratio = above / below
    spread = mean_intervals((other - ratio * base) / np.abs(below), confidence)
    change = ratio - 1
    return Intervals(change, change + spread.low, change + spread.high)


def one_more(means: Intervals, n: NDArray[np.int64]) -> Intervals:
    """Where one more replicate would lie, with the probability that the intervals have.

    It is the mean plus or minus t s sqrt(1 + 1/n), where that of the mean is t s / sqrt(n): the
    prediction interval for one more draw (Hahn and Meeker 1991, Statistical Intervals, 4.8).

    Args:
        means: Student t intervals of means.
        n: Replicates in which each is known.
    """
    reach = means.half_width * np.sqrt(n + 1.0)
    return Intervals(means.value, means.value - reach, means.value + reach)


def both_known(
    base: NDArray[np.float64], other: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Two samples with NaN in both wherever one of a pair is not known."""
    unknown = np.isnan(base) | np.isnan(other)
    return np.where(unknown, np.nan, base), np.where(unknown, np.nan, other)


def mean_interval(sample: NDArray[np.float64], confidence: float = CONFIDENCE) -> Interval:
    """Mean of a sample with its Student t interval; values that are NaN are left out."""
    return mean_intervals(_column(sample), confidence).at(0)


def paired_difference(base: NDArray[np.float64], other: NDArray[np.float64]) -> Interval:
    """Mean of `other - base`, pair by pair."""
    return mean_interval(other - base)


def paired_ratio(base: NDArray[np.float64], other: NDArray[np.float64]) -> Interval:
    """Relative change of the means of two paired samples, as `ratio_intervals` has it."""
    return ratio_intervals(_column(base), _column(other)).at(0)


def unpaired_ratio(base: NDArray[np.float64], other: NDArray[np.float64]) -> Interval:
    """Relative change of the means of two samples that have nothing to do with each other.

    The interval is that of the ratio of two means, linearised (the delta method), with Welch's
    degrees of freedom.

    Args:
        base: One value per run.
        other: The same of other runs; their number may differ.
    """
    below, above = float(np.mean(base)), float(np.mean(other))
    if below == 0 or min(len(base), len(other)) < 2:
        change = above / below - 1 if below else math.nan
        return Interval(change, math.nan, math.nan)
    ratio = above / below
    parts = [
        float(np.var(other, ddof=1)) / len(other) / below**2,
        ratio**2 * float(np.var(base, ddof=1)) / len(base) / below**2,
    ]
    if not any(parts):
        return Interval(ratio - 1, ratio - 1, ratio - 1)
    weights = sum(
        part**2 / (len(sample) - 1) for part, sample in zip(parts, (other, base), strict=True)
    )
    reach = float(t_quantile(np.array([sum(parts) ** 2 / weights]))[0]) * math.sqrt(sum(parts))
    return Interval(ratio - 1, ratio - 1 - reach, ratio - 1 + reach)


def t_quantile(
    degrees: NDArray[np.int64] | NDArray[np.float64], confidence: float = CONFIDENCE
) -> NDArray[np.float64]:
    """How many standard errors the ends of a Student t interval are away; NaN below 1 degree."""
    from scipy.special import stdtrit

    some = np.where(degrees > 0, degrees, np.nan)
    return np.asarray(stdtrit(some, 0.5 + confidence / 2), dtype=np.float64)


def _column(sample: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(sample, dtype=np.float64).reshape(-1, 1) if len(sample) else _NOTHING


_NOTHING = np.full((1, 1), math.nan)
