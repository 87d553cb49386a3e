"""The runs of a sweep, asked with SQL where they lie; what is drawn is all that is taken out.

DuckDB reads the parts. A sweep of up to some hundred thousand runs is also kept in DuckDB's own
memory, since opening thousands of small files for every question would take seconds.
"""

from __future__ import annotations

import functools
import glob
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboards.explore.column import Column, columns_of, quoted, text_of
from dashboards.explore.place import SWEEP, Place
from dashboards.explore.query import Query
from experiments.limits import refusal
from sim.problems import InputProblem
from sim.said import Said

if TYPE_CHECKING:
    import pandas as pd

    from experiments.sweep import Store
    from scenarios.designing import Design

__all__ = ["RunTable", "opened_runs", "parts_of"]

_KEPT = 500_000
"""Runs that are kept in memory at most, some 200 bytes each; more are read where they lie."""
_NUMBERS = ("run", "point", "levers", "replicate")


class RunTable:
    """The runs of one sweep.

    Args:
        place: Where they lie.

    Attributes:
        place: Where they lie.
        design: What was varied and asked.
        columns: Parameters, levers and outcomes.
        expected: Runs of the whole design.

    Raises:
        InputProblem: If it is no sweep, holds no runs yet, or is damaged.
    """

    def __init__(self, place: Place) -> None:
        if place.kind != SWEEP:
            message = Said("holds a calibration, not a sweep")
            raise refusal(Said("directory"), place.folder, message)
        store = _store(place)
        if not store.done():
            hint = Said("let `waytrust sweep` go on with it")
            raise refusal(Said("sweep"), place.folder, Said("holds no runs yet"), hint)
        self.place, self.expected = place, store.runs
        self.design: Design = _design(store)
        self.columns: tuple[Column, ...] = columns_of(self.design)
        self._source = text_of(parts_of(place.folder))
        self._connection = self._connect()

    @property
    def folder(self) -> Path:
        """Directory of the sweep."""
        return self.place.folder

    def column(self, name: str) -> Column:
        """A column by its name."""
        return next(each for each in self.columns if each.name == name)

    def of(self, kind: str) -> list[Column]:
        """Columns of a kind, in the order of the design."""
        return [each for each in self.columns if each.kind == kind]

    @cached_property
    def varied(self) -> list[Column]:
        """Levers with more than one value."""
        return [each for each in self.columns if len(each.values) > 1]

    def ask(self, query: Query | str) -> pd.DataFrame:
        """The answer to a question.

        Raises:
            InputProblem: If a part is damaged.
        """
        import duckdb

        asked = query if isinstance(query, Query) else Query(query)
        try:
            # A cursor of its own, so that sessions can ask at the same time.
            found: pd.DataFrame = self._connection.cursor().sql(asked.asked(self._source)).df()
            return found
        except duckdb.Error as error:
            raise self._damaged(error) from None

    @cached_property
    def counts(self) -> tuple[int, int]:
        """Runs that are there, and how many of them failed."""
        row = self.ask("select count(*) as runs, count(*) filter (error <> '') as failed from RUNS")
        return int(row["runs"][0]), int(row["failed"][0])

    @cached_property
    def ends(self) -> dict[str, tuple[float, float]]:
        """Least and largest value of every column with numbers, of runs that did not fail."""
        numeric = [each.name for each in self.columns if each.numeric]
        parts = ", ".join(
            f"min({quoted(name)}) filter (not isnan({quoted(name)})), "
            f"max({quoted(name)}) filter (not isnan({quoted(name)}))" for name in numeric
        )  # fmt: skip
        if not numeric:
            return {}
        row = self.ask(f"select {parts} from RUNS where error = ''").to_numpy(dtype=float)[0]
        return {
            name: (0.0, 0.0) if low != low else (float(low), float(high))
            for name, low, high in zip(numeric, row[::2], row[1::2], strict=True)
        }

    @cached_property
    def frame(self) -> pd.DataFrame:
        """A row per run, without keys and times: what an analysis of the whole sweep reads."""
        names = [*_NUMBERS, *(each.name for each in self.columns), "error"]
        return self.ask(f"select {', '.join(map(quoted, names))} from RUNS order by run")

    def _connect(self) -> Any:
        import duckdb

        connection = duckdb.connect(config={
            "autoinstall_known_extensions": False, "autoload_known_extensions": False,
            "threads": 2,
        })  # fmt: skip
        if self.expected > _KEPT:
            return connection
        names = ", ".join(
            quoted(name)
            for name in [*_NUMBERS, *(each.name for each in self.columns), "wall_s", "error"]
        )
        try:
            connection.sql(f"create table kept as select {names} from {self._source} order by run")
        except duckdb.Error as error:
            raise self._damaged(error) from None
        self._source = "kept"
        return connection

    def _damaged(self, error: Exception) -> Exception:
        where = next((part for part in str(error).split("'") if part.endswith(".parquet")),
                     str(self.folder / "runs"))  # fmt: skip
        message = Said("is damaged, or not of this sweep")
        hint = Said("delete the part and go on with the sweep, which makes it again")
        return refusal(Said("runs"), where, message, hint)


def _store(place: Place) -> Store:
    # What is wrong with a store in particular is told by the command line, in English.
    from experiments.sweep import Store

    try:
        return Store(place.folder)
    except InputProblem:
        message = Said("is damaged, or of another version of Waytrust")
        hint = Said("run the sweep again, into a new directory")
        raise refusal(Said("sweep"), place.folder, message, hint) from None


def _design(store: Store) -> Design:
    try:
        return store.design
    except InputProblem:
        message = Said("holds a design that cannot be used")
        hint = Said("ask `waytrust designs check` what is wrong with it")
        raise refusal(Said("file"), store.folder / "design.yaml", message, hint) from None


def parts_of(folder: Path) -> str:
    """The parts with the runs of a sweep, as a pattern."""
    return str(Path(glob.escape(str(folder))) / "runs" / "*.parquet")


def opened_runs(place: Place) -> RunTable:
    """The runs of a sweep as they are now; sessions that look at one sweep share them."""
    stamps = [path.stat().st_mtime_ns for path in (place.folder / "runs", place.folder)
              if path.is_dir()]  # fmt: skip
    return _opened(place.folder.absolute(), str(place.folder), tuple(stamps), place.made)


@functools.lru_cache(maxsize=4)
def _opened(folder: Path, written: str, stamps: tuple[int, ...], made: str) -> RunTable:  # noqa: ARG001
    from dashboards.explore.place import opened

    return RunTable(opened(written))
