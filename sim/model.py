"""The model as users hold it: a Mesa model over a :class:`sim.world.World`."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

import mesa
import pandas as pd

from sim.engine.compiled.engine import CompiledEngine
from sim.engine.schedule import Engine
from sim.measures import Record
from sim.migrants import Migrants
from sim.parting import first_day, parting_day, same_life
from sim.plan import Plan
from sim.scene import Scene
from sim.watching import Watcher
from sim.weakly import held_weakly
from sim.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sim.survey.polls import Poll
    from sim.watching import Cell

__all__ = ["HasPlan", "TrustModel"]


class HasPlan(Protocol):
    """Anything that can say what a run is about, such as a scenario."""

    def plan(self) -> Plan:
        """What the run is about."""
        ...


class TrustModel(mesa.Model):
    """Migrants on a route who learn whom to trust and decide whether to ask for help.

    Args:
        scenario: A scenario, or a :class:`sim.plan.Plan`.
        migrants: Simulated migrants; None: as the scenario says.
        days: Days to live; None: as the scenario says.
        seed: Seed of all random numbers; None: as the scenario says.
        replicate: Which of several runs with this seed.
        engine: ``compiled`` (fast) or ``reference`` (plain Mesa agents, for a few hundred people);
            both give the same bytes.
        threads: Threads of the compiled engine; the result does not depend on it.
        cells: What to count beside the standing tables (see :mod:`sim.watching`). They change
            nothing in the run; a saved run does not keep them.
        polls: Questions to ask on some days, likewise (see :mod:`sim.survey.polls`).

    Attributes:
        world: All state, as arrays.
        record: Daily counts.
        day: The next day to be lived.
        given: Migrants, days and seed that were given, None: as the scenario says.
    """

    def __init__(self, scenario: HasPlan | Plan, *, migrants: int | None = None,
                 days: int | None = None, seed: int | None = None, replicate: int = 0,
                 engine: str = "compiled", threads: int = 1, cells: Sequence[Cell] = (),
                 polls: Sequence[Poll] = ()) -> None:
        super().__init__(seed=0)
        held_weakly(self)
        self.given = (migrants, days, seed)
        self.plan = _adjusted(scenario, *self.given)
        self.world = World(self.plan, replicate)
        self.engine = self._engine(engine, threads)
        self.watch(cells, polls)
        self.record = Record(self.world, self.plan.days)
        self.day = -self.plan.burn_in
        self.surveys: list[pd.DataFrame] = []

    def _engine(self, name: str, threads: int) -> Engine:
        if name == "compiled":
            return CompiledEngine(self.world, threads)
        if name == "reference":
            from sim.engine.reference.engine import ReferenceEngine

            return ReferenceEngine(self)
        raise ValueError(f"the engine is 'compiled' or 'reference', not '{name}'")

    def watch(self, cells: Sequence[Cell], polls: Sequence[Poll] = ()) -> None:
        """Count these cells and hold these polls from now on, beside the standing tables."""
        self.engine.watcher = Watcher(self.world, cells, polls) if cells or polls else None

    def share_among(self, threads: int) -> None:
        """Live the days to come on so many threads, if the engine can; with the same bytes."""
        if isinstance(self.engine, CompiledEngine):
            self.engine.share_among(threads)

    @property
    def watcher(self) -> Watcher | None:
        """What the cells have counted; None where there are none."""
        return self.engine.watcher

    def step(self) -> None:
        """Live one day."""
        self.engine.live(self.day)
        self.record.take(self.world, self.day, self.engine)
        if self.watcher:
            self.watcher.ask(self.world, self.day)
        if self.day in self.plan.survey_days:
            from sim.survey import standing_survey

            self.surveys.append(standing_survey(self.world, day=self.day))
        self.day += 1
        self.running = self.day < self.plan.days

    def run(self, progress: Callable[[int, int], None] | None = None) -> TrustModel:
        """Live all days that are left.

        Args:
            progress: Called after each day with the days lived and the days in all.
        """
        whole = self.plan.days + self.plan.burn_in
        while self.day < self.plan.days:
            self.step()
            if progress:
                progress(self.day + self.plan.burn_in, whole)
        return self

    def branch(self, scenario: HasPlan | Plan) -> TrustModel:
        """A copy of this run as it stands, that goes on with other interventions.

        Scenarios that differ only in what happens later share the days before: they are lived
        once. The copy is the same, to the last byte, as a run of its own.

        Args:
            scenario: A scenario with the same network, population and parameters, and with the
                same interventions as far as any has begun.

        Raises:
            ValueError: If the two would already differ.
        """
        given = (self.plan.migrants, self.plan.days, self.plan.seed)
        plan = _adjusted(scenario, *given)
        if not isinstance(self.engine, CompiledEngine):
            raise ValueError("only a run of the compiled engine can branch")
        if not same_life(self.plan, plan) or parting_day(self.plan, plan) < self.day:
            raise ValueError(f"'{plan.name}' differs from '{self.plan.name}' before day {self.day}")
        other = object.__new__(TrustModel)
        mesa.Model.__init__(other, seed=0)
        held_weakly(other)
        other.plan, other.given = plan, given
        other.world = self.world.copy(plan)
        other.engine = CompiledEngine(other.world, self.engine.threads)
        other.engine.watcher = self.watcher.copy() if self.watcher else None
        other.record = self.record.copy()
        other.day, other.steps = self.day, self.steps
        asked = set(plan.survey_days)
        other.surveys = [table for table in self.surveys if table["day"].iloc[0] in asked]
        return other

    def save(self, path: Path | str) -> None:
        """Save the run as it stands between two days; :meth:`resume` goes on from there.

        Args:
            path: The file. An earlier one is replaced once this one is complete.

        Raises:
            InputProblem: If it cannot be written.
        """
        from sim.saving import save

        save(self, path, first_day(self.plan))

    @classmethod
    def resume(cls, path: Path | str, scenario: HasPlan | Plan, *, migrants: int | None = None,
               days: int | None = None, seed: int | None = None, replicate: int | None = None,
               engine: str = "compiled", threads: int = 1) -> TrustModel:
        """Go on with a saved run. What comes of it is, to the last byte, the run in one piece.

        Args:
            path: The file.
            scenario: The scenario of the saved run, or one that differs from it in nothing but
                words and interventions of which none has begun.
            migrants: As given to the saved run; None: as saved. Likewise days, seed, replicate.
            days: See there.
            seed: See there.
            replicate: See there.
            engine: Either engine, whichever lived the days before.
            threads: Any number.

        Raises:
            InputProblem: If it is not such a file, is damaged, or belongs to another run.
        """
        from sim.saving import SavedRun

        with SavedRun(path) as saved:
            given = saved.given(migrants=migrants, days=days, seed=seed, replicate=replicate)
            plan = _adjusted(scenario, *given)
            saved.check(plan, first_day(plan))
            model = cls(plan, replicate=saved.replicate)
            model.given = given
            saved.put_into(model)
        # An engine knows who is there from its beginning, so it is made last.
        model.engine = model._engine(engine, threads)
        return model

    @property
    def migrants(self) -> Migrants:
        """Everyone who has entered, as views of the columns that can be read and written."""
        return Migrants(self._scene, self.day)

    @cached_property
    def _scene(self) -> Scene:
        return Scene(self.world)

    @property
    def nbytes(self) -> int:
        """Bytes of everything that grows with the run."""
        watched = self.watcher.nbytes if self.watcher else 0
        return self.world.nbytes + self.record.nbytes + watched

    def state_hash(self) -> str:
        """Hash of all columns as they are now."""
        return self.world.state_hash()

    def summary(self) -> dict[str, Any]:
        """What the run found, in the form of ``summary.json`` (without the time it took)."""
        totals = self.record.totals()
        return {
            "scenario": self.plan.name,
            "migrants": self.plan.migrants,
            "days": self.plan.days,
            "agent_steps": self.record.agent_steps,
            "totals": totals,
            "help_seeking_rate": totals["help_seeking_rate"],
            "willingness": totals["willingness"],
            "stories_without_slot": self.world.overflow,
            "state_hash": self.state_hash(),
        }


def _adjusted(scenario: HasPlan | Plan, migrants: int | None, days: int | None,
              seed: int | None) -> Plan:
    from dataclasses import replace

    plan = scenario if isinstance(scenario, Plan) else scenario.plan()
    changes: dict[str, Any] = {"migrants": migrants, "days": days, "seed": seed}
    return replace(plan, **{name: value for name, value in changes.items() if value is not None})
