"""The numbers behind the pictures of a comparison, kept beside it: over time, along the route.

All changes are of help-seeking, asked / in need, relative to the baseline and paired.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.outcome import DAILY, FEW
from experiments.series import (
    after_the_shock,
    brought_back,
    over_time,
    rates_from,
    route_stops,
    window,
)
from experiments.words import first_shock

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from experiments.comparison import Comparison

__all__ = ["FILE", "write_series"]

FILE = "series.json"
"""Name of the file in a result directory."""

_MONTH, _QUARTER = 4, 13  # weeks: over everything, and by place, where fewer people ask
_IN_NEED, _ASKED = DAILY.index("in_need"), DAILY.index("asked")


def write_series(folder: Path, comparison: Comparison) -> None:
    """Write series with intervals into `series.json` of a result directory.

    It holds `window` (first and last day after the first shock), `over_time` (per scenario: mean
    of the last 7 days of asked / in need, by day), `after_the_shock`, `along` (by place after the
    shock), `months` (four weeks each, over everything), `quarters` (13 weeks each, by place) and
    `repairs` (what a scenario that adds something to another leaves of the other's effect).
    """
    from experiments.writing import write_json

    others = comparison.names[1:]
    write_json(
        folder / FILE,
        {
            "window": list(window(comparison)),
            "over_time": {
                name: {"value": band.value, "low": band.low, "high": band.high}
                for name, band in over_time(comparison).items()
            },
            "after_the_shock": {
                name: after_the_shock(comparison, name)._asdict() for name in others
            },
            "along": {
                name: {
                    stop.node: {**stop.change._asdict(), "few": stop.few}
                    for stop in route_stops(comparison, name)
                }
                for name in others
            },
            "months": [_month(comparison, *ends) for ends in _periods(comparison, _MONTH)],
            "quarters": [_quarter(comparison, *ends) for ends in _periods(comparison, _QUARTER)],
            "repairs": _repairs(comparison),
        },
    )


def _periods(comparison: Comparison, length: int) -> list[tuple[int, int]]:
    # First and last week of each period; a rest of less than half of one goes with the one before.
    weeks = len(comparison.runs[0][0].by_week)
    starts = list(range(0, weeks, length))
    if len(starts) > 1 and weeks - starts[-1] < length / 2:
        starts.pop()
    return list(zip(starts, [start - 1 for start in starts[1:]] + [weeks - 1], strict=True))


def _month(comparison: Comparison, first: int, last: int) -> dict[str, Any]:
    base, *others = (
        _sums(comparison, name, first, last).sum(axis=1, keepdims=True) for name in comparison.names
    )
    changes = [_changes(comparison, base, other)[0] for other in others]
    return {
        **_days(comparison, first, last),
        "changes": dict(zip(comparison.names[1:], changes, strict=True)),
    }


def _quarter(comparison: Comparison, first: int, last: int) -> dict[str, Any]:
    base, *others = (_sums(comparison, name, first, last) for name in comparison.names)
    places = comparison.layout.places
    changes = [
        dict(zip(places, _changes(comparison, base, other), strict=True)) for other in others
    ]
    return {
        **_days(comparison, first, last),
        "changes": dict(zip(comparison.names[1:], changes, strict=True)),
    }


def _days(comparison: Comparison, first: int, last: int) -> dict[str, int]:
    return {"first": 7 * first, "last": min(7 * last + 6, comparison.settings.days - 1)}


def _sums(comparison: Comparison, name: str, first: int, last: int) -> NDArray[np.int64]:
    # Replicate x place x measure.
    runs = comparison.outcomes(name)
    return np.array([run.by_week[first : last + 1].sum(axis=0) for run in runs])


def _changes(
    comparison: Comparison, base: NDArray[np.int64], other: NDArray[np.int64]
) -> list[dict[str, Any]]:
    # One for each place of sums by replicate, place and measure.
    found = comparison.method.ratio(_rates(base), _rates(other))
    asked = base[..., _ASKED].mean(axis=0)
    return [
        {**found.at(index)._asdict(), "few": bool(count < FEW)} for index, count in enumerate(asked)
    ]


def _rates(sums: NDArray[np.int64]) -> NDArray[np.float64]:
    need, asked = sums[..., _IN_NEED], sums[..., _ASKED]
    return np.where(need > 0, asked / np.maximum(need, 1), np.nan)


def _repairs(comparison: Comparison) -> list[dict[str, Any]]:
    # Every scenario that holds all another one does to the world, and something more.
    plans = dict(zip(comparison.names, comparison.plans, strict=True))
    base = plans[comparison.names[0]]
    found = []
    for shock in comparison.names[1:]:
        for more in comparison.names[1:]:
            held, holds = plans[shock].interventions, plans[more].interventions
            new = [each for each in held if each not in base.interventions]
            if new and len(holds) > len(held) and all(each in holds for each in held):
                found.append(_repair(comparison, shock, more))
    return found


def _repair(comparison: Comparison, shock: str, more: str) -> dict[str, Any]:
    plans = dict(zip(comparison.names, comparison.plans, strict=True))
    first = min(first_shock(plans[shock], [plans[more]]), comparison.settings.days - 1)
    base, hurt, mended = (
        rates_from(comparison, name, first) for name in (comparison.names[0], shock, more)
    )
    method = comparison.method
    clear = method.mean(hurt - base).at(0).excludes_zero
    back = brought_back(method, base, hurt, mended) if clear else None
    return {
        "shock": shock,
        "with": more,
        "first": first,
        "last": comparison.settings.days - 1,
        "without_repair": method.ratio(base, hurt).at(0)._asdict(),
        "with_repair": method.ratio(base, mended).at(0)._asdict(),
        "between": method.ratio(hurt, mended).at(0)._asdict(),
        "brought_back": None if back is None else back._asdict(),
    }
