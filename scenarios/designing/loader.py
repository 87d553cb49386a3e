"""Loads designs: reads, checks everything at once, and gives a `Design` or all problems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from scenarios import faults
from scenarios.asking import Asking
from scenarios.designing.base import Base, read_base
from scenarios.designing.counting import MOST_RUNS, runs_of
from scenarios.designing.design import Design, Lever, Sampler, Uncertainty
from scenarios.designing.finding import read_design
from scenarios.designing.levers import read_levers
from scenarios.designing.sampling import read_sampler
from scenarios.designing.schema import RESERVED, DesignFile
from scenarios.designing.text import design_text
from scenarios.designing.uncertain import read_uncertainties
from scenarios.positions import Node
from scenarios.quantities import read_quantities
from scenarios.quantity import Quantity
from sim.problems import InputProblem, Problem

__all__ = ["Input", "check_design", "examine_design", "load_design"]

Input = str | Path | Mapping[str, Any] | Design


def load_design(source: Input) -> Design:
    """Loads a design.

    Args:
        source: Name in the library, a file, plain data, or a design (given back as it is).

    Returns:
        The design; what is odd about it is in its `warnings`.

    Raises:
        InputProblem: With everything that is wrong.
    """
    if isinstance(source, Design):
        return source
    design, problems = examine_design(source)
    if design is None:
        raise InputProblem([p for p in problems if p.severity == "error"])
    return design


def check_design(source: str | Path | Mapping[str, Any]) -> list[Problem]:
    """Everything that is wrong or odd in a design, in the order of the text."""
    return examine_design(source)[1]


def examine_design(
    source: str | Path | Mapping[str, Any],
) -> tuple[Design | None, list[Problem]]:
    """The design, if it can be used, and everything wrong or odd about it."""
    found: list[Problem] = []
    try:
        root = read_design(source, found)
    except InputProblem as problem:
        return None, faults.in_order([*found, *problem.problems])
    design = _build(root, found)
    problems = faults.in_order(found)
    if design is None or any(p.severity == "error" for p in problems):
        return None, problems
    return replace(design, warnings=tuple(problems)), problems


def _build(root: Node, found: list[Problem]) -> Design | None:
    settings = _settings(root, found)
    named = root.mapping.get("uncertainties")
    names = list(named.mapping) if named is not None else []
    uncertain = read_uncertainties(named, found)
    base = read_base(root, names, found)
    levers = read_levers(root.mapping.get("levers"), base.scenario, found)
    _forget_what_levers_replace(levers.levers, found)
    asking = (Asking(start_date=base.start_date) if base.scenario is None
              else Asking.of(base.scenario, levers.forms))
    outcomes = read_quantities(root.mapping.get("outcomes"), asking, found, {*names, *RESERVED})
    sampler = read_sampler(root, uncertain, len(names), found)
    if settings is None:
        return None
    if not settings.outcomes and not settings.targets:
        found.append(root.place.problem(
            "nothing is asked of the runs", field="outcomes",
            suggestion="add outcomes: [{name: asked, measure: asked, per: in_need}], for example"))
    if any(problem.severity == "error" for problem in found):
        return None
    design = _design(root, settings, base, sampler, uncertain, levers.levers, outcomes)
    if design is not None:
        found += _too_many(root, design)
    return design


def _forget_what_levers_replace(levers: Sequence[Lever], found: list[Problem]) -> None:
    """What is odd about a setting of the scenario does not matter where a lever replaces it."""
    replaced = {f"interventions.{lever.name}" for lever in levers}
    found[:] = [p for p in found if p.severity == "error" or p.field not in replaced]


def _settings(root: Node, found: list[Problem]) -> DesignFile | None:
    try:
        return DesignFile.model_validate(root.plain())
    except ValidationError as error:
        found += faults.describe(error, root, "", lambda _: list(DesignFile.model_fields))
        return None


def _design(
    root: Node, settings: DesignFile, base: Base, sampler: Sampler | None,
    uncertain: Sequence[Uncertainty], levers: Sequence[Lever], outcomes: Sequence[Quantity],
) -> Design | None:
    if base.scenario is None or sampler is None:
        return None
    design = Design(
        name=settings.name,
        title=settings.title or settings.name.replace("_", " ").capitalize(),
        question=settings.question,
        scenario=base.scenario,
        sampler=sampler,
        seed=settings.seed,
        replicates=settings.replicates,
        constants=base.constants,
        uncertainties=tuple(uncertain),
        levers=tuple(levers),
        outcomes=tuple(outcomes),
        targets=settings.targets,
        text="",
    )
    return replace(design, text=design_text(design, root))


def _too_many(root: Node, design: Design) -> list[Problem]:
    runs = runs_of(design)
    if runs <= MOST_RUNS:
        return []
    node = root.at(("sampler",))
    return [node.place.problem(
        f"the design has {runs:,} runs, more than {MOST_RUNS:,}", field="sampler",
        suggestion="choose fewer points, values of levers or replicates")]
