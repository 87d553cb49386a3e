"""Names that exist in a network, and what people call them."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from sim.codes import STATUSES
from sim.problems import did_you_mean, nearest
from sim.said import Said

if TYPE_CHECKING:
    from sim.interventions import Intervention
    from sim.network import RouteNetwork

__all__ = ["Known", "column"]

_MOST_LISTED = 12


class Known:
    """Names that exist in a network, by kind of thing.

    Attributes:
        names: For each kind of thing in a scope, its names.
        aliases: For each kind, other words people use for them: ``Niger`` for ``NER``.
    """

    def __init__(self, network: RouteNetwork) -> None:
        names, aliases = _known(network)
        self.names: dict[str, list[str]] = {kind: [*each] for kind, each in names.items()}
        self.aliases: dict[str, Mapping[str, str]] = aliases

    def named(self, kind: str, word: str) -> str | None:
        """The name that somebody means who writes a name or an alias, or None."""
        aliases = {name.casefold(): meant for name, meant in self.aliases.get(kind, {}).items()}
        return word if word in self.names[kind] else aliases.get(word.casefold())

    def add_points(self, made: Iterable[Intervention]) -> None:
        """Service points that interventions open may be named as well."""
        for point in (point for item in made for point in item.new_points()):
            for kind in ("service_point", "referral"):
                self.names[kind].append(point.id)

    def suggest(self, kind: str, word: str) -> str:
        """What to write instead of a name that does not exist."""
        names, aliases = self.names[kind], self.aliases.get(kind, {})
        alias = nearest(word, aliases)
        guess = nearest(word, names) or (aliases[alias] if alias else None)
        if guess:
            return did_you_mean(guess)
        if len(names) <= _MOST_LISTED:
            return Said("choose among {names}", names=", ".join(names))
        return Said("the network has {count} of them, for example {names}", count=len(names),
                    names=", ".join(names[:3]))


def column(frame: Any, name: str) -> list[str]:
    """A column of a table as texts."""
    return [str(value) for value in frame[name].tolist()]


@functools.lru_cache(maxsize=16)
def _known(
    network: RouteNetwork,
) -> tuple[dict[str, tuple[str, ...]], dict[str, Mapping[str, str]]]:
    """The names and the aliases of a network, which is loaded once and checked against often."""
    nodes, countries = network.nodes, network.countries
    points, owners = (
        column(table, "id") for table in (network.points, network.organisations)
    )
    families = list(network.families)
    names = {
        "service_point": points,
        "node": column(nodes, "id"),
        "country": column(countries, "country"),
        "organisation": owners,
        "family": families,
        "leg": column(network.legs, "id"),
        "status": list(STATUSES),
        "partner": owners + families,
        "referral": [*points, "next"],
    }
    aliases = {
        "node": _aliases(nodes, "name", "id"),
        "country": _aliases(countries, "name", "country"),
        "organisation": _aliases(network.organisations, "name", "id"),
    }
    return {kind: tuple(each) for kind, each in names.items()}, aliases


def _aliases(frame: Any, shown: str, meant: str) -> Mapping[str, str]:
    return dict(zip(column(frame, shown), column(frame, meant), strict=True))
