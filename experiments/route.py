"""The route as a line: nodes in order from where people set out to where they want to be."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.network import RouteNetwork

__all__ = ["along_the_route", "distance_from_origins", "short_names"]


def distance_from_origins(network: RouteNetwork) -> dict[str, float]:
    """Mean length (km) of the shortest way to each node from where people set out.

    Origins count by their departures. A node to which no way leads is infinitely far. (Distance
    from origins rather than to destinations: people also want to be in towns half-way, and no way
    leads from one destination to another.)
    """
    import networkx as nx

    nodes = network.nodes
    share = dict(zip(nodes["id"], nodes["departures"].astype(float), strict=True))
    ways = {
        origin: nx.single_source_dijkstra_path_length(network.graph, origin, weight="km")
        for origin in network.origins
    }
    found = {}
    for node in map(str, nodes["id"]):
        reached = [origin for origin, km in ways.items() if node in km]
        weights = [share[origin] for origin in reached]
        km = sum(w * ways[o][node] for w, o in zip(weights, reached, strict=True))
        found[node] = km / sum(weights) if reached else math.inf
    return found


def along_the_route(network: RouteNetwork) -> list[str]:
    """Node ids from where people set out to where they want to be; places of return come first."""
    far = distance_from_origins(network)
    step = dict(zip(network.nodes["id"], network.nodes["journey_step"], strict=True))
    return sorted(far, key=lambda node: (step[node] != "return", far[node], node))


def short_names(network: RouteNetwork, most: int = 24) -> dict[str, str]:
    """Names of the nodes by id, without what stands in brackets; the id where that is too long."""
    found = {}
    for node, name in zip(network.nodes["id"], network.nodes["name"], strict=True):
        plain = str(name).split(" (")[0]
        found[str(node)] = plain if len(plain) <= most else str(node).replace("_", " ").capitalize()
    return found
