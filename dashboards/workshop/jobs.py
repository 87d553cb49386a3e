"""Long work in the background: bounded, fair between sessions, with progress, and cancelled soon.

Compiled kernels release the interpreter lock, so threads of one process are enough.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event, Lock
from typing import Any, Generic, Literal, TypeVar

from dashboards.app.crew import Crew
from dashboards.app.turns import TURNS, Turns
from experiments.limits import refusal
from sim.problems import InputProblem, Problem
from sim.said import Said

__all__ = ["JOBS", "Cancelled", "Job", "Jobs", "State"]

T = TypeVar("T")

State = Literal["waiting", "running", "done", "failed", "cancelled"]

MOST_AT_ONCE = 16
PATIENCE_S = 15.0
"""Seconds that work goes on while nobody is connected: a busy browser may close without a word."""
_TOLD_FROM, _SECONDS_FROM = 0.02, 1.0


class Cancelled(Exception):  # noqa: N818  (it is not an error)
    """Raised inside work that is no longer wanted."""


class Job(Generic[T]):
    """A piece of long work; may be read from any thread.

    Attributes:
        session: Whose work it is.
        state: `waiting`, `running`, `done`, `failed` or `cancelled`.
        result: What came of it, once done.
        problems: What was wrong, if it failed.
        said: Sentences that it told on the way.
    """

    def __init__(
        self, session: str, turns: Turns, connected: Callable[[], bool] = lambda: True
    ) -> None:
        self.session = session
        self._connected = connected
        self._seen = time.monotonic()
        self.state: State = "waiting"
        self.result: T | None = None
        self.problems: tuple[Problem, ...] = ()
        self.said: list[str] = []
        self._turns = turns
        self._stop, self._over = Event(), Event()
        self._began = time.monotonic()
        self._first: tuple[float, int] | None = None
        self._days: tuple[int, int | None] = (0, None)

    @property
    def finished(self) -> bool:
        """Whether it has ended, well or not."""
        return self._over.is_set()

    @property
    def wanted(self) -> bool:
        """Whether it is still to go on."""
        return not (self.finished or self._stop.is_set())

    @property
    def share(self) -> float | None:
        """Share of the work that is done; None where nobody knows."""
        done, total = self._days
        return None if not total else min(1.0, done / total)

    @property
    def seconds(self) -> float:
        """Seconds since it was asked for."""
        return time.monotonic() - self._began

    def time_left(self) -> float | None:
        """Seconds that are left if it goes on as it did so far; None while nothing can be said.

        Waiting for others counts, so the more others ask for, the longer it is.
        """
        share = self.share
        if self._first is None or share is None or self.finished:
            return None
        began, already = self._first
        done, total = self._days
        lived, taken = (done - already) / (total or 1), time.monotonic() - began
        if lived < _TOLD_FROM or taken < _SECONDS_FROM:
            return None
        return taken * (1 - share) / lived

    def progress(self, done: int, total: int | None) -> None:
        """Note simulated days done and in all, and go on only if that is wanted and fair.

        Raises:
            Cancelled: If the work is no longer wanted.
        """
        self._days = done, total
        if self._first is None and done:
            self._first = time.monotonic(), done
        self.breathe()

    def breathe(self) -> None:
        """Let others go first where that is fair.

        Raises:
            Cancelled: If the work is no longer wanted.
        """
        if not self._stop.is_set():
            self._turns.tick(self, self._stop.is_set)
        if self._stop.is_set() or self._abandoned():
            raise Cancelled

    def _abandoned(self) -> bool:
        now = time.monotonic()
        if self._connected():
            self._seen = now
        return now - self._seen > PATIENCE_S

    def say(self, sentence: str) -> None:
        """Note a sentence about what is to come."""
        self.said.append(sentence)

    def cancel(self) -> None:
        """End it at its next simulated day."""
        self._stop.set()
        self._turns.wake()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until it has ended; whether it has."""
        return self._over.wait(seconds)

    def live(self, work: Callable[[Job[T]], T]) -> None:
        """Do the work; called once, by a thread of its own."""
        try:
            self._turns.enter(self, self._stop.is_set)
            if self._stop.is_set():
                raise Cancelled
            self.state = "running"
            self.result = work(self)
            self.state = "done"
        except Cancelled:
            self.state = "cancelled"
        except InputProblem as problem:
            self.problems, self.state = tuple(problem.problems), "failed"
        except Exception as error:
            message = Said("the comparison ended unexpectedly: {kind}: {error}",
                           kind=type(error).__name__, error=str(error))
            self.problems, self.state = (Problem(message=message),), "failed"
        finally:
            self._turns.leave(self)
            self._over.set()


class Jobs:
    """All long work of a process.

    Args:
        turns: Who goes on; shared with whatever else lives runs here.
        most: Pieces of work that have begun and not ended, at most; others wait.
    """

    def __init__(self, turns: Turns, most: int = MOST_AT_ONCE) -> None:
        self.turns = turns
        self._crew = Crew(most)
        self._lock = Lock()
        self._latest: dict[str, Job[Any]] = {}

    def start(
        self, session: str, work: Callable[[Job[T]], T],
        connected: Callable[[], bool] = lambda: True,
    ) -> Job[T]:  # fmt: skip
        """Begin work in the background.

        Args:
            session: Whose work it is.
            work: Is given the job; calls its `progress` at least once a second.
            connected: Whether somebody sees what comes of it; if not for long, it ends.

        Raises:
            InputProblem: If the session has work that has not ended.
        """
        job: Job[T] = Job(session, self.turns, connected)
        with self._lock:
            before = self._latest.get(session)
            if before is not None and before.wanted:
                message = Said("a comparison of this page is still running")
                raise refusal(Said("run"), "", message, Said("wait for it, or cancel it"))
            self._latest[session] = job
        self._crew.give(lambda: job.live(work))
        return job

    def of(self, session: str) -> Job[Any] | None:
        """The latest work of a session."""
        return self._latest.get(session)

    def close(self, session: str) -> None:
        """A session has ended: so does its work."""
        with self._lock:
            job = self._latest.pop(session, None)
        if job is not None:
            job.cancel()


JOBS = Jobs(TURNS)
"""The long work of this process."""
