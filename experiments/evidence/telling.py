"""A piece of evidence in words."""

from __future__ import annotations

import functools
from typing import Any

from experiments.evidence import load, names

__all__ = ["told", "where"]

_WHOLE = {
    "MM": "Dead and missing by route and year, 2014 to 2023",
    "PS": "Sensitivities of the model Routes and Rumours",
}


def told(name: str) -> str:
    """What a row of evidence says, in a line."""
    if name in _WHOLE:
        return _WHOLE[name]
    row = _rows()[name]
    kind = name[0]
    if kind == "Q":
        return str(row["fact"])
    if kind == "T":
        return f"{row['model_quantity']}: {row['target']}"
    if kind == "C":
        return f"{row['event']}: {row['outcome']}: {row['effect']}"
    what = f"{row['mechanism']}, {row['parameter']}" if kind == "M" else str(row["quantity"])
    unit = "" if row["unit"] in ("sign", "test") else f" {row['unit']}"
    return f"{what}: {row['value']}{unit}" if str(row["value"]) else what


def where(name: str) -> str:
    """Of whom and where a row of evidence was found; empty for facts in words and targets."""
    if name in _WHOLE or name[0] in "QT":
        return ""
    row = _rows()[name]
    parts = ("setting",) if name[0] == "C" else ("population", "place")
    return ", ".join(str(row[part]) for part in parts if str(row.get(part, "")))


@functools.cache
def _rows() -> dict[str, dict[str, Any]]:
    tables = [load(name) for name in names()]
    return {
        str(row["id"]): {str(key): value for key, value in row.items()}
        for table in tables if "id" in table
        for row in table.to_dict("records")
    }  # fmt: skip
