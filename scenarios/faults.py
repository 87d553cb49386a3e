"""Turns what pydantic finds into problems with file, line, column and plain words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from scenarios.positions import Node, Place
from scenarios.units import UnitError
from sim.problems import Problem, nearest, quoted

__all__ = ["describe", "dotted", "in_order", "unknown_setting"]

Path = tuple[str | int, ...]
Limits = Mapping[str, Any]

_SAID: dict[str, Callable[[Limits], tuple[str, str]]] = {
    "missing": lambda _: ("it is missing", "add it"),
    "greater_than_equal": lambda c: (f"it must be at least {c['ge']:,}", "write a larger number"),
    "greater_than": lambda c: (f"it must be more than {c['gt']:,}", "write a larger number"),
    "less_than_equal": lambda c: (f"it must be at most {c['le']:,}", "write a smaller number"),
    "less_than": lambda c: (f"it must be less than {c['lt']:,}", "write a smaller number"),
    "string_too_long": lambda c: (f"it is longer than {c['max_length']} characters", "shorten it"),
    "too_long": lambda c: (f"it holds more than {c['max_length']} entries", "remove some"),
    "too_short": lambda _: ("it is empty", "name at least one"),
    "string_pattern_mismatch": lambda _: (
        "it may hold small letters (a to z), digits and underscores, beginning with a letter",
        "write it like agadez_breach"),
    "string_type": lambda _: ("it must be text", "write a word, in quotes if need be"),
    "int_from_float": lambda _: ("it must be a whole number", "round it"),
    "bool_type": lambda _: ("it must be yes or no", "write true or false"),
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
    guess = nearest(name, known)
    if guess:
        advice = f"did you mean {guess}?"
    elif name in elsewhere:
        advice = f"put it under {elsewhere[name]}"
    else:
        advice = f"choose among {', '.join(known)}"
    at = node.at(path)
    place = at.key or at.place
    return place.problem(f"there is no setting {quoted(name)} here",
                         field=dotted(prefix, path), suggestion=advice)


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
        message, suggestion = str(cause), ""
    elif kind == "literal_error":
        message, suggestion = _choice(at, str(context["expected"]))
    elif kind in _SAID:
        message, suggestion = _SAID[kind](context)
    elif kind in _GROUPS:
        message, suggestion = "it must be a group of settings", "write name: value below it"
    elif kind in _LISTS:
        message, suggestion = "it must be a list", "write it like [a, b]"
    else:
        message, suggestion = str(found["msg"]).lower(), ""
    place: Place = at.key or at.place if kind == "missing" else at.place
    return place.problem(message, field=dotted(prefix, path), value=_shown(at, kind),
                         suggestion=suggestion)


def _choice(at: Node, expected: str) -> tuple[str, str]:
    words = re.findall(r"'([^']*)'", expected)
    guess = nearest(str(at.value), words) if isinstance(at.value, str) else None
    advice = f"did you mean {guess}?" if guess else f"choose among {', '.join(words)}"
    return f"{quoted(at.plain())} is not possible here", advice


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
