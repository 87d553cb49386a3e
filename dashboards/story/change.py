"""What differs between two worlds of a story over some days, with an interval if there is one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from dashboards.story.worlds import Lived
from experiments.intervals import Interval
from experiments.outcome import DAILY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dashboards.languages import Language

__all__ = ["asked_change", "deterred_change", "told"]

_IN_NEED = DAILY.index("in_need")
_NOTHING = 0.0005  # rounds to 0.0 %


def asked_change(lived: Lived, base: int, other: int, first: int, last: int) -> Interval:
    """Relative change in how often people in need ask, over days `first` to `last`."""
    return _change(lived, "asked", (base, other), (first, last), rate=True)


def deterred_change(lived: Lived, base: int, other: int, first: int, last: int) -> Interval:
    """Relative change in the days on which fear keeps people away, likewise."""
    return _change(lived, "deterred", (base, other), (first, last), rate=False)


def told(change: Interval, language: Language) -> str:
    """A relative change as part of a sentence, such as `7.5% more (95% interval: 6.9% to 8.1%)`."""
    t = language
    if not math.isfinite(change.value):
        return t.text("not known")
    known = math.isfinite(change.low)
    low, high = sorted((change.low, change.high))
    clear = change.excludes_zero if known else abs(change.value) >= _NOTHING
    value = t.percent(abs(change.value))
    if not clear:
        said = t.text("no clear difference")
        ends = [t.percent(end, sign=True) for end in (low, high)]
    else:
        said = t.text("{value} less", value=value)
        if change.value > 0:
            said = t.text("{value} more", value=value)
        ends = [t.percent(end) for end in sorted((abs(low), abs(high)))]
    if not known:
        return t.text("{said} (in this one run)", said=said)
    return t.text("{said} (95% interval: {low} to {high})", said=said, low=ends[0], high=ends[1])


def _change(
    lived: Lived, measure: str, worlds: tuple[int, int], days: tuple[int, int], *, rate: bool
) -> Interval:
    samples = [_sample(lived, world, measure, days, rate=rate) for world in worlds]
    if lived.comparison is not None:
        return lived.comparison.method.ratio(*samples).at(0)
    base, other = (float(sample[0, 0]) for sample in samples)
    return Interval(other / base - 1 if base else math.nan, math.nan, math.nan)


def _sample(
    lived: Lived, world: int, measure: str, days: tuple[int, int], *, rate: bool
) -> NDArray[np.float64]:
    # One row per luck, one column.
    part = slice(days[0], days[1] + 1)
    if lived.comparison is None:
        track = lived.tracks[world]
        counted = [[getattr(track, name)[part].sum() for name in (measure, "in_need")]]
    else:
        runs = lived.comparison.outcomes(lived.comparison.names[world])
        sums = [run.by_day[part].sum(axis=0) for run in runs]
        counted = [[each[DAILY.index(measure)], each[_IN_NEED]] for each in sums]
    found = np.array(counted, np.float64)
    whole = np.maximum(found[:, 1:], 1.0)
    return np.asarray(found[:, :1] / whole if rate else found[:, :1])
