"""One replicate of several scenarios: days that are the same are lived once.

Scenarios of one network and population part when the first of their interventions that differ
begins. Until then one run lives for all of them; then it branches.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from experiments.memory import Life, Memory
from experiments.outcome import Layout, Outcome

if TYPE_CHECKING:
    from sim.model import TrustModel
    from sim.plan import Plan

__all__ = ["begun", "live", "live_together"]

T = TypeVar("T")


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
    for group in filter(None, to_live.values()):
        reduced = live_together(
            list(group.values()),
            replicate,
            functools.partial(begun, replicate=replicate),
            lambda run: Outcome.of(run.record, layout.on(run.plan.network)),
            memory=memory,
            tick=tick,
        )
        for life in group.values():
            known[life.whole] = reduced[life.whole]
            memory.keep_outcome(life, replicate, reduced[life.whole])
    found = [known[life.whole] for life in lives]
    return tuple(outcome for outcome in found if outcome is not None)


def live_together(
    lives: Sequence[Life],
    replicate: int,
    begin: Callable[[Plan], TrustModel],
    reduce: Callable[[TrustModel], T],
    *,
    memory: Memory | None = None,
    tick: Callable[[int], None] = lambda _: None,
) -> dict[str, T]:
    """Live scenarios that begin alike to their ends, and reduce each.

    Args:
        lives: The scenarios: one network, population, seed and set of parameters.
        replicate: Which of several.
        begin: Makes the run of a plan.
        reduce: Makes of a finished run what is to be kept of it.
        memory: Runs as they stood on some days, and where to keep them; None: nowhere.
        tick: Called with the number of days that are done.

    Returns:
        What is kept of each, by the hash of its whole life.
    """
    together = _Together(replicate, begin, reduce, memory, tick)
    return together.live(list(lives))


def begun(plan: Plan, replicate: int) -> TrustModel:
    """A run of a comparison before its first day: one thread, and nothing but counts kept."""
    from sim.model import TrustModel

    run = TrustModel(plan, replicate=replicate, threads=1)
    run.record.summarising = False
    return run


class _Together(Generic[T]):
    """Lives scenarios with one luck."""

    def __init__(
        self,
        number: int,
        begin: Callable[[Plan], TrustModel],
        reduce: Callable[[TrustModel], T],
        memory: Memory | None,
        tick: Callable[[int], None],
    ) -> None:
        self._number = number
        self._begin = begin
        self._reduce = reduce
        self._memory = memory
        self._tick = tick

    def live(self, lives: list[Life]) -> dict[str, T]:
        """Live scenarios that begin alike; gives each outcome by the hash of its life."""
        until = _parting(lives)
        known = self._memory.latest(lives[0], self._number, until) if self._memory else None
        run = known or self._begin(lives[0].plan)
        self._tick(len(lives) * (run.day + run.plan.burn_in))
        return self._follow(run, lives)

    def _follow(self, run: TrustModel, lives: list[Life]) -> dict[str, T]:
        from sim.parting import parting_day

        first, *others = lives
        until = _parting(lives)
        self._until(run, until, lives)
        if not others:
            return {first.whole: self._reduce(run)}
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
            if self._memory and run.day in turns:
                self._memory.keep(lives[0], self._number, run)


def _parting(lives: list[Life]) -> int:
    from sim.parting import parting_day

    first, *others = (life.plan for life in lives)
    return min((parting_day(first, other) for other in others), default=first.days)
