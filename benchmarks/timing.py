"""Timing in turn: a busy moment of the machine then hits everything that is compared."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

__all__ = ["Timed", "in_turn", "ratio", "seconds"]


class Timed:
    """Something that is timed again and again.

    Args:
        name: What it is.
        work: Does it once; returns how much was done, such as agent-steps.
        threads: Threads that work on it.

    Attributes:
        costs: Seconds per unit of work, in each repeat.
    """

    def __init__(self, name: str, work: Callable[[], int], threads: int = 1) -> None:
        self.name, self.work, self.threads = name, work, threads
        self.costs: list[float] = []
        self._wall = self._worked = 0.0

    def time(self) -> None:
        """Do it once."""
        gc.collect()
        wall, worked = time.perf_counter(), time.process_time()
        done = self.work()
        wall, worked = time.perf_counter() - wall, time.process_time() - worked
        self.costs.append(wall / done)
        self._wall += wall
        self._worked += worked

    @property
    def middle(self) -> float:
        """Median of the costs."""
        return median(self.costs)

    @property
    def busy(self) -> float:
        """Share of the time in which processor cores worked for us; near 1 on a quiet machine."""
        return self._worked / (self._wall * self.threads)

    def to_dict(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "name": self.name, "median_s": self.middle, "seconds": self.costs,
            "threads": self.threads, "busy": self.busy,
        }  # fmt: skip


def in_turn(all_timed: Sequence[Timed], repeats: int) -> None:
    """Time each thing once, and all of them again, so many times."""
    for _ in range(repeats):
        for timed in all_timed:
            timed.time()


def ratio(slow: Timed, fast: Timed) -> float:
    """How many times the one costs what the other does: the median of the ratios, turn by turn."""
    return median(a / b for a, b in zip(slow.costs, fast.costs, strict=True))


def seconds(work: Callable[[], object], repeats: int = 1) -> list[float]:
    """How long something takes, each time."""
    found = []
    for _ in range(repeats):
        gc.collect()
        started = time.perf_counter()
        work()
        found.append(time.perf_counter() - started)
    return found
