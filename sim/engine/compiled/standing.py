"""Who stands next to whom at a node today, and what people see there (phases 2 and 7)."""

from __future__ import annotations

from sim.codes import ABSENT, BY_WITNESS, DEAD, DETAINED, E_DOOR, E_RAID, TRAVELLING
from sim.columns import Tables
from sim.compiling import inlined, kernel, whole
from sim.engine import streams
from sim.engine.compiled.absorbing import absorb, remember
from sim.engine.compiled.luck import TILE, Luck, deal
from sim.randomness import event_id

__all__ = ["attract_notice", "count_free", "gather", "line_up", "witness"]

HALF = 1 << 31
"""A key of 32 bits less this fits a signed rank, and keeps its order."""


@kernel
def count_free(t: Tables, luck: Luck, start: int, stop: int, day: int) -> None:
    """Count who of people ``start`` to ``stop`` is free at each node, and deal a key of the day.

    Until the line stands, the rank of a person holds this key.
    """
    luck.places[:] = 0
    for first in range(start, stop, TILE):
        last = min(stop, first + TILE)
        deal(t, luck, 0, streams.ORDER, day, first, last)
        for i in range(first, last):
            me = t.body[i]
            t.order[i] = -1
            t.standing[i].rank = -1
            if me.state not in (ABSENT, DEAD, DETAINED, TRAVELLING):
                luck.places[me.node] += 1
                t.order[i] = me.node
                t.standing[i].rank = whole(luck.words[0, 0, i - first]) - HALF


@kernel
def gather(t: Tables, luck: Luck, start: int, stop: int) -> None:
    """Put people ``start`` to ``stop``, and their keys, with the others at their node."""
    for i in range(start, stop):
        node = t.order[i]
        if node >= 0:
            place = luck.places[node]
            luck.places[node] += 1
            t.slots[place] = i
            t.begin[place] = t.standing[i].rank


@kernel
def line_up(t: Tables, start: int, stop: int) -> None:
    """Put the people at nodes ``start`` to ``stop`` in an order keyed by the day.

    A bucket sort, with as many buckets as people: it is linear. The first to stand in each bucket
    stands where the bucket begins, each other one before those with a later key.
    """
    who, key, fill, order = t.slots, t.begin, t.fill, t.order
    for n in range(start, stop):
        first, end = t.at[n], t.at[n + 1]
        fill[first:end] = 0
        order[first:end] = -1
        for j in range(first, end):
            fill[_bucket(key[j], first, end)] += 1
        begins = first
        for b in range(first, end):
            size = fill[b]
            fill[b] = begins
            begins += size
        for j in range(first, end):
            b = _bucket(key[j], first, end)
            place = fill[b]
            fill[b] += 1
            while place > first and order[place - 1] >= 0 and _later(t, order[place - 1], j):
                order[place] = order[place - 1]
                place -= 1
            order[place] = j
        for place in range(first, end):
            i = who[order[place]]
            order[place] = i
            t.standing[i].rank = place


@inlined
def _bucket(key: int, first: int, end: int) -> int:
    """The bucket of a key, in a line from ``first`` to ``end``."""
    return first + (((key + HALF) * (end - first)) >> 32)


@inlined
def _later(t: Tables, a: int, b: int) -> bool:
    """Whether the one at place a of those gathered stands after the one at place b."""
    if t.begin[a] != t.begin[b]:
        return t.begin[a] > t.begin[b]
    return t.body[t.slots[a]].key > t.body[t.slots[b]].key


@inlined
def attract_notice(t: Tables, i: int) -> None:
    """Others in line see what befalls person i today, who is marked there until they have.

    So that seeing need not look at everybody again: it took 16 ns a person, and takes 1.
    """
    rank = t.standing[i].rank
    if rank >= 0:
        t.order[rank] = -1 - i


@kernel
def witness(t: Tables, start: int, stop: int, day: int) -> None:
    """People at nodes ``start`` to ``stop`` see incidents among those standing next to them."""
    width = int(t.p[0].witness_neighbours)
    unseen = t.p[0].gates[BY_WITNESS] <= 0.0
    for n in range(start, stop):
        begin, end = t.at[n], t.at[n + 1]
        size = end - begin
        for j in range(begin, end):
            if t.order[j] >= 0:
                continue
            who = -1 - whole(t.order[j])
            t.order[j] = who
            if unseen:
                continue
            for step in range(1, min(width, size - 1) + 1):
                neighbour = whole(t.order[begin + (j - begin - step) % size])
                _see(t, neighbour if neighbour >= 0 else -1 - neighbour, who, n, day)


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
