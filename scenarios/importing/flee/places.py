"""`locations.csv` and `routes.csv`: places, and the roads between them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scenarios.importing.flee.tables import read_table
from scenarios.importing.flee.told import Told
from sim.problems import InputProblem, Problem, nearest

__all__ = ["Link", "Location", "read_links", "read_locations"]

LOCATION_COLUMNS = ("name", "region", "country", "latitude", "longitude", "location_type",
                    "conflict_date", "population")
LOCATION_ALSO = {"lat": "latitude", "gps_x": "latitude", "lon": "longitude", "gps_y": "longitude",
                 "pop/cap": "population", "population/capacity": "population",
                 "capacity": "population", "pop": "population", "type": "location_type"}
LINK_COLUMNS = ("name1", "name2", "distance", "forced_redirection")
LINK_ALSO = {"distance[km]": "distance", "distance [km]": "distance"}
KINDS = (("camp", "camp"), ("conflict", "conflict_zone"), ("forward", "forwarding_hub"),
         ("marker", "marker"), ("town", "town"), ("default", "town"))
MOST_KM = 20_000.0
MOST_PEOPLE = 1_000_000_000


@dataclass(frozen=True)
class Location:
    """A place.

    Attributes:
        name: Name, as the other files write it.
        region: Region.
        country: Country, as written.
        lat: Latitude in degrees; NaN where none is given.
        lon: Longitude in degrees; NaN where none is given.
        kind: `camp`, `conflict_zone`, `forwarding_hub`, `marker` or `town`.
        conflict_date: Day on which conflict begins, if the place is a conflict zone.
        population: Capacity of a camp, people elsewhere; 0 where none is given.
        line: Line of `locations.csv`.
    """

    name: str
    region: str
    country: str
    lat: float
    lon: float
    kind: str
    conflict_date: int | None
    population: int
    line: int

    @property
    def is_camp(self) -> bool:
        """Whether people who come here have arrived."""
        return self.kind == "camp"


@dataclass(frozen=True)
class Link:
    """A road, to be walked both ways.

    Attributes:
        name1: One end.
        name2: The other end.
        km: Length.
        forced: 0; 1 if everyone at `name1` is sent on to `name2`; 2 for the other way.
        line: Line of `routes.csv`.
    """

    name1: str
    name2: str
    km: float
    forced: int
    line: int

    @property
    def redirection(self) -> tuple[str, str] | None:
        """From where to where everyone is sent on, or None."""
        if self.forced == 1:
            return self.name1, self.name2
        return (self.name2, self.name1) if self.forced == 2 else None


def read_locations(path: Path, told: Told) -> tuple[Location, ...]:
    """Places, in the order of the file; the first is in the home country.

    Raises:
        InputProblem: If there is none.
    """
    shown = str(path)
    found: dict[str, Location] = {}
    for line, cells in read_table(path, LOCATION_COLUMNS, told, LOCATION_ALSO).rows:
        name = cells["name"]
        if not name:
            told.warn(shown, line, "has no name and is left out", field="name")
        elif name in found:
            told.warn(shown, line, f"'{name}' is there already, in line {found[name].line}; this "
                      "row is left out", field="name", kind="double place")
        else:
            found[name] = _location(line, cells, shown, told)
    if not found:
        raise InputProblem(Problem(file=shown, message="holds no place",
                                   suggestion="it needs one row for each place"))
    _tell_names(found, shown, told)
    return tuple(found.values())


def read_links(path: Path, locations: tuple[Location, ...], told: Told) -> tuple[Link, ...]:
    """Roads between places that are there; the others are told and left out."""
    shown = str(path)
    lines = {place.name: place.line for place in locations}
    found: dict[frozenset[str], Link] = {}
    for line, cells in read_table(path, LINK_COLUMNS, told, LINK_ALSO).rows:
        ends = cells["name1"], cells["name2"]
        if not _known(ends, lines, shown, line, told):
            continue
        km = _number(cells["distance"])
        if km is None or not 0 < km <= MOST_KM:
            told.warn(shown, line, "the distance is no length in km; the road is left out",
                      field="distance", value=cells["distance"], kind="distance")
            continue
        first = found.get(frozenset(ends))
        if first is not None:
            told.warn(shown, line, f"this road is there already, in line {first.line}; the first "
                      "counts", value="-".join(ends), kind="double road")
            continue
        found[frozenset(ends)] = Link(*ends, km, _forced(cells, shown, line, told), line)
    return tuple(found.values())


def _location(line: int, cells: Mapping[str, str], shown: str, told: Told) -> Location:
    lat, lon = _number(cells["latitude"]), _number(cells["longitude"])
    if lat is None or lon is None or not (-90 <= lat <= 90 and -180 <= lon <= 180):
        told.warn(shown, line, f"'{cells['name']}' has no position on Earth; the middle of the "
                  "other places is used", field="latitude, longitude",
                  value=f"{cells['latitude']}, {cells['longitude']}")
        lat = lon = math.nan
    kind = next((kind for part, kind in KINDS if part in cells["location_type"].lower()), "")
    if not kind:
        told.warn(shown, line, f"this type of '{cells['name']}' is not known; it is read as a "
                  "town", field="location_type", value=cells["location_type"])
        kind = "town"
    if not cells["country"]:
        told.warn(shown, line, f"'{cells['name']}' has no country", field="country")
    return Location(cells["name"], cells["region"], cells["country"] or "unknown", lat, lon, kind,
                    _conflict_date(kind, cells, shown, line, told),
                    _people(cells, shown, line, told), line)


def _conflict_date(kind: str, cells: Mapping[str, str], shown: str, line: int,
                   told: Told) -> int | None:
    if kind != "conflict_zone":
        return None
    day = _number(cells["conflict_date"])
    if day is None or not 0 <= day <= 1e6:
        told.warn(shown, line, f"the conflict date of '{cells['name']}' is no day; day 0 is taken "
                  "where conflicts.csv says nothing", field="conflict_date",
                  value=cells["conflict_date"])
        return 0
    return int(day)


def _people(cells: Mapping[str, str], shown: str, line: int, told: Told) -> int:
    text = cells["population"]
    people = _number(text)
    if people is not None and 0 <= people <= MOST_PEOPLE:
        return int(people)
    if text:
        told.warn(shown, line, f"the population of '{cells['name']}' is no number of people; it "
                  "is read as none", field="population", value=text)
    return 0


def _tell_names(found: dict[str, Location], shown: str, told: Told) -> None:
    countries = {place.country for place in found.values()}
    for place in found.values():
        if " " in place.name:
            told.warn(shown, place.line, f"the name '{place.name}' holds a space; it is one name",
                      field="name", kind="space in a name")
        if place.name in countries and place.country != place.name:
            told.warn(shown, place.line, f"'{place.name}' is the name of a place in "
                      f"{place.country} and of a country; in closures of kind country it means "
                      "the country", field="name")


def _known(ends: tuple[str, str], lines: Mapping[str, int], shown: str, line: int,
           told: Told) -> bool:
    for name in ends:
        if name not in lines:
            near = nearest(name, lines) if name else None
            told.warn(shown, line, f"'{name}' is not in locations.csv; the road is left out",
                      suggestion=f"did you mean '{near}'?" if near else "", kind="unknown place")
            return False
    if ends[0] == ends[1]:
        told.warn(shown, line, "this road leads back to where it starts and is left out",
                  value=ends[0])
        return False
    return True


def _forced(cells: Mapping[str, str], shown: str, line: int, told: Told) -> int:
    text = cells["forced_redirection"]
    number = _number(text) if text else 0.0
    if number in (0.0, 1.0, 2.0):
        return int(number)
    told.warn(shown, line, "is not 0, 1 or 2; there is no redirection here",
              field="forced_redirection", value=text)
    return 0


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
