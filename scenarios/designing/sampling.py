"""Reads how a design chooses its points."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import ValidationError

from scenarios import faults
from scenarios.designing.design import Sampler, Uncertainty
from scenarios.designing.schema import SamplerFile
from scenarios.positions import Node
from sim.problems import Problem

__all__ = ["read_sampler"]

LEAST_UNCERTAIN = {"grid": 0, "lhs": 0, "sobol": 2, "morris": 1}
EXAMPLES = {"grid": 5, "lhs": 200, "sobol": 256, "morris": 20}
ONLY = {"second_order": "sobol", "levels": "morris"}


def read_sampler(
    root: Node, uncertain: Sequence[Uncertainty], named: int, found: list[Problem]
) -> Sampler | None:
    """The sampler of a design, or None where it cannot be used.

    Args:
        root: The design.
        uncertain: The uncertainties that can be understood.
        named: How many uncertainties the design names, understood or not.
        found: Problems are added to it.
    """
    node = root.mapping.get("sampler")
    ranged = any(not each.values for each in uncertain) or named > len(uncertain)
    if node is None:
        if ranged:
            found.append(root.place.problem(
                "it is missing", field="sampler",
                suggestion="add sampler: {method: lhs, points: 200}"))
            return None
        return Sampler("grid", 1)
    try:
        written = SamplerFile.model_validate(node.plain())
    except ValidationError as error:
        found += faults.describe(error, node, "sampler", lambda _: list(SamplerFile.model_fields))
        return None
    before = len(found)
    found += _misplaced(node, written.method)
    found += _values_outside_grid(root, uncertain, written.method)
    least = LEAST_UNCERTAIN[written.method]
    if named < least:
        found.append(node.at(("method",)).place.problem(
            f"{written.method} needs at least {least} uncertainties", field="sampler.method",
            value=written.method,
            suggestion="name more under uncertainties, or choose lhs or grid"))
    needed = ranged or written.method in ("sobol", "morris")
    points = written.points
    if points is None and needed:
        found.append((node.key or node.place).problem(
            "it is missing", field="sampler.points",
            suggestion=f"add points: {EXAMPLES[written.method]}"))
    elif points is not None and needed:
        found += _points(node, written.method, points)
    if written.method == "morris" and written.levels % 2:
        found.append(node.at(("levels",)).place.problem(
            f"{written.levels} is not an even number", field="sampler.levels",
            value=str(written.levels), suggestion=f"write {written.levels + 1}"))
    found += _nothing_to_choose(node, named, points)
    if any(problem.severity == "error" for problem in found[before:]):
        return None
    return Sampler(written.method, points or 1, written.second_order, written.levels)


def _misplaced(node: Node, method: str) -> list[Problem]:
    """Settings that belong to another method."""
    return [
        (node.at((name,)).key or node.place).problem(
            f"{name} means nothing for {method}", field=f"sampler.{name}",
            suggestion=f"remove it, or choose method: {owner}")
        for name, owner in ONLY.items()
        if name in node.mapping and method != owner and not _is_usual(name, node)
    ]


def _is_usual(name: str, node: Node) -> bool:
    """Whether it says what would be so without it, as complete files do."""
    return bool(node.mapping[name].value == SamplerFile.model_fields[name].default)


def _values_outside_grid(
    root: Node, uncertain: Sequence[Uncertainty], method: str
) -> list[Problem]:
    if method == "grid":
        return []
    return [
        root.at(("uncertainties", each.name, "values")).place.problem(
            f"single values are for a grid, and the method is {method}",
            field=f"uncertainties.{each.name}.values",
            suggestion=f"write low: {each.low:g} and high: {each.high:g}, or choose method: grid")
        for each in uncertain if each.values
    ]


def _points(node: Node, method: str, points: int) -> list[Problem]:
    said: tuple[str, str] | None = None
    if method == "sobol" and points & (points - 1):
        low = 1 << (points.bit_length() - 1)
        near = low if points - low <= 2 * low - points else 2 * low
        said = (f"{points:,} is not a power of 2", f"write {near}")
    elif method == "grid" and points < 2:
        said = ("a grid needs at least 2 values of each uncertainty", "write 3, for example")
    if said is None:
        return []
    return [node.at(("points",)).place.problem(
        said[0], field="sampler.points", value=str(points), suggestion=said[1])]


def _nothing_to_choose(node: Node, named: int, points: int | None) -> list[Problem]:
    if named or points in (None, 1):
        return []
    return [node.at(("points",)).place.problem(
        "nothing is uncertain, so there is only one point", field="sampler.points",
        value=str(points), severity="warning",
        suggestion="name uncertainties, or leave points out")]
