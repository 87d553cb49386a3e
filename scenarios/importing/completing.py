"""From what a file says to a whole network: what is missing is assumed, and told."""

from __future__ import annotations

import re
from collections.abc import Mapping

from scenarios.importing.assumed import (
    COUNTRY,
    NODE,
    STAY,
    add_societies,
    filled,
    leg_defaults,
)
from scenarios.importing.draft import Draft, DraftRow, cited
from scenarios.importing.given import Given, GivenPlace, GivenWay, fault, number, text, two_way
from scenarios.importing.helpers import add_points
from scenarios.importing.names import Codes, Ids
from scenarios.importing.steps import journey_steps
from scenarios.importing.weights import settle_weights
from sim.network import great_circle_km
from sim.network.forms import FILES, Column
from sim.problems import Problem, nearest

__all__ = ["complete"]

COUNTRIES = ("country", "country_code", "iso3", "iso_a3", "iso", "adm0_a3")
NAMES = ("name", "label", "title")
LENGTHS = ("km", "length_km", "distance_km", "distance", "length")
MOST_DETOUR, LEAST_KM, MOST_KM = 5.0, 0.001, 20_040.0


def complete(given: Given) -> tuple[Draft, list[Problem]]:
    """A network from places and ways.

    Args:
        given: What a file says.

    Returns:
        The network, and warnings of what was odd or assumed.

    Raises:
        InputProblem: If something in the file cannot be used, with its place.
    """
    if len(given.places) < 2:
        raise fault(given.file, "", "holds fewer than two places",
                    suggestion="give each place as a point, with a name and a country")
    if not given.ways:
        raise fault(given.file, "", "holds no way between places",
                    suggestion="give each way as a line with from and to")
    draft = Draft()
    ids = _add_nodes(given, draft)
    _add_legs(given, draft, ids)
    add_points(given, draft, ids)
    if not given.points:
        at = [str(row.values["id"]) for row in draft.nodes
              if row.values["journey_step"] != "origin"]
        add_societies(draft, at)
        given.warn("", f"the file names no organisation; one assumed Red Cross or Red Crescent "
                       f"service point stands at each of {len(at)} nodes that are no origin",
                   suggestion="put what is really there into organisations.csv and "
                              "service_points.csv")
    given.warnings += settle_weights(draft, given.file)
    counts = draft.assumed()
    listed = ", ".join(f"{count:,} in {file}" for file, count in counts.items() if count)
    given.warn("", f"{sum(counts.values()):,} numbers are assumed: {listed}",
               suggestion="look at the column source, and replace what you know better")
    return draft, given.warnings


def _add_nodes(given: Given, draft: Draft) -> dict[str, str]:
    """Nodes and their countries; returns ids by key."""
    names, codes = Ids("node"), Codes()
    steps = journey_steps(given)
    ids: dict[str, str] = {}
    countries: dict[str, str] = {}
    for place in given.places:
        name = text(place.values, *NAMES) or place.key
        bare = re.fullmatch(r"n?\d+", place.key) is not None  # as programs number nodes
        ids[place.key] = names.of(text(place.values, "id") or (name if bare else place.key))
        written = text(place.values, *COUNTRIES)
        code, country, known = codes.of(written)
        if not known and code not in countries:
            said = f"the country '{written}' is not known" if written else "no country is given"
            given.warn(place.where, f"{said}; it gets the code {code}",
                       suggestion="give the ISO 3166 code of three letters as country")
        countries.setdefault(code, country)
        step = steps[place.key]
        row = DraftRow(
            {"id": ids[place.key], "name": name, "country": code, "lat": round(place.lat, 5),
             "lon": round(place.lon, 5), "journey_step": step},
            {"lat": cited(given.file), "lon": cited(given.file)})
        _take(given.file, place.where, place.values, "nodes.csv", row, {"lat", "lon"})
        defaults = {**NODE, "mean_stay_days": STAY[step],
                    "departures": 1.0 if step == "origin" else 0.0,
                    "attraction": _attraction(step, steps)}
        draft.nodes.append(filled("nodes.csv", row, defaults))
    for code, country in countries.items():
        row = DraftRow({"country": code, "name": country})
        draft.countries.append(filled("countries.csv", row, COUNTRY))
    return ids


