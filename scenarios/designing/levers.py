"""Reads the levers of a design, and rebuilds interventions with every combination of values."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from scenarios import checks, entries, faults, units
from scenarios.designing.design import Lever
from scenarios.designing.schema import LeverFile
from scenarios.known import Known
from scenarios.positions import Node
from sim.interventions import Intervention
from sim.problems import Problem, advice, quoted

if TYPE_CHECKING:
    from scenarios.scenario import Scenario

__all__ = ["Levers", "read_levers"]

FIXED = ("id", "kind", "scope")
MOST_COMBINATIONS = 10_000

Forms = dict[str, tuple[Intervention, ...]]


@dataclass(frozen=True)
class Levers:
    """The levers of a design.

    Attributes:
        levers: The levers themselves.
        forms: Interventions that have levers, by id, in every combination of values.
    """

    levers: tuple[Lever, ...] = ()
    forms: Mapping[str, Sequence[Intervention]] | None = None


@dataclass(frozen=True)
class _About:
    """What levers may name."""

    interventions: Mapping[str, Intervention]
    known: Known
    start_date: dt.date | None

    @classmethod
    def of(cls, scenario: Scenario) -> _About:
        known = Known(scenario.route)
        known.add_points(scenario.interventions)
        return cls({item.id: item for item in scenario.interventions}, known, scenario.start_date)


@dataclass(frozen=True)
class _Read:
    """A lever whose values could be understood one by one."""

    item: Intervention
    field: str
    node: Node
    values: tuple[tuple[Any, Node], ...]

    @property
    def name(self) -> str:
        return f"{self.item.id}.{self.field}"


def read_levers(node: Node | None, scenario: Scenario | None, found: list[Problem]) -> Levers:
    """All levers that can be understood.

    Args:
        node: The list in the file, if there is one.
        scenario: The scenario whose interventions they change, if it can be used.
        found: Problems are added to it.
    """
    read: dict[str, _Read] = {}
    about = _About.of(scenario) if scenario is not None else None
    for position, entry in enumerate(node.items if node is not None else []):
        label = f"levers.{position + 1}"
        try:
            written = LeverFile.model_validate(entry.plain())
        except ValidationError as error:
            found += faults.describe(error, entry, label, lambda _: list(LeverFile.model_fields))
            continue
        if about is None:
            continue
        made = _read(written, entry, label, about, found)
        if made is not None and made.name in read:
            found.append(entry.place.problem(
                f"{quoted(made.name)} is varied twice", field=label,
                suggestion="put all its values into one lever"))
        elif made is not None:
            read[made.name] = made
    if scenario is None or not read:
        return Levers()
    return _rebuilt(list(read.values()), scenario, found)


def _read(
    written: LeverFile, entry: Node, label: str, about: _About, found: list[Problem]
) -> _Read | None:
    by_id = about.interventions
    item = by_id.get(written.intervention)
    if item is None:
        otherwise = "" if by_id else "the scenario has none at all"
        found.append(entry.at(("intervention",)).place.problem(
            f"the scenario has no intervention {quoted(written.intervention)}",
            field=f"{label}.intervention", value=written.intervention,
            suggestion=advice(written.intervention, by_id, otherwise)))
        return None
    free = [name for name in type(item).model_fields if name not in FIXED]
    if written.field not in free:
        message = (f"the {written.field} of an intervention cannot be varied"
                   if written.field in FIXED else
                   f"{quoted(item.id)} ({item.kind}) has no setting {quoted(written.field)}")
        found.append(entry.at(("field",)).place.problem(
            message, field=f"{label}.field", value=written.field,
            suggestion=advice(written.field, free)))
        return None
    label = f"levers.{item.id}.{written.field}"
    before = len(found)
    values = [(value, node) for node in entry.at(("values",)).items
              if (value := _value(item, written.field, node, about, label, found)) is not _WRONG]
    seen: list[Any] = []
    for value, node in values:
        if value in seen:
            found.append(node.place.problem(
                f"{quoted(node.plain())} stands here a second time", field=label,
                suggestion="remove it"))
        seen.append(value)
    return _Read(item, written.field, entry, tuple(values)) if len(found) == before else None


_WRONG = object()


def _value(
    item: Intervention, field: str, node: Node, about: _About, label: str, found: list[Problem]
) -> Any:
    """What one value stands for, or `_WRONG`."""
    try:
        value = entries.value_of(type(item), field, node, about.start_date)
    except units.UnitError as error:
        found.append(node.place.problem(
            error.message, field=label, value=_text_of(node), suggestion=error.suggestion))
        return _WRONG
    as_written = Node({"kind": Node(item.kind, node.place), field: node}, node.place)
    wrong = checks.check_names(as_written, "", about.known)
    found += [problem.model_copy(update={"field": label}) for problem in wrong]
    return _WRONG if wrong else value


def _rebuilt(read: Sequence[_Read], scenario: Scenario, found: list[Problem]) -> Levers:
    """The levers, once their interventions can be rebuilt with every combination of values."""
    combinations = math.prod(len(lever.values) for lever in read)
    if combinations > MOST_COMBINATIONS:
        found.append(read[0].node.place.problem(
            f"the levers have {combinations:,} combinations, more than {MOST_COMBINATIONS:,}",
            field="levers", suggestion="name fewer values"))
        return Levers()
    before = len(found)
    forms: Forms = {}
    taken: dict[tuple[str, int], Any] = {}
    for name in dict.fromkeys(lever.item.id for lever in read):
        mine = [lever for lever in read if lever.item.id == name]
        forms[name] = _forms(mine, scenario, taken, found)
    if any(problem.severity == "error" for problem in found[before:]):
        return Levers(forms=forms if all(forms.values()) else None)
    made = tuple(
        Lever(
            intervention=lever.item.id,
            field=lever.field,
            values=tuple(taken[lever.name, n] for n in range(len(lever.values))),
            texts=tuple(_text_of(node) for _, node in lever.values),
        )
        for lever in read
    )
    return Levers(made, forms)


def _forms(
    levers: Sequence[_Read], scenario: Scenario, taken: dict[tuple[str, int], Any],
    found: list[Problem],
) -> tuple[Intervention, ...]:
    """One intervention in all its forms; what each value became is put into `taken`."""
    item = levers[0].item
    forms = []
    for chosen in itertools.product(*(enumerate(lever.values) for lever in levers)):
        pairs = list(zip(levers, chosen, strict=True))
        nodes = {lever.field: node for lever, (_, (_, node)) in pairs}
        entry = Node(nodes, levers[0].node.place)
        values = {lever.field: value for lever, (_, (value, _)) in pairs}
        try:
            made = type(item).model_validate({**item.model_dump(), **values})
        except ValidationError as error:
            found += faults.describe(error, entry, f"levers.{item.id}", _none_known)
            continue
        for lever, (n, _) in pairs:
            taken[lever.name, n] = getattr(made, lever.field)
        forms.append(made)
        found += _among_others(made, entry, scenario)
    return tuple(forms)


def _none_known(path: tuple[str | int, ...]) -> list[str]:  # noqa: ARG001
    return []


def _among_others(made: Intervention, entry: Node, scenario: Scenario) -> list[Problem]:
    """What is wrong or odd about an intervention once its levers are set."""
    others = [item for item in scenario.interventions if item.id != made.id]
    problems = checks.check_answers([(item, entry) for item in (*others, made)])
    problems += checks.check_timing(made, entry, scenario.days, None)
    return [
        problem.model_copy(update={"field": problem.field.replace("interventions", "levers", 1)})
        for problem in problems
        if problem.severity == "error" or problem.field.rpartition(".")[2] in entry.mapping
    ]


def _text_of(node: Node) -> str:
    """A value as it was written."""
    if isinstance(node.value, list):
        return ", ".join(_text_of(item) for item in node.items)
    if isinstance(node.value, dict):
        return ""
    words = {None: "null", True: "yes", False: "no"}
    if node.value is None or isinstance(node.value, bool):
        return words[node.value]
    return str(node.value)[:200]
