"""How a change of help-seeking comes and goes over weeks, with paired intervals."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from experiments.behaviour.distance import Away
from experiments.intervals import Interval, paired_ratio
from experiments.outcome import DAILY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from experiments.comparison import Comparison

__all__ = ["LEAK", "NEWS", "Group", "Place", "change", "over_weeks"]

LEAK, NEWS = 90, 100
"""Days on which the records leak and on which it becomes news."""
SPAN = 4
"""Weeks taken together; single weeks are noisy at small places."""
IN_A_ROW = 3
"""Weeks in a row whose intervals must lie below zero for a change to be clear."""
_IN_NEED, _ASKED = DAILY.index("in_need"), DAILY.index("asked")


class Place(NamedTuple):
    """A node and what happened there after the leak.

    Attributes:
        name: Name.
        away: Where it lies, seen from Agadez.
        change: Relative change in how often people in need ask.
        few: Whether it rests on few people.
        here: Whether it is Agadez itself.
    """

    name: str
    away: Away
    change: Interval
    few: bool
    here: bool


class Group(NamedTuple):
    """Places at a similar distance.

    Attributes:
        name: Name of the group.
        nodes: Names of its places.
        days: Middle day of each span of weeks.
        change: Relative change in each span.
        largest: The largest fall over a span after the leak.
        largest_day: Its middle day.
        clear_from: First day of the first week that, with the next two, is clearly below zero.
        half_by: Middle day of the first span with half of the largest fall.
        whole: Relative change over all the time after the leak.
    """

    name: str
    nodes: tuple[str, ...]
    days: NDArray[np.float64]
    change: tuple[Interval, ...]
    largest: Interval
    largest_day: int | None
    clear_from: int | None
    half_by: int | None
    whole: Interval


def over_weeks(found: Comparison, name: str, nodes: list[str], rows: list[int]) -> Group:
    """Follow some places together.

    Args:
        found: The comparison; its second scenario is compared with its first.
        name: What they are called.
        nodes: Their names.
        rows: Their rows in the outcomes.
    """
    weeks = found.settings.days // 7
    first = -(-LEAK // 7)
    starts = range(max(0, weeks - SPAN + 1))
    spans = tuple(change(found, rows, week, week + SPAN) for week in starts)
    days = np.array([7.0 * (week + SPAN / 2) for week in starts])
    after = [n for n in starts if n >= first and not math.isnan(spans[n].value)]
    nothing = Interval(math.nan, math.nan, math.nan)
    deepest = min(after, key=lambda n: spans[n].value) if after else None
    largest = nothing if deepest is None else spans[deepest]
    half = [n for n in after if largest.value < 0 and spans[n].value <= largest.value / 2]
    return Group(
        name, tuple(nodes), days, spans, largest,
        None if deepest is None else int(days[deepest]),
        _clear_from(found, rows, first, weeks),
        int(days[half[0]]) if half else None,
        change(found, rows, first, None),
    )  # fmt: skip


def change(found: Comparison, rows: list[int], first: int, last: int | None) -> Interval:
    """Relative change of asked ÷ in need at some places, from week `first` to before `last`."""
    rates = []
    for name in found.names[:2]:
        sums = np.array(
            [o.by_week[first:last, rows].sum(axis=(0, 1)) for o in found.outcomes(name)],
            dtype=np.float64,
        )
        need = np.where(sums[:, _IN_NEED] > 0, sums[:, _IN_NEED], np.nan)
        rates.append(sums[:, _ASKED] / need)
    return paired_ratio(rates[0], rates[1])


def _clear_from(found: Comparison, rows: list[int], first: int, weeks: int) -> int | None:
    below = [change(found, rows, week, week + 1).high < 0 for week in range(first, weeks)]
    for n in range(len(below) - IN_A_ROW + 1):
        if all(below[n : n + IN_A_ROW]):
            return 7 * (first + n)
    return None
