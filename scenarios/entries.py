"""Reads one entry under `interventions` into the class of its kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from scenarios import faults, units
from scenarios.positions import Node
from sim.interventions import KINDS, Intervention, Scope, unit_of
from sim.problems import Problem, advice, quoted
from sim.said import Said

__all__ = ["label_of", "read_interventions", "value_of"]

SCOPE_FIELDS = tuple(Scope.model_fields)
WHERE = Said("name one of {names}, or write scope: all", names=", ".join(SCOPE_FIELDS[:-1]))


def read_interventions(
    node: Node | None, start_date: dt.date | None, found: list[Problem]
) -> list[tuple[Intervention, Node]]:
    """All interventions that can be understood, each with where it stands.

    Args:
        node: The list in the file, if there is one.
        start_date: Date of day 0, so that moments can be dates.
        found: Problems are added to it.
    """
    read: list[tuple[Intervention, Node]] = []
    first: dict[str, Node] = {}
    for position, entry in enumerate(node.items if node is not None else []):
        made = _read_one(entry, position, start_date, found)
        name = entry.mapping.get("id")
        if name is not None and isinstance(name.value, str):
            twin = first.setdefault(name.value, entry)
            if twin is not entry:
                found.append(name.place.problem(
                    Said("the id {name} is used twice", name=quoted(name.value)),
                    field=label_of(entry, position),
                    suggestion=Said("give each intervention its own id")))
        if made is not None:
            read.append((made, entry))
    return read


def _read_one(
    entry: Node, position: int, start_date: dt.date | None, found: list[Problem]
) -> Intervention | None:
    label = label_of(entry, position)
    kind = _kind(entry, label, found)
    if kind is None:
        return None
    values: dict[str, Any] = {}
    unread: set[str] = set()
    before = len(found)
    for name, node in entry.mapping.items():
        if name not in kind.model_fields:
            found.append(faults.unknown_setting(entry, (name,), label, tuple(kind.model_fields),
                                                {}))
            continue
        try:
            values[name] = value_of(kind, name, node, start_date)
        except units.UnitError as error:
            unread.add(name)
            found.append(node.place.problem(
                error.message, field=f"{label}.{name}", value=_short(node),
                suggestion=error.suggestion))
    made: Intervention | None = None
    try:
        made = kind.model_validate(values)
    except ValidationError as error:
        problems = faults.describe(error, entry, label, _known(kind))
        found.extend(p for p in problems if p.field.removeprefix(f"{label}.") not in unread)
    scope = entry.mapping.get("scope")
    if scope is None or scope.value == {} or (made is not None and made.scope.empty):
        place = (scope or entry).place
        found.append(place.problem(Said("nothing says where it happens"), field=f"{label}.scope",
                                   suggestion=WHERE))
    return made if len(found) == before else None


def _kind(entry: Node, label: str, found: list[Problem]) -> type[Intervention] | None:
    if not isinstance(entry.value, dict):
        found.append(entry.place.problem(
            Said("an intervention must be a group of settings"), field=label,
            suggestion=Said("write {id: leak, kind: data_breach, ...}")))
        return None
    node = entry.mapping.get("kind")
    word = node.value if node is not None else None
    if node is None:
        found.append(entry.place.problem(Said("its kind is missing"), field=f"{label}.kind",
                                         suggestion=Said("add kind: {kinds}",
                                                         kinds=", ".join(KINDS))))
        return None
    if not isinstance(word, str) or word not in KINDS:
        found.append(node.place.problem(
            Said("there is no kind of intervention {kind}", kind=quoted(node.plain())),
            field=f"{label}.kind", value=_short(node), suggestion=advice(str(word), KINDS)))
        return None
    return KINDS[word]


def value_of(
    kind: type[Intervention], name: str, node: Node, start_date: dt.date | None
) -> Any:
    """The value of a setting of an intervention, in plain numbers.

    Raises:
        UnitError: If it cannot be understood.
    """
    if name == "scope":
        return {"all": True} if node.value == "all" else node.plain()
    field = kind.model_fields[name]
    if node.value is None and not field.is_required() and field.default is None:
        return None
    return units.parse(node.plain(), unit_of(kind, name), start_date)


def _known(kind: type[Intervention]) -> Any:
    def names(path: tuple[str | int, ...]) -> Sequence[str]:
        return SCOPE_FIELDS if path and path[0] == "scope" else tuple(kind.model_fields)

    return names


def label_of(entry: Node, position: int) -> str:
    """What an entry is called in messages: its id, or its number in the list."""
    name = entry.mapping.get("id")
    told = name.value if name is not None and isinstance(name.value, str) else position + 1
    return f"interventions.{str(told)[:64]}"


def _short(node: Node) -> str:
    return "" if isinstance(node.value, dict | list) else str(node.value)[:200]
