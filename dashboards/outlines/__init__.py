"""Outlines of countries for maps; `README.md` says where they come from."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import NamedTuple

import numpy as np

__all__ = ["Box", "borders_in"]

_FILE = Path(__file__).with_name("natural_earth.json")


class Box(NamedTuple):
    """A part of the world, in degrees."""

    west: float
    south: float
    east: float
    north: float

    def touches(self, line: np.ndarray) -> bool:
        """Whether the surroundings of a line reach into the box."""
        (west, south), (east, north) = line.min(axis=0), line.max(axis=0)
        return bool(
            west <= self.east and east >= self.west and south <= self.north and north >= self.south
        )


def borders_in(box: Box) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Rings of the countries that reach into a part of the world, and the borders they share.

    Args:
        box: The part of the world.

    Returns:
        Closed rings to fill, and lines that two countries share; each an array of longitude and
        latitude (degrees), one row per point.
    """
    arcs, countries = _outlines()
    rings = [
        part for country in countries for ring in country for part in _whole(_ring(arcs, ring))
    ]
    times = np.zeros(len(arcs), dtype=int)
    for country in countries:
        for ring in country:
            for arc in ring:
                times[~arc if arc < 0 else arc] += 1
    common = [arc for arc, count in zip(arcs, times, strict=True) if count > 1]
    shared = [part for arc in common for part in _whole(arc)]
    return [r for r in rings if box.touches(r)], [line for line in shared if box.touches(line)]


@functools.cache
def _outlines() -> tuple[list[np.ndarray], list[list[list[int]]]]:
    found = json.loads(_FILE.read_text(encoding="utf-8"))
    arcs = [np.cumsum(np.array(arc).reshape(-1, 2), axis=0) / 100 for arc in found["arcs"]]
    return arcs, found["countries"]


def _ring(arcs: list[np.ndarray], ring: list[int]) -> np.ndarray:
    parts = [arcs[~arc][::-1] if arc < 0 else arcs[arc] for arc in ring]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])


def _whole(line: np.ndarray) -> list[np.ndarray]:
    """A line that crosses the 180th meridian, going on beyond it: once on each side of the map."""
    turns = np.concatenate([[0], np.cumsum(-np.round(np.diff(line[:, 0]) / 360))])
    return [
        np.column_stack([line[:, 0] + 360 * (turns - side), line[:, 1]])
        for side in np.unique(turns)
    ]
