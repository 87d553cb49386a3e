"""A network in the making: rows of the five files, with the source of every number."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sim.network.forms import FILES, Column

__all__ = ["Draft", "DraftRow", "cited", "column_names", "number_columns"]

UNSOURCED = ("id", "ids", "text", "choice", "list", "yes_no", "windows")


@dataclass
class DraftRow:
    """One row.

    Attributes:
        values: Cells by column.
        sources: Where numbers come from, by column; all others are assumed.
    """

    values: dict[str, object]
    sources: dict[str, str] = field(default_factory=dict)

    def source(self) -> str:
        """The cell of the column `source`."""
        parts = [f"{name}={text}" for name, text in self.sources.items() if text != "assumed"]
        return "; ".join([*parts, "*=assumed"])


@dataclass
class Draft:
    """Rows of the five files, in the order in which they will stand there."""

    nodes: list[DraftRow] = field(default_factory=list)
    legs: list[DraftRow] = field(default_factory=list)
    countries: list[DraftRow] = field(default_factory=list)
    organisations: list[DraftRow] = field(default_factory=list)
    points: list[DraftRow] = field(default_factory=list)

    def files(self) -> dict[str, list[DraftRow]]:
        """Rows by file."""
        return {"nodes.csv": self.nodes, "legs.csv": self.legs, "countries.csv": self.countries,
                "organisations.csv": self.organisations, "service_points.csv": self.points}

    def assumed(self) -> dict[str, int]:
        """How many numbers are assumed, by file."""
        found = {}
        for file, rows in self.files().items():
            numbers = number_columns(file)
            found[file] = sum(
                row.sources.get(name, "assumed") == "assumed"
                for row in rows for name in numbers if _cell(row.values.get(name)) != "")
        return found

    def write(self, folder: Path) -> None:
        """Write the five files."""
        for file, rows in self.files().items():
            names = column_names(file)
            with (folder / file).open("w", encoding="utf-8", newline="") as stream:
                writer = csv.writer(stream, lineterminator="\n")
                writer.writerow(names)
                for row in rows:
                    values: Mapping[str, object] = {**row.values, "source": row.source()}
                    writer.writerow([_cell(values.get(name)) for name in names])


def column_names(file: str) -> list[str]:
    """All columns of a file that are always there."""
    return [column.name for column in _columns(file)]


def number_columns(file: str) -> list[str]:
    """Columns of a file that hold numbers."""
    return [column.name for column in _columns(file) if column.kind not in UNSOURCED]


def cited(file: str) -> str:
    """The source of numbers that a file gives: its name as a citation."""
    name = "".join(c for c in Path(file).name if c not in ";=,\"" and c.isprintable())
    return f'"{" ".join(name.split()) or "imported file"}"'


def _columns(file: str) -> list[Column]:
    return [column for column in FILES[file] if not column.optional]


def _cell(value: object) -> str:
    """A value as text: numbers without superfluous digits, windows as 10-40;90-120."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.7g}" if abs(value) < 1e6 else f"{value:.0f}"
    if isinstance(value, list | tuple):
        return ";".join(f"{a}-{b}" for a, b in value)
    return " ".join(str(value).split())
