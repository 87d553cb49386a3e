"""The lives of a comparison: its plans, with a posterior's draw for each replicate."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from experiments.memory import Life, lives_of

if TYPE_CHECKING:
    from experiments.posterior import Posterior
    from sim.plan import Plan

__all__ = ["Lives"]


class Lives:
    """The plans that are compared, as each replicate lives them.

    Args:
        plans: One per scenario.
        posterior: Where fitted parameters come from; None: every replicate lives the plans as
            they are.
        kept: Parameters that no draw may change.
    """

    def __init__(
        self, plans: tuple[Plan, ...], posterior: Posterior | None, kept: tuple[str, ...] = ()
    ) -> None:
        self._plans = plans
        self._posterior = posterior
        self._kept = kept

    def of(self, replicate: int) -> tuple[Life, ...]:
        """The lives of one replicate, one per scenario."""
        if self._posterior is None:
            return self._as_they_are
        return lives_of(tuple(self._with_draw(plan, replicate) for plan in self._plans))

    @cached_property
    def _as_they_are(self) -> tuple[Life, ...]:
        return lives_of(self._plans)

    def _with_draw(self, plan: Plan, replicate: int) -> Plan:
        from sim.parameters import Parameters

        assert self._posterior is not None
        drawn = self._posterior.put_into(plan.parameters, replicate)
        kept = {name: plan.parameters[name] for name in self._kept}
        return replace(plan, parameters=Parameters({**drawn, **kept}))
