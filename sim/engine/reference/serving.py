"""Phase 6: places are given by lottery under a capacity, and what a visit leaves behind."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.codes import (
    BY_ENCOUNTER,
    E_DATA_TAKEN,
    E_FULL,
    E_MISTREATED,
    E_REFUSED,
    E_SERVED,
    EVER_ASSISTED,
    EVER_ASSISTED_RCRC,
    EXPOSED,
    FINANCIAL,
    M_ASKED,
    M_DELAYED,
    M_IN_NEED,
    M_REGISTRATIONS,
    M_RELIEVED,
    M_SERVED,
    MONEY,
    NONE,
    P_ASKED,
    P_SERVED,
    P_TURNED_AWAY,
    REFUSED_HERE,
    RETURNED,
    SERVED,
    TURNED_AWAY,
    URGENCY_BITS,
    WAS_DETERRED,
    WAS_SERVED,
)
from sim.engine import streams
from sim.engine.reference.following import Following
from sim.rules.enforcement import detention_chance
from sim.rules.needs import by_urgency, lottery_ticket, places_kept, relieved
from sim.scene import Scene

__all__ = ["Visiting", "open_places", "serve"]

RICHEST = MONEY.index("richest_third")


class Visiting(Following):
    """A person who asks for help at a service point."""

    def is_excluded_from(self, point: int) -> bool:
        """Whether the service point is made to turn away people of this status."""
        return bool(self.scene.points[point].excludes >> self.status & 1)

    def ticket(self, day: int) -> float:
        """Place in today's lottery: the more urgent the need, the smaller."""
        p = self.scene.p
        urgency = self.episode[self.need] & URGENCY_BITS
        weight = by_urgency(urgency, 1.0, p.lottery_pressing, p.lottery_acute)
        return lottery_ticket(self.luck(streams.LOTTERY, day)[0], weight)

    def be_helped(self, point: int, day: int) -> None:
        """A visit of one who has got a place."""
        p, it = self.scene.p, self.scene.points[point]
        u = self.luck(streams.VISIT, day)
        competent = u[1] < it.competence
        self.outcome = SERVED
        self._be_relieved(it.relief[self.need], 1.0 if competent else p.help_half)
        if self.need == FINANCIAL and self.money < RICHEST and u[3] < p.help_money:
            self.money += 1
        self.ever |= EVER_ASSISTED
        if self.scene.family_is[it.family] == 0:
            self.ever |= EVER_ASSISTED_RCRC
        kind = E_SERVED if u[0] < it.respect else E_MISTREATED
        self.experience(kind, point, day)
        self.live_through(kind, point, day)
        if not competent:
            self._get_less_than_promised(point, day)
        if u[2] < it.registers:
            self.filed_point.push(point)
            self.filed_day.push(day)
            self.count(M_REGISTRATIONS)
            if self.exposure >= EXPOSED:
                self.live_through(E_DATA_TAKEN, point, day)

    def _be_relieved(self, relief: float, quality: float) -> None:
        level = relieved(self.level[self.need], relief, quality, self.scene.p.level_end)
        self.level[self.need] = level
        self.episode[self.need] |= WAS_SERVED
        if level <= 0.0:
            self.count(M_RELIEVED)
            if self.episode[self.need] & WAS_DETERRED:
                self.count(M_DELAYED)

    def be_refused(self, point: int, day: int) -> None:
        """Turned away for one's status: from now on one knows."""
        self.outcome = TURNED_AWAY
        for slot, entry in enumerate(self.known):
            if entry == point + 1:
                self.known[slot] = point + 1 + REFUSED_HERE
        self.experience(E_REFUSED, point, day)
        self.live_through(E_REFUSED, point, day)

    def find_it_full(self, point: int, day: int) -> None:
        """Turned away because there is no place today."""
        self.outcome = TURNED_AWAY
        self.experience(E_FULL, point, day)
        self._get_less_than_promised(point, day)

    def _get_less_than_promised(self, point: int, day: int) -> None:
        it = self.scene.points[point]
        self.absorb_about(E_FULL, it.family, it.promises_too_much, it.registers, day, BY_ENCOUNTER)

    def pass_the_door(self, point: int, day: int) -> None:
        """Officers at the door may detain someone who asks."""
        it = self.scene.points[point]
        if it.door <= 0.0 or self.state == RETURNED:
            return
        u = self.luck(streams.VISIT, day, 1)[0]
        surprise = it.door * (1.0 - it.warned)
        if u < detention_chance(self.scene.p.door_detention, surprise, self.exposure):
            self.be_detained(point, day)

    def count_outcome(self) -> None:
        """Count the one outcome of today's need, where this person is now."""
        if self.outcome == NONE:
            return
        self.count(M_IN_NEED)
        if self.outcome in (SERVED, TURNED_AWAY):
            self.count(M_ASKED)
        self.count(M_SERVED + self.outcome - SERVED)


def open_places(scene: Scene) -> None:
    """Add today's places to those that stand over; the first fraction of a place is keyed."""
    p = scene.p
    for it in scene.points:
        if it.left < 0.0 and it.there == 1:
            it.left = scene.luck(streams.CAPACITY, 0, it.key)[0]
        if it.left < 0.0:
            continue
        capacity = it.capacity * p.capacity_scale * it.open
        it.left = min(it.left, places_kept(capacity, p.places_kept)) + capacity


def serve(scene: Scene, point: int, queue: Sequence[Visiting], day: int) -> None:
    """One service point and all who ask there today: a lottery among those it may help."""
    places = math.floor(scene.points[point].left)
    admitted = [me for me in queue if not me.is_excluded_from(point)]
    winners = sorted(admitted, key=lambda me: (me.ticket(day), me.key))[:places]
    for me in queue:
        scene.count_at(point, P_ASKED)
        owed = me.is_owed(point)
        if me.is_excluded_from(point):
            me.be_refused(point, day)
        elif me in winners:
            scene.points[point].left -= 1.0
            me.be_helped(point, day)
        else:
            me.find_it_full(point, day)
        me.follow_up(point, owed, day)
        scene.count_at(point, P_SERVED if me.outcome == SERVED else P_TURNED_AWAY)
        me.pass_the_door(point, day)
