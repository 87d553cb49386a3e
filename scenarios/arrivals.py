"""Who sets out when: rows of day, origin and number of people, from a CSV file or written out."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from scenarios import units
from scenarios.positions import Node, Place, Source
from scenarios.resolve import own_file
from sim.problems import InputProblem, Problem, advice, quoted
from sim.said import Said

__all__ = ["Arrivals", "read_arrivals"]

COLUMNS = ("day", "origin", "count")
MOST_BYTES = 5_000_000
MOST_PEOPLE = 1e9
MOST_PROBLEMS = 50

Cells = dict[str, tuple[object, Place]]
Arrivals = tuple[tuple[int, str, float], ...]


def read_arrivals(
    node: Node, nodes: Collection[str] | None, days: int, found: list[Problem]
) -> Arrivals | None:
    """Arrivals that a scenario names or writes out, sorted by day and origin.

    Args:
        node: The setting: a file's name, or rows.
        nodes: Ids of the network's nodes; None where the network is not known.
        days: Days the run lasts.
        found: Problems are added to it.

    Returns:
        The rows, or None where they cannot be used.
    """
    before = len(found)
    try:
        rows = _from_file(node) if isinstance(node.value, str) else _written_out(node)
        totals: dict[tuple[int, str], float] = defaultdict(float)
        late = 0
        for cells in rows:
            row = _row(cells, nodes, found)
            if len(found) - before > MOST_PROBLEMS:
                return None
            if row is not None:
                totals[row[:2]] += row[2]
                late += row[0] >= days
    except InputProblem as problem:
        found.extend(problem.problems)
        return None
    if len(found) > before:
        return None
    if not sum(totals.values()) > 0:
        found.append(node.place.problem(Said("nobody sets out"), field="population.arrivals",
                                        suggestion=Said("write at least one count above 0")))
        return None
    if late:
        found.append(node.place.problem(
            Said("{late} rows lie after the last day and have no effect", late=late),
            field="population.arrivals", severity="warning",
            suggestion=Said("lengthen days, or remove them")))
    return tuple((day, origin, totals[day, origin]) for day, origin in sorted(totals))


def _from_file(node: Node) -> Iterator[Cells]:
    path = own_file(node, "population.arrivals")
    if path is None or not path.is_file():
        raise InputProblem(node.place.problem(
            Said("there is no file {name} beside the scenario", name=quoted(str(node.value))),
            field="population.arrivals", value=str(node.value)[:200],
            suggestion=Said("check its name")))
    source = Source(_shown(node, path), path)
    text = _text(path, source)
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        header = [cell.strip() for cell in next(reader, [])]
        if sorted(header) != sorted(COLUMNS):
            raise InputProblem(Place(source, 1, 1).problem(
                Said("the columns must be {names}", names=", ".join(COLUMNS)),
                value=", ".join(header)[:200],
                suggestion=Said("begin the file with the line day,origin,count")))
        for cells in reader:
            place = Place(source, reader.line_num)
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                raise InputProblem(place.problem(
                    Said("{there} cells where {wanted} belong", there=len(cells),
                         wanted=len(header)),
                    suggestion=Said("write day,origin,count")))
            yield {name: (cell.strip(), place) for name, cell in zip(header, cells, strict=True)}
    except csv.Error as error:
        raise InputProblem(Place(source, reader.line_num).problem(
            Said("not a CSV file: {error}", error=str(error)),
            suggestion=Said("save it as CSV with commas"))) from None


def _text(path: Path, source: Source) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputProblem(Place(source).problem(
                Said("the file is larger than {most} MB", most=MOST_BYTES // 1_000_000),
                suggestion=Said("sum people by week")))
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputProblem(Place(source).problem(
            Said("the file is not UTF-8 text"), suggestion=Said("save it as UTF-8"))) from None
    except OSError as error:
        raise InputProblem(Place(source).problem(
            Said("the file cannot be read: {reason}", reason=error.strerror),
            suggestion=Said("check its permissions"))) from None


def _written_out(node: Node) -> Iterable[Cells]:
    if not isinstance(node.value, list):
        raise InputProblem(node.place.problem(
            Said("it must be the name of a CSV file"), field="population.arrivals",
            suggestion=Said("write arrivals: arrivals.csv")))
    for row in node.items:
        if len(row.items) != len(COLUMNS):
            raise InputProblem(row.place.problem(
                Said("a row must be day, origin and count"), field="population.arrivals",
                suggestion=Said("write it like [0, agadez, 120]")))
        yield {name: (cell.plain(), cell.place) for name, cell in
               zip(COLUMNS, row.items, strict=True)}


def _row(
    cells: Cells, nodes: Collection[str] | None, found: list[Problem]
) -> tuple[int, str, float] | None:
    before = len(found)
    day, count = 0, 0.0
    try:
        day = units.moment(cells["day"][0])
    except units.UnitError as error:
        found.append(_fault(cells, "day", error))
    try:
        count = units.number(cells["count"][0])
        if not 0 <= count <= MOST_PEOPLE:
            raise units.UnitError(Said("{value} is not a number of people", value=f"{count:g}"),
                                  Said("write a number from 0 to {most:,.0f}", most=MOST_PEOPLE))
    except units.UnitError as error:
        found.append(_fault(cells, "count", error))
    origin = str(cells["origin"][0])
    if nodes is not None and origin not in nodes:
        found.append(_fault(cells, "origin", units.UnitError(
            Said("{name} is not a node of the network", name=quoted(origin)),
            advice(origin, nodes, Said("write the id of a node")))))
    return (day, origin, count) if len(found) == before else None


def _fault(cells: Cells, column: str, error: units.UnitError) -> Problem:
    value, place = cells[column]
    return place.problem(error.message, field=column, value=str(value)[:200],
                         suggestion=error.suggestion)


def _shown(node: Node, path: Path) -> str:
    """The file's name as the user knows it: beside the scenario, as that was named."""
    return str(Path(node.place.source.shown).parent / path.name)
