"""Who sets out where and aims for what, such that everyone has a way to every aim."""

from __future__ import annotations

import networkx as nx

from scenarios.importing.draft import Draft
from sim.problems import InputProblem, Problem

__all__ = ["graph_of", "settle_weights"]


def graph_of(draft: Draft) -> nx.DiGraph:
    """Nodes and directed legs."""
    graph = nx.DiGraph()
    graph.add_nodes_from(row.values["id"] for row in draft.nodes)
    for row in draft.legs:
        start, end = row.values["from"], row.values["to"]
        graph.add_edge(start, end)
        if row.values["two_way"]:
            graph.add_edge(end, start)
    return graph


def settle_weights(draft: Draft, file: str) -> list[Problem]:
    """Take weights away where there is no way, since a network needs one from all to all.

    Args:
        draft: The network; departures and attraction are changed.
        file: The file it comes from, for messages.

    Returns:
        Warnings that say what was taken away.

    Raises:
        InputProblem: If nothing remains.
    """
    graph = graph_of(draft)
    rows = {str(row.values["id"]): row for row in draft.nodes}
    reached = {name: nx.descendants(graph, name) | {name} for name, row in rows.items()
               if _weight(row.values["departures"]) > 0}
    aims = [name for name, row in rows.items() if _weight(row.values["attraction"]) > 0]
    warnings = []
    for name in [name for name in reached if not reached[name] & set(aims)]:
        del reached[name]
        rows[name].values["departures"] = 0.0
        warnings.append(_warning(file, name, "no way leads from here to any place that people aim "
                                 "for, so its weight of departures is 0"))
    for name in aims:
        short = [origin for origin in reached if name not in reached[origin]]
        if short and reached:
            rows[name].values["attraction"] = 0.0
            warnings.append(_warning(file, name, f"no way leads here from {', '.join(short[:5])}, "
                                     "so nobody aims for it"))
    if not reached or not any(_weight(row.values["attraction"]) > 0 for row in draft.nodes):
        raise InputProblem(Problem(
            file=file, message="there is no place to which everybody who sets out has a way",
            suggestion="add the missing legs between origins and destinations"))
    return warnings


def _weight(value: object) -> float:
    return float(str(value or 0))


def _warning(file: str, value: str, message: str) -> Problem:
    return Problem(file=file, field="node", value=value, message=f"'{value}': {message}",
                   severity="warning")
