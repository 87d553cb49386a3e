"""Puts targets in the terms of the scenarios that they ask."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from experiments.targets.kinds import EFFECTS
from experiments.targets.reading import Written, written_in
from experiments.targets.schema import ASKED
from experiments.targets.target import Target, Value
from scenarios import faults
from scenarios.asking import Asking
from scenarios.positions import Node
from scenarios.quantities import read_quantity
from sim.problems import InputProblem, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from scenarios.quantity import Quantity
    from scenarios.scenario import Scenario
    from sim.plan import Plan

__all__ = ["Sizes", "ask", "pose", "read_targets"]

_ASKED_NAME = "asked"
_BASELINE_TOO = "a scenario and its baseline differ only in what happens"


@dataclass(frozen=True)
class Sizes:
    """How large the runs are that targets ask.

    Attributes:
        migrants: Simulated migrants of all of them; None: as each target or scenario says.
        most: Where neither says otherwise, no more than so many; None: as the scenario says.
        seed: Seed of all of them; None: as the scenario, or its baseline, says.
    """

    migrants: int | None = None
    most: int | None = None
    seed: int | None = None

    def of(self, scenario: Scenario, written: Written) -> dict[str, Any]:
        """What a plan uses instead of what its scenario says."""
        settings = written.settings
        migrants = self.migrants or settings.migrants
        if migrants is None:
            migrants = min(scenario.migrants, self.most or scenario.migrants)
        return {"migrants": migrants, "days": settings.days or scenario.days, "survey_days": ()}


@dataclass
class _Poser:
    """Poses targets, and makes each plan once."""

    sizes: Sizes
    instead: Scenario | None
    found: list[Problem] = field(default_factory=list)
    plans: dict[tuple[object, ...], Plan] = field(default_factory=dict)

    def target(self, written: Written) -> Target | None:
        value = self.value(written, self._kind(written))
        of = None
        if written.of is not None:
            of = self.value(written.of, written.of.settings.kind)
            if of is None:
                return None
        if value is None:
            return None
        settings = written.settings
        return Target(
            id=written.id,
            kind=settings.kind,
            value=value,
            of=of,
            observed=settings.observed,
            low=settings.low,
            high=settings.high,
            title=settings.title,
            evidence=settings.evidence,
            fitted=settings.fitted,
        )

    @staticmethod
    def _kind(written: Written) -> str:
        """What the number is that is compared, or that stands above the line."""
        return written.of.settings.kind if written.of is not None else written.settings.kind

    def value(self, written: Written, kind: str) -> Value | None:
        before = len(self.found)
        scenario = self._scenario(written, "scenario") if kind in EFFECTS else self._level(written)
        baseline = self._scenario(written, "baseline") if kind in EFFECTS else None
        if scenario is None or len(self.found) > before:
            return None
        quantity = self._quantity(written, kind, scenario)
        if baseline is not None:
            self._check_pair(written, scenario, baseline)
        if quantity is None or len(self.found) > before:
            return None
        seed = (baseline or scenario).seed if self.sizes.seed is None else self.sizes.seed
        plan = self._plan(scenario, written, seed)
        base = self._plan(baseline, written, seed) if baseline is not None else None
        return Value(kind, quantity, scenario, baseline, plan, base)

    def _level(self, written: Written) -> Scenario | None:
        """The scenario of a level: one of ordinary times gives way to the one that is asked."""
        if self.instead is None:
            return self._scenario(written, "scenario")
        if "scenario" not in written.node.mapping:
            return self.instead
        own = self._scenario(written, "scenario")
        named = own is not None and (not own.interventions or own.name == self.instead.name)
        return self.instead if named else own

    def _scenario(self, written: Written, name: str) -> Scenario | None:
        node = written.node.mapping.get(name)
        if node is None:
            self.found.append(written.node.place.problem(
                "it is missing", field=f"targets.{written.id}.{name}",
                suggestion=f"add {name}: central_mediterranean, for example"))  # fmt: skip
            return None
        return written.shelf.get(node, f"targets.{written.id}.{name}", self.found)

    def _quantity(self, written: Written, kind: str, scenario: Scenario) -> Quantity | None:
        node = written.node
        name = Node(_ASKED_NAME, node.place, node.place)
        parts = {key: value for key, value in node.mapping.items() if key in ASKED}
        if kind == "ever":
            at = node.at(("kind",)).place if written.settings.kind == kind else node.place
            parts["ever"] = Node(True, at, at)
        entry = replace(node, value={"name": name, **parts})
        # Who asks another scenario instead has said, too, how long it lasts.
        days = None if scenario is self.instead else written.settings.days
        asking = Asking.of(replace(scenario, days=days or scenario.days))
        found: list[Problem] = []
        quantity = read_quantity(entry, f"targets.{written.id}", asking, found)
        where = f"asked of the scenario {scenario.name}: "
        for problem in found:
            changes = {"message": where + problem.message}
            if kind == "ever" and problem.field.endswith(".ever"):
                changes |= {
                    "field": f"targets.{written.id}.kind", "value": kind,
                    "suggestion": problem.suggestion.removeprefix("remove ever, or "),
                }  # fmt: skip
            self.found.append(problem.model_copy(update=changes))
        return None if quantity is None else replace(quantity, name=written.id)

    def _check_pair(self, written: Written, scenario: Scenario, baseline: Scenario) -> None:
        """Refuse pairs that differ in more than what happens in them."""
        node = written.node.at(("baseline",))
        one, other = (self.sizes.of(each, written) for each in (scenario, baseline))
        scales = [each.people / size["migrants"]
                  for each, size in ((scenario, one), (baseline, other))]  # fmt: skip
        wrong = ""
        if list(scenario.route.nodes["id"]) != list(baseline.route.nodes["id"]):
            wrong = f"{baseline.name} is on another network than {scenario.name}"
        elif one["days"] != other["days"]:
            wrong = f"{baseline.name} lasts {other['days']} days and {scenario.name} {one['days']}"
        elif not math.isclose(*scales):
            wrong = (f"one simulated migrant stands for {scales[1]:g} people in {baseline.name} "
                     f"and for {scales[0]:g} in {scenario.name}")  # fmt: skip
        if wrong:
            self.found.append(node.place.problem(
                wrong, field=f"targets.{written.id}.baseline", value=baseline.name,
                suggestion=_BASELINE_TOO))  # fmt: skip

    def _plan(self, scenario: Scenario, written: Written, seed: int) -> Plan:
        sizes = {**self.sizes.of(scenario, written), "seed": seed}
        key = (id(scenario), *sorted(sizes.items()))
        if key not in self.plans:
            self.plans[key] = replace(scenario.plan(), **sizes)
        return self.plans[key]


def pose(written: Sequence[Written], sizes: Sizes | None = None) -> tuple[Target, ...]:
    """Targets in the terms of the scenarios that they name.

    Args:
        written: The targets.
        sizes: How large the runs are.

    Raises:
        InputProblem: With everything that is wrong, such as a place that does not exist.
    """
    return _posed(written, _Poser(sizes or Sizes(), None))


def ask(written: Sequence[Written], scenario: Scenario) -> tuple[Target, ...]:
    """Targets in the terms of one scenario.

    Levels of ordinary times are asked of it, whichever scenario they name. Effects, and levels of
    a scenario in which something happens, are asked of their own.

    Args:
        written: The targets.
        scenario: The scenario that is asked.

    Raises:
        InputProblem: If one asks for what does not exist in the scenario, such as a place.
    """
    return _posed(written, _Poser(Sizes(), scenario))


def read_targets(file: Path | str, scenario: Scenario) -> tuple[Target, ...]:
    """All targets of a file, asked of one scenario.

    Raises:
        InputProblem: With everything that is wrong.
    """
    return ask(written_in(file), scenario)


def _posed(written: Sequence[Written], poser: _Poser) -> tuple[Target, ...]:
    targets = [poser.target(each) for each in written]
    if poser.found:
        raise InputProblem(faults.in_order(poser.found))
    return tuple(target for target in targets if target is not None)
