"""Reading one CSV file of a network, and finding all of its faults."""

from __future__ import annotations

import csv
import math
import re
from pathlib import Path
from typing import Any

import pandas as pd

from sim.network.forms import FILES, Column
from sim.problems import Problem, nearest

__all__ = ["read_table"]

_ID = re.compile(r"[a-z][a-z0-9_]*")
_WINDOW = re.compile(r"(\d+)-(\d+)")
LARGEST_FILE = 200_000_000
NEEDED = ("nodes.csv", "legs.csv", "countries.csv")


def read_table(folder: Path, file: str) -> tuple[pd.DataFrame | None, list[Problem]]:
    """Read one file.

    Returns:
        Its rows (with their ``line``), None if they cannot be told, and the faults found.
    """
    path = folder / file
    shown = str(path)
    try:
        rows = _rows(path)
    except FileNotFoundError:
        return None, [Problem(file=shown, message="this file is missing",
                              suggestion=f"a network folder holds {', '.join(FILES)}")]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        return None, [Problem(file=shown, message=f"cannot be read: {error}",
                              suggestion="save it as CSV in UTF-8")]
    columns = FILES[file]
    problems = _check_header(shown, rows[0][1] if rows else [], columns)
    if problems:
        return None, problems
    header = [cell.strip() for cell in rows[0][1]]
    table: dict[str, list[Any]] = {c.name: [] for c in columns} | {"line": []}
    for line, row in rows[1:]:
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(header):
            problems.append(Problem(file=shown, line=line, message=f"has {len(row)} cells",
                                    suggestion=f"the header has {len(header)}"))
            continue
        table["line"].append(line)
        cells = dict(zip(header, row, strict=True))
        for column in columns:
            value, problem = _parse(cells.get(column.name, "").strip(), column, shown, line)
            table[column.name].append(value)
            if problem:
                problems.append(problem)
    if not table["line"] and not problems and file in NEEDED:
        problems.append(Problem(file=shown, message="has no rows", suggestion="add at least one"))
    if not table["line"]:
        return pd.DataFrame(table, dtype=object), problems
    return pd.DataFrame(table), problems


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    """Rows with the line each begins in (a quoted cell may hold several lines)."""
    if path.stat().st_size > LARGEST_FILE:
        raise OSError(f"it is larger than {LARGEST_FILE // 1_000_000} MB")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(stream)
        rows, line = [], 1
        for row in reader:
            rows.append((line, row))
            line = reader.line_num + 1
        return rows


def _check_header(file: str, header: list[str], columns: list[Column]) -> list[Problem]:
    names = [c.name for c in columns]
    given = [cell.strip() for cell in header]
    problems = []
    for name in given:
        if name not in names:
            near = nearest(name, names)
            problems.append(Problem(
                file=file, line=1, field=name, message="this column is not known",
                suggestion=f"did you mean '{near}'?" if near else f"known are {', '.join(names)}"))
    problems += [
        Problem(file=file, line=1, field=name, message="this column is missing",
                suggestion="add it to the header and to every row")
        for name in (c.name for c in columns if not c.optional) if name not in given
    ]
    if len(set(given)) != len(given):
        twice = sorted({name for name in given if given.count(name) > 1})
        problems.append(Problem(file=file, line=1, field=", ".join(twice),
                                message="this column is given twice",
                                suggestion="keep one of them"))
    return problems


def _parse(text: str, column: Column, file: str, line: int) -> tuple[Any, Problem | None]:
    def wrong(message: str, suggestion: str = "") -> Problem:
        return Problem(file=file, line=line, field=column.name, value=text, message=message,
                       suggestion=suggestion)

    if column.kind == "number":
        return _parse_number(text, column, wrong)
    if column.kind == "list":
        words = [w.strip() for w in text.split(";") if w.strip()]
        bad = [w for w in words if w not in column.words]
        return words, wrong(f"has a word that is not one of {', '.join(column.words)}",
                            "separate the words with ;") if bad else None
    if column.kind == "ids":
        ids = [w.strip() for w in text.split(";") if w.strip()]
        bad = [w for w in ids if not _ID.fullmatch(w)]
        return ids, wrong(f"has '{bad[0]}', which is not an identifier",
                          "separate the ids with ;") if bad else None
    if column.kind == "windows":
        windows = [w.strip() for w in text.split(";") if w.strip()]
        found = [_WINDOW.fullmatch(w) for w in windows]
        if not all(found):
            return [], wrong("is not a list of day windows", "write for example 10-40;90-120")
        pairs = [(int(m[1]), int(m[2])) for m in found if m]
        if any(end <= start for start, end in pairs):
            return [], wrong("ends before it begins", "10-40: closed from day 10, open on day 40")
        return pairs, None
    if column.kind == "yes_no":
        known = text.lower() in ("yes", "no")
        fault = None if known else wrong("is not yes or no", "write yes or no")
        return text.lower() == "yes", fault
    if column.kind == "choice" and text not in column.words:
        near = nearest(text, column.words)
        return text, wrong(f"is not one of {', '.join(column.words)}",
                           f"did you mean '{near}'?" if near else "")
    if column.kind == "id" and not _ID.fullmatch(text):
        return text, wrong("is not an identifier", "use a-z, 0-9 and _, beginning with a letter")
    if not text:
        return text, wrong("is empty", "fill it in")
    return text, None


def _parse_number(text: str, column: Column, wrong: Any) -> tuple[float, Problem | None]:
    if not text and column.blank:
        return math.inf, None
    try:
        value = float(text)
    except ValueError:
        return math.nan, wrong("is not a number", "write it like 12.5")
    if not column.low <= value <= column.high:  # also catches nan
        return value, wrong(f"is not between {column.low:g} and {column.high:g}",
                            "correct the value or its unit")
    return value, None
