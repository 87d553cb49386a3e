"""The scenario of a design, with the design's constants put in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scenarios import checks, faults, loader, resolve, yaml_positions
from scenarios.designing.schema import SETTINGS
from scenarios.positions import Node
from sim.parameters import REGISTRY
from sim.problems import InputProblem, Problem, advice, quoted

if TYPE_CHECKING:
    from scenarios.scenario import Scenario

__all__ = ["Base", "read_base"]


@dataclass(frozen=True)
class Base:
    """What a design varies.

    Attributes:
        scenario: The scenario with the constants; None where it cannot be used.
        start_date: Date of day 0; the first of all dates where the scenario cannot be read, so
            that no date is called wrong for that.
        constants: The constants as numbers.
    """

    scenario: Scenario | None
    start_date: dt.date | None
    constants: dict[str, float]


def read_base(root: Node, uncertain: Container[str], found: list[Problem]) -> Base:
    """The scenario of a design.

    Args:
        root: The design.
        uncertain: Names of the uncertainties, which cannot be constants as well.
        found: Problems are added to it.
    """
    written = root.mapping.get("constants")
    constants = _known_constants(written, uncertain, found)
    node = root.mapping.get("scenario")
    if node is None:
        return Base(None, dt.date.min, {})
    faulty: list[Problem] = []
    try:
        whole = _with_constants(_read_scenario(node, faulty), constants, written)
    except InputProblem as problem:
        found += [*faulty, *problem.problems]
        return Base(None, dt.date.min, {})
    scenario, problems = loader.examine_node(whole, faulty)
    found += _as_of_design(problems, constants)
    if scenario is None:
        return Base(None, loader.first_date(whole), {})
    numbers = {
        name: float(getattr(scenario, name) if name in SETTINGS else scenario.parameters[name])
        for name in constants
    }
    return Base(scenario, scenario.start_date, numbers)


def _known_constants(
    written: Node | None, uncertain: Container[str], found: list[Problem]
) -> dict[str, Node]:
    """Constants whose name means something; the scenario's loader checks their values."""
    known = {}
    for name, node in (written.mapping if written is not None else {}).items():
        label = f"constants.{name[:64]}"
        if name not in SETTINGS and name not in REGISTRY:
            found.append(checks.unknown_parameter(name, node, label, SETTINGS))
        elif name in uncertain:
            found.append((node.key or node.place).problem(
                f"{quoted(name)} is an uncertainty as well", field=label,
                suggestion="remove it here or under uncertainties"))
        else:
            known[name] = node
    return known


def _read_scenario(node: Node, found: list[Problem]) -> Node:
    """The scenario that a design names or holds.

    Raises:
        InputProblem: If there is none, or it cannot be read.
    """
    if node.mapping:
        return resolve.followed(node, found)
    if not isinstance(node.value, str) or not node.value:
        raise InputProblem(node.place.problem(
            "it must be the name of a scenario, a file or a group of settings", field="scenario",
            suggestion="write scenario: central_mediterranean, or see waytrust scenarios list"))
    name = node.value
    if name in resolve.library_names():
        return resolve.merged(name, found)
    if node.place.source.folder is None:
        return resolve.merged(name, found)
    for candidate in (name, f"{name}.yaml"):
        path = resolve.own_file(replace(node, value=candidate), "scenario")
        if path is not None and path.is_file():
            read = yaml_positions.read(path, str(path), found)
            return resolve.followed(resolve.named_after_file(read, path), found)
    otherwise = "name one of the library or a file beside this one"
    raise InputProblem(node.place.problem(
        f"there is no scenario {quoted(name)}", field="scenario", value=name,
        suggestion=advice(name, resolve.library_names(), otherwise)))


def _with_constants(
    scenario: Node, constants: Mapping[str, Node], written: Node | None
) -> Node:
    """The scenario as if the constants stood in it."""
    place = (written or scenario).place
    parameters = {name: node for name, node in constants.items() if name in REGISTRY}
    people = {name: node for name, node in constants.items() if name == "migrants"}
    days = {name: node for name, node in constants.items() if name == "days"}
    laid = dict(scenario.mapping)
    for group, more in (("parameters", parameters), ("population", people)):
        under = laid.get(group) or Node({}, place)
        if more and isinstance(under.value, dict):
            laid[group] = replace(under, value={**under.value, **more})
    return replace(scenario, value={**laid, **days})


def _as_of_design(problems: list[Problem], constants: Mapping[str, Node]) -> list[Problem]:
    """What is wrong with the scenario, where constants are called by their place in the design."""
    fields = {("days" if name == "days" else f"{group}.{name}"): name
              for name in constants
              for group in ("population" if name == "migrants" else "parameters",)}
    shortened = "days" in constants  # so that the scenario's own surveys may lie after the run
    return [
        problem.model_copy(update={"field": faults.dotted("constants", (fields[problem.field],))})
        if problem.field in fields else problem
        for problem in problems
        if not (shortened and problem.field == "survey_days" and problem.severity == "warning")
    ]
