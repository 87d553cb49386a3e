"""Values that remember where they stand: file, line and column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sim.problems import InputProblem, Problem
from sim.said import Said

__all__ = ["Node", "Place", "Scalar", "Source", "from_plain"]

Scalar = str | int | float | bool | None


@dataclass(frozen=True)
class Source:
    """Where text came from.

    Attributes:
        shown: Name as the user knows it.
        path: File, or None for something built in memory.
    """

    shown: str
    path: Path | None = None

    @property
    def folder(self) -> Path | None:
        """Folder whose files may be named by this source."""
        return None if self.path is None else self.path.parent


@dataclass(frozen=True)
class Place:
    """A spot in a source, counted from 1."""

    source: Source
    line: int | None = None
    column: int | None = None

    def problem(self, message: str, **more: Any) -> Problem:
        """A problem at this spot."""
        place = {"file": self.source.shown, "line": self.line, "column": self.column}
        return Problem(message=message, **{**place, **more})


@dataclass(frozen=True)
class Node:
    """A value and where it stands.

    Attributes:
        value: A scalar, a list of nodes, or a mapping from key to node.
        place: Where the value begins.
        key: Where its key stands, if it has one.
    """

    value: Scalar | list[Node] | dict[str, Node]
    place: Place
    key: Place | None = field(default=None, compare=False)

    @property
    def mapping(self) -> dict[str, Node]:
        """The value as a mapping; empty where it is something else."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def items(self) -> list[Node]:
        """The value as a list; empty where it is something else."""
        return self.value if isinstance(self.value, list) else []

    def plain(self) -> Any:
        """The value without places."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def at(self, path: tuple[str | int, ...]) -> Node:
        """The node at a path of keys and positions, or the last one on the way to it."""
        node = self
        for step in path:
            inner: Node | None = None
            if isinstance(node.value, dict):
                inner = node.value.get(str(step))
            elif isinstance(node.value, list) and isinstance(step, int) and step < len(node.value):
                inner = node.value[step]
            if inner is None:
                break
            node = inner
        return node


def from_plain(value: Any, source: Source) -> Node:
    """Makes a node of plain Python data, such as an inline scenario.

    Raises:
        InputProblem: If it holds something YAML cannot.
    """
    place = Place(source)
    if isinstance(value, Mapping):
        return Node({str(k): replace(from_plain(v, source), key=place) for k, v in value.items()},
                    place)
    if isinstance(value, list | tuple):
        return Node([from_plain(item, source) for item in value], place)
    if value is None or isinstance(value, str | int | float | bool):
        return Node(value, place)
    if hasattr(value, "isoformat"):
        return Node(value.isoformat(), place)
    raise InputProblem(place.problem(
        Said("a {kind} cannot stand in a scenario", kind=type(value).__name__)))
