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
from sim.said import Said

if TYPE_CHECKING:
    from sim.plan import Plan

__all__ = ["Telling", "time_words"]

_Run = tuple[Outcome, ...]

_GAMES = {
    "all": Said("The decomposition lives all {combinations} combinations of {channels} channels on "
                "and off: {runs:,} runs beside the {compared:,} compared."),
    "some": Said("The decomposition lives {orders} random orders of switching on {channels} "
                 "channels, per replicate: {runs:,} runs beside the {compared:,} compared."),
}  # fmt: skip
_GAMES_WITHOUT_END = {
    "all": Said("The decomposition lives all {combinations} combinations of {channels} channels on "
                "and off: {times} times the runs of the comparison beside them."),
    "some": Said("The decomposition lives {orders} random orders of switching on {channels} "
                 "channels, per replicate: several times the runs of the comparison."),
}  # fmt: skip
"""The same where replicates are added until they are enough."""


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
        what = "all" if permutations is None else "some"
        facts = {"channels": len(game.players), "combinations": game.everybody + 1,
                 "orders": permutations}  # fmt: skip
        if self._replicates is None:
            self._say(Said(_GAMES_WITHOUT_END[what], **facts, times=game.everybody))
            return game
        beside = runs_to_play(game, self._replicates)
        self._days_to_come = beside // len(self._plans) * self._days
        compared = len(self._plans) * self._replicates
        self._say(Said(_GAMES[what], **facts, runs=beside, compared=compared))
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
        self._say(Said("Decomposition: {runs:,} runs, about {time}.", runs=beside,
                       time=time_words(seconds)))  # fmt: skip
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
        n = max(1, round(seconds))
        return Said("{n} second", n=n) if n == 1 else Said("{n} seconds", n=n)
    if seconds < 90 * 60:
        return Said("{n} minutes", n=round(seconds / 60))
    return Said("{n:g} hours", n=math.ceil(seconds / 360) / 10)
