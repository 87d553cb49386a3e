"""The files of a network as far as they can be read, whole or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.problems import Problem

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["NetworkTables", "read_tables"]


@dataclass(frozen=True)
class NetworkTables:
    """Tables of a network.

    Attributes:
        folder: The folder, as the user knows it.
        tables: Rows by file, with the line of each; files with faults are missing.
        counts: Rows by file, where a file could be read at all.
    """

    folder: Path
    tables: dict[str, pd.DataFrame]
    counts: dict[str, int]

    def __contains__(self, file: str) -> bool:
        return file in self.tables

    def rows(self, file: str) -> Iterator[dict[str, Any]]:
        """Rows of a file, none where it has faults."""
        if file in self.tables:
            for row in self.tables[file].to_dict("records"):
                yield {str(name): value for name, value in row.items()}

    def warning(self, file: str, line: int | None, field: str, value: object, message: str,
                suggestion: str = "") -> Problem:
        """A warning about something in a file."""
        return Problem(file=str(self.folder / file), line=line, field=field, value=str(value),
                       message=message, suggestion=suggestion, severity="warning")


def read_tables(folder: Path) -> NetworkTables:
    """Read what can be read; faults are those of :func:`sim.network.load_network`."""
    from sim.network.forms import FILES
    from sim.network.reading import read_table

    tables, counts = {}, {}
    for file in FILES:
        table, problems = read_table(folder, file)
        if table is not None:
            counts[file] = len(table)
            if not problems:
                tables[file] = table
    return NetworkTables(folder, tables, counts)
