"""Agent-steps per second on one core: the whole model beside a minimal Mesa model.

An agent-step is one day of one living migrant inside the system (in Mesa: one agent and step). The
whole model is timed once everyone has entered and has lived some time: needs, opinions, stories
and registrations are there. Both models are timed in turn, so that a busy moment of the machine
hits both, and ratios are taken pair by pair.
"""

from __future__ import annotations

import dataclasses
import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.minimal_mesa import MinimalModel

if TYPE_CHECKING:
    from sim.model import TrustModel

__all__ = ["MESA", "WHOLE", "Pace", "Speed", "crowd", "measure", "warm_up"]

WHOLE, MESA = "whole model", "minimal Mesa model"
SCENARIO = "central_mediterranean"
BURN_IN = 120


@dataclass(frozen=True)
class Pace:
    """One model at one size.

    Attributes:
        model: `WHOLE` or `MESA`.
        agents: Migrants, or agents.
        days: Days or steps timed in each repeat.
        per_second: Agent-steps per second in each repeat.
        busy: Share of the time in which the processor worked for us; near 1 on a quiet machine.
        build_s: Seconds to build the model.
    """

    model: str
    agents: int
    days: int
    per_second: tuple[float, ...]
    busy: float
    build_s: float

    @property
    def middle(self) -> float:
        """Median over the repeats."""
        return median(self.per_second)


@dataclass(frozen=True)
class Speed:
    """All paces, and the ratios between the models at equal sizes.

    Attributes:
        paces: What was timed.
        ratios: Agents to median of the ratios, repeat by repeat.
    """

    paces: tuple[Pace, ...]
    ratios: dict[int, float]

    def to_dict(self) -> dict[str, object]:
        """As plain data."""
        return {
            "paces": [{**dataclasses.asdict(p), "median_per_second": p.middle} for p in self.paces],
            "whole_model_over_minimal_mesa": self.ratios,
        }


def warm_up() -> None:
    """Live a few days of a small run, so that everything is compiled."""
    crowd(500, days=8, burn_in=5).run()


def crowd(migrants: int, days: int, burn_in: int = BURN_IN) -> TrustModel:
    """The whole model with everybody inside from day 0 on, not yet lived."""
    from scenarios import load
    from sim.model import TrustModel

    plan = dataclasses.replace(
        load(SCENARIO).plan(), present_at_start=1.0, burn_in=burn_in, days=days, survey_days=()
    )
    return TrustModel(plan, migrants=migrants)


def measure(
    sizes: Sequence[int],
    mesa_sizes: Sequence[int],
    repeats: int,
    days: int,
    say: Callable[[str], None] = lambda _: None,
) -> Speed:
    """Time both models.

    Args:
        sizes: Migrants of the whole model.
        mesa_sizes: Agents of the minimal Mesa model, at some of these sizes.
        repeats: How often each is timed.
        days: Days or steps in each repeat.
        say: Told what is going on.
    """
    paces: list[Pace] = []
    ratios: dict[int, float] = {}
    for agents in sizes:
        say(f"{agents:,} migrants")
        models: list[_Timed] = [_Whole(agents, days, repeats)]
        if agents in mesa_sizes:
            models.append(_Mesa(agents, days, repeats))
        for _ in range(repeats):
            for model in models:
                model.time()
        paces += [model.pace() for model in models]
        if len(models) == 2:
            pairs = zip(*(model.rates for model in models), strict=True)
            ratios[agents] = median(ours / theirs for ours, theirs in pairs)
        del models
        gc.collect()
    return Speed(tuple(paces), ratios)


class _Timed:
    """A model that is timed again and again."""

    name = ""

    def __init__(self, agents: int, days: int, repeats: int) -> None:
        self.agents, self.days, self.repeats = agents, days, repeats
        self.rates: list[float] = []
        self._wall = self._worked = 0.0
        started = time.perf_counter()
        self.build()
        self.build_s = time.perf_counter() - started
        self.settle()

    def build(self) -> None:
        raise NotImplementedError

    def settle(self) -> None:
        """Live until the model is as it usually is."""

    def live(self) -> int:
        """Live the days of one repeat; returns agent-steps."""
        raise NotImplementedError

    def time(self) -> None:
        gc.collect()
        wall, worked = time.perf_counter(), time.process_time()
        steps = self.live()
        wall, worked = time.perf_counter() - wall, time.process_time() - worked
        self.rates.append(steps / wall)
        self._wall += wall
        self._worked += worked

    def pace(self) -> Pace:
        busy = self._worked / self._wall
        return Pace(self.name, self.agents, self.days, tuple(self.rates), busy, self.build_s)


class _Whole(_Timed):
    name = WHOLE

    def build(self) -> None:
        self.model = crowd(self.agents, self.days * self.repeats)

    def settle(self) -> None:
        while self.model.day < 0:
            self.model.step()

    def live(self) -> int:
        before = self.model.record.agent_steps
        for _ in range(self.days):
            self.model.step()
        return self.model.record.agent_steps - before


class _Mesa(_Timed):
    name = MESA

    def build(self) -> None:
        from scenarios import load

        self.model = MinimalModel(self.agents, load(SCENARIO).plan().network.graph.to_undirected())

    def settle(self) -> None:
        self.model.step()

    def live(self) -> int:
        for _ in range(self.days):
            self.model.step()
        return self.agents * self.days
