"""The table of runs: a page of it, how many there are, and how values are spread."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from dashboards.explore.column import Column, quoted, text_of
from dashboards.explore.query import RUNS, Query

if TYPE_CHECKING:
    from dashboards.explore.runs import RunTable
    from dashboards.explore.selection import Selection

__all__ = ["BARS", "MOST_ROWS", "bars_of", "count_of", "csv_of", "page_of", "rows_query"]

BARS = 24
"""Bars of a small histogram."""
MOST_ROWS = 200_000
"""Rows of a file that is downloaded, at most."""
_FIRST = ("run", "point", "replicate")


def count_of(table: RunTable, selection: Selection) -> int:
    """Runs of a selection."""
    found = table.ask(f"select count(*) as runs from RUNS where {selection.where()}")
    return int(found["runs"][0])


def rows_query(
    table: RunTable, selection: Selection, by: str = "run", *, down: bool = False
) -> Query:
    """The runs of a selection, in order.

    Args:
        table: The runs.
        selection: Which of them.
        by: Column to sort by.
        down: Whether the largest value comes first.
    """
    known = [*_FIRST, *(each.name for each in table.columns)]
    by = by if by in known else "run"
    names = ", ".join(map(quoted, known))
    order = f"{quoted(by)} {'desc' if down else 'asc'} nulls last"
    order += "" if by == "run" else ", run"
    return Query(f"select {names}\nfrom {RUNS}\nwhere {selection.where()}\norder by {order}",
                 name="runs")  # fmt: skip


def page_of(table: RunTable, query: Query, page: int, size: int) -> list[dict[str, Any]]:
    """Some rows of a query: page 0 is the first."""
    sql = f"{query.sql}\nlimit {int(size)} offset {int(page) * int(size)}"
    return [{str(k): value for k, value in row.items()} for row in
            table.ask(sql).to_dict("records")]  # fmt: skip


def csv_of(table: RunTable, query: Query) -> bytes:
    """Rows of a query as CSV; the first MOST_ROWS of them."""
    frame = table.ask(f"{query.sql}\nlimit {MOST_ROWS}")
    text = io.StringIO()
    frame.to_csv(text, index=False)
    return text.getvalue().encode()


def bars_of(table: RunTable, column: Column, selection: Selection) -> tuple[list[int], list[int]]:
    """A small histogram of a column: counts of all runs, and of those of a selection.

    A lever has a bar for each value; all else BARS equal parts of its range, on its scale.
    """
    kept = " and ".join(selection.conditions()) or "true"
    where = "error = ''"
    if column.values:
        part = " ".join(
            f"when {quoted(column.name)} = {text_of(value)} then {k}"
            for k, value in enumerate(column.values)
        )
        part, size = f"case {part} end", len(column.values)
    else:
        low, high = (column.low, column.high) if column.high > column.low else table.ends[
            column.name
        ]  # fmt: skip
        part, size = part_of(quoted(column.name), low, high, column.scale, BARS), BARS
        where += f" and not isnan({quoted(column.name)})"
    found = table.ask(
        f"select {part} as part, count(*) as runs, count(*) filter ({kept}) as kept "
        f"from RUNS where {where} group by part"
    )
    everything, some = [0] * size, [0] * size
    for row in found.dropna().itertuples():
        everything[int(row.part)] = int(row.runs)  # type: ignore[arg-type]
        some[int(row.part)] = int(row.kept)  # type: ignore[arg-type]
    return everything, some


def part_of(name: str, low: float, high: float, scale: str, parts: int) -> str:
    """SQL for which of equal parts of a range a value lies in, from 0."""
    if low == high:
        return "0"
    if scale == "log":
        place = f"ln({name} / {low!r}) / ln({high!r} / {low!r})"
    else:
        place = f"({name} - {low!r}) / ({high!r} - {low!r})"
    return f"least({parts - 1}, greatest(0, floor({parts} * {place})))::int"
