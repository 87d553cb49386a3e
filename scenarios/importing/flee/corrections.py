"""`registration_corrections.csv`: dates from which people were counted in another way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from scenarios.importing.flee.tables import read_rows
from scenarios.importing.flee.told import Told
from sim.problems import nearest

__all__ = ["Correction", "read_corrections"]


@dataclass(frozen=True)
class Correction:
    """A new registration, after which earlier counts are known to be too high or too low.

    Attributes:
        name: Camp.
        date: Date of the first count of the new kind.
        line: Line of `registration_corrections.csv`.
    """

    name: str
    date: dt.date
    line: int


def read_corrections(path: Path, camps: Collection[str], last: dt.date, told: Told,
                     ) -> tuple[Correction, ...]:
    """Corrections of camps that were counted, in the order of the file.

    Args:
        path: The file, which may be missing.
        camps: Names of the camps.
        last: Last day of the instance.
        told: Warnings are added to it.
    """
    shown = str(path)
    if not path.is_file():
        told.warn(shown, None, "this file is missing; counts are taken as they are")
        return ()
    found = []
    for row in read_rows(path, told):
        name, text = row.cells[0], row.cells[1] if len(row.cells) > 1 else ""
        if name.startswith("#"):
            continue
        if name not in camps:
            near = nearest(name, camps)
            told.warn(shown, row.line, f"'{name}' is not in data_layout.csv; the correction is "
                      "left out", suggestion=f"did you mean '{near}'?" if near else "",
                      kind="unknown camp")
            continue
        try:
            date = dt.date.fromisoformat(text)
        except ValueError:
            told.warn(shown, row.line, "there is no date here; the correction is left out",
                      value=text, kind="bad date")
            continue
        if date > last:
            told.warn(shown, row.line, f"the correction for '{name}' comes after the last day "
                      f"({last}); it still scales all earlier counts", value=text)
        found.append(Correction(name, date, row.line))
    return tuple(found)
