"""Phase 6: places are given by lottery under a capacity, and what a visit leaves behind."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

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
    NONE,
    P_ASKED,
    P_SERVED,
    P_TURNED_AWAY,
    REFUSED_HERE,
    RETURNED,
    SERVED,
    TRAVELLING,
    TURNED_AWAY,
    URGENCY_BITS,
    WAS_DETERRED,
    WAS_SERVED,
)
from sim.columns import FILES, KNOWN_POINTS, Tables
from sim.compiling import kernel, whole
from sim.engine import streams
from sim.engine.compiled.absorbing import absorb
from sim.engine.compiled.enforcing import detain, experience
from sim.engine.compiled.following import follow_up, is_owed
from sim.engine.compiled.reading import exposure_of
from sim.engine.tally import Tally
from sim.randomness import block, uniform
from sim.rules.enforcement import detention_chance
from sim.rules.needs import by_urgency, lottery_ticket, places_kept, relieved

__all__ = ["count_outcomes", "open_places", "serve"]


@kernel
def open_places(t: Tables) -> None:
    """Add today's places to those that stand over; the first fraction of a place is keyed."""
    p = t.p[0]
    for k in range(t.points.shape[0]):
        it = t.points[k]
        if it.left < 0.0 and it.there == 1:
            it.left = uniform(block(p.run, streams.CAPACITY, 0, it.key, 0)[0])
        if it.left < 0.0:
            continue
        capacity = it.capacity * p.capacity_scale * it.open
        it.left = min(it.left, places_kept(capacity, p.places_kept)) + capacity


@kernel
def _ticket(t: Tables, i: int, day: int) -> float:
    """Place in the lottery, small is first: an exponential with the weight of the urgency."""
    p = t.p[0]
    urgency = t.body[i].episode[t.body[i].need] & URGENCY_BITS
    weight = by_urgency(urgency, 1.0, p.lottery_pressing, p.lottery_acute)
    u = uniform(block(t.p[0].run, streams.LOTTERY, day, t.body[i].key, 0)[0])
    return lottery_ticket(u, weight)


@kernel
def _file(t: Tables, i: int, k: int, day: int) -> None:
    for slot in range(FILES - 1, 0, -1):
        t.mind[i].filed_point[slot] = t.mind[i].filed_point[slot - 1]
        t.mind[i].filed_day[slot] = t.mind[i].filed_day[slot - 1]
    t.mind[i].filed_point[0] = k
    t.mind[i].filed_day[0] = day


@kernel
def _help(t: Tables, tally: Tally, i: int, k: int, day: int) -> None:
    """One visit of a person who has got a place."""
    p = t.p[0]
    me = t.body[i]
    it = t.points[k]
    words = block(t.p[0].run, streams.VISIT, day, me.key, 0)
    competent = uniform(words[1]) < it.competence
    need = me.need
    level = relieved(t.body[i].level[need], it.relief[need], 1.0 if competent else p.help_half,
                     p.level_end)
    t.body[i].level[need] = level
    t.body[i].episode[need] |= WAS_SERVED
    if level <= 0.0:
        tally.counts[me.node, me.status, M_RELIEVED] += 1
        if t.body[i].episode[need] & WAS_DETERRED:
            tally.counts[me.node, me.status, M_DELAYED] += 1
    if need == FINANCIAL and me.money < 2 and uniform(words[3]) < p.help_money:
        me.money += 1
    me.ever |= EVER_ASSISTED
    if t.p[0].family_is[it.family] == 0:
        me.ever |= EVER_ASSISTED_RCRC
    kind = E_SERVED if uniform(words[0]) < it.respect else E_MISTREATED
    experience(t, i, kind, k, day)
    absorb(t, i, kind, it.family, it.promises, it.registers, day, BY_ENCOUNTER, 1.0, 1.0)
    if not competent:
        absorb(t, i, E_FULL, it.family, it.promises_too_much, it.registers, day,
               BY_ENCOUNTER, 1.0, 1.0)
    if uniform(words[2]) < it.registers:
        _file(t, i, k, day)
        tally.counts[me.node, me.status, M_REGISTRATIONS] += 1
        if exposure_of(t, i) >= EXPOSED:
            absorb(t, i, E_DATA_TAKEN, it.family, it.promises, it.registers, day,
                   BY_ENCOUNTER, 1.0, 1.0)


@kernel
def _refuse(t: Tables, i: int, k: int, day: int) -> None:
    """Turned away for one's status: from now on one knows."""
    it = t.points[k]
    for slot in range(KNOWN_POINTS):
        if t.body[i].known[slot] == k + 1:
            t.body[i].known[slot] = k + 1 + REFUSED_HERE
    experience(t, i, E_REFUSED, k, day)
    absorb(t, i, E_REFUSED, it.family, it.promises, it.registers, day, BY_ENCOUNTER,
           1.0, 1.0)


