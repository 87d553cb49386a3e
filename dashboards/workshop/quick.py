"""Answers at once: one small paired run while a slider moves, then more of them.

The baseline and the days before scenarios part are remembered, so a moved slider lives only what
is new. While a run goes on, what it has lived so far can be seen already.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from threading import Lock
from typing import TYPE_CHECKING

from dashboards.app.crew import Crew
from dashboards.app.turns import TURNS, Turns
from dashboards.workshop.bounds import Size
from experiments.comparing.lives import Lives
from experiments.comparison import Comparison, Settings
from experiments.living import begun
from experiments.memory import Life, Memory
from experiments.outcome import Layout, Outcome
from experiments.pairing import available_cores
from experiments.posterior import EVIDENCE, Posterior
from sim.parting import begins
from sim.problems import InputProblem, Problem

if TYPE_CHECKING:
    from scenarios import Scenario
    from sim.model import TrustModel
    from sim.plan import Plan

__all__ = ["QUICK", "Answer", "Question", "Quick"]

SIZE = Size(migrants=5000, days=365, replicates=8)
"""What a slider asks for."""
MOST_BYTES = 256 * 2**20
_KEPT_EVERY = 30
"""Days between those at which the first run of a baseline is kept, for sliders that move a day."""
_FIRST_LOOK, _NEXT_LOOK = 0.12, 0.3
"""Seconds to the first look at a run that goes on, and between the next ones."""


@dataclass(frozen=True)
class Question:
    """A pair of scenarios to be compared quickly.

    Attributes:
        base: The baseline.
        other: What is compared with it.
        size: Migrants and days, and replicates in the end.
        posterior: Where parameters come from, as `compare` takes it.
    """

    base: Scenario
    other: Scenario
    size: Size = SIZE
    posterior: str = EVIDENCE

    @cached_property
    def plans(self) -> tuple[Plan, Plan]:
        """Both as `compare` lives them."""
        size, seed = self.size, self.base.seed
        both = (each.plan() for each in (self.base, self.other))
        base, other = (
            replace(plan, migrants=size.migrants, days=size.days, seed=seed, survey_days=())
            for plan in both
        )
        return base, other

    @cached_property
    def lives(self) -> Lives:
        """Both with the parameters of each replicate."""
        return Lives(self.plans, _posterior(self.posterior))

    @cached_property
    def layout(self) -> Layout:
        """The rows of every outcome."""
        return Layout.of(self.plans[0].network)

    def comparison(self, runs: tuple[tuple[Outcome, ...], ...]) -> Comparison:
        """What `compare` makes of these runs."""
        base, other = self.plans
        name = other.name if other.name != base.name else f"{other.name}_again"
        return Comparison(
            names=(base.name, name), plans=self.plans, loaded=(self.base, self.other),
            layout=self.layout, runs=runs,
            settings=Settings(self.size.migrants, self.size.days, base.seed),
            facts={"engine": "compiled"},
        )  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What is known so far.

    Attributes:
        question: What was asked.
        runs: Whole replicates: the baseline's outcome and the other's; at first one that is not
            whole yet.
        day: Days that the first replicate has lived; None once it is whole.
        seconds: Seconds since the question was asked.
        problems: What was wrong, where nothing could be lived.
    """

    question: Question
    runs: tuple[tuple[Outcome, ...], ...] = ()
    day: int | None = None
    seconds: float = 0.0
    problems: tuple[Problem, ...] = ()

    @property
    def replicates(self) -> int:
        """Whole replicates."""
        return 0 if self.day is not None else len(self.runs)

    @property
    def final(self) -> bool:
        """Whether nothing more is to come."""
        return bool(self.problems) or self.replicates >= self.question.size.replicates

    @cached_property
    def comparison(self) -> Comparison:
        """The comparison so far; the baseline is always whole."""
        return self.question.comparison(self.runs)

    @cached_property
    def lived(self) -> Comparison:
        """The same over days that every run has lived."""
        if self.day is None:
            return self.comparison
        day = self.day
        runs = tuple(tuple(_until(each, day) for each in run) for run in self.runs)
        return self.question.comparison(runs)


@dataclass
class _Asked:
    """A question that is being answered."""

    question: Question
    tell: Callable[[Answer], None]
    since: float = field(default_factory=time.perf_counter)
    runs: list[tuple[Outcome, ...]] = field(default_factory=list)
    wanted: bool = True
    paused: TrustModel | None = None
    looked: bool = False


class _Stale(Exception):  # noqa: N818  (it is not an error)
    """Raised inside a run that nobody waits for any more."""


class _Paused(Exception):  # noqa: N818  (nor is this)
    """Raised inside a run that lets those go on who have not seen anything yet."""


