"""Turns what pydantic finds into problems with file, line, column and plain words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from scenarios.positions import Node, Place
from scenarios.units import UnitError
from sim.problems import Problem, advice, quoted
from sim.said import Said

__all__ = ["describe", "dotted", "in_order", "unknown_setting"]

Path = tuple[str | int, ...]
Limits = Mapping[str, Any]

_LARGER, _SMALLER = Said("write a larger number"), Said("write a smaller number")
_YES_OR_NO = (Said("it must be yes or no"), Said("write true or false"))
_SAID: dict[str, Callable[[Limits], tuple[str, str]]] = {
    "missing": lambda _: (Said("it is missing"), Said("add it")),
    "greater_than_equal": lambda c: (Said("it must be at least {least:,}", least=c["ge"]), _LARGER),
    "greater_than": lambda c: (Said("it must be more than {end:,}", end=c["gt"]), _LARGER),
    "less_than_equal": lambda c: (Said("it must be at most {most:,}", most=c["le"]), _SMALLER),
    "less_than": lambda c: (Said("it must be less than {end:,}", end=c["lt"]), _SMALLER),
    "string_too_long": lambda c: (
        Said("it is longer than {most} characters", most=c["max_length"]), Said("shorten it")),
    "too_long": lambda c: (
        Said("it holds more than {most} entries", most=c["max_length"]), Said("remove some")),
    "too_short": lambda _: (Said("it is empty"), Said("name at least one")),
    "string_pattern_mismatch": lambda _: (
        Said("it may hold small letters (a to z), digits and underscores, beginning with a letter"),
        Said("write it like agadez_breach")),
    "string_type": lambda _: (Said("it must be text"), Said("write a word, in quotes if need be")),
    "int_from_float": lambda _: (Said("it must be a whole number"), Said("round it")),
    "bool_type": lambda _: _YES_OR_NO, "bool_parsing": lambda _: _YES_OR_NO,
    "string_unicode": lambda _: (
        Said("it holds letters that do not exist"), Said("write it anew, with letters that do")),
}  # fmt: skip
_GROUPS = {"model_type", "dict_type", "model_attributes_type"}
_LISTS = {"tuple_type", "list_type"}


def describe(
    error: ValidationError,
    node: Node,
    prefix: str,
    known: Callable[[Path], Sequence[str]],
    elsewhere: Mapping[str, str] | None = None,
) -> list[Problem]:
    """Problems for everything pydantic found.

    Args:
        error: What pydantic raised.
        node: The node it was validating.
        prefix: What to put before the names of settings, for example ``interventions.leak``.
        known: Names of the settings that may stand at a path.
        elsewhere: Where settings belong that often stand in the wrong place.
    """
    problems: dict[str, Problem] = {}
    for found in error.errors(include_url=False):
        path = _real_path(node, found["loc"])
        if found["type"] == "extra_forbidden":
            problem = unknown_setting(node, path, prefix, known(path[:-1]), elsewhere or {})
        else:
            problem = _problem(found, node, path, prefix)
        problems.setdefault(problem.field, problem)
    return list(problems.values())


def unknown_setting(
    node: Node, path: Path, prefix: str, known: Sequence[str], elsewhere: Mapping[str, str]
) -> Problem:
    """A setting nobody knows, with the nearest one that exists."""
    name = str(path[-1])
    there = elsewhere.get(name)
    otherwise = Said("put it under {group}", group=there) if there else ""
    at = node.at(path)
    place = at.key or at.place
    return place.problem(Said("there is no setting {name} here", name=quoted(name)),
                         field=dotted(prefix, path), suggestion=advice(name, known, otherwise))


def dotted(prefix: str, path: Path) -> str:
    """A path as text: ``population.status``."""
    return ".".join(part[:64] for part in (prefix, *map(str, path)) if part)


def in_order(problems: Sequence[Problem]) -> list[Problem]:
    """Problems in the order of the text, each once."""
    unique = dict.fromkeys(problems)
    return sorted(unique, key=lambda p: (p.file, p.line or 0, p.column or 0))


def _problem(found: Any, node: Node, path: Path, prefix: str) -> Problem:
    at = node.at(path)
    kind, context = found["type"], found.get("ctx", {})
    cause = context.get("error")
    if isinstance(cause, UnitError):
        message, suggestion = cause.message, cause.suggestion
    elif kind == "value_error":
        # What a validator of ours says; another's words need not be the first argument.
        said = cause.args[0] if cause.args else ""
        message, suggestion = said if isinstance(said, Said) else str(cause), ""
    elif kind == "literal_error":
        message, suggestion = _choice(at, str(context["expected"]))
    elif kind in _SAID:
        message, suggestion = _SAID[kind](context)
    elif kind in _GROUPS:
        message = Said("it must be a group of settings")
        suggestion = Said("write name: value below it")
    elif kind in _LISTS:
        message, suggestion = Said("it must be a list"), Said("write it like [a, b]")
    else:
        message, suggestion = str(found["msg"]).lower(), ""
    place: Place = at.key or at.place if kind == "missing" else at.place
    return place.problem(message, field=dotted(prefix, path), value=_shown(at, kind),
                         suggestion=suggestion)


def _choice(at: Node, expected: str) -> tuple[str, str]:
    words = re.findall(r"'([^']*)'", expected)
    word = at.value if isinstance(at.value, str) else ""
    return Said("{value} is not possible here", value=quoted(at.plain())), advice(word, words)


def _shown(at: Node, kind: str) -> str:
    """The value concerned, where it is short enough to be shown."""
    return "" if kind == "missing" or isinstance(at.value, dict | list) else str(at.value)[:200]


def _real_path(node: Node, loc: Path) -> Path:
    """The part of pydantic's path that stands in the file, with the name of what is missing."""
    path: list[str | int] = []
    for step in loc:
        inner = node.at((step,))
        if inner is node:
            if isinstance(step, str) and isinstance(node.value, dict) and "[" not in step:
                path.append(step)
            break
        path.append(step)
        node = inner
    return tuple(path)
