"""What people call the things of a route: `Agadez` for `agadez`, `Niger` for `NER`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sim.said import Listed, Said

if TYPE_CHECKING:
    from sim.interventions import Scope
    from sim.network import RouteNetwork

__all__ = ["Names", "listed"]

_FAMILIES = {
    "rcrc": "the Red Cross and Red Crescent", "un": "the United Nations",
    "ngo": "non-governmental organisations", "government": "the government",
}  # fmt: skip
MOST_NAMED = 4


def listed(words: Sequence[str], most: int = MOST_NAMED) -> str:
    """Words as in a sentence: `a, b and c`, or `a, b and 7 more`."""
    if len(words) > most:
        words = [*words[: most - 1], Said("{n} more", n=len(words) - most + 1)]
    return Listed(words)


class Names:
    """Names of everything on a route.

    Args:
        route: The network.
    """

    def __init__(self, route: RouteNetwork) -> None:
        nodes, groups = route.nodes, route.organisations
        self._node = {i: _short(n) for i, n in zip(nodes["id"], nodes["name"], strict=True)}
        self._organisation = dict(zip(groups["id"], groups["name"], strict=True))
        countries = route.countries
        self._country = dict(zip(countries["country"], countries["name"], strict=True))
        points = route.points
        owner = zip(points["organisation"], points["node"], strict=True)
        self._point = {
            i: f"{i} ({self._organisation.get(o, o)}, {self._node.get(n, n)})"
            for i, (o, n) in zip(points["id"], owner, strict=True)
        }

    def of(self, kind: str, names: Iterable[str], most: int = MOST_NAMED) -> str:
        """Some things of one kind, such as `node` or `country`, as people say them."""
        return listed([self._one(kind, name) for name in names], most)

    def where(self, scope: Scope) -> str:
        """A scope in words: `at the service points of the Red Cross in Agadez`."""
        named = scope.named()
        parts = ["everywhere"] if scope.all else []
        if "service_point" in named:
            parts.append(f"at {self.of('service_point', named['service_point'])}")
        owners = [(kind, named[kind]) for kind in ("organisation", "family") if kind in named]
        if owners:
            said = " and ".join(self.of(kind, names) for kind, names in owners)
            parts.append(f"at the service points of {said}")
        if "leg" in named:
            parts.append(f"on the way {self.of('leg', named['leg'])}")
        places = [(kind, named[kind]) for kind in ("node", "country") if kind in named]
        parts += [f"in {self.of(kind, names)}" for kind, names in places]
        if "status" in named:
            parts.append(f"for people whose status is {self.of('status', named['status'])}")
        return " ".join(parts)

    def _one(self, kind: str, name: str) -> str:
        if kind == "leg":
            start, _, end = name.partition(">")
            return f"from {self._one('node', start)} to {self._one('node', end)}"
        known = {
            "node": self._node, "organisation": self._organisation, "country": self._country,
            "service_point": self._point, "family": _FAMILIES,
        }.get(kind, {})  # fmt: skip
        return str(known.get(name, name.replace("_", " ")))


def _short(name: str) -> str:
    """A place without what stands in brackets behind it."""
    return name.partition(" (")[0]
