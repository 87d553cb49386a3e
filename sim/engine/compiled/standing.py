"""Who stands next to whom at a node today, and what people see there (phases 2 and 7)."""

from __future__ import annotations

from sim.codes import ABSENT, BY_WITNESS, DEAD, DETAINED, E_DOOR, E_RAID, TRAVELLING
from sim.columns import Tables
from sim.compiling import kernel, whole
from sim.engine import streams
from sim.engine.compiled.absorbing import absorb, remember
from sim.engine.compiled.luck import TILE, Luck, deal
from sim.randomness import event_id

__all__ = ["line_up", "witness"]


@kernel
def line_up(t: Tables, luck: Luck, people: int, day: int) -> None:
    """Put the people at each node in an order keyed by the day (a bucket sort, linear)."""
    slots = t.scratch[2]
    total = _count_and_deal(t, luck, people, day)
    begin, fill = t.scratch[0], t.scratch[1]
    begin[: total + 1] = 0
    for i in range(people):
        if t.body[i].rank == 0:
            n = t.body[i].node
            size = t.at[n + 1] - t.at[n]
            slots[i] = t.at[n] + ((whole(t.body[i].order_key) * size) >> 32)
            begin[slots[i] + 1] += 1
        else:
            slots[i] = -1
    for b in range(total):
        begin[b + 1] += begin[b]
        fill[b] = begin[b]
    for i in range(people):
        slot = slots[i]
        if slot >= 0:
            j = fill[slot]
            fill[slot] += 1
            while j > begin[slot] and _later(t, t.order[j - 1], i):
                t.order[j] = t.order[j - 1]
                t.body[t.order[j]].rank = j
                j -= 1
            t.order[j] = i
            t.body[i].rank = j


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
            t.body[i].rank = -1
            if me.state not in (ABSENT, DEAD, DETAINED, TRAVELLING):
                t.at[me.node + 1] += 1
                t.body[i].rank = 0
                t.body[i].order_key = luck.words[0, 0, i - first]
    for n in range(places):
        t.at[n + 1] += t.at[n]
    return whole(t.at[places])


@kernel
def _later(t: Tables, i: int, j: int) -> bool:
    """Whether i stands after j in today's order."""
    if t.body[i].order_key != t.body[j].order_key:
        return t.body[i].order_key > t.body[j].order_key
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
