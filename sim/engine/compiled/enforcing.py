"""Phase 4: enforcement at nodes, raids, and people found through shared data."""

from __future__ import annotations

from sim.codes import (
    BY_ENCOUNTER,
    BY_WITNESS,
    DETAINED,
    E_BROKEN,
    E_DETAINED,
    E_DETAINED_SERVICE,
    E_DOOR,
    E_RAID,
    EVER_DETAINED,
    M_DETENTIONS,
    NOWHERE,
    REFUGEE,
    REGULAR,
    SETTLED,
    STATUSES,
    STAYING,
    STRANDED,
)
from sim.columns import FILES, Tables
from sim.compiling import bits, inlined, kernel, whole
from sim.engine import streams
from sim.engine.compiled.absorbing import absorb, remember
from sim.engine.compiled.luck import TILE, Luck, deal, drawn
from sim.engine.compiled.reading import exposure_of
from sim.engine.compiled.standing import attract_notice
from sim.engine.tally import Tally
from sim.randomness import block, event_id, uniform
from sim.rules.enforcement import detention_chance, detention_length, found_chance, raid_chance

__all__ = ["detain", "draw_raids", "enforcement", "experience"]

OWN_ACCORD, PLANNED = 1, 2
"""Where a raid comes from, as bits of the column ``raid``."""


@kernel
def experience(t: Tables, i: int, kind: int, point: int, day: int) -> int:
    """Make this a person's last first-hand experience, to be told to others; returns its id."""
    me = t.body[i]
    event = event_id(me.key, day, kind)
    me.told_kind = kind
    me.told_day = day
    me.told_point = point
    me.told_node = me.node
    remember(t, i, event)
    return event


@kernel
def detain(t: Tables, tally: Tally, i: int, point: int, day: int) -> None:
    """Detain person i, through a service point or (NOWHERE) in town."""
    me = t.body[i]
    country = t.nodes[me.node].country
    u = uniform(block(t.p[0].run, streams.DETENTION, day, me.key, 0)[0])
    me.days_left = detention_length(u, t.countries[country].detention_days)
    me.state = DETAINED
    me.ever |= EVER_DETAINED
    tally.counts[me.node, me.status, M_DETENTIONS] += 1
    attract_notice(t, i)
    if point == NOWHERE:
        me.seen = E_RAID
        experience(t, i, E_DETAINED, NOWHERE, day)
        absorb(t, i, E_DETAINED, -1, 0.0, 0.0, day, BY_ENCOUNTER, 1.0, 1.0)
        return
    it = t.points[point]
    me.seen = E_DOOR
    me.asked = point
    kind = E_BROKEN if it.promised_firewall == 1 else E_DETAINED_SERVICE
    experience(t, i, kind, point, day)
    absorb(t, i, kind, it.family, it.promises, it.registers, day, BY_ENCOUNTER, 1.0, 1.0)


@kernel
def draw_raids(t: Tables, day: int) -> None:
    """Which nodes are raided today."""
    for n in range(t.nodes.shape[0]):
        node = t.nodes[n]
        u = uniform(block(t.p[0].run, streams.RAID, day, node.key, 0)[0])
        node.raid = OWN_ACCORD if u < raid_chance(t.p[0].raid_rate, node.enforcement) else 0
        for status in range(len(STATUSES)):
            if t.nodes[n].planned_raid[status] > 0.0:
                node.raid |= PLANNED


@kernel
def _listed_at(t: Tables, i: int, country: int) -> int:
    """A service point through which this country's authorities hold person i's data, or -1."""
    for slot in range(FILES):
        point = t.mind[i].filed_point[slot]
        if point < 0:
            return -1
        it = t.points[point]
        if t.mind[i].filed_day[slot] <= it.leak_day and (
            it.leak_countries >> bits(country)
        ) & bits(1):
            u = uniform(block(t.p[0].run, streams.LISTED, 0, t.body[i].key, whole(it.key))[0])
            if u < it.leak_share * (1.0 - it.kept):
                return whole(point)
    return -1


@inlined
def _face(t: Tables, tally: Tally, luck: Luck, i: int, seat: int, day: int) -> None:
    """What enforcement at the node does to person i."""
    p = t.p[0]
    me = t.body[i]
    node = t.nodes[me.node]
    x = exposure_of(t, i)
    chance = detention_chance(p.detention_rate, node.enforcement, x)
    taken = drawn(luck, 0, 0, seat) < chance
    share = p.raid_share if node.raid & OWN_ACCORD else 0.0
    share = max(share, t.nodes[me.node].planned_raid[me.status])
    raided = node.raid != 0 and drawn(luck, 0, 1, seat) < share * x
    if taken or raided:
        detain(t, tally, i, NOWHERE, day)
        return
    seen = node.raid != 0 and drawn(luck, 0, 2, seat) < p.raid_seen
    if seen and remember(t, i, event_id(node.key, day, E_RAID)):
        absorb(t, i, E_RAID, -1, 0.0, 0.0, day, BY_WITNESS, 1.0, 1.0)
    if (drawn(luck, 0, 3, seat) < found_chance(p.find_listed, node.enforcement, x)
            and t.mind[i].filed_point[0] >= 0 and me.status != REGULAR and me.status != REFUGEE):
        point = _listed_at(t, i, node.country)
        if point >= 0:
            detain(t, tally, i, point, day)
            me.seen = E_RAID  # others see an arrest in town, not at a service's door


@kernel
def enforcement(t: Tables, tally: Tally, luck: Luck, start: int, stop: int, day: int) -> None:
    """What enforcement does to people ``start`` to ``stop``."""
    for first in range(start, stop, TILE):
        last = min(stop, first + TILE)
        deal(t, luck, 0, streams.ENFORCEMENT, day, first, last)
        for i in range(first, last):
            me = t.body[i]
            if me.state != STAYING and me.state != STRANDED and me.state != SETTLED:
                continue
            if t.nodes[me.node].enforcement > 0.0 or t.nodes[me.node].raid != 0:
                _face(t, tally, luck, i, i - first, day)
