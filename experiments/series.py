"""The numbers behind the picture: help-seeking over time and along the route, with intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from experiments.comparing.method import Method
from experiments.intervals import Interval
from experiments.outcome import DAILY, FEW, Outcome
from experiments.words import first_shock

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from experiments.comparison import Comparison

__all__ = [
    "Band", "Stop", "after_the_shock", "brought_back", "over_time", "rate_band", "rates_from",
    "route_stops", "window",
]  # fmt: skip

_DAYS_OF_MEAN = 7
_STUDENT = Method()
_IN_NEED, _ASKED = DAILY.index("in_need"), DAILY.index("asked")


class Band(NamedTuple):
    """A line over days and the interval around it."""

    days: NDArray[np.int64]
    value: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


class Stop(NamedTuple):
    """How help-seeking changed at one place of the route, relative to the baseline."""

    node: str
    change: Interval
    few: bool


def window(comparison: Comparison) -> tuple[int, int]:
    """First and last day of the time after the first shock, in whole weeks counted from day 0."""
    shock = first_shock(comparison.plans[0], comparison.plans[1:])
    last = comparison.settings.days - 1
    start = 7 * -(-shock // 7)
    return (start if start <= last else 0), last


def over_time(comparison: Comparison) -> dict[str, Band]:
    """Share of person-days in need on which people ask, as a mean of the last 7 days.

    The band of the baseline is the interval of its mean; the bands of the others are those of
    their paired difference from it.
    """
    rates = {
        name: np.array([_weekly_mean(run.by_day) for run in comparison.outcomes(name)])
        for name in comparison.names
    }
    base, method = rates[comparison.names[0]], comparison.method
    bands = {comparison.names[0]: rate_band(base, method)}
    for name in comparison.names[1:]:
        shift = rate_band(rates[name] - base, method)
        bands[name] = Band(shift.days, *(base.mean(axis=0) + part for part in shift[1:]))
    return bands


def rate_band(sample: NDArray[np.float64], method: Method = _STUDENT) -> Band:
    """Mean and interval of each column of a sample with one row per replicate."""
    return Band(np.arange(sample.shape[1]), *method.mean(sample))


def route_stops(comparison: Comparison, name: str) -> list[Stop]:
    """Relative change of help-seeking at each place after the first shock.

    A stop rests on few where fewer than 30 simulated people were there on any day, or where
    people asked fewer than 30 times in the baseline.
    """
    first, _ = window(comparison)
    pair = [comparison.outcomes(each) for each in (comparison.names[0], name)]
    places = range(len(comparison.layout.places))
    changes = comparison.method.ratio(
        *(np.array([[_rate(run, k, first) for k in places] for run in runs]) for runs in pair)
    )
    stops = []
    for index, place in enumerate(comparison.layout.places):
        row = 1 + len(comparison.layout.statuses) + index
        people = min(np.mean([run.people[row] for run in runs]) for runs in pair)
        asked = np.mean([run.by_week[first // 7 :, index, _ASKED].sum() for run in pair[0]])
        stops.append(Stop(place, changes.at(index), bool(min(people, asked) < FEW)))
    return stops


def after_the_shock(comparison: Comparison, name: str) -> Interval:
    """Relative change of help-seeking after the first shock, over everything."""
    first, _ = window(comparison)
    base, other = (rates_from(comparison, each, first) for each in (comparison.names[0], name))
    return comparison.method.ratio(base, other).at(0)


def rates_from(comparison: Comparison, name: str, first: int) -> NDArray[np.float64]:
    """Asked by in need over the days from one on: a row per replicate, one column."""
    sums = np.array([[run.by_day[first:].sum(axis=0)] for run in comparison.outcomes(name)])
    return _divide(sums[..., _ASKED], sums[..., _IN_NEED])


def brought_back(
    method: Method,
    base: NDArray[np.float64],
    hurt: NDArray[np.float64],
    mended: NDArray[np.float64],
) -> Interval:
    """Part of a loss that is brought back: 1 less what is left of it.

    Args:
        method: How intervals are made.
        base: Without the loss, a row per replicate, one column.
        hurt: The same with it.
        mended: The same with it and a remedy.
    """
    left = method.ratio(hurt - base, mended - base).at(0)
    return Interval(-left.value, -left.high, -left.low)


def _weekly_mean(by_day: NDArray[np.int64]) -> NDArray[np.float64]:
    # Only days that have been: nothing moves before what moves it.
    total = np.vstack([np.zeros(by_day.shape[1], dtype=np.int64), by_day.cumsum(axis=0)])
    last = np.arange(1, len(total))
    recent = total[last] - total[np.maximum(0, last - _DAYS_OF_MEAN)]
    return _divide(recent[:, _ASKED], recent[:, _IN_NEED])


def _rate(run: Outcome, place: int, first: int) -> float:
    sums = run.by_week[first // 7 :, place].sum(axis=0)
    return float(_divide(sums[_ASKED], sums[_IN_NEED]))


def _divide(part: NDArray[np.int64], whole: NDArray[np.int64]) -> NDArray[np.float64]:
    with np.errstate(invalid="ignore"):
        return np.where(whole > 0, part / np.maximum(whole, 1), np.nan)
