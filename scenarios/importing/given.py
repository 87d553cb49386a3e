"""What a file of places and ways says, whatever its format."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from sim.problems import InputProblem, Problem

__all__ = ["Given", "GivenPlace", "GivenPoint", "GivenWay", "fault", "number", "position", "text",
           "two_way"]

LATITUDES = ("lat", "latitude", "y")
LONGITUDES = ("lon", "lng", "long", "longitude", "x")
LONGEST_TEXT = 200


@dataclass(frozen=True)
class GivenPlace:
    """A place.

    Attributes:
        key: What ways call it.
        where: Where it stands in the file: `feature 3 ('agadez')`.
        lat: Latitude in degrees.
        lon: Longitude in degrees.
        values: Whatever else is said of it.
    """

    key: str
    where: str
    lat: float
    lon: float
    values: Mapping[str, object]


@dataclass(frozen=True)
class GivenWay:
    """A way between two places, which go by their keys.

    Attributes:
        start: Key of its start.
        end: Key of its end.
        where: Where it stands in the file.
        two_way: Whether the file says that it leads both ways; None: it says nothing.
        km: Length along its course; None where only its ends are known.
        values: Whatever else is said of it.
    """

    start: str
    end: str
    where: str
    two_way: bool | None
    km: float | None
    values: Mapping[str, object]


@dataclass(frozen=True)
class GivenPoint:
    """A place where an organisation helps.

    Attributes:
        place: Key of the place where it stands.
        where: Where it stands in the file.
        values: What is said of it and of its organisation.
    """

    place: str
    where: str
    values: Mapping[str, object]


@dataclass
class Given:
    """All of a file.

    Attributes:
        file: The file, as the user knows it.
        places: Places.
        ways: Ways.
        points: Service points.
        warnings: What was odd.
    """

    file: str
    places: list[GivenPlace] = field(default_factory=list)
    ways: list[GivenWay] = field(default_factory=list)
    points: list[GivenPoint] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def warn(self, where: str, message: str, **more: str) -> None:
        """Add a warning about something in the file."""
        self.warnings.append(Problem(
            file=self.file, message=f"{where}: {message}" if where else message,
            severity="warning", **more))


def fault(file: str, where: str, message: str, *, name: str = "", value: object = "",
          suggestion: str = "") -> InputProblem:
    """The exception for something in a file that cannot be used.

    Args:
        file: The file.
        where: Where it stands: `feature 3 ('agadez')`.
        message: What is wrong.
        name: Property concerned.
        value: What stands there.
        suggestion: What to do.
    """
    return InputProblem(Problem(
        file=file, field=name, value=str(value)[:LONGEST_TEXT],
        message=f"{where}: {message}" if where else message, suggestion=suggestion))


def number(value: object) -> float | None:
    """A finite number, however it is written, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def text(values: Mapping[str, object], *names: str) -> str:
    """The first of some properties that is there, as text on one line; empty if none is."""
    for name in names:
        value = values.get(name)
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            found = " ".join(str(value).split())[:LONGEST_TEXT]
            if found:
                return found
    return ""


def position(values: Mapping[str, object]) -> tuple[float, float] | None:
    """Latitude and longitude among some properties, or None."""
    lat = next((n for key in LATITUDES if (n := number(values.get(key))) is not None), None)
    lon = next((n for key in LONGITUDES if (n := number(values.get(key))) is not None), None)
    if lat is None or lon is None or not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return None
    return lat, lon


def two_way(given: Given, way: GivenWay) -> bool:
    """Whether a way leads both ways: as the format says, or its property `two_way`; else yes.

    Raises:
        InputProblem: If the property is neither yes nor no.
    """
    if way.two_way is not None:
        return way.two_way
    value = way.values.get("two_way")
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower() if value is not None else "yes"
    if word in ("yes", "true", "1"):
        return True
    if word in ("no", "false", "0"):
        return False
    raise fault(given.file, way.where, "is not yes or no", name="two_way", value=value,
                suggestion="write yes or no")
