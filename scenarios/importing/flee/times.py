"""`sim_period.csv`, `closures.csv` and `conflicts.csv`: what holds on which days."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scenarios.importing.flee.places import Location
from scenarios.importing.flee.tables import Row, read_rows, read_table
from scenarios.importing.flee.told import Told
from sim.problems import InputProblem, Problem, nearest

__all__ = ["Closure", "read_closures", "read_conflicts", "read_period"]

MOST_DAYS = 7300
CLOSURE_COLUMNS = ("closure_type", "name1", "name2", "closure_start", "closure_end")
CLOSURE_KINDS = ("country", "link", "location", "camp", "idpcamp", "remove_forced_redirection")


@dataclass(frozen=True)
class Closure:
    """Something that is closed for a time.

    Attributes:
        kind: `country`, `link`, `location`, `camp`, `idpcamp` or `remove_forced_redirection`.
        name1: What is closed.
        name2: Its other end, or nothing.
        start: First day.
        end: First day on which it is open again; None: never.
        line: Line of `closures.csv`.
    """

    kind: str
    name1: str
    name2: str
    start: int
    end: int | None
    line: int


def read_period(path: Path, told: Told) -> tuple[dt.date, int]:
    """First day and number of days.

    Raises:
        InputProblem: If either is missing or absurd.
    """
    shown = str(path)
    found: dict[str, tuple[int, str]] = {}
    for row in read_rows(path, told):
        key = row.cells[0].lstrip("#").strip().lower()
        if key in ("startdate", "length") and len(row.cells) > 1:
            found[key] = row.line, row.cells[1]
        else:
            told.warn(shown, row.line, "is neither StartDate nor Length and is left out",
                      value=row.cells[0], kind="unknown")
    for key, word in (("startdate", "StartDate,2012-02-29"), ("length", "Length,300")):
        if key not in found:
            raise InputProblem(Problem(file=shown, field=word.split(",")[0], message="is missing",
                                       suggestion=f"add a line like {word}"))
    line, text = found["startdate"]
    try:
        start = dt.date.fromisoformat(text)
    except ValueError:
        raise InputProblem(Problem(file=shown, line=line, field="StartDate", value=text,
                                   message="is not a date",
                                   suggestion="write it like 2012-02-29")) from None
    line, text = found["length"]
    length = whole(text)
    if length is None or not 1 <= length <= MOST_DAYS:
        raise InputProblem(Problem(file=shown, line=line, field="Length", value=text,
                                   message="is not a number of days",
                                   suggestion=f"write a whole number from 1 to {MOST_DAYS}"))
    return start, length


def read_closures(path: Path, locations: tuple[Location, ...], told: Told) -> tuple[Closure, ...]:
    """Closures of things that are there; the others are told and left out."""
    shown = str(path)
    if not path.is_file():
        told.warn(shown, None, "this file is missing; nothing is ever closed")
        return ()
    found = []
    for line, cells in read_table(path, CLOSURE_COLUMNS, told).rows:
        closure = _closure(line, cells, locations, shown, told)
        if closure is not None:
            found.append(closure)
    return tuple(found)


def _closure(line: int, cells: Mapping[str, str], locations: tuple[Location, ...], shown: str,
             told: Told) -> Closure | None:
    kind = cells["closure_type"].lower()
    if kind not in CLOSURE_KINDS:
        near = nearest(kind, CLOSURE_KINDS)
        told.warn(shown, line, "this kind of closure is not known; the row is left out",
                  field="closure_type", value=cells["closure_type"],
                  suggestion=f"did you mean {near}?" if near else "")
        return None
    names = {p.country for p in locations} if kind == "country" else {p.name for p in locations}
    both = kind in ("country", "link", "remove_forced_redirection")
    for field in ("name1", "name2"):
        name = cells[field]
        if name in names or (not name and field == "name2" and not both):
            continue
        if field == "name2" and not both:
            told.warn(shown, line, f"'{name}' is not in locations.csv; '{cells['name1']}' is "
                      "closed as a whole", field=field)
            cells = {**cells, "name2": ""}
            continue
        near = nearest(name, names) if name else None
        what = "a country" if kind == "country" else "a place"
        told.warn(shown, line, f"'{name}' is not {what} of locations.csv; the closure is left out",
                  field=field, suggestion=f"did you mean '{near}'?" if near else "")
        return None
    start, end = whole(cells["closure_start"]), whole(cells["closure_end"])
    if start is None:
        told.warn(shown, line, "the start is not a day; the closure is left out",
                  field="closure_start", value=cells["closure_start"])
        return None
    if end is None:
        told.warn(shown, line, "the end is not a day; it never opens again", field="closure_end",
                  value=cells["closure_end"])
    if start < 0:
        told.warn(shown, line, "the start lies before day 0; it is closed from day 0 on",
                  field="closure_start", value=str(start))
        start = 0
    last = end if end is not None and end > start else None
    return Closure(kind, cells["name1"], cells["name2"], start, last, line)


def read_conflicts(path: Path, locations: tuple[Location, ...], length: int, shown_places: str,
                   told: Told) -> NDArray[np.float64]:
    """How strong conflict is, for every day and place; days are counted by row.

    Args:
        path: `conflicts.csv`; where it is missing, conflict dates hold.
        locations: Places, in the order of the columns of the result.
        length: Number of days.
        shown_places: `locations.csv`, as the user knows it.
        told: Warnings are added to it.
    """
    shown = str(path)
    found = np.zeros((length, len(locations)))
    rows = read_rows(path, told) if path.is_file() else []
    if len(rows) < 2:
        told.warn(shown, None, "is missing or empty; conflict begins at the conflict dates of "
                               "locations.csv")
        rows = []
    columns = _conflict_columns(rows[0], locations, shown, told) if rows else {}
    _fill(rows[1:], columns, found, shown, told)
    for n, place in enumerate(locations):
        if place.kind == "conflict_zone" and n not in columns.values():
            found[place.conflict_date or 0:, n] = 1.0
            if rows:
                told.warn(shown, rows[0].line, f"there is no column for '{place.name}'; its "
                          f"conflict date, day {place.conflict_date}, holds", kind="no column")
        if place.is_camp and found[:, n].any():
            told.warn(shown, None, f"conflict in '{place.name}', which is a camp; nobody sets "
                                   "out there")
            found[:, n] = 0.0
    if rows:
        _tell_dates(locations, found, shown_places, told)
    return found


def _conflict_columns(header: Row, locations: tuple[Location, ...], shown: str,
                      told: Told) -> dict[int, int]:
    """Place by column."""
    index = {place.name: n for n, place in enumerate(locations)}
    columns: dict[int, int] = {}
    for column, name in enumerate(header.cells[1:], start=1):
        if not name:
            told.warn(shown, header.line, "the header ends in a comma, or names a column by "
                      "nothing; that column is left out", kind="nameless")
        elif name not in index:
            told.warn(shown, header.line, f"'{name}' is not in locations.csv; its column is left "
                      "out", kind="unknown place")
        elif index[name] in columns.values():
            told.warn(shown, header.line, f"'{name}' is there twice; the first column counts",
                      kind="double place")
        else:
            columns[column] = index[name]
    return columns


def _fill(rows: list[Row], columns: Mapping[int, int], found: NDArray[np.float64], shown: str,
          told: Told) -> None:
    length = len(found)
    for day, row in enumerate(rows):
        if day >= length:
            told.warn(shown, row.line, f"{len(rows) - length} rows after the last day, which is "
                      f"day {length - 1}, are left out")
            break
        if whole(row.cells[0]) != day:
            told.warn(shown, row.line, f"is row {day} and counts as that day, whatever day it "
                      "says", value=row.cells[0], kind="day number")
        for column, place in columns.items():
            text = row.cells[column] if column < len(row.cells) else ""
            try:
                strength = float(text)
            except ValueError:
                strength = math.nan
            if not 0 <= strength < math.inf:
                told.warn(shown, row.line, "is no strength of conflict; it is read as none",
                          value=text, kind="strength")
                strength = 0.0
            found[day, place] = strength
    if rows and len(rows) < length:
        told.warn(shown, rows[-1].line, f"there are rows for {len(rows)} of {length} days; the "
                  "last row holds for the others")
        found[len(rows):] = found[len(rows) - 1]


def _tell_dates(locations: tuple[Location, ...], found: NDArray[np.float64], shown: str,
                told: Told) -> None:
    for n, place in enumerate(locations):
        days = np.flatnonzero(found[:, n])
        begins = int(days[0]) if days.size else None
        late = place.conflict_date is not None and place.conflict_date >= len(found)
        if place.conflict_date in (None, begins) or (late and begins is None):
            continue
        said = f"on day {begins}" if begins is not None else "never"
        told.warn(shown, place.line, f"conflict in '{place.name}' begins on day "
                  f"{place.conflict_date} here and {said} in conflicts.csv, which counts",
                  field="conflict_date", kind="conflict date")


def whole(text: str) -> int | None:
    """A whole number as text, or None."""
    try:
        value = float(text)
    except ValueError:
        return None
    return int(value) if math.isfinite(value) and value == int(value) else None
