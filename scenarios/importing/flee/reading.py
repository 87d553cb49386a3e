"""Reads an instance of Flee, quirks included."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scenarios.importing.flee.checks import tell_oddities
from scenarios.importing.flee.corrections import read_corrections
from scenarios.importing.flee.counts import (
    TOTAL,
    Layout,
    Series,
    daily_counts,
    read_layout,
    read_series,
    summed,
)
from scenarios.importing.flee.flows import arrivals
from scenarios.importing.flee.instance import Camp, FleeInstance
from scenarios.importing.flee.places import Location, read_links, read_locations
from scenarios.importing.flee.times import read_closures, read_conflicts, read_period
from scenarios.importing.flee.told import Told
from sim.problems import InputProblem, Problem

__all__ = ["read_instance"]

INPUT, SOURCE = "input_csv", "source_data"


def read_instance(folder: Path | str) -> FleeInstance:
    """Read an instance.

    Args:
        folder: Folder that holds `input_csv` and `source_data`.

    Returns:
        The instance; all that was odd is in its `warnings`, with file and line.

    Raises:
        InputProblem: If a file that is needed is missing or holds nothing that can be used.
    """
    folder = Path(folder)
    told = Told()
    inputs, source = folder / INPUT, folder / SOURCE
    for part in (folder, inputs, source):
        if not part.is_dir():
            raise InputProblem(Problem(
                file=str(part), message="there is no such folder",
                suggestion=f"name the folder of one instance, which holds {INPUT} and {SOURCE}"))
    start, length = read_period(_period_file(inputs, told), told)
    locations = read_locations(inputs / "locations.csv", told)
    links = read_links(inputs / "routes.csv", locations, told)
    closures = read_closures(inputs / "closures.csv", locations, told)
    conflicts = read_conflicts(inputs / "conflicts.csv", locations, length,
                               str(inputs / "locations.csv"), told)
    layout = read_layout(source / "data_layout.csv", told)
    series, total = _series(source, layout, start, length, told)
    series = _corrected(series, inputs, start, length, told)
    counts = daily_counts(series.values(), length)
    camps = _camps(layout, series, locations)
    everyone = None if total is None else daily_counts([total], length)[:, 0]
    instance = FleeInstance(
        name=folder.resolve().name, folder=folder, start=start, length=length,
        locations=locations, links=links, closures=closures, conflicts=conflicts, camps=camps,
        counts=counts, arrivals=_arrivals(counts, conflicts, inputs, told), total=everyone,
        warnings=())
    tell_oddities(instance, layout, inputs, source, told)
    return replace(instance, warnings=told.finished())


def _period_file(inputs: Path, told: Told) -> Path:
    usual, old = inputs / "sim_period.csv", inputs / "conflict_period.csv"
    if not usual.is_file() and old.is_file():
        told.warn(str(old), None, "is read in place of sim_period.csv, which is missing")
        return old
    return usual


def _series(source: Path, layout: tuple[Layout, ...], start: dt.date, length: int, told: Told,
            ) -> tuple[dict[str, Series], Series | None]:
    """Counts by camp, and the total."""
    found: dict[str, Series] = {}
    shown = str(source / "data_layout.csv")
    for row in layout:
        parts = []
        for file in row.files:
            if not (source / file).is_file():
                told.warn(shown, row.line, f"there is no file '{file}' in {SOURCE}")
                continue
            part = read_series(source / file, start, length, told)
            if part is None:
                told.warn(str(source / file), None, "holds no count")
            else:
                parts.append(part)
        if parts:
            found[row.name] = summed(parts)
        elif row.name != TOTAL:
            told.warn(shown, row.line, f"there is no count for '{row.name}'; it is left out")
    total = found.pop(TOTAL, None)
    if not found:
        raise InputProblem(Problem(file=shown, message="there is no count for any camp",
                                   suggestion=f"put the files it names into {SOURCE}"))
    return found, total


def _corrected(series: dict[str, Series], inputs: Path, start: dt.date, length: int, told: Told,
               ) -> dict[str, Series]:
    path = inputs / "registration_corrections.csv"
    last = start + dt.timedelta(days=length - 1)
    found = dict(series)
    for correction in read_corrections(path, list(series), last, told):
        one = found[correction.name]
        found[correction.name] = one.corrected(correction, start, str(path), told)
    return found


def _camps(layout: tuple[Layout, ...], series: dict[str, Series],
           locations: tuple[Location, ...]) -> tuple[Camp, ...]:
    index = {place.name: n for n, place in enumerate(locations) if place.is_camp}
    return tuple(Camp(row.name, index.get(row.name), row.files)
                 for row in layout if row.name in series)


def _arrivals(counts: NDArray[np.int64], conflicts: NDArray[np.float64], inputs: Path,
              told: Told) -> NDArray[np.int64]:
    found = arrivals(counts)
    shown = str(inputs / "conflicts.csv")
    quiet = np.flatnonzero((found > 0) & ~(conflicts > 0).any(axis=1))
    if quiet.size and (conflicts > 0).any():
        told.warn(shown, None, f"on {quiet.size} days people set out though there is no conflict "
                  f"(first on day {quiet[0]}); they set out where it is on the nearest day")
    elif quiet.size:
        told.warn(shown, None, "there is no conflict anywhere, so nobody can set out")
        found[:] = 0
    return found
