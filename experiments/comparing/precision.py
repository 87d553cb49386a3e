"""How many replicates a wanted precision takes, and what pairing them saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from experiments.intervals import t_quantile

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["MOST", "TENTH", "pairing_gain", "replicates_needed", "spread_of"]

TENTH = 0.1
"""Wanted half-width where none is given, as a part of the difference itself."""

MOST = 1e9
"""More replicates than this are told as not known: no number of runs would do."""

_NORMAL = 1.959963984540054  # 97.5 % quantile, the limit of Student's


def replicates_needed(
    spread: NDArray[np.float64], half_width: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Fewest replicates n of which a Student t interval reaches a half-width.

    That is the smallest n of at least 2 with `t(n - 1, 97.5 %) * spread / sqrt(n) <= half_width`,
    and an estimate, since the spread is one.

    Args:
        spread: Standard deviations over replicates.
        half_width: Wanted half-widths, in the same unit, none below 0.

    Returns:
        Whole numbers; NaN where nothing is known or wanted, or where 10^9 would not do.
    """
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        # Student's quantile is above the normal one, so fewer than this never do.
        n = np.maximum(2, np.ceil((_NORMAL * spread / half_width) ** 2))
    n = np.where((half_width > 0) & (n <= MOST), n, np.nan)
    while (short := _reach(spread, n) > half_width).any():  # a few times at most
        n = np.where(short, n + 1, n)
    return np.where(spread == 0, 2.0, n)


def pairing_gain(
    base: NDArray[np.float64], other: NDArray[np.float64]
) -> NDArray[np.float64]:
    """How many times as many unpaired runs would give an interval of this width.

    The variance of a difference of unpaired runs, `var(base) + var(other)`, over that of the paired
    difference, for each column (Law 2015, Simulation Modeling and Analysis, 11.2). Infinite where
    runs vary and their difference does not; NaN where nothing varies.

    Args:
        base: One row per replicate; NaN where not known in either.
        other: The same of the other scenario.
    """
    apart = spread_of(base) ** 2 + spread_of(other) ** 2
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(apart / spread_of(other - base) ** 2)


def spread_of(sample: NDArray[np.float64]) -> NDArray[np.float64]:
    """Standard deviation over replicates of each column, NaN left out; NaN for fewer than two."""
    known = ~np.isnan(sample)
    n = known.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        apart = np.where(known, sample - np.where(known, sample, 0.0).sum(axis=0) / n, 0.0)
        return np.asarray(np.sqrt((apart**2).sum(axis=0) / np.where(n > 1, n - 1.0, np.nan)))


def _reach(spread: NDArray[np.float64], n: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(t_quantile(n - 1) * spread / np.sqrt(n))
