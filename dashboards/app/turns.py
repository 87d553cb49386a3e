"""Fair turns: whoever has long work lets others go first after a moment, session by session.

Long work asks between two simulated days whether it may go on. One piece of long work runs at a
time, on as many threads as it likes; after a moment the one that waited longest goes on. While a
slider is answered, long work rests, but never so long that it would not get on at all.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition

__all__ = ["TURNS", "Turns"]


class Turns:
    """Decides who goes on.

    Args:
        moment: Seconds that one may go on while others wait.
        rest: Seconds that long work rests for sliders, at most, before its next moment.
    """

    def __init__(self, moment: float = 0.25, rest: float = 1.0) -> None:
        self._moment = moment
        self._rest = rest
        self._changed = Condition()
        self._waiting: deque[object] = deque()
        self._holder: object | None = None
        self._since = 0.0
        self._quick = 0

    @property
    def waiting(self) -> int:
        """How many wait for their turn."""
        return len(self._waiting)

    def enter(self, who: object, unwanted: Callable[[], bool] = lambda: False) -> None:
        """Wait for a turn.

        Args:
            who: Whoever waits.
            unwanted: Whether it is to wait no longer; asked again after `wake`.
        """
        with self._changed:
            self._queue(who, unwanted)

    def leave(self, who: object) -> None:
        """Give the turn back, or wait no longer."""
        with self._changed:
            if who in self._waiting:
                self._waiting.remove(who)
            if self._holder is who:
                self._pass_on()
            self._changed.notify_all()

    def tick(self, who: object, unwanted: Callable[[], bool] = lambda: False) -> None:
        """Go on if that is fair, or wait first; called often by whoever holds the turn."""
        with self._changed:
            if self._holder is not who or time.monotonic() - self._since < self._moment:
                return
            self._let_sliders_go_first(unwanted)
            if self._waiting:
                self._pass_on()
                self._queue(who, unwanted)

    def wake(self) -> None:
        """Let those that wait ask whether they are still wanted."""
        with self._changed:
            self._changed.notify_all()

    @contextmanager
    def quick(self) -> Iterator[None]:
        """While this lasts, long work rests."""
        with self._changed:
            self._quick += 1
        try:
            yield
        finally:
            with self._changed:
                self._quick -= 1
                self._changed.notify_all()

    def _queue(self, who: object, unwanted: Callable[[], bool]) -> None:
        self._waiting.append(who)
        if self._holder is None:
            self._pass_on()
        self._changed.wait_for(lambda: self._holder is who or unwanted())

    def _pass_on(self) -> None:
        self._holder = self._waiting.popleft() if self._waiting else None
        self._since = time.monotonic()
        self._changed.notify_all()

    def _let_sliders_go_first(self, unwanted: Callable[[], bool]) -> None:
        if not self._quick:
            return
        self._changed.wait_for(lambda: not self._quick or unwanted(), timeout=self._rest)
        if not self._waiting:
            self._since = time.monotonic()


TURNS = Turns()
"""Who goes on, in this process."""
