"""A target: a number that is known, and what to ask of runs to compare with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from experiments.targets.kinds import KINDS

if TYPE_CHECKING:
    from scenarios.quantity import Quantity
    from scenarios.scenario import Scenario
    from sim.plan import Plan

__all__ = ["KINDS", "Side", "Target", "Value", "targets_text"]


class Side(NamedTuple):
    """A number that is asked of the runs of one plan.

    Attributes:
        plan: The plan.
        quantity: What is asked, with days counted from the first day of the run.
    """

    plan: Plan
    quantity: Quantity


@dataclass(frozen=True)
class Value:
    """A number made of one scenario, or of two that are compared.

    Attributes:
        kind: `level`, `ever`, `difference` or `relative_change`.
        quantity: What is asked, as it was written.
        scenario: The scenario.
        baseline: What it is compared with, if it is.
        plan: The plan of its runs.
        base: The plan of the baseline's runs.
    """

    kind: str
    quantity: Quantity
    scenario: Scenario = field(repr=False)
    baseline: Scenario | None = field(repr=False)
    plan: Plan = field(repr=False, compare=False)
    base: Plan | None = field(repr=False, compare=False)

    @property
    def sides(self) -> tuple[Side, ...]:
        """What is asked of which runs: the scenario, then its baseline.

        A window that counts from an intervention is about the same days of the baseline, where
        nothing happens.
        """
        from experiments.quantities.whereabouts import days_of
        from scenarios.quantity import Window

        asked = self.quantity
        if asked.measure:
            first, stop = days_of(asked.window, self.plan)
            asked = replace(asked, window=Window(first, stop))
        asked = replace(asked, name="", daily=False)
        plans = (self.plan,) if self.base is None else (self.plan, self.base)
        return tuple(Side(plan, asked) for plan in plans)


@dataclass(frozen=True)
class Target:
    """A figure that the model is compared with.

    Attributes:
        id: Its id, such as `T07`, or `T15_smugglers` for one figure of several.
        kind: One of KINDS.
        value: The number that is compared with it; for a quotient, what is above the line.
        of: What is below the line.
        observed: The figure.
        low: Lower end of what is near enough.
        high: Upper end.
        title: What it is, in plain words.
        evidence: Ids of the evidence that it stands on.
        fitted: Whether parameters were fitted to it.
    """

    id: str
    kind: str
    value: Value
    of: Value | None
    observed: float
    low: float
    high: float
    title: str = ""
    evidence: tuple[str, ...] = ()
    fitted: bool = False

    @property
    def quantity(self) -> Quantity:
        """What is asked of a run; its name is the id."""
        return self.value.quantity

    @property
    def tolerance(self) -> float:
        """Half the width of what is near enough."""
        return (self.high - self.low) / 2

    @property
    def values(self) -> tuple[Value, ...]:
        """All that it is made of."""
        return (self.value,) if self.of is None else (self.value, self.of)

    @property
    def family(self) -> str:
        """The figure of the evidence that it is part of: `T15` for `T15_smugglers`."""
        return self.id.partition("_")[0]

    def sized(self, **changes: Any) -> Target:
        """The same target, asked of plans of another size, such as `migrants=2000, seed=3`."""
        value, of = (
            each if each is None else replace(
                each, plan=replace(each.plan, **changes),
                base=None if each.base is None else replace(each.base, **changes))
            for each in (self.value, self.of)
        )  # fmt: skip
        assert value is not None
        return replace(self, value=value, of=of)


def targets_text(targets: Sequence[Target], asked: Scenario | None = None) -> str:
    """Targets as a complete file, with all scenarios that they need.

    Args:
        targets: The targets.
        asked: A scenario that whoever reads the file will ask; it is not written.
    """
    from experiments.targets.plain import plain_targets
    from scenarios.yaml_text import yaml_text

    return yaml_text(plain_targets(targets, asked))
