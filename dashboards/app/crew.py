"""A bounded number of threads that work off what they are given, in order."""

from __future__ import annotations

import _thread
import logging
from collections.abc import Callable
from itertools import count
from queue import PriorityQueue
from threading import Lock

__all__ = ["Crew"]


class Crew:
    """Threads that begin when they are first needed and end with the process.

    They belong to no session: made without `threading.Thread`, which Solara binds to whoever
    makes one. They are daemons, so a process that is told to end does not wait for long work.

    Args:
        most: Threads, at most.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._begun = 0
        self._idle = 0
        self._order = count()
        self._tasks: PriorityQueue[tuple[int, int, Callable[[], None]]] = PriorityQueue()

    def give(self, task: Callable[[], None], rank: int = 0) -> None:
        """Have a task done; of those that wait, the one with the lowest rank comes first."""
        with self._lock:
            self._tasks.put((rank, next(self._order), task))
            if self._begun < self._most and self._tasks.qsize() > self._idle:
                self._begun += 1
                _thread.start_new_thread(self._work, ())

    def waits(self, rank: int) -> bool:
        """Whether a task of this rank, or of a lower one, waits for a thread."""
        with self._tasks.mutex:
            return bool(self._tasks.queue) and self._tasks.queue[0][0] <= rank

    @property
    def has_one_task(self) -> bool:
        """Whether no more than one task is being done, and none waits."""
        with self._lock:
            return self._begun - self._idle <= 1 and self._tasks.empty()

    def _work(self) -> None:
        while True:
            with self._lock:
                self._idle += 1
            _, _, task = self._tasks.get()
            with self._lock:
                self._idle -= 1
            try:
                task()
            except Exception:  # a fault of one task is not the end of the thread
                logging.getLogger("waytrust.dashboard").exception("in the background")
            del task  # who waits for the next one must not keep what the last one was about
