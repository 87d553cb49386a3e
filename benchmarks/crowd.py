"""Worlds of the whole model in which everybody is inside, kept for all parts of a benchmark.

A part gets a copy of a world that has lived through the burn-in: needs, opinions, stories and
registrations are there. So all parts start on the same day of the same world, and the burn-in,
which takes most of the time, is lived once per size.
"""

from __future__ import annotations

import dataclasses
import gc
from typing import TYPE_CHECKING

from benchmarks.scale import Say
from benchmarks.timing import Timed
from experiments.pairing import available_cores

if TYPE_CHECKING:
    from sim.model import TrustModel
    from sim.plan import Plan

__all__ = ["SCENARIO", "Crowds", "live", "plan_of", "timed_days", "warm_up"]

SCENARIO = "central_mediterranean"
ROOM = 120
"""Days that a copy can go on; the arrays of daily counts are that long."""
MOST_KEPT = 2_000_000


def plan_of(burn_in: int, days: int = ROOM) -> Plan:
    """What such a world is about: nobody enters later, and nobody is asked."""
    from scenarios import load

    plan = load(SCENARIO).plan()
    return dataclasses.replace(
        plan, present_at_start=1.0, burn_in=burn_in, days=days, survey_days=(), interventions=()
    )


class Crowds:
    """Worlds by their size.

    Args:
        burn_in: Days each lives before it is handed out.
        say: Told when a world is made.
    """

    def __init__(self, burn_in: int, say: Say = lambda _: None) -> None:
        self.burn_in = burn_in
        self._say = say
        self._lived: dict[int, TrustModel] = {}

    def copy(self, migrants: int, threads: int = 1) -> TrustModel:
        """A copy of the world of this size, to be lived on by so many threads.

        A very large world is handed out itself and not kept, since there is no room for two.
        """
        if migrants > MOST_KEPT:
            return _on_threads(self._make(migrants), threads)
        if migrants not in self._lived:
            self._lived[migrants] = self._make(migrants)
        trunk = self._lived[migrants]
        return _on_threads(trunk.branch(trunk.plan), threads)

    def _make(self, migrants: int) -> TrustModel:
        from sim.model import TrustModel

        self._say(f"a world of {migrants:,} migrants lives through {self.burn_in} days")
        gc.collect()
        # The result does not depend on the number of threads, so all cores may help.
        plan = plan_of(self.burn_in)
        model = TrustModel(plan, migrants=migrants, threads=available_cores())
        while model.day < 0:
            model.step()
        return model


def live(model: TrustModel, days: int) -> int:
    """Live some days; returns agent-steps."""
    before = model.record.agent_steps
    for _ in range(days):
        model.step()
    return model.record.agent_steps - before


def timed_days(model: TrustModel, days: int, threads: int = 1) -> Timed:
    """So many days of a model, as something to be timed per agent-step."""
    return Timed(f"{model.plan.migrants:,} migrants", lambda: live(model, days), threads)


def warm_up() -> None:
    """Live a few days of a small run, so that everything is compiled."""
    from sim.model import TrustModel

    TrustModel(plan_of(5, days=8), migrants=500).run()


def _on_threads(model: TrustModel, threads: int) -> TrustModel:
    from sim.engine.compiled.engine import CompiledEngine

    model.engine = CompiledEngine(model.world, threads)
    return model
