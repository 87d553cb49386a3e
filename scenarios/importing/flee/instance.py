"""An instance of Flee: one displacement crisis, as its files tell it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scenarios.importing.flee.flows import departures, open_days
from scenarios.importing.flee.places import Link, Location
from scenarios.importing.flee.times import Closure
from sim.problems import Problem

__all__ = ["Camp", "FleeInstance"]


@dataclass(frozen=True)
class Camp:
    """A camp for which there are counts.

    Attributes:
        name: Name, as in `data_layout.csv`.
        location: Index in the instance's locations; None where it has no location, or one that
            is not typed as a camp. Only camps with a location can be compared with a model.
        files: Files in `source_data` that were added up.
    """

    name: str
    location: int | None
    files: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class FleeInstance:
    """One displacement crisis. Made by :func:`scenarios.importing.flee.read_instance`.

    Attributes:
        name: Name of its folder.
        folder: The folder.
        start: Date of day 0.
        length: Number of days.
        locations: Places; the first lies in the home country.
        links: Roads, to be walked both ways.
        closures: What is closed, and when.
        conflicts: Strength of conflict, by day and location; 0 in camps.
        camps: Camps with counts, in the order of `data_layout.csv`.
        counts: People counted, by day and camp, after corrections.
        arrivals: People who set out on each day: the rise of the sum over all camps.
        total: What `refugees.csv` counts on each day, which may include others; None without it.
        warnings: Everything that was odd, with file and line.
    """

    name: str
    folder: Path
    start: dt.date
    length: int
    locations: tuple[Location, ...]
    links: tuple[Link, ...]
    closures: tuple[Closure, ...]
    conflicts: NDArray[np.float64]
    camps: tuple[Camp, ...]
    counts: NDArray[np.int64]
    arrivals: NDArray[np.int64]
    total: NDArray[np.int64] | None
    warnings: tuple[Problem, ...]

    @property
    def home_country(self) -> str:
        """Country of the first location."""
        return self.locations[0].country

    @cached_property
    def index(self) -> dict[str, int]:
        """Index of each location by name."""
        return {place.name: n for n, place in enumerate(self.locations)}

    @cached_property
    def placed(self) -> NDArray[np.bool_]:
        """Which camps have a location, so that people can come there."""
        return np.array([camp.location is not None for camp in self.camps], bool)

    @property
    def start_counts(self) -> NDArray[np.int64]:
        """People who stand in each camp on day 0."""
        return np.asarray(self.counts[0])

    @cached_property
    def departures(self) -> NDArray[np.int64]:
        """People who set out, by day and location: the arrivals, by population."""
        population = np.array([place.population for place in self.locations], float)
        return departures(self.arrivals, self.conflicts, population)

    def open_zones(self, day: int) -> list[str]:
        """Places where people set out on a day."""
        nearest = int(open_days(self.conflicts)[day])
        if nearest < 0:
            return []
        return [self.locations[n].name for n in np.flatnonzero(self.conflicts[nearest])]
