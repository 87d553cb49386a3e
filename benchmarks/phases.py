"""What each phase of the day costs, in nanoseconds per agent-step on one core."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median

from benchmarks.speed import crowd
from sim.engine.schedule import PHASES

__all__ = ["KEEPING", "PhaseCosts", "measure"]

KEEPING = "keeping"
"""What `Record.take` does; not a phase of the day, but part of every step of the model."""
_KEEPING_IN_WORDS = "Keeping the day's counts, and weekly opinions."


@dataclass(frozen=True)
class PhaseCosts:
    """Cost of every phase at one size.

    Attributes:
        agents: Migrants.
        days: Days timed in each repeat.
        nanoseconds: Phase to the median over repeats of its cost per agent-step, in order.
    """

    agents: int
    days: int
    nanoseconds: dict[str, float]

    @property
    def total(self) -> float:
        """Sum over phases."""
        return sum(self.nanoseconds.values())

    def to_dict(self) -> dict[str, object]:
        """As plain data."""
        words = {phase.method: phase.what for phase in PHASES}
        what = {name: words.get(name, _KEEPING_IN_WORDS) for name in self.nanoseconds}
        return {**asdict(self), "total": self.total, "words": what}


def measure(
    agents: int, days: int, repeats: int, say: Callable[[str], None] = lambda _: None
) -> PhaseCosts:
    """Time every phase of some days, once everybody has entered.

    Args:
        agents: Migrants.
        days: Days in each repeat; whole weeks, since opinions are summarised once a week.
        repeats: How often.
        say: Told what is going on.
    """
    say(f"phases of the day, {agents:,} migrants")
    model = crowd(agents, days * repeats)
    while model.day < 0:
        model.step()
    names = [phase.method for phase in PHASES] + [KEEPING]
    costs: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(repeats):
        spent = dict.fromkeys(names, 0)
        before = model.record.agent_steps
        for _ in range(days):
            for phase in PHASES:
                run = getattr(model.engine, phase.method)
                spent[phase.method] += _clocked(run, model.day)
            spent[KEEPING] += _clocked(model.record.take, model.world, model.day)
            model.day += 1
        steps = model.record.agent_steps - before
        for name in names:
            costs[name].append(spent[name] / steps)
    return PhaseCosts(agents, days, {name: median(found) for name, found in costs.items()})


def _clocked(work: Callable[..., object], *arguments: object) -> int:
    started = time.perf_counter_ns()
    work(*arguments)
    return time.perf_counter_ns() - started
