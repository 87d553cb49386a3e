"""Runs side by side in threads of one process, paired by replicate.

The compiled kernels release the interpreter lock, so threads are enough. What comes back is in the
order of replicates and scenarios, whatever the number of threads and whichever run ends first.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event, Lock
from typing import Generic, TypeVar

from sim.cores import available_cores

__all__ = ["Counter", "Stopped", "available_cores", "replicate"]

T = TypeVar("T")


class Stopped(Exception):  # noqa: N818  (it is not an error)
    """Raised inside a run that is no longer wanted."""


class Counter:
    """Counts simulated days over all threads and tells whoever listens.

    Args:
        listener: Called with days done and days in all (None where nobody knows).
        total: Days in all.
        already: Days that another counter has told of.
    """

    def __init__(
        self,
        listener: Callable[[int, int | None], None] | None,
        total: int | None,
        already: int = 0,
    ) -> None:
        self._listener = listener
        self._total = total
        self._done = already
        self._lock = Lock()
        self._stop = Event()

    def begin(self) -> None:
        """Tell the listener that runs are about to begin."""
        if self._listener is not None:
            self._listener(0, self._total)

    def tick(self, days: int = 1) -> None:
        """Note simulated days.

        Args:
            days: How many.

        Raises:
            Stopped: If the runs are to end.
        """
        if self._stop.is_set():
            raise Stopped
        if self._listener is None:
            return
        with self._lock:
            self._done += days
            self._listener(self._done, self._total)

    def stop(self) -> None:
        """End every run at its next day."""
        self._stop.set()


class _Queue(Generic[T]):
    """Replicates that have been handed to the pool, each one run per scenario."""

    def __init__(self, pool: ThreadPoolExecutor, simulate: Callable[[int, int], T], width: int):
        self._pool = pool
        self._simulate = simulate
        self._width = width
        self._waiting: deque[list[Future[T]]] = deque()
        self._next = 0

    def fill(self, ahead: int, most: int) -> None:
        while len(self._waiting) < ahead and self._next < most:
            runs = [self._pool.submit(self._simulate, k, self._next) for k in range(self._width)]
            self._waiting.append(runs)
            self._next += 1

    def first(self) -> tuple[T, ...]:
        return tuple(future.result() for future in self._waiting.popleft())


def replicate(
    simulate: Callable[[int, int], T],
    scenarios: int,
    replicates: int,
    *,
    threads: int,
    counter: Counter,
    enough: Callable[[list[tuple[T, ...]]], bool] | None = None,
) -> list[tuple[T, ...]]:
    """Run every scenario `replicates` times.

    Args:
        simulate: Makes one run from the number of a scenario and of a replicate.
        scenarios: Number of scenarios.
        replicates: Number of replicates, at most.
        threads: Runs side by side.
        counter: Stopped when a run fails or the user interrupts, so that no thread goes on.
        enough: Asked after each replicate, in order, whether those so far are enough.

    Returns:
        One tuple per replicate, holding what `simulate` gave for each scenario.
    """
    pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="replicate")
    queue = _Queue(pool, simulate, scenarios)
    ahead = math.ceil(2 * threads / scenarios)
    done: list[tuple[T, ...]] = []
    try:
        while len(done) < replicates:
            queue.fill(ahead, replicates)
            done.append(queue.first())
            if enough is not None and enough(done):
                break
    finally:
        counter.stop()
        pool.shutdown(wait=True, cancel_futures=True)
    return done
