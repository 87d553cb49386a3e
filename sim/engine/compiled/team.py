"""Threads that live blocks of people side by side."""

from __future__ import annotations

import _thread
import time
import weakref
from collections.abc import Callable, Sequence
from threading import Event

import numpy as np

from sim.cores import available_cores
from sim.engine.compiled.calling import Calls
from sim.engine.compiled.signals import LINE, report_and_look

__all__ = ["Job", "Team"]

Job = Callable[[], object]

_LOOKS = 1_000_000
"""Looks, half a millisecond, after which a thread sleeps until it is called."""
_GRACE = 20_000
"""Looks, some ten microseconds, in which whoever gave the work goes on to do a part of it."""
_NAP_S = 0.0002


class Team:
    """A thread that leads, and others that begin when first needed and end with the team.

    Between two pieces of work the others keep looking for the next, as long as it comes soon;
    then they sleep. Where there are more threads than processor cores they sleep at once.

    Args:
        size: Threads, the leading one among them.
        give_up: Called when a job has raised something, so that no other job waits for it.
    """

    def __init__(self, size: int, give_up: Callable[[], object] = int) -> None:
        self._plan = _Plan(size, give_up)
        self._begun = False
        weakref.finalize(self, self._plan.end)

    def close(self) -> None:
        """End the other threads."""
        self._plan.end()

    def work(self, jobs: Sequence[Job]) -> None:
        """Do all jobs side by side, the first of them in this thread.

        Args:
            jobs: As many as there are threads, at most.

        Raises:
            BaseException: What a job has raised, once all have ended.
        """
        plan = self._plan
        if not self._begun:
            self._begun = True
            plan.sees(0, 0)  # compiled, if need be, by one thread alone
            for me in range(1, plan.size):
                _thread.start_new_thread(_follow, (plan, me))
        try:
            plan.give(jobs)
            jobs[0]()
        except BaseException:  # an interruption, too, which may come even before the job begins
            plan.give_up()
            raise
        finally:
            for other in range(1, len(jobs)):
                plan.wait_for(other)
            plan.clear()
        if plan.faults:
            raise plan.faults.pop()


class _Plan:
    """What the threads of a team share. It does not hold the team, whose end ends the threads."""

    def __init__(self, size: int, give_up: Callable[[], object]) -> None:
        self.size = size
        self.give_up = give_up
        self.faults: list[BaseException] = []
        self.ended = False
        self._number = 0
        self._given: tuple[int, Sequence[Job]] = 0, ()
        self._board = np.zeros(LINE * size, np.int64)
        self._asleep = [False] * size
        self._calls = [Event() for _ in range(size)]
        self._looks = _LOOKS if size <= available_cores() else 0
        self._look = Calls()

    def give(self, jobs: Sequence[Job]) -> None:
        """Hand out a piece of work."""
        self._number += 1
        self._given = self._number, jobs
        self._board[0] = self._number
        for other, asleep in enumerate(self._asleep):
            if asleep:
                self._calls[other].set()

    def sees(self, other: int, looks: int) -> bool:
        """Whether a thread is soon done with the latest piece of work."""
        return bool(self._look(
            report_and_look, self._board, -1, 0, other * LINE, self._number, looks, 0))

    def wait_for(self, other: int) -> None:
        """Wait until a thread is done with the latest piece of work."""
        while not self.sees(other, self._looks):
            time.sleep(_NAP_S)

    def clear(self) -> None:
        """Let go of the work that is done, and of all that it holds."""
        self._given = self._number, ()

    def wait(self, me: int, done: int) -> None:
        """Report what is done, and wait for the next piece of work."""
        board = self._board
        while not self.ended:
            if self._look(report_and_look, board, me * LINE, done, 0, done + 1,
                          self._looks, _GRACE):  # fmt: skip
                return
            self._asleep[me] = True
            # Whoever gives work looks who sleeps after it is given: here it is the other way.
            if board[0] <= done and not self.ended:
                self._calls[me].wait()
            self._calls[me].clear()
            self._asleep[me] = False

    def do(self, me: int) -> int:
        """Do this thread's part of what was given last; returns its number."""
        number, jobs = self._given
        if me < len(jobs):
            try:
                jobs[me]()
            except BaseException as fault:  # told by the thread that gave the work
                self.faults.append(fault)
                self.give_up()
        return number

    def end(self) -> None:
        """Let all threads end that wait for work."""
        self.ended = True
        self._board[0] += 1
        for call in self._calls:
            call.set()


def _follow(plan: _Plan, me: int) -> None:
    """Do this thread's part of everything, until the team ends."""
    done = 0
    while True:
        plan.wait(me, done)
        if plan.ended:
            return
        done = plan.do(me)
