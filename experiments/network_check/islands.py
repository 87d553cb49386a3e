"""Islands: places that nobody gets to, and places from which nobody gets on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from experiments.network_check.tables import NetworkTables
from sim.problems import Problem

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Islands", "find_islands"]

STEPS_OF_RETURN = ("return",)
MOST_NAMED = 8


@dataclass(frozen=True)
class Islands:
    """How a network hangs together.

    Attributes:
        parts: Ids of nodes of each part that no leg joins to the largest part.
        unreached: Ids of nodes to which no way leads from any origin.
        dead_ends: Ids of nodes from which no way leads to any destination.
        problems: The same, as warnings.
    """

    parts: list[list[str]]
    unreached: list[str]
    dead_ends: list[str]
    problems: list[Problem]


def find_islands(net: NetworkTables) -> Islands:
    """Islands of a network, once its nodes and legs could be read."""
    import networkx as nx

    from scenarios.checks import reached

    if "nodes.csv" not in net or "legs.csv" not in net:
        return Islands([], [], [], [])
    graph = _graph(net)
    nodes = {row["id"]: row for row in net.rows("nodes.csv")}
    origins = [name for name, row in nodes.items() if row["departures"] > 0]
    aims = [name for name, row in nodes.items() if row["attraction"] > 0]
    arrived = reached(graph, origins)
    leading = reached(graph.reverse(copy=False), aims)
    parts = sorted(nx.weakly_connected_components(graph), key=len, reverse=True)
    islands = [[name for name in nodes if name in part] for part in parts[1:]]
    unreached = [name for name in nodes if origins and name not in arrived]
    dead_ends = [name for name in nodes if aims and name not in leading]
    problems = [_island(net, nodes[part[0]]["line"], part) for part in islands]
    apart = {name for part in islands for name in part}
    problems += [
        net.warning("nodes.csv", nodes[name]["line"], "id", name,
                    f"nobody gets to '{name}': no way leads there from any origin",
                    "add legs that lead there, or remove it")
        for name in unreached if name not in apart
    ]
    problems += [
        net.warning("nodes.csv", nodes[name]["line"], "id", name,
                    f"nobody gets on from '{name}': no way leads from there to any destination",
                    "add legs that lead on, or let people aim for it (attraction)")
        for name in dead_ends
        if name not in apart and nodes[name]["journey_step"] not in STEPS_OF_RETURN
    ]
    problems += _points(net, set(unreached))
    return Islands(islands, unreached, dead_ends, problems)


def _graph(net: NetworkTables) -> nx.DiGraph:
    import networkx as nx

    graph = nx.DiGraph()
    graph.add_nodes_from(row["id"] for row in net.rows("nodes.csv"))
    for row in net.rows("legs.csv"):
        if row["from"] in graph and row["to"] in graph:
            graph.add_edge(row["from"], row["to"])
            if row["two_way"]:
                graph.add_edge(row["to"], row["from"])
    return graph


def _island(net: NetworkTables, line: int, part: list[str]) -> Problem:
    if len(part) == 1:
        return net.warning("nodes.csv", line, "id", part[0], f"'{part[0]}' is an island: no leg "
                           "leads there or away", "add legs, or remove it")
    more = f" and {len(part) - MOST_NAMED} more" if len(part) > MOST_NAMED else ""
    names = ", ".join(part[:MOST_NAMED])
    return net.warning("nodes.csv", line, "id", part[0], f"{len(part)} places are an island, "
                       f"which no leg joins to the rest: {names}{more}", "add legs")


def _points(net: NetworkTables, unreached: set[str]) -> list[Problem]:
    """Service points that nobody can get to."""
    return [
        net.warning("service_points.csv", row["line"], "node", row["node"],
                    f"nobody can get to '{row['id']}': no way leads to its node from any origin",
                    "add legs to its node, or move it")
        for row in net.rows("service_points.csv") if row["node"] in unreached
    ]
