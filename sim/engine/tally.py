"""Whole-number counters that the phases of a day add to; whole numbers add up in any order."""

from __future__ import annotations

from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from sim.codes import CHANNELS, MEASURES, STATUSES

__all__ = ["Tally"]


class Tally(NamedTuple):
    """Counters of one thread for one day. P places (nodes and, last, on the way)."""

    counts: NDArray[np.int64]    # [P, 8 statuses, measures]
    shares: NDArray[np.int64]    # [P, 8 statuses, 7 channels] deterred person-days x SHARE_UNITS
    by_point: NDArray[np.int64]  # [points, 4] asked, served, turned away, deterred
    telling: NDArray[np.uint64]  # [1] stories that someone still tells
    births: NDArray[np.int64]    # [1] first-hand experiences today (for the birth of stories)

    @classmethod
    def empty(cls, places: int, points: int) -> Self:
        """Counters at zero."""
        return cls(
            np.zeros((places, len(STATUSES), len(MEASURES)), np.int64),
            np.zeros((places, len(STATUSES), len(CHANNELS)), np.int64),
            np.zeros((max(1, points), 4), np.int64),
            np.zeros(1, np.uint64),
            np.zeros(1, np.int64),
        )

    def add(self, other: Self) -> None:
        """Add another thread's counters to these."""
        for mine, theirs in zip(self[:3], other[:3], strict=True):
            np.add(mine, theirs, out=mine)
        self.telling[0] |= other.telling[0]
        self.births[0] += other.births[0]

    def clear(self) -> None:
        """Set every counter to zero."""
        for array in self:
            array.fill(0)
