"""The ground of the map: outlines of countries around a route, and where their names stand."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from dashboards.languages import Language
from dashboards.outlines import Box, borders_in
from dashboards.story.packing import packed
from sim.plan import Plan

__all__ = ["around", "ground", "route_box"]

_BEYOND = 1.1  # how far the ground goes beyond the route, in parts of its size: screens are wide
_NEAREST = 0.06  # degrees between two points of a line


def route_box(plan: Plan) -> Box:
    """The part of the world in which a route lies."""
    nodes = plan.network.nodes
    lon, lat = nodes["lon"].astype(float), nodes["lat"].astype(float)
    return Box(float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max()))


def around(box: Box) -> Box:
    """The part of the world that a wide or a high screen may show of a route."""
    squeeze = math.cos(math.radians((box.south + box.north) / 2))
    size = max((box.east - box.west) * squeeze, box.north - box.south, 1.0) * _BEYOND
    return Box(max(-179.0, box.west - size / squeeze), max(-85.0, box.south - size),
               min(179.0, box.east + size / squeeze), min(85.0, box.north + size))  # fmt: skip


def ground(plan: Plan, language: Language) -> dict[str, object]:
    """Outlines and names for the drawing in a browser."""
    box = route_box(plan)
    wide = around(box)
    rings, shared = borders_in(wide)
    return {
        "box": [round(edge, 3) for edge in box],
        "land": _lines(rings, wide),
        "borders": _lines(shared, wide),
        "countries": _names(plan, language),
    }


def _lines(lines: list[NDArray[np.float64]], box: Box) -> dict[str, object]:
    kept = [each for each in (_thinned(line, box) for line in lines) if len(each) > 1]
    points = np.concatenate(kept) if kept else np.zeros((0, 2))
    hundredths = np.round(points * 100).astype(np.int64)
    return {
        "points": packed(hundredths, signed=True),
        "lengths": packed(np.array([len(each) for each in kept], np.int64)),
    }


def _thinned(line: NDArray[np.float64], box: Box) -> NDArray[np.float64]:
    # What lies outside is drawn in to the edge; points on one spot are one.
    near = np.clip(line, [box.west, box.south], [box.east, box.north])
    kept = [near[0]]
    for point in near[1:-1]:
        if abs(point - kept[-1]).max() >= _NEAREST:
            kept.append(point)
    kept.append(near[-1])
    return np.array(kept)


def _names(plan: Plan, language: Language) -> list[list[object]]:
    nodes = plan.network.nodes
    names = dict(zip(plan.network.countries["country"].astype(str),
                     plan.network.countries["name"].astype(str), strict=True))  # fmt: skip
    found: list[list[object]] = []
    for code, own in nodes.groupby(nodes["country"].astype(str), sort=False):
        lon, lat = float(own["lon"].astype(float).mean()), float(own["lat"].astype(float).mean())
        words = language.country(str(code), names[str(code)])
        found.append([words, round(lon, 2), round(lat, 2)])
    return found
