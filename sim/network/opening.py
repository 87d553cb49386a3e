"""Service points that a scenario opens: they stand in the network from the first day, closed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from sim.network.route import RouteNetwork

__all__ = ["NewPoint", "with_new_points"]


class NewPoint(NamedTuple):
    """A service point that is not in the files.

    Attributes:
        id: Its id, by which all chance about it is keyed.
        node: Node where it will stand.
        like: Service point whose services, rules and visibility it takes.
        organisation: Whose it is; None: that of `like`.
        capacity: Places a day, in real people; None: as `like`.
    """

    id: str
    node: str
    like: str
    organisation: str | None = None
    capacity: float | None = None


def with_new_points(network: RouteNetwork, new: Iterable[NewPoint]) -> RouteNetwork:
    """The network of the files with these points, and no others that were added before.

    They come last at their nodes, so that those in the files keep their luck.

    Raises:
        ValueError: If a point is there already, or names what is not there.
    """
    wanted = sorted(set(new))
    if not wanted and not network.added:
        return network
    listed = network.points[~network.points["id"].isin(network.added)]
    rows = [_row(network, listed, point) for point in wanted]
    ids = [point.id for point in wanted]
    if len(set(ids)) < len(ids) or listed["id"].isin(ids).any():
        raise ValueError(f"a service point that is to open is there already: {', '.join(ids)}")
    rank = {name: n for n, name in enumerate(network.nodes["id"])}
    points = pd.concat([listed, *rows], ignore_index=True)
    points = points.sort_values("node", key=lambda c: c.map(rank), kind="stable", ignore_index=True)
    return replace(network, points=points, added=tuple(ids))


def _row(network: RouteNetwork, listed: pd.DataFrame, point: NewPoint) -> pd.DataFrame:
    row = listed[listed["id"] == point.like].copy()
    owner = point.organisation
    if row.empty:
        raise ValueError(f"there is no service point '{point.like}' for '{point.id}' to be like")
    if point.node not in set(network.nodes["id"]):
        raise ValueError(f"there is no node '{point.node}' for '{point.id}'")
    if owner is not None and owner not in set(network.organisations["id"]):
        raise ValueError(f"there is no organisation '{owner}' for '{point.id}'")
    row["id"], row["node"] = point.id, point.node
    row["door"] = 0.0
    if owner is not None:
        row["organisation"] = owner
    if point.capacity is not None:
        row["capacity_per_day"] = float(point.capacity)
    return row