def _attraction(step: str, steps: Mapping[str, str]) -> float:
    aims = {"arrival", "long_stay"} & set(steps.values()) or {"camp"}
    return 1.0 if step in aims else 0.0


def _add_legs(given: Given, draft: Draft, ids: Mapping[str, str]) -> None:
    places = {place.key: place for place in given.places}
    seen: dict[tuple[str, str], str] = {}
    for way in given.ways:
        if way.start == way.end:
            given.warn(way.where, "leads back to where it starts and is left out")
            continue
        row = _leg(given, way, places, ids)
        both = bool(row.values["two_way"])
        ends = [(way.start, way.end), (way.end, way.start)] if both else [(way.start, way.end)]
        first = next((seen[pair] for pair in ends if pair in seen), None)
        if first is not None:
            given.warn(way.where, f"joins the same places as {first} and is left out")
            continue
        seen.update(dict.fromkeys(ends, way.where))
        draft.legs.append(row)


def _leg(given: Given, way: GivenWay, places: Mapping[str, GivenPlace],
         ids: Mapping[str, str]) -> DraftRow:
    start, end = places[way.start], places[way.end]
    row = DraftRow({"from": ids[way.start], "to": ids[way.end], "two_way": two_way(given, way)})
    _take(given.file, way.where, way.values, "legs.csv", row, {"km"})
    straight = max(great_circle_km(start.lat, start.lon, end.lat, end.lon), LEAST_KM)
    mode = str(row.values.get("mode") or "road")
    said = next((n for name in LENGTHS if (n := number(way.values.get(name))) is not None), None)
    detour = float(str(row.values.get("detour") or leg_defaults(mode, 1.0)["detour"]))
    if said is not None:
        km = said
        row.sources["km"] = cited(given.file)
    else:
        km = way.km if way.km is not None and way.km >= straight else straight * detour
        row.sources["km"] = "computed"
    if not LEAST_KM <= km <= MOST_KM:
        raise fault(given.file, way.where, "is not a length between places on Earth", name="km",
                    value=f"{km:g}", suggestion=f"the straight line has {straight:.0f} km")
    row.values["km"] = round(km, 1) if km >= 1 else km
    if said is not None or way.km is not None:
        row.values.setdefault("detour", round(min(MOST_DETOUR, max(1.0, km / straight)), 3))
        row.sources.setdefault("detour", "computed")
    return filled("legs.csv", row, leg_defaults(mode, km))


def _take(file: str, where: str, values: Mapping[str, object], form: str, row: DraftRow,
          taken: set[str]) -> None:
    """Take over what a file gives under the names of our columns."""
    for column in FILES[form]:
        name = column.name
        value = values.get(name)
        if value is None or value == "" or name in taken or row.values.get(name) is not None:
            continue
        if column.kind == "number":
            row.values[name] = _within(file, where, column, value)
            row.sources[name] = cited(file)
        elif column.kind == "choice":
            row.values[name] = _choice(file, where, column, value)


def _within(file: str, where: str, column: Column, value: object) -> float:
    found = number(value)
    if found is None or not column.low <= found <= column.high:
        raise fault(file, where, f"is not a number between {column.low:g} and {column.high:g}",
                    name=column.name, value=value, suggestion="correct the value or its unit")
    return found


def _choice(file: str, where: str, column: Column, value: object) -> str:
    word = str(value).strip().lower()
    if word in column.words:
        return word
    near = nearest(word, column.words)
    raise fault(file, where, f"is not one of {', '.join(column.words)}", name=column.name,
                value=value, suggestion=f"did you mean '{near}'?" if near else "")
