"""Organisations and service points that a file names."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.importing.assumed import FAMILY, ORGANISATION, POINT, filled
from scenarios.importing.draft import Draft, DraftRow, cited
from scenarios.importing.given import Given, GivenPoint, fault, number, text
from scenarios.importing.names import Ids, plain
from sim.network.forms import FILES
from sim.problems import nearest

__all__ = ["add_points"]

RED = ("red cross", "red crescent", "croix rouge", "croissant rouge", "cruz roja", "rcrc")
UNITED = ("unhcr", "iom", "unicef", "wfp", "united nations", "un")
STATE = ("government", "ministry", "police", "state", "authority", "army")
OF_STATE: dict[str, object] = {"independence": 0.1, "promises_confidentiality": False,
                               "outreach": 0.1, "donor_conditions": 0.0, "competence": 0.6,
                               "respect": 0.6}
NUMBERS = {file: {column.name: column for column in FILES[file] if column.kind == "number"}
           for file in ("organisations.csv", "service_points.csv")}


def add_points(given: Given, draft: Draft, ids: Mapping[str, str]) -> None:
    """Add the service points of a file, each with its organisation.

    Args:
        given: What the file says.
        draft: The network; rows are added to it.
        ids: Ids of nodes by key.

    Raises:
        InputProblem: If a number or a word makes no sense.
    """
    country = {row.values["id"]: str(row.values["country"]) for row in draft.nodes}
    owners: dict[tuple[str, str], str] = {}
    owner_ids, point_ids = Ids("organisation"), Ids("point")
    for point in given.points:
        node = ids[point.place]
        name = text(point.values, "organisation", "operator", "organization")
        key = plain(name) or name, country[node]
        if key not in owners:
            owners[key] = owner_ids.of(f"{name} {country[node]}")
            draft.organisations.append(
                _organisation(given, point, owners[key], name, country[node]))
        draft.points.append(_point(given, point, point_ids.of(f"{node} {name}"), owners[key], node))


def _organisation(given: Given, point: GivenPoint, own: str, name: str, country: str) -> DraftRow:
    said = text(point.values, "kind", "organisation_kind").lower().replace(" ", "_")
    kind = said or _guessed(name)
    if kind not in FAMILY:
        near = nearest(kind, FAMILY)
        raise fault(given.file, point.where, f"is not one of {', '.join(FAMILY)}", name="kind",
                    value=kind, suggestion=f"did you mean '{near}'?" if near else "")
    if not said:
        given.warn(point.where, f"the kind of '{name}' is not given; {kind} is assumed",
                   suggestion="give kind: " + ", ".join(FAMILY))
    row = DraftRow({"id": own, "name": name, "country": country, "kind": kind,
                    "family": FAMILY[kind]})
    _take_numbers(given, point, "organisations.csv", row)
    special = OF_STATE if kind == "government" else {}
    return filled("organisations.csv", row, {**ORGANISATION, **special})


def _point(given: Given, point: GivenPoint, own: str, owner: str, node: str) -> DraftRow:
    row = DraftRow({"id": own, "organisation": owner, "node": node})
    for column in FILES["service_points.csv"]:
        word = text(point.values, column.name).lower()
        if column.kind == "choice" and word:
            if word not in column.words:
                near = nearest(word, column.words)
                raise fault(given.file, point.where, f"is not one of {', '.join(column.words)}",
                            name=column.name, value=word,
                            suggestion=f"did you mean '{near}'?" if near else "")
            row.values[column.name] = word
    _take_numbers(given, point, "service_points.csv", row)
    return filled("service_points.csv", row, POINT)


def _take_numbers(given: Given, point: GivenPoint, file: str, row: DraftRow) -> None:
    for name, column in NUMBERS[file].items():
        value = point.values.get(name)
        if value is None or value == "":
            continue
        found = number(value)
        if found is None or not column.low <= found <= column.high:
            raise fault(given.file, point.where, "is not a number between "
                        f"{column.low:g} and {column.high:g}", name=name, value=value,
                        suggestion="correct the value or its unit")
        row.values[name] = found
        row.sources[name] = cited(given.file)


def _guessed(name: str) -> str:
    words = f" {plain(name)} "
    for kind, marks in (("red_cross_red_crescent", RED), ("government", STATE), ("un", UNITED)):
        if any(f" {mark} " in words for mark in marks):
            return kind
    return "ngo"
