"""What happens in the worlds of a story: when, where, and what is written beside it on the map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboards.languages import Language, mark
from dashboards.report.vocabulary import KINDS, word
from dashboards.story.worlds import Lived

if TYPE_CHECKING:
    from sim.interventions import Intervention
    from sim.plan import Plan

__all__ = ["BEGINS", "ENDS", "KNOWN", "Event", "begins_text", "events_of", "place_names"]

REMEDIES = ("firewall", "rebuttal", "outreach", "transparency", "accountability")
"""Kinds that mend something; their mark is a shield."""

BEGINS = {
    "data_breach": mark(
        "Imagined: a list of the people helped in {place} reaches the authorities. Nobody on the "
        "route knows of it yet, and no colour changes."),
    "rumour": mark(
        "Imagined: in {place} a story goes round that names were passed on. Nothing of the kind "
        "has happened."),
    "co_located_enforcement": mark(
        "Imagined: officers stand at the door of a clinic in {place}. People who come there see "
        "them."),
    "firewall": mark(
        "Imagined: {place} agrees that nobody will be identified or detained while getting help. "
        "The agreement is announced."),
    "rebuttal": mark(
        "Imagined: volunteers in {place} begin to answer the story, person by person."),
}  # fmt: skip
"""What is said on the first day of what happens, by kind."""

KNOWN = {
    "data_breach": mark("The leak becomes known in {place}. From now on word of it travels."),
}
"""What is said on the day on which it becomes known, if that is later."""

ENDS = {
    "co_located_enforcement": mark("The officers leave. What people have come to believe stays."),
}
"""What is said on the first day on which it is over."""

_SIGNS = {
    "data_breach": mark("Leak"),
    "rumour": mark("False story"),
    "co_located_enforcement": mark("Officers"),
    "firewall": mark("Firewall"),
    "rebuttal": mark("Answer"),
}


@dataclass(frozen=True)
class Event:
    """Something that happens in a world.

    Attributes:
        kind: Kind of intervention.
        start: First day.
        end: First day on which it is over; the days of the run if it lasts.
        known: Day on which people can know of it.
        places: Rows of the places where it is marked.
        sign: What is written there.
        where: Name of the place, or country, where it happens.
        remedy: Whether it mends something.
    """

    kind: str
    start: int
    end: int
    known: int
    places: tuple[int, ...]
    sign: str
    where: str
    remedy: bool


def events_of(lived: Lived, world: int, language: Language) -> list[Event]:
    """What happens in a world and not in the world as it is, in order of time."""
    base, plan = lived.tracks[0].plan, lived.tracks[world].plan
    new = [each for each in plan.interventions if each not in base.interventions]
    found = [_event(each, plan, lived, language) for each in new]
    return sorted(found, key=lambda each: each.start)


def begins_text(event: Event, language: Language) -> str:
    """What is said on the first day of what happens."""
    if event.kind in BEGINS:
        return language.text(BEGINS[event.kind], place=event.where)
    what = word(language, KINDS, event.kind)
    return language.text("Imagined: {what}, {place}.", what=what, place=event.where)


def place_names(plan: Plan) -> list[str]:
    """Short names of places, in the order of the network."""
    from experiments.route import short_names

    short = short_names(plan.network)
    return [short[node] for node in plan.network.nodes["id"].astype(str)]


def _event(each: Intervention, plan: Plan, lived: Lived, language: Language) -> Event:
    told = each.announced_day()
    rows = _rows(each, plan)
    names = place_names(plan)
    if each.scope.country:
        countries = dict(zip(plan.network.countries["country"].astype(str),
                             plan.network.countries["name"].astype(str), strict=True))  # fmt: skip
        where = [language.country(code, countries[code]) for code in each.scope.country]
    else:
        where = [names[row] for row in rows[:3]]
    sign = _SIGNS.get(each.kind)
    return Event(
        kind=each.kind, start=each.start, end=min(each.end or plan.days, plan.days),
        known=each.start if told is None else told, places=tuple(rows or lived.struck),
        sign=language.text(sign) if sign else word(language, KINDS, each.kind),
        where=language.listed(where).unescape(), remedy=each.kind in REMEDIES,
    )  # fmt: skip


def _rows(each: Intervention, plan: Plan) -> list[int]:
    # Where service points in its scope are; a scope may name places, too.
    network, scope = plan.network, each.scope
    country = dict(zip(network.nodes["id"], network.nodes["country"], strict=True))
    points = network.points
    chosen = points["id"].isin(scope.service_point)
    if scope.country:
        chosen |= points["node"].map(country).isin(scope.country)
    if scope.organisation and not scope.node:
        chosen |= points["organisation"].isin(scope.organisation)
    nodes = set(scope.node) | set(points.loc[chosen, "node"])
    return [row for row, node in enumerate(network.nodes["id"]) if node in nodes]