@kernel
def _at_the_door(t: Tables, tally: Tally, i: int, k: int, day: int) -> None:
    """Officers at the door may detain someone who asks."""
    me = t.body[i]
    it = t.points[k]
    if it.door <= 0.0 or me.state == RETURNED:
        return
    x = exposure_of(t, i)
    u = uniform(block(t.p[0].run, streams.VISIT, day, me.key, 1)[0])
    if u < detention_chance(t.p[0].door_detention, it.door * (1.0 - it.warned), x):
        detain(t, tally, i, k, day)


@kernel
def serve(t: Tables, tally: Tally, asking: int, day: int) -> None:
    """All service points, one after another, each with those who ask there.

    Those who ask were listed as they chose, so that nobody else is looked at.
    """
    points = t.points.shape[0]
    open_places(t)
    begin, fill, queue = t.queues[0], t.queues[1], t.slots
    begin[: points + 1] = 0
    for a in range(asking):
        begin[t.body[t.fill[a]].asked + 1] += 1
    for k in range(points):
        begin[k + 1] += begin[k]
        fill[k] = begin[k]
    for a in range(asking):
        k = t.body[t.fill[a]].asked
        queue[fill[k]] = t.fill[a]
        fill[k] += 1
    for k in range(points):
        if fill[k] > begin[k]:
            _serve_point(t, tally, k, queue[begin[k] : fill[k]], day)


@kernel
def _nth_smallest(values: Any, n: int) -> float:
    """The value that ``n`` others are smaller than; reorders ``values`` (Hoare's selection)."""
    low, high = 0, values.shape[0] - 1
    while low < high:
        pivot = values[(low + high) // 2]
        a, b = low, high
        while a <= b:
            while values[a] < pivot:
                a += 1
            while values[b] > pivot:
                b -= 1
            if a <= b:
                values[a], values[b] = values[b], values[a]
                a += 1
                b -= 1
        if n <= b:
            high = b
        elif n >= a:
            low = a
        else:
            break
    return values[n]


@kernel
def _wins(t: Tables, k: int, queue: Any, i: int, limit: float, places: int, day: int) -> bool:
    """Whether person i gets a place: by ticket, and among equal tickets by key."""
    mine = _ticket(t, i, day)
    if mine != limit:
        return mine < limit
    before = 0
    for q in range(queue.shape[0]):
        if (t.points[k].excludes >> t.body[queue[q]].status) & 1:
            continue
        other = _ticket(t, queue[q], day)
        earlier = other == mine and t.body[queue[q]].key < t.body[i].key
        before += 1 if other < mine or earlier else 0
    return before < places


@kernel
def _serve_point(t: Tables, tally: Tally, k: int, queue: Any, day: int) -> None:
    it = t.points[k]
    places = math.floor(it.left)
    size = queue.shape[0]
    admitted = 0
    for q in range(size):
        if not (it.excludes >> t.body[queue[q]].status) & 1:
            t.tickets[admitted] = _ticket(t, queue[q], day)
            admitted += 1
    limit = np.inf
    if admitted > places:
        limit = _nth_smallest(t.tickets[:admitted], places)
    for q in range(size):
        i = queue[q]
        tally.by_point[k, P_ASKED] += 1
        t.body[i].outcome = TURNED_AWAY
        owed = is_owed(t, i, k)
        if (it.excludes >> t.body[i].status) & 1:
            _refuse(t, i, k, day)
        elif _wins(t, k, queue, i, limit, places, day):
            t.body[i].outcome = SERVED
            it.left -= 1.0
            _help(t, tally, i, k, day)
        else:
            experience(t, i, E_FULL, k, day)
            absorb(t, i, E_FULL, it.family, it.promises_too_much, it.registers, day, BY_ENCOUNTER,
                   1.0, 1.0)
        follow_up(t, i, k, owed, day)
        tally.by_point[k, P_SERVED if t.body[i].outcome == SERVED else P_TURNED_AWAY] += 1
        _at_the_door(t, tally, i, k, day)


@kernel
def count_outcomes(t: Tables, tally: Tally, start: int, stop: int) -> None:
    """Count the one outcome of everybody in need, where they are now."""
    away = t.nodes.shape[0]
    for i in range(start, stop):
        me = t.body[i]
        if me.outcome == NONE:
            continue
        place = away if me.state == TRAVELLING else whole(me.node)
        tally.counts[place, me.status, M_IN_NEED] += 1
        if me.outcome <= TURNED_AWAY:
            tally.counts[place, me.status, M_ASKED] += 1
        tally.counts[place, me.status, M_SERVED + me.outcome - SERVED] += 1
