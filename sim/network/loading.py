"""A network folder becomes a :class:`RouteNetwork`, or a list of its faults."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pandas as pd

from sim.network.forms import FILES
from sim.network.reading import read_table
from sim.network.route import RouteNetwork
from sim.problems import InputProblem, Problem, nearest

__all__ = ["load_network"]


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
        tables[file], found = read_table(folder, file)
        problems += found
    if not problems:
        problems += _check_references(folder, tables)
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


def _check_references(folder: Path, tables: dict[str, pd.DataFrame]) -> list[Problem]:
    nodes = list(tables["nodes.csv"]["id"])
    countries = list(tables["countries.csv"]["country"])
    organisations = list(tables["organisations.csv"]["id"])
    problems = []
    for file, column, known, what in (
        ("nodes.csv", "country", countries, "country in countries.csv"),
        ("legs.csv", "from", nodes, "node in nodes.csv"),
        ("legs.csv", "to", nodes, "node in nodes.csv"),
        ("organisations.csv", "country", countries, "country in countries.csv"),
        ("service_points.csv", "node", nodes, "node in nodes.csv"),
        ("service_points.csv", "organisation", organisations, "organisation in organisations.csv"),
    ):
        there = set(known)
        table = tables[file]
        for value, line in zip(table[column], table["line"], strict=True):
            if value not in there:
                near = nearest(value, known)
                problems.append(Problem(
                    file=str(folder / file), line=line, field=column, value=value,
                    message=f"'{value}' is not a {what}",
                    suggestion=f"did you mean '{near}'?" if near else "add it there or correct it"))
    for file, column in (("nodes.csv", "id"), ("countries.csv", "country"),
                         ("organisations.csv", "id"), ("service_points.csv", "id")):
        problems += _check_unique(folder, file, tables[file], tables[file][column])
    legs = tables["legs.csv"]
    ways = legs["from"] + ">" + legs["to"]
    both = pd.concat([ways, (legs["to"] + ">" + legs["from"])[legs["two_way"]]])
    doubled = set(both[both.duplicated()])
    for way, line, start, end in zip(ways, legs["line"], legs["from"], legs["to"], strict=True):
        if way in doubled or start == end:
            problems.append(Problem(
                file=str(folder / "legs.csv"), line=line, field="from, to", value=way,
                message="this leg stands twice (a two-way leg counts for both ways)"
                if start != end else "this leg leads back to where it starts"))
    if not problems:
        problems += _check_nodes(folder, tables)
    return problems


def _check_unique(folder: Path, file: str, table: pd.DataFrame, ids: pd.Series) -> list[Problem]:
    return [
        Problem(file=str(folder / file), line=int(line), field=str(ids.name), value=str(value),
                message="stands twice", suggestion="every id must be there once")
        for value, line, again in zip(ids, table["line"], ids.duplicated(), strict=True) if again
    ]


def _check_nodes(folder: Path, tables: dict[str, pd.DataFrame]) -> list[Problem]:
    nodes = tables["nodes.csv"]
    shown = str(folder / "nodes.csv")
    problems = []
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
