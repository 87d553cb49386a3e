"""Phase 10: legal status changes, by country."""

from __future__ import annotations

from sim.codes import (
    ASYLUM_SEEKER,
    IRREGULAR,
    M_RETURNS,
    M_SET_OUT_AGAIN,
    M_STATUS_CHANGES,
    REFUGEE,
    REFUSED,
    REGULAR,
    RETURNED,
    RETURNEE,
    SETTLED,
    STAYING,
    STRANDED,
)
from sim.columns import Tables
from sim.compiling import kernel
from sim.engine import streams
from sim.engine.compiled.absorbing import cross_border
from sim.engine.tally import Tally
from sim.randomness import block, uniform
from sim.rules.status import daily_chance, yearly_chance

__all__ = ["change_status", "send_back"]


@kernel
def send_back(t: Tables, i: int, status: int, day: int) -> None:
    """Person i is back in the place of return of the country of origin, with a new status."""
    me = t.body[i]
    home = t.nodes[me.origin].return_node
    if t.nodes[home].country != t.nodes[me.node].country:
        cross_border(t, i, day)
    me.state = RETURNED
    me.status = status
    me.node = home
    me.leg = -1
    me.days_left = 0
    me.since = day


@kernel
def change_status(t: Tables, tally: Tally, start: int, stop: int, day: int) -> None:
    """Asylum decisions, expiry, voluntary return, and setting out again."""
    p = t.p[0]
    for i in range(start, stop):
        me = t.body[i]
        if me.state == RETURNED:
            u = uniform(block(t.p[0].run, streams.STATUS, day, me.key, 0)[0])
            if u < p.set_out_again:
                tally.counts[me.node, me.status, M_SET_OUT_AGAIN] += 1
                me.state = STAYING
                me.since = day
            continue
        if me.state != STAYING and me.state != STRANDED and me.state != SETTLED:
            continue
        here = t.nodes[me.node].country
        if here == t.nodes[me.origin].country:
            continue
        land = t.countries[here]
        words = block(t.p[0].run, streams.STATUS, day, me.key, 0)
        if uniform(words[3]) < yearly_chance(land.voluntary_return):
            tally.counts[me.node, me.status, M_RETURNS] += 1
            send_back(t, i, RETURNEE, day)
        elif me.status == ASYLUM_SEEKER and uniform(words[0]) < daily_chance(land.asylum_days):
            tally.counts[me.node, me.status, M_STATUS_CHANGES] += 1
            me.status = REFUGEE if uniform(words[1]) < land.recognition else REFUSED
        elif me.status == REGULAR and uniform(words[2]) < daily_chance(land.expiry_days):
            tally.counts[me.node, me.status, M_STATUS_CHANGES] += 1
            me.status = IRREGULAR
