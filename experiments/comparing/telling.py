"""What a comparison tells while it runs: days done, runs to come, and how long they may take."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from experiments.comparing.decomposing import runs_to_play
from experiments.comparing.game import Game
from experiments.outcome import Outcome
from experiments.pairing import Counter

if TYPE_CHECKING:
    from sim.plan import Plan

__all__ = ["Telling", "time_words"]

_Run = tuple[Outcome, ...]


class Telling:
    """Counts the days of a comparison and of its decomposition as one.

    Args:
        plans: The scenarios, the baseline first.
        replicates: How many; None where they are added until they are enough.
        threads: Runs side by side.
        progress: Called with simulated days done and in all.
        say: Called with sentences.
    """

    def __init__(
        self,
        plans: Sequence[Plan],
        replicates: int | None,
        threads: int,
        progress: Callable[[int, int | None], None] | None,
        say: Callable[[str], None] | None,
    ) -> None:
        self._plans = plans
        self._replicates = replicates
        self._threads = threads
        self._progress = progress
        self._say = say or (lambda _: None)
        self._days = sum(plan.burn_in + plan.days for plan in plans)
        self._seconds: list[tuple[float, float]] = []
        self._days_to_come = 0

    def game(self, permutations: int | None) -> Game:
        """The game of a decomposition, and words about its size."""
        game = Game.of(self._plans, permutations)
        listed = len(game.players)
        what = (
            f"all {game.everybody + 1} combinations of {listed} channels on and off"
            if permutations is None
            else f"{permutations} random orders of switching on {listed} channels, per replicate"
        )
        runs = "several times the runs of the comparison"
        if self._replicates is not None:
            beside = runs_to_play(game, self._replicates)
            self._days_to_come = beside // len(self._plans) * self._days
            runs = f"{beside:,} runs beside the {len(self._plans) * self._replicates:,} compared"
        elif permutations is None:
            runs = f"{game.everybody} times the runs of the comparison beside them"
        self._say(f"The decomposition lives {what}: {runs}.")
        return game

    def counter(self) -> Counter:
        """Counts the days of the comparison."""
        if self._replicates is None:
            return Counter(self._progress, None)
        return Counter(self._progress, self._replicates * self._days + self._days_to_come)

    def next_counter(self, game: Game, runs: Sequence[_Run]) -> Counter:
        """Counts the days of the decomposition after them; says how long it may take."""
        beside = runs_to_play(game, len(runs))
        done = len(runs) * self._days
        seconds = self._of_one(len(runs)) * beside / len(self._plans) / self._threads
        self._say(f"Decomposition: {beside:,} runs, about {time_words(seconds)}.")
        return Counter(
            self._progress, done + beside // len(self._plans) * self._days, already=done
        )

    def timed(
        self, simulate: Callable[[Counter, int], _Run]
    ) -> Callable[[Counter, int], _Run]:
        """The same, noting how long a replicate takes."""

        def timing(counter: Counter, number: int) -> _Run:
            began = time.perf_counter(), time.thread_time()
            run = simulate(counter, number)
            self._seconds.append((time.perf_counter() - began[0], time.thread_time() - began[1]))
            return run

        return timing

    def _of_one(self, replicates: int) -> float:
        """Seconds of the quickest replicate; the first in each thread may await the compiler."""
        which = 0 if replicates > self._threads else 1  # by the clock, or of the thread's own work
        return min(each[which] for each in self._seconds)


def time_words(seconds: float) -> str:
    """A length of time in the unit that suits it."""
    if seconds < 90:
        return f"{max(1, round(seconds))} seconds"
    if seconds < 90 * 60:
        return f"{round(seconds / 60)} minutes"
    return f"{math.ceil(seconds / 360) / 10:g} hours"
