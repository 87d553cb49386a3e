"""Whether the places that a quantity names exist, and whether anything lies in them."""

from __future__ import annotations

from scenarios.asking import ON_THE_WAY, Asking
from scenarios.checks import points_in, unknown_names
from scenarios.positions import Node
from scenarios.quantity_schema import PlaceFile
from sim.interventions import Scope
from sim.problems import Problem

__all__ = ["check_place"]

KINDS = {
    "node": "node", "not_node": "node", "country": "country", "organisation": "organisation",
    "family": "family", "service_point": "service_point",
}  # fmt: skip
"""Fields of a place, and what their words name."""


def check_place(
    place: PlaceFile, entry: Node, label: str, asking: Asking, *, on_the_way: bool = True
) -> list[Problem]:
    """What is wrong with where a quantity is asked for.

    Args:
        place: What was read.
        entry: Where the quantity stands.
        label: What it is called in messages.
        asking: The scenario it is asked of.
        on_the_way: Whether people between two nodes can be counted at all.
    """
    written = entry.mapping.get("place")
    if written is None or asking.known is None:
        return []
    problems: list[Problem] = []
    for name, node in written.mapping.items():
        if name in KINDS:
            problems += unknown_names(node, KINDS[name], f"{label}.place.{name}", asking.known)
    if not problems and not _holds_anything(place, asking, on_the_way=on_the_way):
        problems.append(written.place.problem(
            "nothing on the route is all of this at once", field=f"{label}.place",
            suggestion="remove one of the limits"))
    return problems


def _holds_anything(place: PlaceFile, asking: Asking, *, on_the_way: bool) -> bool:
    """Whether some node, and some service point if these are named, meets all limits."""
    if asking.route is None:
        return True
    nodes = asking.route.nodes
    inside = {
        str(name)
        for name, country, step in zip(
            nodes["id"], nodes["country"], nodes["journey_step"], strict=True)
        if (not place.country or country in place.country)
        and (not place.step or step in place.step)
    }
    if on_the_way and not (place.country or place.step):
        inside.add(ON_THE_WAY)
    inside &= set(place.node) or inside
    inside -= set(place.not_node)
    points = {k: v for k in ("organisation", "family", "service_point") if (v := getattr(place, k))}
    if not points:
        return bool(inside)
    return not inside.isdisjoint(points_in(Scope(**points), asking.route).values())
