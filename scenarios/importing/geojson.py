"""Reads GeoJSON: places are points, ways are lines, service points are points with an organisation.

Only the file itself is read; nothing it refers to is ever opened.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from scenarios.importing.files import text_of
from scenarios.importing.given import (
    Given,
    GivenPlace,
    GivenPoint,
    GivenWay,
    fault,
    number,
    text,
)
from scenarios.importing.nearby import nearest_place
from sim.network import great_circle_km

__all__ = ["read_geojson"]

MOST_FEATURES = 50_000
MOST_PLACES = 5_000
NEAR_KM = 10.0
BESIDE_KM = 50.0
LINES = ("LineString", "MultiLineString")


def read_geojson(path: Path | str) -> Given:
    """Read places, ways and service points.

    Raises:
        InputProblem: If the file cannot be read, or a feature cannot be used; it names the place.
    """
    given = Given(str(path))
    points: list[tuple[str, Mapping[str, Any], float, float]] = []
    lines: list[tuple[str, Mapping[str, Any], list[Any]]] = []
    for position, feature in enumerate(_features(given, Path(path)), start=1):
        where, values, kind, coordinates = _parts(given, position, feature)
        if kind == "Point":
            points.append((where, values, *_point(given, where, coordinates)))
        elif kind in LINES:
            lines.append((where, values, coordinates if kind == "LineString" else
                          [one for part in _list(given, where, coordinates)
                           for one in _list(given, where, part)]))
        else:
            given.warn(where, f"a geometry of type {kind or 'none'} is neither a place nor a way; "
                              "it is left out")
    _places(given, points)
    for where, values, coordinates in lines:
        _way(given, where, values, coordinates)
    _services(given, points)
    return given


def _features(given: Given, path: Path) -> list[Any]:
    try:
        whole = json.loads(text_of(path))
    except json.JSONDecodeError as error:
        raise fault(given.file, f"line {error.lineno}", f"is not JSON: {error.msg.lower()}",
                    suggestion="export it as GeoJSON again") from None
    except (RecursionError, ValueError):
        raise fault(given.file, "", "is not JSON that can be read",
                    suggestion="export it as GeoJSON again") from None
    features = whole.get("features") if isinstance(whole, dict) else None
    if not isinstance(features, list):
        raise fault(given.file, "", "is not a GeoJSON FeatureCollection",
                    suggestion="export points and lines as one FeatureCollection")
    if len(features) > MOST_FEATURES:
        raise fault(given.file, "", f"holds {len(features):,} features, more than "
                    f"{MOST_FEATURES:,}", suggestion="keep the places and ways of the route")
    return features


def _parts(given: Given, position: int, feature: Any) -> tuple[str, Mapping[str, Any], str, Any]:
    """Where a feature stands, its properties, its type of geometry and its coordinates."""
    where = f"feature {position}"
    if not isinstance(feature, dict):
        raise fault(given.file, where, "is not a feature", suggestion="remove it")
    properties = feature.get("properties")
    values = dict(properties) if isinstance(properties, dict) else {}
    if "id" in feature and "id" not in values:
        values["id"] = feature["id"]
    name = text(values, "id", "name")
    where += f" ('{name[:60]}')" if name else ""
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict):
        return where, values, "", None
    return where, values, str(geometry.get("type"))[:40], geometry.get("coordinates")


def _point(given: Given, where: str, coordinates: Any) -> tuple[float, float]:
    """Latitude and longitude (GeoJSON has longitude first)."""
    pair = coordinates if isinstance(coordinates, list) else []
    lon, lat = (number(pair[0]), number(pair[1])) if len(pair) >= 2 else (None, None)
    if lat is None or lon is None or not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise fault(given.file, where, "has no position on Earth", name="coordinates",
                    value=str(pair)[:80], suggestion="GeoJSON wants [longitude, latitude] in "
                    "degrees (WGS 84)")
    return lat, lon


def _list(given: Given, where: str, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise fault(given.file, where, "has no coordinates", name="coordinates")
    return value


def _places(given: Given, points: Sequence[tuple[str, Mapping[str, Any], float, float]]) -> None:
    taken: dict[str, str] = {}
    for where, values, lat, lon in points:
        if is_service(values):
            continue
        key = text(values, "id", "name") or f"node {len(given.places) + 1}"
        if key in taken:
            raise fault(given.file, where, f"has the same id as {taken[key]}", name="id",
                        value=key, suggestion="every place needs an id of its own")
        taken[key] = where
        given.places.append(GivenPlace(key, where, lat, lon, values))
        if len(given.places) > MOST_PLACES:
            raise fault(given.file, where, f"there are more than {MOST_PLACES:,} places",
                        suggestion="keep the places of the route")


def is_service(values: Mapping[str, Any]) -> bool:
    """Whether a feature is a service point and no place of its own."""
    return bool(text(values, "organisation", "organization", "operator")) and not text(
        values, "journey_step", "step")


def _way(given: Given, where: str, values: Mapping[str, Any], coordinates: Any) -> None:
    course = [_point(given, where, one) for one in _list(given, where, coordinates)]
    if len(course) < 2:
        raise fault(given.file, where, "is a line with fewer than two positions",
                    name="coordinates", suggestion="give both ends")
    start = _end(given, where, values, ("from", "start", "source"), course[0])
    end = _end(given, where, values, ("to", "end", "target"), course[-1])
    km = sum(great_circle_km(*a, *b) for a, b in pairwise(course)) if len(course) > 2 else None
    given.ways.append(GivenWay(start, end, where, None, km, values))


def _end(given: Given, where: str, values: Mapping[str, Any], names: tuple[str, ...],
         position: tuple[float, float]) -> str:
    """Key of the place at one end of a line, by name or else by position."""
    said = text(values, names[0]) or next((t for n in names[1:] if (t := text(values, n))), "")
    if said:
        for place in given.places:
            if said in (place.key, text(place.values, "id"), text(place.values, "name")):
                return place.key
        if text(values, names[0]):
            from sim.problems import nearest

            near = nearest(said, [place.key for place in given.places])
            raise fault(given.file, where, "is not the id or name of a place of this file",
                        name=names[0], value=said,
                        suggestion=f"did you mean '{near}'?" if near else "give the id of a point")
    key, km = nearest_place(given, *position)
    if key is None or km > NEAR_KM:
        near = f"; the nearest is '{key}', {km:,.0f} km away" if key is not None else ""
        raise fault(given.file, where, f"no place lies at the {names[1]} of this line{near}",
                    name=names[0], suggestion="give the properties from and to")
    return key


def _services(given: Given,
              points: Sequence[tuple[str, Mapping[str, Any], float, float]]) -> None:
    for where, values, lat, lon in points:
        if not text(values, "organisation", "organization", "operator"):
            continue
        said = text(values, "node", "place")
        key = next((place.key for place in given.places
                    if said and said in (place.key, text(place.values, "name"))), None)
        if said and key is None:
            raise fault(given.file, where, "is not the id or name of a place of this file",
                        name="node", value=said, suggestion="give the id of a point")
        if key is None:
            key, km = nearest_place(given, lat, lon)
            if key is None or km > BESIDE_KM:
                given.warn(where, f"no place lies within {BESIDE_KM:g} km of this service point; "
                                  "it is left out", suggestion="give the property node")
                continue
        given.points.append(GivenPoint(key, where, values))
