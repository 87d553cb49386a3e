"""Runs side by side in threads of one process, paired by replicate.

The compiled kernels release the interpreter lock, so threads are enough. What comes back is in the
order of replicates, whatever the number of threads and whichever run ends first.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event, Lock
from typing import TypeVar

__all__ = ["Counter", "Stopped", "available_cores", "replicate"]

T = TypeVar("T")


class Stopped(Exception):  # noqa: N818  (it is not an error)
    """Raised inside a run that is no longer wanted."""


class Counter:
    """Counts simulated days over all threads and tells whoever listens.

    Args:
        listener: Called with days done and days in all (None where nobody knows).
        total: Days in all.
    """

    def __init__(self, listener: Callable[[int, int | None], None] | None, total: int | None):
        self._listener = listener
        self._total = total
        self._done = 0
        self._lock = Lock()
        self._stop = Event()

    def begin(self) -> None:
        """Tell the listener that runs are about to begin."""
        if self._listener is not None:
            self._listener(0, self._total)

    def tick(self) -> None:
        """Note one simulated day.

        Raises:
            Stopped: If the runs are to end.
        """
        if self._stop.is_set():
            raise Stopped
        if self._listener is None:
            return
        with self._lock:
            self._done += 1
            self._listener(self._done, self._total)

    def stop(self) -> None:
        """End every run at its next day."""
        self._stop.set()


def replicate(
    simulate: Callable[[int], T],
    replicates: int,
    *,
    threads: int,
    counter: Counter,
    enough: Callable[[list[T]], bool] | None = None,
) -> list[T]:
    """Make replicates side by side.

    Args:
        simulate: Makes one replicate, with every scenario in it, from its number.
        replicates: Number of replicates, at most.
        threads: Replicates side by side.
        counter: Stopped when a run fails or the user interrupts, so that no thread goes on.
        enough: Asked after each replicate, in order, whether those so far are enough.

    Returns:
        What `simulate` gave, in the order of replicates.
    """
    pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="replicate")
    waiting: deque[Future[T]] = deque()
    done: list[T] = []
    try:
        while len(done) < replicates:
            # A few ahead, so that no thread waits and none works in vain for long.
            while len(waiting) < threads + 1 and len(done) + len(waiting) < replicates:
                waiting.append(pool.submit(simulate, len(done) + len(waiting)))
            done.append(waiting.popleft().result())
            if enough is not None and enough(done):
                break
    finally:
        counter.stop()
        pool.shutdown(wait=True, cancel_futures=True)
    return done


def available_cores() -> int:
    """Processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
