"""A network folder becomes a :class:`RouteNetwork`, or a list of its faults."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pandas as pd

from sim.network.forms import FILES
from sim.network.reading import read_table
from sim.network.references import check_references
from sim.network.route import RouteNetwork
from sim.problems import InputProblem, Problem

__all__ = ["load_network"]

MOST_COUNTRIES = 64


def load_network(folder: Path) -> RouteNetwork:
    """Read and check a network.

    Args:
        folder: Folder with the five CSV files.

    Returns:
        The network; legs written once for both ways are there twice.

    Raises:
        InputProblem: With every fault found: missing files and columns, values that are no
            numbers or absurd, references to things that are not there, no way to a destination.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise InputProblem(Problem(file=str(folder), message="there is no such network folder"))
    tables: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    for file in FILES:
        table, found = read_table(folder, file)
        problems += found
        if table is not None:
            tables[file] = table
    problems += check_references(folder, tables)
    if not problems:
        problems += _check_weights(folder, tables["nodes.csv"])
    if problems:
        raise InputProblem(problems)
    network = _assemble(folder, tables)
    problems = _check_ways(folder, network)
    if problems:
        raise InputProblem(problems)
    return network


def _assemble(folder: Path, tables: dict[str, pd.DataFrame]) -> RouteNetwork:
    nodes = tables["nodes.csv"]
    legs = tables["legs.csv"]
    back = legs[legs["two_way"]].rename(columns={"from": "to", "to": "from"})
    legs = pd.concat([legs, back], ignore_index=True)
    legs["id"] = legs["from"] + ">" + legs["to"]
    rank = {name: n for n, name in enumerate(nodes["id"])}
    legs = legs.sort_values(["from", "id"], key=lambda c: c.map(rank) if c.name == "from" else c,
                            kind="stable", ignore_index=True)
    points = tables["service_points.csv"]
    points = points.sort_values("node", key=lambda c: c.map(rank), kind="stable", ignore_index=True)
    return RouteNetwork(folder.name, folder, nodes, legs, tables["countries.csv"],
                        tables["organisations.csv"], points)


def _check_weights(folder: Path, nodes: pd.DataFrame) -> list[Problem]:
    shown = str(folder / "nodes.csv")
    problems = []
    if nodes["country"].nunique() > MOST_COUNTRIES:
        problems.append(Problem(file=shown, field="country",
                                message=f"has more than {MOST_COUNTRIES} countries",
                                suggestion="split the network or merge countries"))
    if not (nodes["departures"] > 0).any():
        problems.append(Problem(file=shown, field="departures", message="nobody sets out anywhere",
                                suggestion="give at least one node a weight above 0"))
    if not (nodes["attraction"] > 0).any():
        problems.append(Problem(file=shown, field="attraction", message="nobody aims for any node",
                                suggestion="give at least one node a weight above 0"))
    return problems


def _check_ways(folder: Path, network: RouteNetwork) -> list[Problem]:
    problems = []
    lines = dict(zip(network.nodes["id"], network.nodes["line"], strict=True))
    for origin in network.origins:
        reached = nx.descendants(network.graph, origin) | {origin}
        problems += [
            Problem(file=str(folder / "nodes.csv"), line=lines[origin], field="id", value=origin,
                    message=f"there is no way from '{origin}' to '{target}'",
                    suggestion="add the missing legs to legs.csv, or set its attraction to 0")
            for target in network.destinations if target not in reached
        ]
    return problems
