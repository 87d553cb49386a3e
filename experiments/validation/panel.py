"""All that some targets ask of runs: each scenario is lived once, whatever is asked of it.

Scenarios of one network and population share the days before the first of their interventions
that differ, as in a comparison; one run counts everything that any target asks of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from experiments.living import live_together
from experiments.memory import Life, lives_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from experiments.targets import Side, Target
    from scenarios.quantity import Quantity
    from sim.model import TrustModel
    from sim.plan import Plan

__all__ = ["Panel", "Values", "samples"]

Values = dict[tuple[int, str], float]
"""What runs gave: by the plan's place and the name of the quantity."""


@dataclass(frozen=True)
class _Group:
    """Plans that begin alike, and what is asked of any of them."""

    plans: tuple[int, ...]
    quantities: tuple[Quantity, ...]


class Panel:
    """The runs that targets need.

    Attributes:
        plans: Every different plan, once.

    Args:
        targets: The targets.
    """

    def __init__(self, targets: Sequence[Target]) -> None:
        self.plans: list[Plan] = []
        self._names: dict[Quantity, str] = {}
        self._keys: dict[tuple[int, Quantity], tuple[int, str]] = {}
        self._wholes: dict[str, int] = {}
        self._plan_at: dict[int, int] = {}
        for target in targets:
            for value in target.values:
                for side in value.sides:
                    self._add(side)

    def _add(self, side: Side) -> None:
        known = self._plan_at.get(id(side.plan))
        if known is None:
            (life,) = lives_of((side.plan,))
            known = self._wholes.setdefault(life.whole, len(self.plans))
            if known == len(self.plans):
                self.plans.append(side.plan)
            self._plan_at[id(side.plan)] = known
        name = self._names.setdefault(side.quantity, f"q{len(self._names)}")
        self._keys[known, side.quantity] = (known, name)

    def key(self, side: Side) -> tuple[int, str]:
        """Under which key `live` gives the value of a side."""
        return self._keys[self._plan_at[id(side.plan)], side.quantity]

    @property
    def days(self) -> int:
        """Days of one replicate, days that are shared counted for each that shares them."""
        return sum(plan.burn_in + plan.days for plan in self.plans)

    @cached_property
    def groups(self) -> tuple[_Group, ...]:
        """Plans that can share days; each group can be lived by itself."""
        together: dict[str, list[int]] = {}
        for number, life in enumerate(lives_of(tuple(self.plans))):
            together.setdefault(life.before, []).append(number)
        return tuple(
            _Group(tuple(numbers), tuple(
                replace(quantity, name=name) for quantity, name in self._names.items()
                if any((number, quantity) in self._keys for number in numbers)
            ))
            for numbers in together.values()
        )  # fmt: skip

    def live(
        self,
        group: int,
        replicate: int,
        parameters: Callable[[Plan], Mapping[str, float]] | None = None,
        tick: Callable[[int], None] = lambda _: None,
    ) -> Values:
        """Live the plans of one group once.

        Args:
            group: Which group.
            replicate: Which of several runs; the same luck for every plan.
            parameters: Values to put in the place of a plan's own; None: the plan as it is.
            tick: Called with the number of days that are done.

        Returns:
            The value of every quantity; NaN where there was nobody to count.
        """
        from experiments.quantities import Asked
        from sim.parameters import Parameters

        chosen = self.groups[group]
        plans = tuple(self.plans[number] for number in chosen.plans)
        if parameters is not None:
            plans = tuple(
                replace(plan, parameters=Parameters({**plan.parameters, **parameters(plan)}))
                for plan in plans
            )  # fmt: skip
        # Windows count from the first day here, so that one set of cells serves all of them.
        asked = Asked(plans[0], chosen.quantities)
        lives: dict[str, Life] = {life.whole: life for life in lives_of(plans)}

        def begin(plan: Plan) -> TrustModel:
            from sim.model import TrustModel

            run = TrustModel(plan, replicate=replicate, cells=asked.cells, polls=asked.polls)
            run.record.summarising = False
            return run

        found = live_together(list(lives.values()), replicate, begin, asked.values, tick=tick)
        return {
            (number, name): value
            for number, life in zip(chosen.plans, lives_of(plans), strict=True)
            for name, value in found[life.whole].items()
        }


def samples(found: Sequence[Values], panel: Panel, side: Side) -> NDArray[np.float64]:
    """The value of a side in every replicate, shape [replicates]."""
    key = panel.key(side)
    return np.array([each[key] for each in found], dtype=np.float64)
