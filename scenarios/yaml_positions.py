"""Reads YAML so that every key and value remembers its file, line and column.

Scenario files come from anywhere, so this reader is strict: no tags, no doubled keys, few
aliases, no merge keys, no deep nesting, no huge files. Nothing in a file is ever executed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol, cast

from ruamel.yaml import YAML
from ruamel.yaml import events as ev
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from scenarios.positions import Node, Place, Scalar, Source
from scenarios.yaml_words import parser_words
from sim.problems import InputProblem, Problem, quoted
from sim.said import Said

__all__ = ["from_text", "read"]

MOST_BYTES = 1_000_000
MOST_ALIASES = 20
MOST_NODES = 200_000
DEEPEST = 12
LONGEST_DIGITS = 300
_UNREADABLE = Said("it cannot be read")

_INTEGER = re.compile(r"[-+]?[0-9]+", re.ASCII)
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", re.ASCII)
_WORDS: dict[str, Any] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip


def read(path: Path, shown: str | None = None, found: list[Problem] | None = None) -> Node:
    """Reads a file.

    Args:
        path: File to read.
        shown: Its name in messages.
        found: If given, faults that do not hinder reading on (doubled keys, tags, merge keys)
            are added to it instead of being raised.

    Raises:
        InputProblem: If it cannot be read or is not plain YAML.
    """
    source = Source(shown or str(path), path)
    try:
        if not path.is_file():
            what = Said("there is no such file")
            if path.is_dir():
                what = Said("is a folder, not a file")
            raise InputProblem(Place(source).problem(what, suggestion=Said("check the name")))
        if path.stat().st_size > MOST_BYTES:
            raise InputProblem(Place(source).problem(
                Said("the file is larger than {most} kB", most=MOST_BYTES // 1000),
                suggestion=Said("put long tables into a CSV file")))
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputProblem(Place(source).problem(
            Said("byte {number} is not UTF-8 text", number=str(error.start)),
            suggestion=Said("save the file as UTF-8"))) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputProblem(Place(source).problem(
            Said("the file cannot be read: {reason}", reason=reason),
            suggestion=Said("check its permissions"))) from None
    return from_text(text, source, found)


def from_text(text: str, source: Source, found: list[Problem] | None = None) -> Node:
    """Reads YAML text; see `read`."""
    builder = _Builder(source)
    try:
        root = builder.document(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(source, mark.line + 1, mark.column + 1) if mark else Place(source)
        said = error.problem or error.context
        raise InputProblem(place.problem(
            Said("not valid YAML: {said}", said=parser_words(str(said)) if said else _UNREADABLE),
            suggestion=Said("check the indentation, the colons and the quotes"))) from None
    except YAMLError as error:
        said = parser_words(str(error).splitlines()[0]) if str(error) else _UNREADABLE
        raise InputProblem(
            Place(source).problem(Said("not valid YAML: {said}", said=said))) from None
    if found is not None:
        found.extend(builder.found)
    elif builder.found:
        raise InputProblem(builder.found)
    return root


class _Mark(Protocol):
    line: int
    column: int


class _Builder:
    """Builds nodes from the events of the YAML parser, counting as it goes."""

    def __init__(self, source: Source) -> None:
        self.found: list[Problem] = []
        self._source = source
        self._anchors: dict[str, Node] = {}
        self._aliases = 0
        self._nodes = 0
        self._sizes: dict[str, int] = {}

    def document(self, text: str) -> Node:
        events = cast("Iterator[Any]", YAML(typ="safe", pure=True).parse(text))
        root: Node | None = None
        for event in events:
            if isinstance(event, ev.StreamStartEvent | ev.StreamEndEvent | ev.DocumentEndEvent):
                continue
            if isinstance(event, ev.DocumentStartEvent):
                if root is not None:
                    raise self._fault(event, Said("a second document begins here"),
                                      Said("keep one scenario in one file"))
                continue
            root = self._node(event, events, 0)
        if root is None or not isinstance(root.value, dict):
            what = Said("the file is empty") if root is None or root.value is None else (
                Said("the file is not a list of settings"))
            raise InputProblem(Place(self._source, 1, 1).problem(
                what, suggestion=Said("begin with a line like name: my_scenario")))
        return root

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        if isinstance(event, ev.AliasEvent):
            return self._alias(event)
        self._count(event, 1)
        self._refuse_tag(event)
        if depth > DEEPEST:
            raise self._fault(event, Said("nested more than {most} levels deep", most=DEEPEST),
                              Said("use fewer levels"))
        before = self._nodes
        place = self._place(event.start_mark)
        if isinstance(event, ev.MappingStartEvent):
            node = Node(self._mapping(events, depth), place)
        elif isinstance(event, ev.SequenceStartEvent):
            node = Node(self._sequence(events, depth), place)
        else:
            node = Node(_scalar(event.value, plain=event.implicit[0]), place)
        if event.anchor:
            self._anchors[event.anchor] = node
            self._sizes[event.anchor] = self._nodes - before + 1
        return node

    def _mapping(self, events: Iterator[Any], depth: int) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        while not isinstance(event := next(events), ev.MappingEndEvent):
            if not isinstance(event, ev.ScalarEvent):
                raise self._fault(event, Said("a setting must have a plain name"),
                                  Said("write name: value"))
            self._refuse_tag(event)
            name, place = event.value, self._place(event.start_mark)
            twin = entries.get(name)
            if name == "<<":
                self.found.append(place.problem(Said("merge keys (<<) are not allowed"),
                                                suggestion=Said("use extends instead")))
            elif twin is not None:
                line = twin.key.line if twin.key else "?"
                self.found.append(place.problem(
                    Said("{name} stands here a second time", name=quoted(name)),
                    suggestion=Said("remove it, or the one in line {line}", line=str(line))))
            inner = self._node(next(events), events, depth + 1)
            if twin is None and name != "<<":
                entries[name] = replace(inner, key=place)
        return entries

    def _sequence(self, events: Iterator[Any], depth: int) -> list[Node]:
        entries: list[Node] = []
        while not isinstance(event := next(events), ev.SequenceEndEvent):
            entries.append(self._node(event, events, depth + 1))
        return entries

    def _alias(self, event: Any) -> Node:
        self._aliases += 1
        if self._aliases > MOST_ALIASES:
            raise self._fault(event, Said("more than {most} aliases (*)", most=MOST_ALIASES),
                              Said("write values out"))
        if event.anchor not in self._anchors:
            raise self._fault(event, Said("the alias {name} points at nothing before it",
                                          name=f"*{event.anchor}"), Said("write the value out"))
        self._count(event, self._sizes[event.anchor])
        return self._anchors[event.anchor]

    def _refuse_tag(self, event: Any) -> None:
        if getattr(event, "tag", None) is not None:
            self.found.append(self._place(event.start_mark).problem(
                Said("the tag {tag} is not allowed", tag=quoted(str(event.tag))),
                suggestion=Said("remove it")))

    def _count(self, event: Any, more: int) -> None:
        self._nodes += more
        if self._nodes > MOST_NODES:
            raise self._fault(event, Said("more than {most} values", most=MOST_NODES),
                              Said("put long tables into a CSV file"))

    def _place(self, mark: _Mark) -> Place:
        return Place(self._source, mark.line + 1, mark.column + 1)

    def _fault(self, event: Any, message: str, suggestion: str) -> InputProblem:
        return InputProblem(self._place(event.start_mark).problem(message, suggestion=suggestion))


def _scalar(text: str, *, plain: bool) -> Scalar:
    """What a scalar stands for: YAML 1.2 core, with dates left as text."""
    if not plain:
        return text
    if text in _WORDS:
        return cast("Scalar", _WORDS[text])
    if _INTEGER.fullmatch(text) and len(text) <= LONGEST_DIGITS:
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text
