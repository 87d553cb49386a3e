"""Where and when a quantity counts, in the terms of one plan: places, service points, days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.watching import ON_THE_WAY

if TYPE_CHECKING:
    from scenarios.quantity import Place, Window
    from sim.plan import Plan

__all__ = ["days_of", "places_of", "points_of"]


def places_of(place: Place, plan: Plan) -> tuple[str, ...] | None:
    """Nodes (and `on_the_way`) that a quantity counts; None where all do."""
    if not (place.node or place.not_node or place.country or place.step):
        return None
    nodes = plan.network.nodes
    found = [
        name
        for name, country, step in zip(
            nodes["id"], nodes["country"], nodes["journey_step"], strict=True
        )
        if _named(name, place.node)
        and name not in place.not_node
        and _named(country, place.country)
        and _named(step, place.step)
    ]
    # Who is between two nodes is in no country and at no step, but not at any one node either.
    away = not (place.country or place.step) and _named(ON_THE_WAY, place.node)
    if away and ON_THE_WAY not in place.not_node:
        found.append(ON_THE_WAY)
    return tuple(found)


def points_of(place: Place, plan: Plan) -> tuple[str, ...] | None:
    """Service points that a quantity counts visits to; None where it is not about any."""
    if not place.of_points:
        return None
    organisations = plan.network.organisations
    family = dict(zip(organisations["id"], organisations["family"], strict=True))
    points = plan.network.points
    return tuple(
        name
        for name, owner in zip(points["id"], points["organisation"], strict=True)
        if _named(name, place.service_point)
        and _named(owner, place.organisation)
        and _named(family[owner], place.family)
    )


def days_of(window: Window, plan: Plan) -> tuple[int, int]:
    """First day of a window and the day after its last, within the run; empty where it misses it.

    Where the moment it counts from never comes, no day counts.
    """
    zero = _moment(window.after, plan) if window.after else 0
    if zero is None:
        return 0, 0
    first = max(0, zero + window.start)
    stop = plan.days if window.stop is None else min(plan.days, zero + window.stop)
    return (first, stop) if first < stop else (0, 0)


def _moment(after: str, plan: Plan) -> int | None:
    name, _, moment = after.partition(".")
    act = next(each for each in plan.interventions if each.id == name)
    if moment == "announced":
        return act.announced_day()
    return act.end if moment == "end" else act.start


def _named(name: str, wanted: tuple[str, ...]) -> bool:
    return not wanted or name in wanted
