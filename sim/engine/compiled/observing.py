"""Phase 12: counting, and making today's record public for tomorrow."""

from __future__ import annotations

from typing import Any

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
from sim.columns import KNOWN_POINTS, Tables
from sim.compiling import bits, bits32, inlined, kernel, whole
from sim.engine.compiled.luck import Luck
from sim.engine.compiled.reading import (
    background_quality,
    background_trust,
    danger,
    independence_on,
    quality_on,
)
from sim.engine.tally import Tally
from sim.rules.opinion import belief, disbelief, projected_probability

__all__ = ["OPINION_UNITS", "observe", "opinions", "settle_at_origin"]

OPINION_UNITS = 1 << 24
"""Whole parts in which mean opinions are added up, so that the order does not matter."""


@kernel
def settle_at_origin(t: Tables, start: int, stop: int) -> None:
    """People ``start`` to ``stop`` enter the system today, at their origins (phase 2)."""
    for i in range(start, stop):
        t.body[i].state = t.body[i].state + 2


@inlined
def _known_here(t: Tables, i: int) -> int:
    """Service points known at one's node, a bit each."""
    node = t.nodes[t.body[i].node]
    bits = bits32(0)
    for slot in range(KNOWN_POINTS):
        local = (whole(t.body[i].known[slot]) & 0x7FFF) - 1 - node.first_point
        if local >= 0 and local < node.points and local < 32:
            bits |= bits32(1) << bits32(local)
    return bits


@kernel
def observe(t: Tables, tally: Tally, luck: Luck, start: int, stop: int, day: int, over: int,
            ) -> None:
    """Count people ``start`` to ``stop`` and publish their record; forget stories that are over."""
    away = t.nodes.shape[0]
    alive = bits(0)
    keep = ~bits(over)
    for i in range(start, stop):
        me = t.body[i]
        if me.state == ABSENT:
            continue
        place = away if me.leg >= 0 else whole(me.node)
        public = t.public[i]
        if me.state == DEAD:
            tally.counts[place, me.status, M_DEAD] += 1
            public.present = 0
            continue
        tally.counts[place, me.status, M_PRESENT] += 1
        tally.counts[place, me.status, M_TRAVELLING + me.state - TRAVELLING] += 1
        me.heard &= keep
        me.telling &= keep
        alive |= me.telling
        if me.told_kind != E_NONE and me.told_day == day:
            tally.births[0] += 1
            t.slots[luck.listed[0]] = i
            luck.listed[0] += 1
        me.seen = 0
        public.heard = me.heard
        public.telling = me.telling
        public.told_kind = me.told_kind
        public.told_day = me.told_day
        public.told_point = me.told_point
        public.told_node = me.told_node
        public.node = me.node
        public.present = 0 if me.state == DETAINED else 1
        public.served_here = 1 if me.told_kind == E_SERVED and me.told_node == me.node else 0
        public.known = _known_here(t, i)
    tally.telling[0] |= alive


@kernel
def opinions(t: Tables, sums: Any, reach: Any, start: int, stop: int, day: int) -> None:
    """Add up opinions by place and status: per family and facet b and d, danger b, d and P.

    Also counts how many have heard the story of each slot (``reach``).
    """
    p = t.p[0]
    w = p.prior_weight
    away = t.nodes.shape[0]
    families = t.p[0].family_is.shape[0]
    for i in range(start, stop):
        me = t.body[i]
        heard, slot = me.heard, 0
        while heard != 0:
            reach[slot] += heard & bits(1)
            heard >>= bits(1)
            slot += 1
        if me.state == ABSENT or me.state == DEAD:
            continue
        row = sums[away if me.state == TRAVELLING else me.node, me.status]
        # Background is drawn once per person, not once per family: a third of the time.
        trust = background_trust(t, i)
        able = background_quality(t, i, 0)
        fair = background_quality(t, i, 1)
        for family in range(families):
            cell = 6 * family
            r, s = quality_on(t, i, family, 0, day, able[0], able[1])
            row[cell] += int(OPINION_UNITS * belief(r, s, w))
            row[cell + 1] += int(OPINION_UNITS * disbelief(r, s, w))
            r, s = quality_on(t, i, family, 1, day, fair[0], fair[1])
            row[cell + 2] += int(OPINION_UNITS * belief(r, s, w))
            row[cell + 3] += int(OPINION_UNITS * disbelief(r, s, w))
            r, s = independence_on(t, i, family, day, trust[0], trust[1])
            row[cell + 4] += int(OPINION_UNITS * belief(r, s, w))
            row[cell + 5] += int(OPINION_UNITS * disbelief(r, s, w))
        r, s = danger(t, i, day)
        cell = 6 * families
        row[cell] += int(OPINION_UNITS * belief(r, s, w))
        row[cell + 1] += int(OPINION_UNITS * disbelief(r, s, w))
        row[cell + 2] += int(OPINION_UNITS * projected_probability(r, s, p.base_rate_danger, w))
