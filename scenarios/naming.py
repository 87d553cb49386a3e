"""What people call the things of a route: `Agadez` for `agadez`, `Niger` for `NER`."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from scenarios.model_words import model_word
from sim.said import Listed, Said

if TYPE_CHECKING:
    from sim.interventions import Scope
    from sim.network import RouteNetwork

__all__ = ["Names", "listed"]

_FAMILIES = {
    "rcrc": Said("the Red Cross and Red Crescent"), "un": Said("the United Nations"),
    "ngo": Said("non-governmental organisations"), "government": Said("the government"),
}  # fmt: skip
_ON_THE_WAY = {"on_the_way": Said("on the way")}
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
        nodes, groups, countries = route.nodes, route.organisations, route.countries
        node = {i: _short(name) for i, name in _by_id(nodes["id"], nodes["name"]).items()}
        group = _by_id(groups["id"], groups["name"])
        points = zip(*(route.points[c] for c in ("id", "organisation", "node")), strict=True)
        self._names: dict[str, dict[str, str]] = {
            "node": {**_ON_THE_WAY, **node},
            "organisation": group,
            "country": _by_id(countries["country"], countries["name"]),
            "family": dict(_FAMILIES),
            "service_point": {
                str(i): Said("{point} ({organisation}, {place})", point=str(i),
                             organisation=group.get(o, o), place=node.get(n, n))
                for i, o, n in points
            },
        }  # fmt: skip

    def of(self, kind: str, names: Iterable[str], most: int = MOST_NAMED) -> str:
        """Some things of one kind, such as `node` or `country`, as people say them."""
        return listed([self._one(kind, name) for name in names], most)

    def where(self, scope: Scope) -> str:
        """A scope in words: `at the service points of the Red Cross in Agadez`."""
        parts = self._parts(scope)
        if not parts:
            return ""
        return functools.reduce(lambda a, b: Said("{first} {second}", first=a, second=b), parts)

    def _parts(self, scope: Scope) -> list[Said]:
        named = scope.named()
        parts = [Said("everywhere")] if scope.all else []
        if "service_point" in named:
            points = self.of("service_point", named["service_point"])
            parts.append(Said("at {points}", points=points))
        kinds = [kind for kind in ("organisation", "family") if kind in named]
        if kinds:
            owners = Listed([self.of(kind, named[kind]) for kind in kinds])
            parts.append(Said("at the service points of {owners}", owners=owners))
        if "leg" in named:
            parts.append(Said("on the way {ways}", ways=self.of("leg", named["leg"])))
        parts += [
            Said("in {places}", places=self.of(kind, named[kind]))
            for kind in ("node", "country") if kind in named
        ]  # fmt: skip
        if "status" in named:
            status = self.of("status", named["status"])
            parts.append(Said("for people whose status is {status}", status=status))
        return parts

    def _one(self, kind: str, name: str) -> str:
        if kind == "leg":
            start, _, end = name.partition(">")
            return Said("from {start} to {end}", start=self._one("node", start),
                        end=self._one("node", end))  # fmt: skip
        if kind in self._names:
            return self._names[kind].get(name, name.replace("_", " "))
        return model_word(name)


def _by_id(ids: Iterable[object], names: Iterable[object]) -> dict[str, str]:
    return {str(key): str(name) for key, name in zip(ids, names, strict=True)}


def _short(name: str) -> str:
    """A place without what stands in brackets behind it."""
    return name.partition(" (")[0]
