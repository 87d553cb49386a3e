"""The breach of the demo, place by place: ahead of Agadez and behind it, later and less."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from experiments.behaviour.breach_figure import draw
from experiments.behaviour.part import Made, Part, Report, Size
from experiments.compare import compare
from experiments.intervals import Interval, paired_ratio
from experiments.outcome import DAILY, FEW
from experiments.route import distance_from_origins, short_names
from experiments.words import percent

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from experiments.comparison import Comparison
    from sim.network import RouteNetwork

__all__ = ["GROUPS", "PART", "Group", "Place", "groups_of", "places_of"]

BASE, BREACH, AT = "central_mediterranean", "agadez_breach", "agadez"
LEAK, NEWS = 90, 100
WEEKS = 4
"""Weeks taken together: fewer are too noisy at small places."""
_IN_NEED, _ASKED = DAILY.index("in_need"), DAILY.index("asked")
GROUPS = (
    ("further ahead", 1, 9.0, math.inf),
    ("ahead", 1, 1.5, 8.5),
    ("at Agadez", 0, 0.0, 1.0),
    ("behind", -1, 1.5, 4.0),
    ("further behind", -1, 4.5, math.inf),
)
"""Name, side (1: towards the destinations), and days of travel from Agadez, ends included."""


class Place(NamedTuple):
    """A node and what happened there after the news.

    Attributes:
        name: Name.
        days: Days of travel from Agadez, negative behind it.
        change: Relative change in how often people in need ask.
        few: Whether it rests on few people.
    """

    name: str
    days: float
    change: Interval
    few: bool


class Group(NamedTuple):
    """Nodes at a similar distance.

    Attributes:
        name: Name of the group.
        nodes: Names of its nodes.
        days: Middle day of each period.
        change: Relative change in each period.
        least: The largest fall, and the middle day of its period.
        begins: First day of the first period whose interval, and the next one's, lie below zero.
        half: First day of the first period with at least half of the largest fall.
        whole: Relative change over all the time after the news.
    """

    name: str
    nodes: tuple[str, ...]
    days: NDArray[np.float64]
    change: list[Interval]
    least: tuple[float, float]
    begins: int | None
    half: int | None
    whole: Interval


def _make(size: Size, report: Report | None) -> Made:
    found = compare(
        BASE, BREACH, replicates=size.replicates[0], migrants=size.migrants[0], days=size.days,
        threads=size.threads, progress=report,
    )  # fmt: skip
    groups, places = groups_of(found), places_of(found)
    numbers = _numbers(found, groups)
    words = _words(groups)
    figure = draw(groups, places, words, found)
    return Made(figure, words, numbers, _table(groups))


def travel_days(network: RouteNetwork) -> dict[str, float]:
    """Days of travel between each node and Agadez on the quickest way; negative behind it.

    Behind is what lies nearer to where people set out, and places of return.
    """
    import networkx as nx

    graph = network.graph
    ahead = nx.single_source_dijkstra_path_length(graph, AT, weight="days")
    back = nx.single_source_dijkstra_path_length(graph.reverse(), AT, weight="days")
    far = distance_from_origins(network)
    step = dict(zip(network.nodes["id"], network.nodes["journey_step"], strict=True))
    found = {}
    for node in graph:
        behind = far[node] < far[AT] or step[node] == "return"
        days = min(ahead.get(node, math.inf), back.get(node, math.inf))
        found[node] = -days if behind else days
    return found


def groups_of(found: Comparison) -> list[Group]:
    """Change of help-seeking by period, for nodes at a similar distance from Agadez."""
    network = found.plans[0].network
    days, names = travel_days(network), short_names(network)
    groups = []
    for name, side, low, high in GROUPS:
        nodes = [
            node
            for node in days
            if low <= abs(days[node]) <= high and (side == 0 or np.sign(days[node]) == side)
        ]
        rows = [found.layout.places.index(node) for node in nodes]
        groups.append(_group(found, name, tuple(names[node] for node in nodes), rows))
    return groups


def places_of(found: Comparison) -> list[Place]:
    """Change of help-seeking at each node over all the time after the news."""
    network = found.plans[0].network
    days, names = travel_days(network), short_names(network)
    first = NEWS // 7 + 1
    places = []
    for node in days:
        row = found.layout.places.index(node)
        people = np.mean([o.people[1 + len(found.layout.statuses) + row] for o in found.outcomes(BREACH)])
        change = _change(found, [row], first, None)
        if not math.isnan(change.value):
            places.append(Place(names[node], days[node], change, bool(people < FEW)))
    return places


def _group(found: Comparison, name: str, nodes: tuple[str, ...], rows: list[int]) -> Group:
    weeks = found.settings.days // 7
    starts = [w for w in range(_first_week(), weeks, WEEKS) if w + WEEKS <= weeks]
    starts = [w for w in range(starts[0] % WEEKS, starts[0], WEEKS)] + starts if starts else []
    change = [_change(found, rows, w, w + WEEKS) for w in starts]
    days = np.array([7 * w + 3.5 * WEEKS for w in starts])
    values = np.array([c.value for c in change])
    after = [n for n, w in enumerate(starts) if 7 * w >= LEAK and not math.isnan(values[n])]
    deepest = min(after, key=lambda n: values[n], default=0)
    begins = next(
        (7 * starts[n] for n in after if all(change[k].high < 0 for k in (n, n + 1) if k in after)),
        None,
    )
    half = next((7 * starts[n] for n in after if values[n] <= values[deepest] / 2), None)
    least = (float(values[deepest]), float(days[deepest])) if after else (math.nan, math.nan)
    return Group(name, nodes, days, change, least, begins, half,
                 _change(found, rows, _first_week(), None))


def _first_week() -> int:
    return -(-LEAK // 7)


def _change(found: Comparison, rows: list[int], first: int, last: int | None) -> Interval:
    rates = []
    for name in (BASE, BREACH):
        sums = np.array([o.by_week[first:last, rows].sum(axis=(0, 1)) for o in found.outcomes(name)])
        with np.errstate(invalid="ignore", divide="ignore"):
            rates.append(sums[:, _ASKED] / np.where(sums[:, _IN_NEED] > 0, sums[:, _IN_NEED], np.nan))
    return paired_ratio(*rates)


def _numbers(found: Comparison, groups: list[Group]) -> dict[str, Any]:
    return {
        "replicates": found.replicates,
        "migrants": found.migrants,
        "leak_day": LEAK,
        "news_day": NEWS,
        "groups": {
            g.name: {
                "nodes": list(g.nodes),
                "whole": g.whole._asdict(),
                "largest_fall": g.least[0],
                "largest_fall_about_day": g.least[1],
                "clear_from_day": g.begins,
                "half_of_it_from_day": g.half,
            }
            for g in groups
        },
    }


def _words(groups: list[Group]) -> str:
    by = {g.name: g for g in groups}
    here = by["at Agadez"]
    others = [g for g in groups if g is not here and g.whole.high < 0]
    falls = [percent(abs(g.whole.value), 0) for g in sorted(others, key=lambda g: g.whole.value)]
    begun = (f"from day {here.begins} on" if here.begins is not None else "after the breach")
    if not others:
        return f"At Agadez people ask {percent(abs(here.whole.value), 0)} less often {begun}."
    return (
        f"After the breach people in need ask {percent(abs(here.whole.value), 0)} less often at "
        f"Agadez, and {falls[-1]} to {falls[0]} less often ahead of it and behind it, later."
    )


def _table(groups: list[Group]) -> Any:
    head = ("Where", "Change, days 91 on (95 % interval)", "Largest fall in 4 weeks",
            "Clear from day", "Half of it from day")
    rows = []
    for g in groups:
        ends = f"{percent(g.whole.low, sign=True, bare=True)} to {percent(g.whole.high, sign=True)}"
        rows.append((
            g.name,
            f"{percent(g.whole.value, sign=True)} ({ends})",
            f"{percent(g.least[0], sign=True)} about day {g.least[1]:.0f}",
            "never" if g.begins is None else str(g.begins),
            "" if g.half is None else str(g.half),
        ))  # fmt: skip
    return head, rows


PART = Part(
    "breach",
    usual=Size(migrants=(20_000,), days=365, replicates=(30,)),
    small=Size(migrants=(300,), days=150, replicates=(2,)),
    make=_make,
)
