"""The end of a day: counters become a row of the record, and start again at zero."""

from __future__ import annotations

from typing import Any

from sim.codes import M_PRESENT
from sim.compiling import kernel
from sim.engine.tally import Tally

__all__ = ["keep_day"]


@kernel
def keep_day(tally: Tally, counts: Any, shares: Any, by_point: Any) -> int:
    """Copy what was counted, and set every counter to zero, in one go; how many are present."""
    present = 0
    places, statuses, measures = tally.counts.shape
    channels = tally.shares.shape[2]
    for place in range(places):
        for status in range(statuses):
            present += tally.counts[place, status, M_PRESENT]
            for m in range(measures):
                counts[place, status, m] = tally.counts[place, status, m]
                tally.counts[place, status, m] = 0
            for c in range(channels):
                shares[place, status, c] = tally.shares[place, status, c]
                tally.shares[place, status, c] = 0
    for point in range(tally.by_point.shape[0]):
        for column in range(tally.by_point.shape[1]):
            by_point[point, column] = tally.by_point[point, column]
            tally.by_point[point, column] = 0
    tally.telling[0] = 0
    tally.births[0] = 0
    return present
