"""How far a place is from Agadez: days of travel, ahead of it, behind it, or back by air."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from experiments.route import distance_from_origins

if TYPE_CHECKING:
    from sim.network import RouteNetwork

__all__ = ["AHEAD", "AT", "Away", "BACK", "BEHIND", "GROUPS", "GroupKind", "travel_days"]

AT = "agadez"
AHEAD, BEHIND, BACK = "ahead", "behind", "place of return"


class Away(NamedTuple):
    """Where a place lies, seen from Agadez.

    Attributes:
        side: `AHEAD` (towards the destinations), `BEHIND` (nearer to where people set out) or
            `BACK` (a place of return).
        days: Days of travel between the two on the quickest way, without stays.
    """

    side: str
    days: float

    @property
    def order(self) -> tuple[int, float]:
        """For sorting: places of return, then behind, from the furthest, then ahead."""
        if self.side == AHEAD:
            return 2, self.days
        return (1 if self.side == BEHIND else 0), -self.days


class GroupKind(NamedTuple):
    """A name for places on some sides, within some days of travel (ends included)."""

    name: str
    sides: tuple[str, ...]
    low: float
    high: float

    def holds(self, away: Away) -> bool:
        """Whether a place belongs to it."""
        return away.side in self.sides and self.low <= away.days <= self.high


GROUPS = (
    GroupKind("far ahead", (AHEAD,), 9.0, math.inf),
    GroupKind("ahead", (AHEAD,), 1.5, 8.9),
    GroupKind("at Agadez", (AHEAD, BEHIND), 0.0, 1.0),
    GroupKind("behind", (BEHIND,), 1.5, 4.5),
    GroupKind("far behind", (BEHIND,), 4.6, math.inf),
    GroupKind("places of return", (BACK,), 0.0, math.inf),
)


def travel_days(network: RouteNetwork) -> dict[str, Away]:
    """Where each node lies: behind counts the way to Agadez, ahead and back the way from it."""
    import networkx as nx

    graph = network.graph
    onwards = nx.single_source_dijkstra_path_length(graph, AT, weight="days")
    towards = nx.single_source_dijkstra_path_length(graph.reverse(), AT, weight="days")
    far = distance_from_origins(network)
    steps = dict(zip(network.nodes["id"], network.nodes["journey_step"], strict=True))
    found = {}
    for node in graph:
        if steps[node] == "return":
            found[node] = Away(BACK, onwards.get(node, math.inf))
        elif far[node] < far[AT]:
            found[node] = Away(BEHIND, towards.get(node, math.inf))
        else:
            found[node] = Away(AHEAD, onwards.get(node, math.inf))
    return found
