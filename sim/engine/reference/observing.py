"""Phase 12: being counted, and making today's record public for tomorrow."""

from __future__ import annotations

from sim.codes import (
    ABSENT,
    DEAD,
    DETAINED,
    E_NONE,
    E_SERVED,
    M_DEAD,
    M_PRESENT,
    M_TRAVELLING,
    TRAVELLING,
)
from sim.engine.reference.reading import POINT_BITS, Believing

__all__ = ["Observed"]

PUBLISHED = (
    "heard", "telling", "told_kind", "told_day", "told_point", "told_node", "node",
)
"""What others may know of a person, as it is."""
MOST_POINTS = 32


class Observed(Believing):
    """A person who is counted at the end of the day."""

    def end_the_day(self, over: int, day: int) -> None:
        """Be counted, forget stories that are over (a bit each), and publish one's record."""
        if self.state == ABSENT:
            return
        if self.state == DEAD:
            self.count(M_DEAD)
            self.public.present = 0
            return
        tally = self.scene.world.tally
        self.count(M_PRESENT)
        self.count(M_TRAVELLING + self.state - TRAVELLING)
        self.heard &= ~over
        self.telling &= ~over
        tally.telling[0] |= self.telling
        if self.told_kind != E_NONE and self.told_day == day:
            tally.births[0] += 1
        self.seen = 0
        self._publish()

    def _publish(self) -> None:
        public = self.public
        for name in PUBLISHED:
            setattr(public, name, getattr(self, name))
        public.present = 0 if self.state == DETAINED else 1
        served_here = self.told_kind == E_SERVED and self.told_node == self.node
        public.served_here = 1 if served_here else 0
        public.known = self._known_here()

    def _known_here(self) -> int:
        """Service points known at one's node, a bit each."""
        here, bits = self.here, 0
        for entry in self.known:
            local = (entry & POINT_BITS) - 1 - here.first_point
            if 0 <= local < min(here.points, MOST_POINTS):
                bits |= 1 << local
        return bits
