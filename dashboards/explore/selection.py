"""Selections: which runs are looked at, by ranges of numbers and by values of levers."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from dashboards.explore.column import LEVER, Column, quoted, text_of
from experiments.limits import refusal
from sim.said import Said

__all__ = ["Selection"]

Ends = tuple[float | None, float | None]


@dataclass(frozen=True)
class Selection:
    """Conditions on runs, which all must hold.

    Attributes:
        ranges: For columns with numbers, the least and the largest value; None: no end.
        among: For levers, the values that are kept, as they stand in the table.
    """

    ranges: dict[str, Ends] = field(default_factory=dict)
    among: dict[str, tuple[float | str, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str, columns: Sequence[Column]) -> Selection:
        """A selection as the page sends it.

        Args:
            text: JSON: for each column by name either `[low, high]`, each a number or null, or for
                a lever the list of numbers of its values that are kept.
            columns: The columns that there are.

        Raises:
            InputProblem: If it names something else, or a range is empty.
        """
        given, known = _object(text), {each.name: each for each in columns}
        ranges, among = {}, {}
        for name, value in given.items():
            column = known.get(name)
            if column is None:
                raise refusal(Said("filter"), name, Said("is not a column of these runs"))
            if column.kind == LEVER:
                kept = _chosen(column, value)
                if len(kept) < len(column.values):
                    among[name] = kept
            elif (ends := _ends(name, value)) != (None, None):
                ranges[name] = ends
        return cls(ranges, among)

    @property
    def count(self) -> int:
        """Columns that are limited."""
        return len(self.ranges) + len(self.among)

    def conditions(self) -> list[str]:
        """Each condition as SQL writes it."""
        said = []
        for name, (low, high) in self.ranges.items():
            if low is not None and high is not None:
                said.append(f"{quoted(name)} between {text_of(low)} and {text_of(high)}")
            elif low is not None:
                said.append(f"{quoted(name)} >= {text_of(low)}")
            elif high is not None:
                said.append(f"{quoted(name)} <= {text_of(high)}")
        for name, values in self.among.items():
            said.append(f"{quoted(name)} in ({', '.join(map(text_of, values))})")
        return said

    def where(self, *more: str) -> str:
        """All of it after `where`, one condition a line, for runs that did not fail."""
        return "\n  and ".join(["error = ''", *more, *self.conditions()])


def _object(text: str) -> dict[str, object]:
    try:
        given = json.loads(text or "{}")
    except ValueError:
        given = None
    if not isinstance(given, dict):
        raise refusal(Said("filter"), "", Said("is not a JSON object of ranges by column"))
    return given


def _ends(name: str, value: object) -> Ends:
    if not (isinstance(value, list) and len(value) == 2 and all(map(_is_end, value))):
        message = Said("has a range that is not two numbers")
        raise refusal(Said("filter"), name, message, Said("give low and high"))
    low, high = (None if end is None else float(end) for end in value)
    if low is not None and high is not None and low > high:
        message = Said(
            "is asked from {low:g} to {high:g}, and nothing lies between", low=low, high=high
        )
        raise refusal(Said("filter"), name, message, Said("give the smaller number first"))
    return low, high


def _is_end(end: object) -> bool:
    number = isinstance(end, int | float) and not isinstance(end, bool)
    return end is None or (number and math.isfinite(end))  # type: ignore[arg-type]


def _chosen(column: Column, value: object) -> tuple[float | str, ...]:
    places = range(len(column.values))
    if not isinstance(value, list) or any(isinstance(k, bool) or k not in places for k in value):
        message = Said("has no such value")
        raise refusal(Said("filter"), column.name, message, Said("give numbers of its values"))
    if not value:
        message = Said("would keep none of its values")
        raise refusal(Said("filter"), column.name, message, Said("leave at least one"))
    return tuple(each for k, each in enumerate(column.values) if k in value)
