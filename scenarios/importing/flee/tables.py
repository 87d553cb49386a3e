"""Reading Flee's CSV files as they are: comments, tabs, spaces, missing and superfluous cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from scenarios.importing.flee.told import Told
from sim.problems import InputProblem, Problem

__all__ = ["Row", "Table", "read_rows", "read_table"]

MOST_BYTES = 20_000_000


class Row(NamedTuple):
    """One row: its line in the file, and its cells without spaces around them."""

    line: int
    cells: tuple[str, ...]


class Table(NamedTuple):
    """A file with a header: the rows as dictionaries of the expected columns."""

    header: Row | None
    rows: list[tuple[int, dict[str, str]]]


def read_rows(path: Path, told: Told) -> list[Row]:
    """Rows of a file that hold anything; comments but for the first line are told and left out.

    Raises:
        InputProblem: If the file is not there, is too large, or is no text table.
    """
    shown = str(path)
    text = _text(path, told)
    rows: list[Row] = []
    spaced: list[int] = []
    tabbed: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""))
    line = 1
    try:
        for cells in reader:
            begun, line = line, reader.line_num + 1
            bare = tuple(cell.strip() for cell in cells)
            if not any(bare):
                continue
            if any("\t" in cell for cell in cells):
                tabbed.append(begun)
            elif list(bare) != cells:
                spaced.append(begun)
            if rows and bare[0].startswith("#"):
                told.warn(shown, begun, "is a comment between the data and is left out",
                          kind="comment", value=", ".join(bare))
                continue
            rows.append(Row(begun, bare))
    except csv.Error as error:
        raise InputProblem(Problem(file=shown, line=reader.line_num, suggestion="save it as CSV",
                                   message=f"cannot be read as a table ({error})")) from None
    for lines, what in ((tabbed, "tabs"), (spaced, "spaces")):
        if lines:
            more = f", and {len(lines) - 1:,} lines below it," if len(lines) > 1 else ""
            verb = "have" if more else "has"
            told.warn(shown, lines[0], f"this line{more} {verb} {what} around what is written; "
                                       "they are left out")
    return rows


def read_table(path: Path, columns: Sequence[str], told: Told,
               also: dict[str, str] | None = None) -> Table:
    """Read a file with a header, by the names in the header or else by position.

    Args:
        path: The file.
        columns: Columns in their usual order.
        told: Warnings are added to it.
        also: Other names of columns.

    Raises:
        InputProblem: If the file cannot be read.
    """
    shown = str(path)
    rows = read_rows(path, told)
    header = _header(rows, columns, also or {})
    if header is None:
        if rows:
            told.warn(shown, rows[0].line, "is no header; the columns are taken to be "
                      + ", ".join(columns))
        place = {name: n for n, name in enumerate(columns)}
    else:
        rows = rows[1:]
        place = _places(header, columns, also or {}, shown, told)
    found = []
    for row in rows:
        if row.cells[0].startswith("#"):
            told.warn(shown, row.line, "is a comment and is left out", kind="comment")
            continue
        if len(row.cells) < len(columns) - 1:
            told.warn(shown, row.line, f"has {len(row.cells)} cells where {len(columns)} belong; "
                      "the others are taken as blank", kind="short row")
        elif any(row.cells[len(header.cells) if header else len(columns):]):
            told.warn(shown, row.line, "has more cells than the header; the last are left out",
                      kind="long row")
        cells = {name: row.cells[n] if n < len(row.cells) else "" for name, n in place.items()}
        found.append((row.line, cells))
    return Table(header, found)


def _header(rows: list[Row], columns: Sequence[str], also: dict[str, str]) -> Row | None:
    if not rows:
        return None
    first = rows[0].cells[0].lstrip("#").strip().lower()
    if rows[0].cells[0].startswith("#") or also.get(first, first) == columns[0]:
        return rows[0]
    return None


def _places(header: Row, columns: Sequence[str], also: dict[str, str], shown: str,
            told: Told) -> dict[str, int]:
    """Where each column stands."""
    if not header.cells[0].startswith("#"):
        told.warn(shown, header.line, "the header does not begin with #; it is read as a header")
    given = [cell.lstrip("#").strip().lower() for cell in header.cells]
    known = {also.get(name, name): n for n, name in reversed(list(enumerate(given)))}
    if header.cells[-1] == "":
        told.warn(shown, header.line, "the header ends in a comma; the column without a name is "
                  "left out")
    missing = [name for name in columns if name not in known]
    if missing:
        told.warn(shown, header.line, f"the header does not name {', '.join(missing)}; columns "
                  "that are not named are read by position")
    return {name: known.get(name, n) for n, name in enumerate(columns)}


def _text(path: Path, told: Told) -> str:
    shown = str(path)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputProblem(Problem(
                file=shown, message=f"is larger than {MOST_BYTES // 1_000_000} MB",
                suggestion="name the folder of one instance"))
        raw = path.read_bytes()
    except FileNotFoundError:
        raise InputProblem(Problem(
            file=shown, message="this file is missing",
            suggestion="name the folder that holds input_csv and source_data")) from None
    except OSError as error:
        raise InputProblem(Problem(file=shown, suggestion="check its name and permissions",
                                   message=f"cannot be read ({error.strerror})")) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
        told.warn(shown, None, "is not UTF-8 text; it is read as Latin-1",
                  suggestion="save it as UTF-8")
    if "\0" in text:
        raise InputProblem(Problem(file=shown, message="is not a text file",
                                   suggestion="save it as CSV in UTF-8"))
    if "\r\n" in text:
        told.warn(shown, 1, "lines end as on Windows (CRLF); they are read alike")
    return text
