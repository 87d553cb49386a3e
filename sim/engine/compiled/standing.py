"""Who stands next to whom at a node today, and what people see there (phases 2 and 7)."""

from __future__ import annotations

from sim.codes import ABSENT, BY_WITNESS, DEAD, DETAINED, E_DOOR, E_RAID, TRAVELLING
from sim.columns import Tables
from sim.compiling import inlined, kernel, whole
from sim.engine import streams
from sim.engine.compiled.absorbing import absorb, remember
from sim.engine.compiled.luck import TILE, Luck, deal
from sim.randomness import event_id

__all__ = ["line_up", "witness"]

HALF = 1 << 31
"""A key of 32 bits less this fits a signed rank, and keeps its order."""


@kernel
def line_up(t: Tables, luck: Luck, people: int, day: int) -> None:
    """Put the people at each node in an order keyed by the day (a bucket sort, linear).

    Until the line stands, the rank of a person holds the key of the day.
    """
    begin, fill = t.begin, t.fill
    total = _count_and_deal(t, luck, people, day)
    begin[: total + 1] = 0
    for i in range(people):
        if t.slots[i] >= 0:
            n = t.slots[i]
            key = whole(t.standing[i].rank) + HALF
            t.slots[i] = t.at[n] + ((key * (t.at[n + 1] - t.at[n])) >> 32)
            begin[t.slots[i] + 1] += 1
    for b in range(total):
        begin[b + 1] += begin[b]
        fill[b] = begin[b]
    for i in range(people):
        slot = t.slots[i]
        if slot >= 0:
            j = fill[slot]
            fill[slot] += 1
            while j > begin[slot] and _later(t, t.order[j - 1], i):
                t.order[j] = t.order[j - 1]
                j -= 1
            t.order[j] = i
    for i in range(people):
        t.standing[i].rank = -1
    for j in range(total):
        t.standing[t.order[j]].rank = j


@kernel
def _count_and_deal(t: Tables, luck: Luck, people: int, day: int) -> int:
    """Count who is free at each node, and deal each a key of the day; returns how many."""
    places = t.nodes.shape[0]
    t.at[:] = 0
    for first in range(0, people, TILE):
        last = min(people, first + TILE)
        deal(t, luck, 0, streams.ORDER, day, first, last)
        for i in range(first, last):
            me = t.body[i]
            t.slots[i] = -1
            if me.state not in (ABSENT, DEAD, DETAINED, TRAVELLING):
                t.at[me.node + 1] += 1
                t.slots[i] = me.node
                t.standing[i].rank = whole(luck.words[0, 0, i - first]) - HALF
    for n in range(places):
        t.at[n + 1] += t.at[n]
    return whole(t.at[places])


@inlined
def _later(t: Tables, i: int, j: int) -> bool:
    """Whether i stands after j in today's order."""
    if t.standing[i].rank != t.standing[j].rank:
        return t.standing[i].rank > t.standing[j].rank
    return t.body[i].key > t.body[j].key


@kernel
def witness(t: Tables, start: int, stop: int, day: int) -> None:
    """People at nodes ``start`` to ``stop`` see incidents among those standing next to them."""
    width = int(t.p[0].witness_neighbours)
    if t.p[0].gates[BY_WITNESS] <= 0.0:
        return
    for n in range(start, stop):
        begin, end = t.at[n], t.at[n + 1]
        incidents = 0
        for j in range(begin, end):
            incidents += 1 if t.body[t.order[j]].seen > 0 else 0
        if incidents == 0:
            continue
        size = end - begin
        for j in range(begin, end):
            if t.body[t.order[j]].seen == 0:
                continue
            who = whole(t.order[j])
            for step in range(1, min(width, size - 1) + 1):
                neighbour = whole(t.order[begin + (j - begin - step) % size])
                _see(t, neighbour, who, n, day)


@kernel
def _see(t: Tables, i: int, who: int, node: int, day: int) -> None:
    """Person i, if at liberty, sees the incident that befell ``who``."""
    if t.body[i].state in (DETAINED, DEAD):
        return
    if t.body[who].seen == E_DOOR:
        it = t.points[t.body[who].asked]
        if remember(t, i, event_id(it.key, day // 7, E_DOOR)):
            absorb(t, i, E_DOOR, it.family, it.promises, it.registers, day, BY_WITNESS,
                   1.0, 1.0)
    elif remember(t, i, event_id(t.nodes[node].key, day, E_RAID)):
        absorb(t, i, E_RAID, -1, 0.0, 0.0, day, BY_WITNESS, 1.0, 1.0)
