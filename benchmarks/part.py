"""What every part of the benchmarks has: a measurement, and tables made from its results alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from benchmarks.crowd import Crowds
from benchmarks.scale import Say, Scale
from experiments.pages import Rows

__all__ = ["Found", "Part", "Tables"]

Found = Mapping[str, Any]
"""Results of one part, as plain data."""
Tables = dict[str, tuple[str, Rows]]
"""Mark in the page to title and rows."""


class Part(NamedTuple):
    """One subject.

    Attributes:
        name: Name on the command line and of the file of results.
        what: What it measures.
        measure: Measures; returns plain data.
        tables: Results to tables; the marks in the page begin with the name of the part.
    """

    name: str
    what: str
    measure: Callable[[Scale, Crowds, Say], dict[str, Any]]
    tables: Callable[[Found], Tables]
