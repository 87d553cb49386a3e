"""Tables: the same cells for people to read and for programs to take away."""

from __future__ import annotations

import base64
import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

__all__ = ["Table"]


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes:
        name: Its name, for files and links.
        caption: What it shows.
        columns: Headings; the first column names its row.
        rows: Cells to read.
        head: Headings for programs.
        records: Cells for programs; plain numbers.
    """

    name: str
    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str | Markup]]
    head: Sequence[str]
    records: Sequence[Sequence[Any]]

    @property
    def csv(self) -> str:
        """The table as CSV; what is not known is an empty cell."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(self.head)
        writer.writerows([[_plain(cell) for cell in record] for record in self.records])
        return text.getvalue()

    @property
    def link(self) -> str:
        """The CSV as an address that needs no network; marked as UTF-8 for spreadsheets."""
        content = base64.b64encode(b"\xef\xbb\xbf" + self.csv.encode()).decode()
        return f"data:text/csv;charset=utf-8;base64,{content}"


def _plain(cell: Any) -> Any:
    if isinstance(cell, float):
        return "" if not math.isfinite(cell) else f"{cell:.8g}"
    # A spreadsheet must not take words for a formula.
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@") else cell
