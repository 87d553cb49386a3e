"""Columns: what stands in the table of a sweep's runs, and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scenarios.designing import Design, Lever

__all__ = ["LEVER", "OUTCOME", "PARAMETER", "Column", "columns_of", "quoted", "text_of"]

PARAMETER, LEVER, OUTCOME = "parameter", "lever", "outcome"


@dataclass(frozen=True)
class Column:
    """A column of the table of runs.

    Attributes:
        name: Its name there.
        kind: PARAMETER, LEVER or OUTCOME.
        title: What it is, in a few words; empty where nothing more is known.
        unit: Unit of a parameter in the registry.
        low: Lower end of the range that was explored; of a parameter only.
        high: Upper end.
        scale: `linear` or `log`.
        values: Of a lever, its values as they stand in the table: numbers or words.
        texts: The same as they were written in the design.
    """

    name: str
    kind: str
    title: str = ""
    unit: str = ""
    low: float = 0.0
    high: float = 0.0
    scale: str = "linear"
    values: tuple[float | str, ...] = ()
    texts: tuple[str, ...] = ()

    @property
    def numeric(self) -> bool:
        """Whether its values are numbers."""
        return self.kind != LEVER or all(isinstance(value, float) for value in self.values)

    def words(self, value: float | str) -> str:
        """A value of a lever as it was written."""
        return self.texts[self.values.index(value)] if value in self.values else str(value)


def columns_of(design: Design) -> tuple[Column, ...]:
    """The columns of a design's runs: parameters, levers and outcomes."""
    from experiments.analysis import factors_of

    parameters = [
        Column(each.name, PARAMETER, "" if each.title == each.name else each.title, each.unit,
               each.low, each.high, each.scale)
        for each in factors_of(design)
    ]  # fmt: skip
    outcomes = [Column(name, OUTCOME, words) for name, words in _asked(design)]
    return (*parameters, *(_lever(each) for each in design.levers), *outcomes)


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def text_of(value: float | str) -> str:
    """A number or a word as SQL writes it."""
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return repr(float(value))


def _lever(lever: Lever) -> Column:
    # As `experiments.sweep.table` puts them down: numbers where all are, words otherwise.
    numbers = all(isinstance(v, int | float) and not isinstance(v, bool) for v in lever.values)
    values = tuple(
        float(value) if numbers else "" if value is None else str(value)  # type: ignore[arg-type]
        for value in lever.values
    )
    return Column(lever.name, LEVER, values=values, texts=lever.texts)


def _asked(design: Design) -> list[tuple[str, str]]:
    from scenarios.designing.telling import outcome_rows

    return outcome_rows(design)
