"""Reads GraphML: nodes are places, edges are ways, nodes with an organisation are service points.

A file may not declare entities or a document type: they can make a small file huge, or refer to
other files. Nothing but the file itself is ever opened.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import networkx as nx

from scenarios.importing.files import text_of
from scenarios.importing.geojson import BESIDE_KM, MOST_PLACES, is_service
from scenarios.importing.given import (
    Given,
    GivenPlace,
    GivenPoint,
    GivenWay,
    fault,
    position,
    text,
)
from scenarios.importing.nearby import nearest_place

__all__ = ["read_graphml"]

MOST_EDGES = 50_000
FORBIDDEN = ("<!doctype", "<!entity")
ENCODING = re.compile(r"""<\?xml[^>]*encoding\s*=\s*["']([^"']+)["']""", re.IGNORECASE)


def read_graphml(path: Path | str) -> Given:
    """Read places, ways and service points.

    Raises:
        InputProblem: If the file cannot be read, or a node or edge cannot be used; it names it.
    """
    given = Given(str(path))
    graph = _graph(given, Path(path))
    if graph.number_of_nodes() > MOST_PLACES or graph.number_of_edges() > MOST_EDGES:
        raise fault(given.file, "", f"holds more than {MOST_PLACES:,} nodes or {MOST_EDGES:,} "
                    "edges", suggestion="keep the places and ways of the route")
    services = []
    for key, values in graph.nodes(data=True):
        where = f"node '{str(key)[:60]}'"
        if is_service(values) and graph.degree(key) == 0:
            services.append((where, values))
            continue
        at = position(values)
        if at is None:
            raise fault(given.file, where, "has no position on Earth", name="lat, lon",
                        suggestion="give each node lat and lon in degrees, as data keys")
        given.places.append(GivenPlace(str(key), where, *at, values))
        if text(values, "organisation", "organization", "operator"):
            given.points.append(GivenPoint(str(key), where, values))
    for start, end, values in graph.edges(data=True):
        where = f"edge '{str(start)[:60]}' to '{str(end)[:60]}'"
        two_way = None if "two_way" in values else not graph.is_directed()
        given.ways.append(GivenWay(str(start), str(end), where, two_way, None, values))
    for where, values in services:
        _service(given, where, values)
    return given


def _graph(given: Given, path: Path) -> Any:
    content = text_of(path)
    lowered = content.lower()
    if any(word in lowered for word in FORBIDDEN):
        raise fault(given.file, "", "declares a document type or an entity, which is refused",
                    suggestion="remove the <!DOCTYPE ...> part")
    said = ENCODING.search(content[:200])
    if said and said[1].lower().replace("-", "") not in ("utf8", "usascii"):
        raise fault(given.file, "line 1", "is not in UTF-8", name="encoding", value=said[1],
                    suggestion="export it in UTF-8")
    try:
        with warnings.catch_warnings(record=True) as odd:
            warnings.simplefilter("always")
            graph = nx.parse_graphml(content)
    except ParseError as error:
        raise fault(given.file, f"line {error.position[0]}", "is not XML that can be read",
                    suggestion="export it as GraphML again") from None
    except RecursionError:
        raise fault(given.file, "", "is nested too deeply",
                    suggestion="export it as GraphML again") from None
    except (nx.NetworkXException, ValueError, KeyError, TypeError, AttributeError, IndexError,
            StopIteration) as error:
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise fault(given.file, "", f"is not GraphML that can be read ({reason})",
                    suggestion="export it as GraphML again") from None
    for message in dict.fromkeys(str(one.message) for one in odd):
        given.warn("", message)
    return graph


def _service(given: Given, where: str, values: Mapping[str, Any]) -> None:
    """A service point: at the node it names, or at the nearest."""
    said = text(values, "node", "place")
    key = next((place.key for place in given.places
                if said and said in (place.key, text(place.values, "name"))), None)
    if said and key is None:
        raise fault(given.file, where, "is not the id or name of a node of this file", name="node",
                    value=said, suggestion="give the id of a node")
    at = position(values)
    if key is None and at is not None:
        found, km = nearest_place(given, *at)
        key = found if km <= BESIDE_KM else None
    if key is None:
        given.warn(where, "stands at no place; it is left out",
                   suggestion="give the id of a place as node")
        return
    given.points.append(GivenPoint(key, where, values))
