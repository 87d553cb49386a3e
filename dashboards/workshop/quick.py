"""Answers at once: one small paired run while a slider moves, then more of them.

The baseline and the days before scenarios part are remembered, so a moved slider lives only what
is new. While a run goes on, what it has lived so far can be seen already.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from dashboards.app.crew import Crew
from dashboards.app.turns import TURNS, Turns
from dashboards.workshop.looks import Looks
from dashboards.workshop.question import Answer, Question
from experiments.living import begun
from experiments.memory import Life, Memory
from experiments.outcome import Layout, Outcome
from experiments.pairing import available_cores
from sim.parting import begins
from sim.problems import InputProblem, Problem
from sim.said import Said

if TYPE_CHECKING:
    from sim.model import TrustModel
    from sim.plan import Plan

__all__ = ["QUICK", "Quick"]

MOST_BYTES = 256 * 2**20
_KEPT_EVERY = 30
"""Days between those at which the first run of a baseline is kept, for sliders that move a day."""


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
        self._workers = workers or available_cores()
        self._crew = Crew(self._workers)
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
            message = Said("the run ended unexpectedly: {kind}: {error}",
                           kind=type(error).__name__, error=str(error))
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
        run = paused or self.memory.latest(life, number, life.plan.days) or begun(life.plan, number)
        layout = asked.question.layout.on(life.plan.network)
        turns = _turns_of(life.plan, number)
        looks = Looks(run, first=paused is None)
        while run.day < life.plan.days:
            if not asked.wanted:
                raise _Stale
            self._share(asked, run)
            run.step()
            if run.day in turns:
                self.memory.keep(life, number, run)
            if calm is not None and looks.due():
                others = self._crew.waits(0)
                # Looks take time, too: of many, whoever has had one is shown the next when all is
                # lived; and who is alone is shown nothing when that is in a moment.
                if not (asked.looked if others else self._alone(asked) and looks.end_is_near):
                    self._tell(asked, runs=((calm, _reduced(run, layout)),), day=run.day)
                if others and not asked.looked:
                    asked.paused, asked.looked = run, True
                    raise _Paused
        outcome = _reduced(run, layout)
        self.memory.keep_outcome(life, number, outcome)
        return outcome

    def _share(self, asked: _Asked, run: TrustModel) -> None:
        """Let all processor cores live the next day of a first answer that is alone."""
        run.share_among(self._workers if self._alone(asked) else 1)

    def _alone(self, asked: _Asked) -> bool:
        """Whether this is a first answer, and nobody else wants any."""
        return not asked.runs and self._crew.has_one_task


def _reduced(run: TrustModel, layout: Layout) -> Outcome:
    return Outcome.of(run.record, layout)


def _turns_of(plan: Plan, number: int) -> set[int]:
    """Days at which a run is kept: where something begins, and of the first one now and then."""
    now_and_then = range(0, plan.days, _KEPT_EVERY) if number == 0 else (0,)
    calm = now_and_then if not plan.interventions else (0,)
    return {*calm, *map(begins, plan.interventions)} - {plan.days}


QUICK = Quick(TURNS)
"""Answers the sliders of this process."""
