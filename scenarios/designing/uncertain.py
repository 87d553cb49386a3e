"""Reads the uncertainties of a design."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from scenarios import checks, faults, units
from scenarios.designing.design import Uncertainty
from scenarios.designing.schema import SETTINGS, UncertaintyFile
from scenarios.positions import Node
from sim.parameters import REGISTRY, Parameter
from sim.problems import Problem, quoted

__all__ = ["read_uncertainties"]

DEFAULT = "default"
HINT = "write default, or {low: ..., high: ...}"


def read_uncertainties(node: Node | None, found: list[Problem]) -> tuple[Uncertainty, ...]:
    """All uncertainties that can be understood.

    Args:
        node: The group in the file, if there is one.
        found: Problems are added to it.
    """
    read = []
    for name, entry in (node.mapping if node is not None else {}).items():
        label = f"uncertainties.{name[:64]}"
        parameter = REGISTRY.get(name)
        if parameter is None:
            found.append(_no_parameter(name, entry, label))
            continue
        before = len(found)
        made = _read(parameter, entry, label, found)
        if made is not None and all(p.severity != "error" for p in found[before:]):
            read.append(made)
    return tuple(read)


def _no_parameter(name: str, entry: Node, label: str) -> Problem:
    if name in SETTINGS:
        return (entry.key or entry.place).problem(
            f"{name} is not a parameter", field=label, suggestion="put it under constants")
    if "." not in name:
        return checks.unknown_parameter(name, entry, label)
    intervention, _, field = name.partition(".")
    return (entry.key or entry.place).problem(
        f"{quoted(name)} is not a parameter", field=label,
        suggestion=f"a setting of an intervention is a lever: write {{intervention: "
        f"{intervention}, field: {field}, values: [...]}} under levers")


def _read(
    parameter: Parameter, entry: Node, label: str, found: list[Problem]
) -> Uncertainty | None:
    if entry.value == DEFAULT:
        return _default(parameter, entry, label, found)
    if not isinstance(entry.value, dict):
        listed = isinstance(entry.value, list)
        found.append(entry.place.problem(
            "it must be default or a range", field=label, value=_short(entry),
            suggestion="write {values: [...]}, for a grid" if listed else HINT))
        return None
    try:
        written = UncertaintyFile.model_validate(entry.plain())
    except ValidationError as error:
        found += faults.describe(error, entry, label, lambda _: list(UncertaintyFile.model_fields))
        return None
    if "values" in entry.mapping:
        return _listed(parameter, entry, label, found)
    return _range(parameter, written.scale, entry, label, found)


def _default(
    parameter: Parameter, entry: Node, label: str, found: list[Problem]
) -> Uncertainty | None:
    if _is_switch(parameter, entry, label, found):
        return None
    if parameter.low == parameter.high:
        found.append(entry.place.problem(
            "the registry gives no range for it", field=label, value=DEFAULT,
            suggestion="write {low: ..., high: ...}, or leave it out"))
        return None
    return Uncertainty(parameter.name, parameter.low, parameter.high, parameter.scale)


def _is_switch(parameter: Parameter, entry: Node, label: str, found: list[Problem]) -> bool:
    if parameter.unit != "switch":
        return False
    found.append(entry.place.problem(
        f"{parameter.name} is either on or off, so it has no range", field=label,
        suggestion="write {values: [no, yes]}, for a grid, or make it a constant"))
    return True


def _listed(
    parameter: Parameter, entry: Node, label: str, found: list[Problem]
) -> Uncertainty | None:
    found += [
        entry.at((name,)).place.problem(
            f"{name} and values cannot both be given", field=f"{label}.{name}",
            suggestion="remove one of them")
        for name in ("low", "high", "scale") if name in entry.mapping
    ]
    nodes = entry.at(("values",))
    if not nodes.items:
        found.append(nodes.place.problem("it is empty", field=f"{label}.values",
                                         suggestion="name at least one"))
        return None
    values: list[float] = []
    for node in nodes.items:
        value = _amount(parameter, node, f"{label}.values", found)
        if value is None:
            continue
        if value in values:
            found.append(node.place.problem(
                f"{quoted(node.plain())} stands here a second time", field=f"{label}.values",
                suggestion="remove it"))
        values.append(value)
    if not values:
        return None
    return Uncertainty(parameter.name, min(values), max(values), "linear", tuple(values))


def _range(
    parameter: Parameter, scale: str, entry: Node, label: str, found: list[Problem]
) -> Uncertainty | None:
    if _is_switch(parameter, entry, label, found):
        return None
    ends: dict[str, float] = {}
    for name in ("low", "high"):
        node = entry.mapping.get(name)
        if node is None:
            found.append((entry.key or entry.place).problem(
                f"{name} is missing", field=f"{label}.{name}",
                suggestion=f"add it; the registry has {getattr(parameter, name):g}"))
            continue
        value = _amount(parameter, node, f"{label}.{name}", found)
        if value is not None:
            ends[name] = value
    if len(ends) < 2:
        return None
    low, high = ends["low"], ends["high"]
    if low >= high:
        found.append(entry.at(("low",)).place.problem(
            f"the lower end, {low:g}, is not below the upper end, {high:g}", field=f"{label}.low",
            value=_short(entry.at(("low",))), suggestion="exchange them, or widen the range"))
    if (scale or parameter.scale) == "log" and low <= 0:
        told = "" if scale else ", the scale of the registry for this parameter"
        found.append(entry.at(("low",)).place.problem(
            f"a log scale{told}, has no place for {low:g}" if told else
            f"a log scale has no place for {low:g}", field=f"{label}.low",
            value=_short(entry.at(("low",))), suggestion="raise low, or write scale: linear"))
    return Uncertainty(parameter.name, low, high, scale or parameter.scale)


def _amount(
    parameter: Parameter, node: Node, label: str, found: list[Problem]
) -> float | None:
    try:
        value = checks.parameter_value(node, parameter)
    except units.UnitError as error:
        found.append(node.place.problem(error.message, field=label, value=_short(node),
                                        suggestion=error.suggestion))
        return None
    found += checks.implausible(value, node, parameter, label)
    return value


def _short(node: Node) -> str:
    value: Any = node.value
    return "" if isinstance(value, dict | list) else str(value)[:200]
