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
from sim.compiling import inlined, kernel
from sim.engine import streams
from sim.engine.compiled.absorbing import cross_border
from sim.engine.compiled.luck import TILE, Luck, deal, drawn
from sim.engine.compiled.odds import RETURNING
from sim.engine.tally import Tally
from sim.rules.status import daily_chance

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


@inlined
def _await_decisions(t: Tables, tally: Tally, luck: Luck, i: int, seat: int, day: int) -> None:
    """Asylum decision, expiry or voluntary return of a person abroad."""
    me = t.body[i]
    land = t.countries[t.nodes[me.node].country]
    sent = luck.chances[RETURNING, t.nodes[me.node].country] * land.returning[me.status]
    if drawn(luck, 0, 3, seat) < sent:
        tally.counts[me.node, me.status, M_RETURNS] += 1
        send_back(t, i, RETURNEE, day)
    elif me.status == ASYLUM_SEEKER and drawn(luck, 0, 0, seat) < daily_chance(land.asylum_days):
        tally.counts[me.node, me.status, M_STATUS_CHANGES] += 1
        me.status = REFUGEE if drawn(luck, 0, 1, seat) < land.recognition else REFUSED
    elif me.status == REGULAR and drawn(luck, 0, 2, seat) < daily_chance(land.expiry_days):
        tally.counts[me.node, me.status, M_STATUS_CHANGES] += 1
        me.status = IRREGULAR


@kernel
def change_status(t: Tables, tally: Tally, luck: Luck, start: int, stop: int, day: int) -> None:
    """Asylum decisions, expiry, voluntary return, and setting out again."""
    for first in range(start, stop, TILE):
        last = min(stop, first + TILE)
        deal(t, luck, 0, streams.STATUS, day, first, last)
        for i in range(first, last):
            me = t.body[i]
            if me.state == RETURNED:
                if drawn(luck, 0, 0, i - first) < t.p[0].set_out_again:
                    tally.counts[me.node, me.status, M_SET_OUT_AGAIN] += 1
                    me.state = STAYING
                    me.since = day
            elif (me.state == STAYING or me.state == STRANDED or me.state == SETTLED) and (
                    t.nodes[me.node].country != t.nodes[me.origin].country):
                _await_decisions(t, tally, luck, i, i - first, day)
