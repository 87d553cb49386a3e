"""One replicate of several scenarios: days that are the same are lived once.

Scenarios of one network and population part when the first of their interventions that differ
begins. Until then one run lives for all of them; then it branches.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from experiments.memory import Life, Memory
from experiments.outcome import Layout, Outcome

if TYPE_CHECKING:
    from sim.model import TrustModel

__all__ = ["live"]


def live(
    lives: Sequence[Life],
    replicate: int,
    layout: Layout,
    memory: Memory,
    tick: Callable[[int], None],
) -> tuple[Outcome, ...]:
    """Live every scenario once and reduce it; the only place where a comparison builds models.

    Args:
        lives: The scenarios.
        replicate: Which of several.
        layout: The rows of the outcomes.
        memory: What need not be lived again, and where to keep what is.
        tick: Called with the number of days that are done.
    """
    known = {life.whole: memory.outcome(life, replicate) for life in lives}
    to_live: dict[str, dict[str, Life]] = {}
    for life in lives:
        alike = to_live.setdefault(life.before, {})
        if known[life.whole] is None and life.whole not in alike:
            alike[life.whole] = life
        else:
            tick(life.plan.burn_in + life.plan.days)
    replicate_of = _Replicate(replicate, layout, memory, tick)
    for group in filter(None, to_live.values()):
        known |= replicate_of.live(list(group.values()))
    found = [known[life.whole] for life in lives]
    return tuple(outcome for outcome in found if outcome is not None)


class _Replicate:
    """Lives scenarios with one luck."""

    def __init__(
        self, number: int, layout: Layout, memory: Memory, tick: Callable[[int], None]
    ) -> None:
        self._number = number
        self._layout = layout
        self._memory = memory
        self._tick = tick

    def live(self, lives: list[Life]) -> dict[str, Outcome]:
        """Live scenarios that begin alike; gives each outcome by the hash of its life."""
        from sim.model import TrustModel

        run = self._memory.latest(lives[0], self._number, _parting(lives))
        if run is None:
            run = TrustModel(lives[0].plan, replicate=self._number, threads=1)
            run.record.summarising = False
        self._tick(len(lives) * (run.day + run.plan.burn_in))
        return self._follow(run, lives)

    def _follow(self, run: TrustModel, lives: list[Life]) -> dict[str, Outcome]:
        from sim.parting import parting_day

        first, *others = lives
        until = _parting(lives)
        self._until(run, until, lives)
        if not others:
            outcome = Outcome.of(run.record, self._layout.on(run.plan.network))
            self._memory.keep_outcome(first, self._number, outcome)
            return {first.whole: outcome}
        parted = [other for other in others if parting_day(first.plan, other.plan) == until]
        branch = run.branch(parted[0].plan)
        return self._follow(branch, parted) | self._follow(
            run, [first, *(other for other in others if other not in parted)]
        )

    def _until(self, run: TrustModel, until: int, lives: list[Life]) -> None:
        """Live to a day; keep the run where a scenario with other interventions may part."""
        from sim.parting import begins

        turns = {0, until, *map(begins, run.plan.interventions)} - {run.plan.days}
        while run.day < until:
            run.step()
            self._tick(len(lives))
            if run.day in turns:
                self._memory.keep(lives[0], self._number, run)


def _parting(lives: list[Life]) -> int:
    from sim.parting import parting_day

    first, *others = (life.plan for life in lives)
    return min((parting_day(first, other) for other in others), default=first.days)
