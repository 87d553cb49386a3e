"""The breach of the demo, place by place: ahead of Agadez and behind it, later and less."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from experiments.behaviour.breach_figure import draw
from experiments.behaviour.distance import AT, GROUPS, travel_days
from experiments.behaviour.part import Made, Part, Report, Size
from experiments.behaviour.waves import (
    LEAK,
    NEWS,
    Group,
    Place,
    over_weeks,
)
from experiments.compare import compare
from experiments.posterior import NONE
from experiments.route import short_names
from experiments.series import route_stops
from experiments.words import percent

if TYPE_CHECKING:
    from experiments.comparison import Comparison

__all__ = ["PART", "groups_of", "places_of"]

BASE, BREACH = "central_mediterranean", "agadez_breach"


def _make(size: Size, report: Report | None) -> Made:
    found = compare(
        BASE, BREACH, replicates=size.replicates[0], migrants=size.migrants[0], days=size.days,
        threads=size.threads, progress=report, posterior=NONE,
    )  # fmt: skip
    groups, places = groups_of(found), places_of(found)
    words = _words(groups)
    return Made(draw(groups, places, words, found), words, _numbers(found, groups), _table(groups))


def groups_of(found: Comparison) -> list[Group]:
    """Change of help-seeking over time, for places at a similar distance from Agadez."""
    network = found.plans[0].network
    days, names = travel_days(network), short_names(network)
    groups = []
    for kind in GROUPS:
        nodes = [node for node in days if kind.holds(days[node])]
        rows = [found.layout.places.index(node) for node in nodes]
        groups.append(over_weeks(found, kind.name, [names[node] for node in nodes], rows))
    return groups


def places_of(found: Comparison) -> list[Place]:
    """Change of help-seeking at each node over all the time after the leak, ordered by distance."""
    network = found.plans[0].network
    days, names = travel_days(network), short_names(network)
    places = [
        Place(names[stop.node], days[stop.node], stop.change, stop.few, stop.node == AT)
        for stop in route_stops(found, BREACH)
        if stop.node in days and stop.change.value == stop.change.value
    ]
    return sorted(places, key=lambda place: place.away.order)


def _numbers(found: Comparison, groups: list[Group]) -> dict[str, Any]:
    return {
        "replicates": found.replicates,
        "migrants": found.migrants,
        "leak_day": LEAK,
        "news_day": NEWS,
        "groups": {
            g.name: {
                "nodes": list(g.nodes),
                "change": g.whole._asdict(),
                "largest_fall": g.largest._asdict(),
                "largest_fall_about_day": g.largest_day,
                "clear_from_day": g.clear_from,
                "half_of_it_by_day": g.half_by,
            }
            for g in groups
        },
    }


def _words(groups: list[Group]) -> str:
    here = next(g for g in groups if g.name == "at Agadez")
    others = [g.whole.value for g in groups if g is not here and g.whole.high < 0]
    words = f"After the leak people in need ask {_fall(here.whole.value)} less often at Agadez"
    if not others:
        return f"{words}; nowhere else is a change clear."
    least, most = _fall(max(others)), _fall(min(others))
    span = most if least == most else f"{percent(abs(max(others)), 0, bare=True)} to {most}"
    return f"{words}; ahead of it and behind it the change comes later and is smaller ({span})."


def _fall(value: float) -> str:
    return percent(abs(value), 0)


def _table(groups: list[Group]) -> Any:
    head = (
        "Where",
        "Change from day 91 on (95 % interval)",
        "Largest fall (4 weeks)",
        "Clear from day",
        "Half of the largest fall by day",
    )
    rows = []
    for g in groups:
        ends = f"{percent(g.whole.low, sign=True, bare=True)} to {percent(g.whole.high, sign=True)}"
        rows.append((
            g.name,
            f"{percent(g.whole.value, sign=True)} ({ends})",
            f"{percent(g.largest.value, sign=True)}, about day {g.largest_day}",
            "never" if g.clear_from is None else str(g.clear_from),
            "" if g.half_by is None else str(g.half_by),
        ))  # fmt: skip
    return head, rows


PART = Part(
    "breach",
    usual=Size(migrants=(20_000,), days=365, replicates=(30,)),
    small=Size(migrants=(300,), days=150, replicates=(2,)),
    make=_make,
)
