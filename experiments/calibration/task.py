"""A design made ready to be fitted: what is asked of a run, its parameters and its key."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from experiments.limits import refusal
from experiments.sweep.sampling import scaled
from experiments.validation.measuring import measured
from experiments.validation.panel import Panel, Values, samples

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from experiments.targets import Target
    from scenarios.designing import Design
    from sim.plan import Plan

__all__ = ["Task", "check_design"]


def check_design(design: Design) -> None:
    """Refuse a design that says nothing to fit.

    Raises:
        InputProblem: If so.
    """
    if not design.uncertainties:
        raise refusal("uncertainties", "", "the design names none, so there is nothing to fit",
                      "add uncertainties: {meetings_per_day: default}, for example")  # fmt: skip
    for each in design.uncertainties:
        if each.values:
            message = "is given as single values, and a calibration looks everywhere in a range"
            raise refusal("uncertainties", each.name, message, "write low and high instead")
    if design.levers:
        message = "is a lever, which somebody decides: it cannot be fitted"
        advice = "remove the levers and write their values into the scenario"
        raise refusal("levers", design.levers[0].name, message, advice)


@dataclass(frozen=True)
class Task:
    """A design and the targets that it is fitted to.

    Attributes:
        design: The design.
        targets: The targets, asked of its scenario.
    """

    design: Design
    targets: tuple[Target, ...]

    @cached_property
    def base(self) -> Plan:
        """The plan of the scenario, before anything is varied."""
        return replace(self.design.scenario.plan(), seed=self.design.seed)

    @cached_property
    def sized(self) -> tuple[Target, ...]:
        """The targets, with all plans of the design's size and seed."""
        size = {"migrants": self.base.migrants, "seed": self.base.seed}
        return tuple(target.sized(**size) for target in self.targets)

    @cached_property
    def panel(self) -> Panel:
        """The runs that the targets need: one, unless some ask other scenarios."""
        return Panel(self.sized)

    @property
    def names(self) -> tuple[str, ...]:
        """Parameters that are fitted."""
        return tuple(each.name for each in self.design.uncertainties)

    @property
    def defaults(self) -> dict[str, float]:
        """Defaults of the parameters that are fitted, in whose place draws come."""
        from sim.parameters import REGISTRY

        return {name: REGISTRY[name].default for name in self.names}

    @property
    def observed(self) -> NDArray[np.float64]:
        """What was observed, shape [targets]."""
        return np.array([target.observed for target in self.targets], float)

    @property
    def tolerances(self) -> NDArray[np.float64]:
        """Half the width of what is near enough, shape [targets]."""
        return np.array([target.tolerance for target in self.targets], float)

    def values_at(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Parameters at places from 0 to 1 in their ranges; both of shape [sets, parameters]."""
        columns = [
            scaled(points[:, k], each) for k, each in enumerate(self.design.uncertainties)
        ]
        return np.column_stack(columns)

    def fitted(self, values: Sequence[float]) -> Mapping[str, float]:
        """Those that are fitted, by name."""
        return dict(zip(self.names, map(float, values), strict=True))

    @cached_property
    def identity(self) -> str:
        """Hash of all that runs have in common: scenario, network, code, and what is asked."""
        from sim.compiling import code_hash
        from sim.description import described, hash_of
        from sim.parting import without_words

        asked = [repr(target.quantity) for target in self.targets]
        others = [described(without_words(plan)) for plan in self.panel.plans]
        return hash_of([code_hash(), described(without_words(self.base)), asked, others])

    def key(self, values: Sequence[float], replicate: int) -> str:
        """Hash of all that decides what a run gives: 32 hexadecimal digits."""
        text = json.dumps([self.identity, self.fitted(values), replicate], sort_keys=True)
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()

    def live(self, values: Sequence[float], replicate: int) -> dict[str, float]:
        """Live one replicate of all that is asked.

        Args:
            values: Values of the parameters that are fitted.
            replicate: Which of several runs.

        Returns:
            The value of every target; NaN where there was nobody to count.
        """
        drawn = self.fitted(values)
        found: Values = {}
        for group in range(len(self.panel.groups)):
            found |= self.panel.live(group, replicate, lambda _: drawn)
        sample = functools.partial(samples, [found], self.panel)
        return {target.id: measured(target, sample).value for target in self.sized}
