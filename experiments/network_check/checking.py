"""Everything that is wrong or odd in a network, and what it holds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.network_check.islands import Islands, find_islands
from experiments.network_check.lengths import odd_lengths
from experiments.network_check.rates import odd_countries
from experiments.network_check.sources import missing_sources
from experiments.network_check.tables import NetworkTables, read_tables
from sim.problems import InputProblem, Problem

__all__ = ["Checked", "check_network"]

COUNTED = {"nodes": "nodes.csv", "legs": "legs.csv", "countries": "countries.csv",
           "organisations": "organisations.csv", "service_points": "service_points.csv"}


@dataclass(frozen=True)
class Checked:
    """A network that was looked at.

    Attributes:
        net: Its tables, as far as they could be read.
        problems: What is wrong (severity `error`) or odd (`warning`), in the order of the files.
        islands: How it hangs together.
    """

    net: NetworkTables
    problems: list[Problem]
    islands: Islands

    @property
    def valid(self) -> bool:
        """Whether it can be used."""
        return all(problem.severity != "error" for problem in self.problems)

    @property
    def drawable(self) -> bool:
        """Whether its nodes and legs could be read."""
        return "nodes.csv" in self.net and "legs.csv" in self.net

    def facts(self) -> dict[str, Any]:
        """What it holds; None for files that could not be read."""
        counted: dict[str, Any] = {name: self.net.counts.get(file)
                                   for name, file in COUNTED.items()}
        return {**counted, "islands": self.islands.parts, "unreached": self.islands.unreached,
                "dead_ends": self.islands.dead_ends}


def check_network(folder: Path) -> Checked:
    """Look at a network folder."""
    from sim.network import load_network

    problems: list[Problem] = []
    try:
        load_network(folder)
    except InputProblem as problem:
        problems = list(problem.problems)
    net = read_tables(folder) if folder.is_dir() else NetworkTables(folder, {}, {})
    islands = find_islands(net)
    odd = [*islands.problems, *odd_lengths(net), *odd_countries(net), *missing_sources(net)]
    return Checked(net, [*problems, *_in_order(odd)], islands)


def _in_order(problems: list[Problem]) -> list[Problem]:
    order = {file: n for n, file in enumerate(COUNTED.values())}
    return sorted(problems, key=lambda p: (order.get(Path(p.file).name, len(order)), p.line or 0))
