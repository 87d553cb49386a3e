"""`source_data`: how many people were counted in each camp on each day."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scenarios.importing.flee.corrections import Correction
from scenarios.importing.flee.tables import read_rows
from scenarios.importing.flee.told import Told
from sim.problems import InputProblem, Problem

__all__ = ["Layout", "Series", "daily_counts", "read_layout", "read_series", "summed"]

TOTAL = "total"
LONG_GAP = 60
ALMOST = 1e-6  # so that what is a whole number but for rounding stays that number


@dataclass(frozen=True)
class Layout:
    """One row of `data_layout.csv`.

    Attributes:
        name: Camp, or `total`.
        files: Files whose counts are to be added.
        line: Line of `data_layout.csv`.
    """

    name: str
    files: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Series:
    """Counts at some days, in the order of time.

    Attributes:
        days: Days since the start; may be negative.
        people: People counted.
    """

    days: NDArray[np.float64]
    people: NDArray[np.float64]

    def at(self, days: NDArray[np.float64]) -> NDArray[np.float64]:
        """People on any days: linear between counts, flat outside."""
        return np.interp(days, self.days, self.people)

    def corrected(self, correction: Correction, start: dt.date, shown: str, told: Told) -> Series:
        """With all counts before a correction scaled to the way of counting after it."""
        day = (correction.date - start).days
        line, name = correction.line, correction.name
        place = int(np.searchsorted(self.days, day))
        if day < 0:
            told.warn(shown, line, f"the correction for '{name}' lies before the start and has no "
                      "effect", value=correction.date.isoformat())
            return self
        if place == len(self.days) or self.days[place] != day:
            told.warn(shown, line, f"'{name}' has no count on this date, so the correction has no "
                      "effect", value=correction.date.isoformat())
            return self
        if place == 0 or self.people[place - 1] <= 0:
            told.warn(shown, line, f"there is no count above 0 of '{name}' before this date, so "
                      "the correction has no effect", value=correction.date.isoformat())
            return self
        people = self.people.copy()
        people[:place] *= people[place] / people[place - 1]
        return Series(self.days, people)


def read_layout(path: Path, told: Told) -> tuple[Layout, ...]:
    """Which camps were counted, and in which files.

    Raises:
        InputProblem: If it cannot be read, or names no camp.
    """
    shown = str(path)
    found: dict[str, Layout] = {}
    for row in read_rows(path, told):
        name, files = row.cells[0], [cell for cell in row.cells[1:] if cell]
        if name.startswith("#"):
            continue
        own = [file for file in files if Path(file).name == file and file not in (".", "..")]
        for file in files:
            if file not in own:
                told.warn(shown, row.line, f"'{file}' is not a file in source_data; it is left "
                          "out")
        if not name or not own:
            told.warn(shown, row.line, "names no camp, or no file; it is left out",
                      value=", ".join(row.cells), kind="layout")
        elif name in found:
            told.warn(shown, row.line, f"'{name}' is there already, in line {found[name].line}; "
                      "this row is left out", kind="double camp")
        else:
            if len(own) > 1:
                told.warn(shown, row.line, f"'{name}' is counted in {len(own)} files, which are "
                          f"added up: {', '.join(own)}")
            found[name] = Layout(name, tuple(own), row.line)
    if not set(found) - {TOTAL}:
        raise InputProblem(Problem(file=shown, message="names no camp",
                                   suggestion="write rows like Mentao,bf-mentao.csv"))
    return tuple(found.values())


def read_series(path: Path, start: dt.date, length: int, told: Told) -> Series | None:
    """Counts of one file, or None where it holds none.

    Raises:
        InputProblem: If the file is not there or is no table.
    """
    shown = str(path)
    found: dict[int, tuple[float, int]] = {}
    early: list[int] = []
    wide = 0
    latest = -math.inf
    for row in read_rows(path, told):
        if row.cells[0].startswith("#"):
            told.warn(shown, row.line, "is a comment and is left out", kind="comment",
                      value=", ".join(row.cells))
            continue
        if row.cells[0].lower() in ("date", "datetime"):
            continue
        day, people = _date(row.cells[0], start), _people(row.cells)
        if day is None or people is None:
            what = "no date like 2012-02-29" if day is None else "no number of people"
            told.warn(shown, row.line, f"there is {what} here; the row is left out",
                      value=", ".join(row.cells), kind="bad count")
            continue
        if len(row.cells) > 2 and any(row.cells[2:]):
            wide = wide or row.line
        if day < 0:
            early.append(row.line)
        if day in found:
            told.warn(shown, row.line, f"this date is there already, in line {found[day][1]}; "
                      "the later row counts", value=row.cells[0], kind="double date")
        elif day < latest:
            told.warn(shown, row.line, "the dates are not in order; they are sorted",
                      value=row.cells[0], kind="order")
        latest = max(latest, day)
        found[day] = people, row.line
    if wide:
        told.warn(shown, wide, "there are more columns than date and count; the others are left "
                  "out")
    if early:
        told.warn(shown, early[0], f"{len(early)} counts lie before the start ({start}); they "
                  "serve to draw the line to the next")
    if not found:
        return None
    days = sorted(found)
    _tell_gaps(days, found, length, shown, told)
    return Series(np.array(days, float), np.array([found[day][0] for day in days]))


def summed(series: Iterable[Series]) -> Series:
    """Series added up, at every day on which one of them has a count."""
    parts = list(series)
    days = np.unique(np.concatenate([part.days for part in parts]))
    return Series(days, np.sum([part.at(days) for part in parts], axis=0))


def daily_counts(series: Iterable[Series], length: int) -> NDArray[np.int64]:
    """Whole people on each day (first index), for each series."""
    days = np.arange(length, dtype=float)
    columns = [np.floor(one.at(days) + ALMOST).astype(np.int64) for one in series]
    return np.stack(columns, axis=1) if columns else np.zeros((length, 0), np.int64)


def _tell_gaps(days: list[int], found: dict[int, tuple[float, int]], length: int, shown: str,
               told: Told) -> None:
    line = found[days[0]][1]
    if days[0] > 0:
        told.warn(shown, line, f"the first count is on day {days[0]}; before it the number is "
                  f"taken to be the same, {found[days[0]][0]:,.0f}")
    if days[0] >= length:
        return
    for before, after in pairwise(days):
        rises = found[before][0] == 0 < found[after][0]
        if before >= 0 and rises and after - before > LONG_GAP:
            told.warn(shown, found[after][1], f"after 0 on day {before} the next count is on day "
                      f"{after}; in between the number rises in a straight line")
    if days[-1] < length - 1:
        told.warn(shown, found[days[-1]][1], f"the last count is on day {days[-1]} of {length}; "
                  "after it the number is taken to stay the same")


def _date(text: str, start: dt.date) -> int | None:
    try:
        return (dt.date.fromisoformat(text) - start).days
    except ValueError:
        return None


def _people(cells: tuple[str, ...]) -> float | None:
    try:
        people = float(cells[1])
    except (ValueError, IndexError):
        return None
    return people if 0 <= people <= 1e9 else None
