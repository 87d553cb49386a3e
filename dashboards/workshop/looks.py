"""When a run that goes on is looked at: soon, now and then, and not when its end is near."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.model import TrustModel

__all__ = ["Looks"]

_FIRST, _NEXT = 0.12, 0.3
"""Seconds to the first look at a run that goes on, and between the next ones."""
_SOON = 0.35
"""Seconds before the end in which nobody looks any more. A look takes 0.04 s, so that on a machine
that is fast enough all is shown at once, within half a second of the question."""


class Looks:
    """Tells after each day whether it is time for a look.

    Args:
        run: The run, before it goes on.
        first: Whether nobody has looked at it yet.
    """

    def __init__(self, run: TrustModel, *, first: bool) -> None:
        self._run = run
        self._day, self._since = run.day, time.perf_counter()
        self._next = self._since + (_FIRST if first else _NEXT)

    def due(self) -> bool:
        """Whether it is time; the next look is some time later."""
        now = time.perf_counter()
        if now < self._next or self._run.day <= 0:
            return False
        self._next = now + _NEXT
        return True

    @property
    def end_is_near(self) -> bool:
        """Whether all will be lived in a moment, so that a look is not worth its time."""
        run = self._run
        a_day = (time.perf_counter() - self._since) / max(1, run.day - self._day)
        return a_day * (run.plan.days - run.day) < _SOON
