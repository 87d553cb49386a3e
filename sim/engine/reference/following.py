"""What a visit brings beside help (a part of phase 6): what is noticed, made good and passed on."""

from __future__ import annotations

from sim.codes import (
    BY_ENCOUNTER,
    DEAD,
    E_AGENDA,
    E_AMENDS,
    E_FULL,
    E_MISTREATED,
    E_REFUSED,
    NOWHERE,
    SERVED,
)
from sim.columns import REFERRALS, SEARCHED
from sim.engine import streams
from sim.engine.reference.enforcing import Facing
from sim.engine.reference.overhearing import Overhearing
from sim.randomness import event_id
from sim.rows import Point
from sim.rules.opinion import disbelief
from sim.scene import Person

__all__ = ["Following"]

BAD = (E_FULL, E_REFUSED, E_MISTREATED)
"""Experiences at a service point that call for amends."""


class Following(Facing, Overhearing):
    """A person who has just been to a service point."""

    def is_owed(self, point: int) -> bool:
        """Whether one was last turned away or mistreated by the organisation of a point."""
        points = self.scene.points
        if self.told_kind not in BAD or self.told_point < 0:
            return False
        return bool(points[self.told_point].organisation == points[point].organisation)

    def follow_up(self, point: int, owed: bool, day: int) -> None:
        """What a visit brings beside help.

        Args:
            point: The service point.
            owed: Whether amends were due before this visit.
            day: Today.
        """
        it, served = self.scene.points[point], self.outcome == SERVED
        u = self.luck(streams.FOLLOW_UP, day)
        if served and u[0] < it.agenda[self.status]:
            self.notice_agenda(point, day, BY_ENCOUNTER)
        if u[1] < it.amends[self.status]:
            self._accept_amends(point, owed, day)
        if served and u[2] < it.restores[self.status]:
            self._find_a_tie_again(u[3])
        if served and it.partner_seen > 0.0:
            self._notice_partner(point, day)
        for slot in range(REFERRALS):
            if served and it.refers[slot] > 0.0 and it.refers_whom[slot] >> self.status & 1:
                self._be_sent_on(it, slot, day)

    def _notice_partner(self, point: int, day: int) -> None:
        """See whom an organisation works with: it weighs by disbelief in the partner."""
        it = self.scene.points[point]
        seen = self.luck(streams.FOLLOW_UP, day, 1)[0] < it.partner_seen
        if seen and self.remember(event_id(it.key, day // 7, E_AGENDA)):
            r, s = self.independence(it.partner, day)
            self.absorb(E_AGENDA, point, day, BY_ENCOUNTER,
                        weight=disbelief(r, s, self.scene.p.prior_weight))

    def _accept_amends(self, point: int, owed: bool, day: int) -> None:
        """Amends for a bad experience at this visit or, ``owed``, at the one before."""
        it, today = self.scene.points[point], self.told_kind in BAD
        let_down = (self.outcome == SERVED and it.promises_too_much > 0.0
                    and self.luck(streams.VISIT, day)[1] >= it.competence)
        if today:
            self.experience(E_AMENDS, point, day)
        if today or owed or let_down:
            self.live_through(E_AMENDS, point, day)

    def _find_a_tie_again(self, u: float) -> None:
        """A lost tie is replaced by one to somebody of the same origin who entered earlier."""
        ties = list(self.ties)
        if NOWHERE not in ties:
            return
        start = int(u * self.index)
        for step in range(min(self.index, SEARCHED)):
            other = Person(self.scene, (start - step) % self.index)
            if (other.origin == self.origin and other.entered < self.entered
                    and other.state != DEAD and other.index not in ties):
                self.ties[ties.index(NOWHERE)] = other.index
                return

    def _be_sent_on(self, it: Point, slot: int, day: int) -> None:
        """Be told of the point or points to which a referral leads."""
        points, to = self.scene.points, it.refers_to[slot]
        key = points[to].key if to >= 0 else it.key
        if self.luck(streams.REFERRAL, day, key)[0] >= it.refers[slot]:
            return
        if to >= 0:
            if points[to].there == 1:
                self.learn(to)
            return
        node = self._next_node()
        for k, other in self.scene.points_at(node) if node >= 0 else ():
            if other.family == it.family and other.there == 1:
                self.learn(k)

    def _next_node(self) -> int:
        """The node one leg on that is nearest to one's destination, or NOWHERE."""
        here, found = self.here, NOWHERE
        best = self.scene.remaining(self.destination, self.node)
        for n in range(here.first_leg, here.first_leg + here.legs):
            leg = self.scene.legs[n]
            left = self.scene.remaining(self.destination, leg.end)
            if leg.open == 1 and left < best:
                best, found = left, leg.end
        return found