class Quick:
    """Answers the sliders of all sessions: first answers before refinements, each in its turn.

    Args:
        turns: Long work that is to rest meanwhile.
        workers: Runs side by side; by default one per processor core.
        memory: What need not be lived again.
    """

    def __init__(
        self, turns: Turns, workers: int | None = None, memory: Memory | None = None
    ) -> None:
        self.memory = Memory(MOST_BYTES) if memory is None else memory
        self._turns = turns
        self._crew = Crew(workers or available_cores())
        self._lock = Lock()
        self._asked: dict[str, _Asked] = {}

    def ask(self, session: str, question: Question, tell: Callable[[Answer], None]) -> None:
        """Answer a question; an earlier one of the same session is given up.

        Args:
            session: Who asks.
            question: What is asked.
            tell: Given every answer, by another thread; it must not take long.
        """
        asked = _Asked(question, tell)
        with self._lock:
            self._give_up(session)
            self._asked[session] = asked
        self._crew.give(lambda: self._go_on(asked), rank=0)

    def close(self, session: str) -> None:
        """Nobody waits for this session any more."""
        with self._lock:
            self._give_up(session)

    def _give_up(self, session: str) -> None:
        before = self._asked.pop(session, None)
        if before is not None:
            before.wanted = False

    def _go_on(self, asked: _Asked) -> None:
        """Live the next replicate and tell of it."""
        if not asked.wanted:
            return
        try:
            # Long work rests for first answers only: what is refined can wait as well as it can.
            with nullcontext() if asked.runs else self._turns.quick():
                asked.runs.append(self._replicate(asked, len(asked.runs)))
        except _Stale:
            return
        except _Paused:
            self._crew.give(lambda: self._go_on(asked), rank=0)
            return
        except InputProblem as problem:
            self._tell(asked, problems=tuple(problem.problems))
            return
        except Exception as error:
            message = f"the run ended unexpectedly: {type(error).__name__}: {error}"
            self._tell(asked, problems=(Problem(message=message),))
            return
        self._tell(asked, runs=tuple(asked.runs))
        if len(asked.runs) < asked.question.size.replicates:
            self._crew.give(lambda: self._go_on(asked), rank=len(asked.runs))

    def _tell(self, asked: _Asked, **facts: object) -> None:
        if asked.wanted:
            seconds = time.perf_counter() - asked.since
            answer = Answer(asked.question, seconds=seconds, **facts)  # type: ignore[arg-type]
            try:
                asked.tell(answer)
            except Exception:  # a fault of a page is none of the run
                logging.getLogger("waytrust.dashboard").exception("while an answer is shown")

    def _replicate(self, asked: _Asked, number: int) -> tuple[Outcome, ...]:
        base, other = asked.question.lives.of(number)
        calm = self._outcome(asked, base, number, None)
        return calm, self._outcome(asked, other, number, calm if number == 0 else None)

    def _outcome(self, asked: _Asked, life: Life, number: int, calm: Outcome | None) -> Outcome:
        """What comes of one life; `calm`: the baseline, where what is lived so far is told."""
        known = self.memory.outcome(life, number)
        if known is not None:
            return known
        paused = None
        if calm is not None:
            paused, asked.paused = asked.paused, None
        wait = _FIRST_LOOK if paused is None else _NEXT_LOOK
        run = paused or self.memory.latest(life, number, life.plan.days) or begun(life.plan, number)
        layout = asked.question.layout.on(life.plan.network)
        turns = _turns_of(life.plan, number)
        look = time.perf_counter() + wait
        while run.day < life.plan.days:
            if not asked.wanted:
                raise _Stale
            run.step()
            if run.day in turns:
                self.memory.keep(life, number, run)
            if calm is not None and run.day > 0 and time.perf_counter() > look:
                look = time.perf_counter() + _NEXT_LOOK
                others = self._crew.waits(0)
                # Looks take time, too: whoever has had one is shown the next when all is lived.
                if not (others and asked.looked):
                    self._tell(asked, runs=((calm, _reduced(run, layout)),), day=run.day)
                if others and not asked.looked:
                    asked.paused, asked.looked = run, True
                    raise _Paused
        outcome = _reduced(run, layout)
        self.memory.keep_outcome(life, number, outcome)
        return outcome


@cache
def _posterior(name: str) -> Posterior | None:
    # Read once, and not again whenever a slider is moved.
    return Posterior.named(name)


def _reduced(run: TrustModel, layout: Layout) -> Outcome:
    return Outcome.of(run.record, layout)


def _turns_of(plan: Plan, number: int) -> set[int]:
    """Days at which a run is kept: where something begins, and of the first one now and then."""
    now_and_then = range(0, plan.days, _KEPT_EVERY) if number == 0 else (0,)
    calm = now_and_then if not plan.interventions else (0,)
    return {*calm, *map(begins, plan.interventions)} - {plan.days}


def _until(outcome: Outcome, day: int) -> Outcome:
    """An outcome with nothing after a day."""
    by_day = outcome.by_day.copy()
    by_day[day:] = 0
    return replace(outcome, by_day=by_day)


QUICK = Quick(TURNS)
"""Answers the sliders of this process."""
