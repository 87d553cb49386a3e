"""Rows of the tables as objects: ``person.money`` reads a cell, ``person.money = 2`` writes it.

Numbers are read as plain Python numbers, so all arithmetic is done in 64 bits, and are rounded
where they are written to a narrower column, as in the compiled loops. Names of cells are those
of the tables in :mod:`sim.columns`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.columns import COUNTRY, LEG, NODE, POINT, PUBLIC, SOURCE, STORY

__all__ = ["Country", "Leg", "Node", "Point", "PublicRecord", "Row", "Several", "Source", "Story",
           "cells_of", "columns_of", "rows_of"]

R = TypeVar("R", bound="type[Row]")


class Several:
    """A short list of numbers within a row, such as the level of each need."""

    __slots__ = ("_column", "_index")

    def __init__(self, column: NDArray[Any], index: int) -> None:
        self._column = column
        self._index = index

    def __len__(self) -> int:
        return int(self._column.shape[1])

    def __getitem__(self, place: int) -> Any:
        return self._column.item(self._index, place)

    def __setitem__(self, place: int, value: float) -> None:
        self._column[self._index, place] = value

    def __iter__(self) -> Iterator[Any]:
        return iter(self._column[self._index].tolist())

    def __repr__(self) -> str:
        return f"Several({list(self)!r})"

    def push(self, value: float) -> None:
        """Put a value first; the others move on by one, and the last is forgotten."""
        for place in range(len(self) - 1, 0, -1):
            self[place] = self[place - 1]
        self[0] = value


class _Cell:
    """Descriptor of one number of a row."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, row: Row | None, owner: type[Row]) -> Any:
        return self if row is None else row.columns[self._name].item(row.index)

    def __set__(self, row: Row, value: float) -> None:
        row.columns[self._name][row.index] = value


class _Cells:
    """Descriptor of several numbers of a row."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, row: Row | None, owner: type[Row]) -> Any:
        return self if row is None else Several(row.columns[self._name], row.index)


class Row:
    """One row of a table; it owns nothing, so there is one truth.

    Attributes:
        columns: The table's columns by name.
        index: Which row.
    """

    columns: Mapping[str, NDArray[Any]]
    index: int

    def __init__(self, columns: Mapping[str, NDArray[Any]], index: int) -> None:
        self.columns = columns
        self.index = index

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.index})"

    if TYPE_CHECKING:
        # The cells themselves are added by `cells_of`.
        def __getattr__(self, name: str) -> Any: ...
        def __setattr__(self, name: str, value: Any) -> None: ...


def cells_of(*tables: np.dtype[Any]) -> Callable[[R], R]:
    """Class decorator: give a :class:`Row` one attribute per field of these tables."""

    def decorate(cls: R) -> R:
        for table in tables:
            for name in table.names or ():
                setattr(cls, name, _Cells(name) if table[name].shape else _Cell(name))
        return cls

    return decorate


def columns_of(*tables: np.ndarray) -> dict[str, NDArray[Any]]:
    """The columns of some tables by name (views, not copies)."""
    return {name: table[name] for table in tables for name in table.dtype.names or ()}


def rows_of(kind: Callable[[Mapping[str, NDArray[Any]], int], Any], table: np.ndarray) -> list[Any]:
    """All rows of a table as objects."""
    columns = columns_of(table)
    return [kind(columns, index) for index in range(len(table))]


@cells_of(NODE)
class Node(Row):
    """A node of the network, as it is today."""


@cells_of(LEG)
class Leg(Row):
    """A directed leg, as it is today."""


@cells_of(COUNTRY)
class Country(Row):
    """A country."""


@cells_of(POINT)
class Point(Row):
    """A service point, as it is today."""


@cells_of(STORY)
class Story(Row):
    """A slot for a story, which may be empty."""


@cells_of(SOURCE)
class Source(Row):
    """What one kind of source at one node repeats, and what it will repeat next."""


@cells_of(PUBLIC)
class PublicRecord(Row):
    """What others may know of a person: the record of yesterday."""
