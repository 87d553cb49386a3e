"""Rows of the tables as objects: ``point.left`` reads a cell, ``point.left = 2`` writes it.

A row is a C structure that lies over the table's own memory, so there is one truth. Numbers are
read as plain Python numbers, so all arithmetic is done in 64 bits, and are rounded where they are
written to a narrower cell, as in the compiled loops. Names of cells are those of the tables in
:mod:`sim.columns`.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numpy as np

from sim.columns import COUNTRY, LEG, NODE, POINT, PUBLIC, SOURCE, STORY

__all__ = ["Country", "Leg", "Node", "Point", "PublicRecord", "Row", "Several", "Source", "Story",
           "cells_of", "over", "parts_of", "row_of", "rows_of"]

R = TypeVar("R", bound="type[Row]")


class Several:
    """A short list of numbers within a row, such as the level of each need."""

    if TYPE_CHECKING:
        # Put in by the array of numbers that this is part of.
        def __len__(self) -> int: ...
        def __getitem__(self, place: int | slice) -> Any: ...
        def __setitem__(self, place: int | slice, value: float | Sequence[float]) -> None: ...

    def __iter__(self) -> Iterator[Any]:
        return iter(self[:])

    def __contains__(self, value: float) -> bool:
        return value in self[:]

    def __repr__(self) -> str:
        return f"Several({self[:]!r})"

    def push(self, value: float) -> None:
        """Put a value first; the others move on by one, and the last is forgotten."""
        self[1:] = self[:-1]
        self[0] = value


class Row(ctypes.Structure):
    """One row of a table, whose cells are its attributes; it owns nothing."""

    def __repr__(self) -> str:
        return type(self).__name__

    if TYPE_CHECKING:
        # The cells themselves are added by `cells_of`.
        def __getattr__(self, name: str) -> Any: ...
        def __setattr__(self, name: str, value: Any) -> None: ...


def cells_of(table: np.dtype[Any]) -> Callable[[R], R]:
    """Class decorator: give a :class:`Row` one attribute per field of a table."""

    def decorate(cls: R) -> R:
        cls._fields_ = [(name, _cell(table[name])) for name in table.names or ()]
        assert ctypes.sizeof(cls) == table.itemsize, "a table's fields are not aligned as in C"
        return cls

    return decorate


def _cell(kind: np.dtype[Any]) -> Any:
    # What a field of a table is in C: a number, or several.
    number = np.ctypeslib.as_ctypes_type(kind.base)
    return _several(number, *kind.shape) if kind.shape else number


@cache
def _several(number: Any, length: int) -> Any:
    return type("Several", (Several, number * length), {})


@cache
def row_of(table: np.dtype[Any]) -> type[Row]:
    """A kind of row for a table whose width is known only when a run begins."""
    return cells_of(table)(type("Row", (Row,), {}))


def over(kind: type[Row], table: np.ndarray) -> Sequence[Any]:
    """The rows of a table, each made when it is asked for."""
    kinds: Any = kind * len(table)
    return cast("Sequence[Any]", kinds.from_buffer(table))


def rows_of(kind: type[Row], table: np.ndarray) -> list[Any]:
    """All rows of a table as objects."""
    return list(over(kind, table))


def parts_of(**parts: np.dtype[Any]) -> Callable[[type], type]:
    """Class decorator: what has rows of several tables shows their cells as attributes of its own.

    Args:
        parts: The attribute that holds the row, and the table. A cell with several numbers is
            looked up once.
    """

    def decorate(cls: type) -> type:
        for part, table in parts.items():
            for name in table.names or ():
                read = attrgetter(f"{part}.{name}")
                if table[name].shape:
                    setattr(cls, name, several := cached_property(read))
                    several.__set_name__(cls, name)
                else:
                    setattr(cls, name, property(read, _writer(attrgetter(part), table, name)))
        return cls

    return decorate


def _writer(row: Callable[[Any], Row], table: np.dtype[Any], name: str
            ) -> Callable[[Any, Any], None]:
    write = getattr(row_of(table), name).__set__
    return lambda owner, value: write(row(owner), value)


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
