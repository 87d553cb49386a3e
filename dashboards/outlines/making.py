"""Makes `natural_earth.json` from world-atlas: `python -m dashboards.outlines.making FILE`.

FILE is `countries-50m.json` of the npm package world-atlas.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

__all__ = ["outlines_of", "simplified"]

_TOLERANCE = 0.04  # degrees: less than a pixel on a map of one route
_PLACE = Path(__file__).with_name("natural_earth.json")


def outlines_of(topology: dict[str, Any], tolerance: float = _TOLERANCE) -> dict[str, Any]:
    """Arcs of borders, simplified, and the rings of arcs that make up each country.

    Args:
        topology: A TopoJSON topology with the object `countries`.
        tolerance: How far a simplified line may stray (degrees).

    Returns:
        `arcs`: flat lists `lon, lat, lon, lat, …` in hundredths of a degree, the first point
        whole and the others as steps; `countries`: lists of rings, each a list of arcs (`~n` is
        arc n backwards, as in TopoJSON).
    """
    scale, shift = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    arcs = []
    for steps in topology["arcs"]:
        line = np.cumsum(np.array(steps), axis=0) * scale + shift
        kept = np.round(100 * simplified(line, tolerance)).astype(int)
        arcs.append(np.vstack([kept[:1], np.diff(kept, axis=0)]).ravel().tolist())
    countries = []
    for country in topology["objects"]["countries"]["geometries"]:
        parts = country.get("arcs", [])
        rings = parts if country["type"] == "Polygon" else [r for part in parts for r in part]
        countries.append(rings)
    return {"arcs": arcs, "countries": countries}


def simplified(line: np.ndarray, tolerance: float) -> np.ndarray:
    """A line with fewer points, by Douglas and Peucker (1973); its ends stay.

    Args:
        line: Points, one row each.
        tolerance: No point that is left out lies farther than this from the new line.
    """
    kept = np.zeros(len(line), dtype=bool)
    kept[[0, -1]] = True
    # A ring begins and ends at one point: its farthest point must stay too.
    waiting = [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:
            continue
        far = _distances(line[first + 1 : last], line[first], line[last])
        most = int(far.argmax())
        if far[most] > tolerance:
            middle = first + 1 + most
            kept[middle] = True
            waiting += [(first, middle), (middle, last)]
    return line[kept]


def _distances(points: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    along = end - start
    length = float(along @ along)
    if length == 0:
        return np.asarray(np.linalg.norm(points - start, axis=1))
    at = np.clip((points - start) @ along / length, 0, 1)
    return np.asarray(np.linalg.norm(points - start - at[:, None] * along, axis=1))


if __name__ == "__main__":
    _found = outlines_of(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    _PLACE.write_text(json.dumps(_found, separators=(",", ":")) + "\n", encoding="utf-8")
