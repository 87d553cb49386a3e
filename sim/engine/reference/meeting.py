"""Phases 7 and 8: what people see, and what they hear from each other.

Everyone reads the record of yesterday that others made public; nobody writes into others.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from sim.codes import (
    BY_HEARSAY,
    BY_RUMOUR,
    BY_WITNESS,
    DEAD,
    DETAINED,
    E_DOOR,
    E_NONE,
    E_RAID,
    HAS_LANGUAGE,
    HAS_PHONE,
    HUMAN,
    NOWHERE,
    SOURCES,
    TRAVELLING,
)
from sim.columns import TIES
from sim.engine import streams
from sim.engine.reference.hearing import Hearing
from sim.randomness import event_id
from sim.rules.encounter import told_probability
from sim.rules.needs import finding_chance
from sim.scene import Person

__all__ = ["Meeting", "line_up", "look_around"]

CALL = 63
"""Number of a call among the contacts of a day; meetings count from 0."""
FAMILY_ABROAD = SOURCES.index("family_abroad")


class Meeting(Hearing):
    """A person who meets others, calls, asks around and looks around."""

    def get_in_line(self, day: int) -> bool:
        """Draw today's place among the people at one's node; False if not free at a node."""
        self.rank = -1
        free = self.alive and self.state not in (DETAINED, TRAVELLING)
        if free:
            self.order_key = self.words(streams.ORDER, day)[0]
        return free

    def see(self, other: Person, day: int) -> None:
        """See, if at liberty, what befell someone nearby."""
        if self.state in (DETAINED, DEAD):
            return
        if other.seen == E_DOOR:
            it = self.scene.points[other.asked]
            if self.remember(event_id(it.key, day // 7, E_DOOR)):
                self.absorb(E_DOOR, other.asked, day, BY_WITNESS)
        elif self.remember(event_id(other.here.key, day, E_RAID)):
            self.absorb(E_RAID, NOWHERE, day, BY_WITNESS)

    def meet(self, people: Sequence[Person], news: list[int], day: int) -> None:
        """Meetings, calls, sources, news and finding of one day.

        Args:
            people: Everyone, for calls.
            news: Announcements of today.
            day: Today.
        """
        if not self.alive:
            return
        p = self.scene.p
        u = self.luck(streams.MEETING, day)
        free = self.state != DETAINED  # some stood in line this morning and were detained today
        if free and self.rank >= 0:
            for contact, other in enumerate(self._neighbours(u[0])):
                self._talk_to(other, contact, day)
            self._look_for_services(day)
        chance = p.calls_per_day * self.here.connectivity
        if free and self.traits & HAS_PHONE and u[1] < chance:
            friend = self.ties[int(u[1] / chance * TIES)]
            if friend >= 0:
                self._talk_to(people[friend], CALL, day)
        if free and self.scene.gates[BY_HEARSAY] > 0.0:
            self._consult(u[2], u[3], day)
        if self.scene.gates[BY_RUMOUR] > 0.0:
            if free:
                self.hear_news(news, day)
            self.tire_of_stories(day)

    def _neighbours(self, u: float) -> Iterable[Person]:
        """Those who stand next in today's line, as many as one meets."""
        rate = self.scene.p.meetings_per_day
        whole = math.floor(rate)
        line = self.scene.lines[self.node]
        place = line.index(self)
        meetings = min(len(line) - 1, whole + (1 if u < rate - whole else 0))
        return [line[(place + 1 + n) % len(line)] for n in range(meetings)]

    def _talk_to(self, other: Person, contact: int, day: int) -> None:
        """Meet or call someone: hearsay, stories, where to find help."""
        p, them = self.scene.p, other.public
        if them.present == 0:
            return
        u = self.luck(streams.CONTACT, day, contact)
        still_told = told_probability(day - them.told_day, p.telling_half_life)
        hears = self.scene.gates[BY_HEARSAY] > 0.0
        if self.scene.exchanges:
            if hears:
                self.exchange(other, contact, day)
        elif hears and u[0] < still_told:
            self.be_told(them.told_kind, them.told_point, other.public_event, day, p.hearsay_trust)
        if self.scene.gates[BY_RUMOUR] > 0.0:
            self.swap_stories(other, contact, day)
        passed_on = p.pass_on_served if them.served_here == 1 else p.pass_on
        if them.node == self.node and self.state != TRAVELLING and u[1] < passed_on:
            self._be_shown(them.known, u[2])

    def _be_shown(self, known: int, u: float) -> None:
        """Learn of one of the service points here (a bit each) that the other knows."""
        here = self.here
        turn = int(u * here.listed)
        for step in range(here.points):
            local = (turn + step) % here.points
            if known >> local & 1 and not self.knows(here.first_point + local):
                self.learn(here.first_point + local)
                return

    def be_told(self, kind: int, point: int, event: int, day: int, trust: float) -> None:
        """Be told of an experience (hearsay), counted once."""
        if kind != E_NONE and self.remember(event):
            self.absorb(kind, point, day, BY_HEARSAY, trust=trust)

    def _consult(self, u: float, v: float, day: int) -> None:
        """Ask one of the sources that one uses."""
        used = [kind for kind in range(len(SOURCES)) if self.sources >> kind & 1]
        if not used or u >= self.scene.p.source_rate:
            return
        kind = used[int(v * len(used))]
        record = self.scene.sources[self.origin if kind == FAMILY_ABROAD else self.node][kind]
        if day - record.since > self.scene.p.source_memory:
            return
        self.be_told(record.told_kind, record.told_point, record.event, day,
                     self.scene.p.source_trust)

    def _look_for_services(self, day: int) -> None:
        """Find service points by oneself."""
        p = self.scene.p
        need = p.find_in_need if self.need >= 0 else 1.0
        slowed = 1.0 - p.cost_human if self.level[HUMAN] > 0.0 else 1.0
        for local, (k, it) in enumerate(self.scene.points_at(self.node)):
            if local % 4 == 0:
                u = self.luck(streams.AWARENESS, day, local // 4)  # for this and the next three
            if it.open == 0:
                continue
            tongue = 1.0
            if not self.traits & HAS_LANGUAGE:
                tongue = p.find_no_language + (1.0 - p.find_no_language) * it.lived_experience
            if u[local % 4] < finding_chance(p.find, it.visibility, need, slowed * tongue):
                self.learn(k)


def line_up(people: Iterable[Meeting], places: int, day: int) -> list[list[Meeting]]:
    """At each node, the people there who are free, in an order keyed by the day."""
    lines: list[list[Meeting]] = [[] for _ in range(places)]
    for me in people:
        if me.get_in_line(day):
            lines[me.node].append(me)
    rank = 0
    for line in lines:
        line.sort(key=lambda me: (me.order_key, me.key))
        for me in line:
            me.rank = rank
            rank += 1
    return lines


def look_around(line: Sequence[Meeting], width: int, day: int) -> None:
    """Those who stand before someone in the line, ``width`` of them, see what befell that one."""
    for place, someone in enumerate(line):
        if someone.seen:
            for step in range(1, min(width, len(line) - 1) + 1):
                line[(place - step) % len(line)].see(someone, day)
