"""Whether the files of a network fit together: everything named is there, and only once."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from sim.problems import Problem, nearest

__all__ = ["check_references"]

_REFERENCES = (
    ("nodes.csv", "country", "countries.csv", "country"),
    ("legs.csv", "from", "nodes.csv", "id"),
    ("legs.csv", "to", "nodes.csv", "id"),
    ("organisations.csv", "country", "countries.csv", "country"),
    ("service_points.csv", "node", "nodes.csv", "id"),
    ("service_points.csv", "organisation", "organisations.csv", "id"),
)
_ONCE = (("nodes.csv", "id"), ("countries.csv", "country"), ("organisations.csv", "id"),
         ("service_points.csv", "id"))


def check_references(folder: Path, tables: dict[str, pd.DataFrame]) -> list[Problem]:
    """Faults between the files of a network, as far as the files could be read."""
    problems: list[Problem] = []
    for file, column, other, key in _REFERENCES:
        if file in tables and other in tables:
            known = list(tables[other][key])
            problems += _missing(folder, file, column, tables[file], other, known)
    if "organisations.csv" in tables:
        problems += _unknown_partners(folder, tables["organisations.csv"])
    for file, column in _ONCE:
        if file in tables:
            problems += _doubled(folder, file, column, tables[file])
    if "legs.csv" in tables:
        problems += _doubled_legs(folder, tables["legs.csv"])
    return problems


def _missing(folder: Path, file: str, column: str, table: pd.DataFrame, other: str,
             known: list[str]) -> list[Problem]:
    there = set(known)
    problems = []
    for value, line in zip(table[column], table["line"], strict=True):
        if value in there or not value:
            continue
        near = nearest(value, known)
        problems.append(Problem(
            file=str(folder / file), line=line, field=column, value=value,
            message=f"is not in {other}",
            suggestion=f"did you mean '{near}'?" if near else "add it there or correct it"))
    return problems


def _unknown_partners(folder: Path, organisations: pd.DataFrame) -> list[Problem]:
    """Partners of organisations that are not there, or that are the organisation itself."""
    file = "organisations.csv"
    each = organisations.explode("partners").dropna(subset=["partners"])
    problems = _missing(folder, file, "partners", each, file, list(organisations["id"]))
    return problems + [
        Problem(file=str(folder / file), line=int(line), field="partners", value=name,
                message="is the organisation itself", suggestion="delete it")
        for owner, name, line in zip(each["id"], each["partners"], each["line"], strict=True)
        if owner == name
    ]


def _doubled(folder: Path, file: str, column: str, table: pd.DataFrame) -> list[Problem]:
    again = table[column].duplicated()
    return [
        Problem(file=str(folder / file), line=int(line), field=column, value=str(value),
                message="stands twice", suggestion="every one must be there once; delete one row")
        for value, line, twice in zip(table[column], table["line"], again, strict=True) if twice
    ]


def _doubled_legs(folder: Path, legs: pd.DataFrame) -> list[Problem]:
    seen: dict[tuple[str, str], int] = {}
    problems = []
    rows = zip(legs["from"], legs["to"], legs["two_way"], legs["line"], strict=True)
    for start, end, both, line in rows:
        message, suggestion = "", ""
        ways = [(start, end), (end, start)] if both is True else [(start, end)]
        if start == end:
            message, suggestion = "leads back to where it starts", "delete it or correct an end"
        elif any(way in seen for way in ways):
            first = next(seen[way] for way in ways if way in seen)
            message = f"stands twice, here and in line {first}"
            suggestion = "delete one; a two-way leg counts for both ways"
        if message:
            problems.append(Problem(file=str(folder / "legs.csv"), line=line, field="from, to",
                                    value=f"{start}>{end}", message=message, suggestion=suggestion))
        for way in ways:
            seen.setdefault(way, line)
    return problems
