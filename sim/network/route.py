"""A route network as tables, with the questions one asks of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import networkx as nx
import pandas as pd

__all__ = ["RouteNetwork", "great_circle_km"]

EARTH_RADIUS_KM = 6371.0088


def great_circle_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Distance over the surface of a round Earth, in kilometres (haversine formula)."""
    a, b = math.radians(lat1), math.radians(lat2)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half))


@dataclass(frozen=True, eq=False)
class RouteNetwork:
    """Nodes and directed legs, and who works where.

    Its tables are read once and not to be changed: make another network of changed ones, with
    `dataclasses.replace`.

    Attributes:
        name: Name of the network.
        folder: Folder it was read from, None if made by hand.
        nodes: One row per node, columns as in ``nodes.csv``.
        legs: One row per direction, columns as in ``legs.csv`` plus ``id`` (``from>to``).
        countries: One row per country.
        organisations: One row per organisation.
        points: One row per service point, ordered by node.
        added: Ids of those that a scenario opens; they are in no file.
    """

    name: str
    folder: Path | None
    nodes: pd.DataFrame
    legs: pd.DataFrame
    countries: pd.DataFrame
    organisations: pd.DataFrame
    points: pd.DataFrame
    added: tuple[str, ...] = ()

    @cached_property
    def families(self) -> list[str]:
        """Families of organisations; the Red Cross and Red Crescent first, government last.

        The four usual families are always there: people know them from elsewhere, and one layout
        of columns serves nearly every network.
        """
        rank = {"rcrc": 0, "government": 2}
        names = set(self.organisations["family"]) | {"rcrc", "un", "ngo", "government"}
        return sorted(names, key=lambda name: (rank.get(name, 1), name))

    @cached_property
    def graph(self) -> nx.DiGraph:
        """The legs as a networkx graph with all attributes."""
        graph = nx.DiGraph(name=self.name)
        for row in self.nodes.to_dict("records"):
            graph.add_node(row["id"], **{str(k): v for k, v in row.items()})
        for row in self.legs.to_dict("records"):
            graph.add_edge(row["from"], row["to"], **{str(k): v for k, v in row.items()})
        return graph

    def same_as(self, other: RouteNetwork) -> bool:
        """Whether another network says the same in every table."""
        tables = ("nodes", "legs", "countries", "organisations", "points")
        return all(getattr(self, name).equals(getattr(other, name)) for name in tables)

    @property
    def origins(self) -> list[str]:
        """Nodes where people set out."""
        return list(self.nodes.loc[self.nodes["departures"] > 0, "id"])

    @property
    def destinations(self) -> list[str]:
        """Nodes that people aim for."""
        return list(self.nodes.loc[self.nodes["attraction"] > 0, "id"])
