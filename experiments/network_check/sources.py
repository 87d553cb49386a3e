"""Numbers without a source, and sources that nobody can look up."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Mapping
from typing import Any

from experiments.network_check.tables import NetworkTables
from sim.problems import Problem, nearest

__all__ = ["missing_sources", "read_source"]

WORDS = ("GeoNames", "computed", "assumed")
ALL = "*"
_PART = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
_CITATION = re.compile(r'"[^";=,]+"')
MOST_TOLD = 50


def missing_sources(net: NetworkTables) -> list[Problem]:
    """Warnings about the column `source` of every file."""
    from sim.network.forms import FILES

    problems: list[Problem] = []
    for file, columns in FILES.items():
        names = [column.name for column in columns if column.kind == "number"]
        for row in net.rows(file):
            problems += _row(net, file, names, row)
    if len(problems) > MOST_TOLD:
        rest = len(problems) - MOST_TOLD
        problems = [*problems[:MOST_TOLD], net.warning(
            "", None, "source", "", f"{rest:,} more rows have numbers without a source")]
    return problems


def read_source(text: str) -> tuple[dict[str, str], list[str]]:
    """Sources by column, and the parts that cannot be read."""
    found: dict[str, str] = {}
    odd: list[str] = []
    for part in filter(None, (part.strip() for part in _PART.split(text))):
        names, equals, source = part.partition("=")
        if not equals or not names.strip() or not source.strip():
            odd.append(part)
            continue
        for name in names.split():
            found[name] = source.strip()
    return found, odd


def _row(net: NetworkTables, file: str, names: list[str], row: Mapping[str, Any]) -> list[Problem]:
    text = str(row["source"])
    found, odd = read_source(text)
    said: list[tuple[str, str]] = []
    if odd:
        said.append((f"cannot be read from '{odd[0]}' on",
                     "write it like km=computed; *=assumed"))
    unknown = [name for name in found if name != ALL and name not in names]
    if unknown:
        near = nearest(unknown[0], names)
        said.append((f"names '{unknown[0]}', which is no column with numbers",
                     f"did you mean '{near}'?" if near else ""))
    bad = next((source for source in found.values() if not _can_be_looked_up(source)), None)
    if bad is not None:
        said.append((f"has a source that nobody can look up, {bad}",
                     "give ids of evidence, GeoNames, computed, assumed, or a citation in double "
                     "quotes"))
    if ALL not in found:
        bare = [name for name in names if name not in found and math.isfinite(row[name])]
        if bare:
            said.append((f"does not say where {', '.join(bare)} "
                         f"{'comes' if len(bare) == 1 else 'come'} from",
                         "add them, or *=assumed for all others"))
    return [net.warning(file, row["line"], "source", text, message, remedy)
            for message, remedy in said]


def _can_be_looked_up(source: str) -> bool:
    if source.startswith('"'):
        return _CITATION.fullmatch(source) is not None
    named = [part.strip() for part in source.split(",")]
    return source in WORDS or all(part in _evidence() for part in named)


@functools.cache
def _evidence() -> frozenset[str]:
    from experiments.evidence import ids

    return ids()
