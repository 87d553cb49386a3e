"""A small route as GeoJSON and as GraphML."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

POINTS: list[tuple[str, float, float, dict[str, Any]]] = [
    ("agadez", 16.973, 7.991, {"name": "Agadez", "country": "NER", "journey_step": "origin"}),
    ("sabha", 27.038, 14.429, {"name": "Sabhā", "country": "Libya"}),
    ("tripoli", 32.887, 13.191, {"name": "Tripoli", "country": "LY", "journey_step": "arrival",
                                 "enforcement": 0.6, "capacity": 20000}),
]
WAYS: list[tuple[str, str, dict[str, Any]]] = [
    ("agadez", "sabha", {"mode": "road", "days": 9, "death": 0.004}),
    ("sabha", "tripoli", {"km": 770}),
]


def collection() -> dict[str, Any]:
    """The route as a GeoJSON object."""
    at = {key: [lon, lat] for key, lat, lon, _ in POINTS}
    features = [
        {"type": "Feature", "properties": {"id": key, **values},
         "geometry": {"type": "Point", "coordinates": [lon, lat]}}
        for key, lat, lon, values in POINTS
    ] + [
        {"type": "Feature", "properties": {"from": start, "to": end, **values},
         "geometry": {"type": "LineString", "coordinates": [at[start], at[end]]}}
        for start, end, values in WAYS
    ]
    return copy.deepcopy({"type": "FeatureCollection", "features": features})


def write_geojson(path: Path, whole: object | None = None) -> Path:
    """Write a GeoJSON file."""
    path.write_text(json.dumps(collection() if whole is None else whole), encoding="utf-8")
    return path


def graphml(direction: str = "undirected", *, nodes: str = "", edges: str = "", head: str = "",
            ) -> str:
    """The route as the text of a GraphML file, with more nodes and edges."""
    names = ("name", "country", "journey_step", "mode", "organisation", "node")
    numbers = ("lat", "lon", "enforcement", "capacity", "days", "death", "km")
    keys = "".join(
        f'<key id="{name}" for="all" attr.name="{name}" attr.type="{kind}"/>\n'
        for kind, group in (("string", names), ("double", numbers)) for name in group)

    def data(values: dict[str, Any]) -> str:
        return "".join(f'<data key="{name}">{value}</data>' for name, value in values.items())

    places = "".join(f'<node id="{key}">{data({"lat": lat, "lon": lon, **values})}</node>\n'
                     for key, lat, lon, values in POINTS)
    ways = "".join(f'<edge source="{start}" target="{end}">{data(values)}</edge>\n'
                   for start, end, values in WAYS)
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n{head}'
            f'<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n{keys}'
            f'<graph edgedefault="{direction}">\n{places}{nodes}{ways}{edges}</graph></graphml>\n')
