"""Lines of parallel coordinates: some of the runs of a selection, a value on every axis."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboards.explore.column import LEVER, OUTCOME, Column, quoted
from dashboards.explore.query import RUNS, Query, shuffled

if TYPE_CHECKING:
    import pandas as pd

    from dashboards.explore.runs import RunTable
    from dashboards.explore.selection import Selection

__all__ = ["LINES", "Lines", "lines_of"]

LINES = 1_000
"""Runs that are drawn, at most."""


@dataclass(frozen=True)
class Lines:
    """Runs to draw.

    Attributes:
        axes: Columns, from left to right.
        rows: The runs, with `run` and a column for each axis.
        query: What was asked.
    """

    axes: tuple[Column, ...]
    rows: pd.DataFrame
    query: Query

    def axes_json(self, table: RunTable) -> str:
        """What is known of each axis, for the page."""
        return json.dumps([_axis(table, each) for each in self.axes])

    def values_base64(self) -> str:
        """The values, run by run, as 32-bit floats; a value of a lever as its number."""
        import numpy as np

        columns = [_numbers(self.rows[each.name], each) for each in self.axes]
        values = np.column_stack(columns) if columns else np.zeros((0, 0))
        return base64.b64encode(values.astype("<f4").tobytes()).decode()


def lines_of(table: RunTable, names: Sequence[str], selection: Selection) -> Lines:
    """Ask for runs to draw: the same for the same selection, in an order that looks random."""
    axes = tuple(each for each in table.columns if each.name in names)
    asked = ", ".join(["run", *(quoted(each.name) for each in axes)])
    query = Query(
        f"select {asked}\nfrom {RUNS}\nwhere {selection.where()}\n"
        f"order by {shuffled('run')}\nlimit {LINES}", name="lines",
    )  # fmt: skip
    return Lines(axes, table.ask(query), query)


def _axis(table: RunTable, column: Column) -> dict[str, Any]:
    if column.kind == LEVER:
        # A value of a lever stands at its number, also where values are not in equal steps.
        return {"name": column.name, "kind": LEVER, "texts": list(column.texts)}
    low, high = table.ends[column.name]
    if column.kind != OUTCOME and column.high > column.low:
        low, high = column.low, column.high
    return {"name": column.name, "kind": column.kind, "low": low, "high": high,
            "log": column.scale == "log"}


def _numbers(values: pd.Series[Any], column: Column) -> Any:
    if column.kind != LEVER:
        return values.to_numpy(dtype=float)
    places = {value: k for k, value in enumerate(column.values)}
    return values.map(places).to_numpy(dtype=float)
