"""Phase 11, on the way: deadly incidents, interception, hardship, and arriving."""

from __future__ import annotations

from sim.codes import (
    BY_ENCOUNTER,
    DEAD,
    E_INTERCEPTED,
    E_LEG_DANGER,
    FINANCIAL,
    LONG_STAY,
    M_DEATHS,
    M_EXTORTIONS,
    M_INTERCEPTIONS,
    NATURAL,
    NOWHERE,
    PHYSICAL,
    SETTLED,
    SOCIAL,
    STAYING,
)
from sim.columns import KNOWN_POINTS, Tables
from sim.compiling import inlined, kernel, whole
from sim.engine import streams
from sim.engine.compiled.absorbing import absorb, cross_border
from sim.engine.compiled.enforcing import detain, experience
from sim.engine.compiled.knowing import learn
from sim.engine.compiled.needing import begin_episode, lose_tie
from sim.engine.compiled.reading import knows
from sim.engine.tally import Tally
from sim.randomness import block, uniform
from sim.rules.movement import burst_probability, burst_strikes, daily_hazard

__all__ = ["draw_bursts", "travel"]


@kernel
def draw_bursts(t: Tables, day: int) -> None:
    """What threatens people on each leg today: interception, and perhaps a deadly incident."""
    share = t.p[0].burst_share
    for n in range(t.legs.shape[0]):
        leg = t.legs[n]
        leg.hazard = daily_hazard(leg.interception, leg.days)
        hazard = daily_hazard(leg.death, leg.days)
        u = uniform(block(t.p[0].run, streams.BURST, day, leg.key, 0)[0])
        leg.burst = burst_strikes(hazard, share) if u < burst_probability(hazard, share) else 0.0


@kernel
def _arrive(t: Tables, tally: Tally, i: int, day: int) -> None:
    """End of a leg: hardships, the border, what one knows of the place, the journey's end."""
    p = t.p[0]
    me = t.body[i]
    leg = t.legs[me.leg]
    me.node = leg.end
    me.leg = NOWHERE
    me.state = STAYING
    me.since = day
    words = block(t.p[0].run, streams.HARM, day, me.key, 0)
    needs = block(t.p[0].run, streams.HARM, day, me.key, 1)
    if uniform(words[0]) < leg.extortion:
        tally.counts[me.node, me.status, M_EXTORTIONS] += 1
        if me.money > 0:
            me.money -= 1
        if uniform(needs[0]) < p.extortion_need:
            begin_episode(t, tally, i, FINANCIAL, 1, day, whole(me.node))
    if uniform(words[1]) < leg.abuse and uniform(needs[1]) < p.abuse_need:
        begin_episode(t, tally, i, PHYSICAL, 2, day, whole(me.node))
    if uniform(words[2]) < leg.separation:
        lose_tie(t, tally, i, whole(me.node))
        if uniform(needs[2]) < p.separation_need:
            begin_episode(t, tally, i, SOCIAL, 1, day, whole(me.node))
    if uniform(words[3]) < p.elements_leg * leg.wild:
        begin_episode(t, tally, i, NATURAL, 1, day, whole(me.node))
    if leg.border == 1:
        cross_border(t, i, day)
    _carry(t, i, day)
    if t.nodes[me.node].step == LONG_STAY and uniform(needs[3]) < p.long_stay:
        me.destination = me.node  # the journey ends here
    if me.node == me.destination:
        me.state = SETTLED


@kernel
def _carry(t: Tables, i: int, day: int) -> None:
    """Who knows a point of a family knows, sometimes, where the next place has one."""
    me = t.body[i]
    node = t.nodes[me.node]
    families = 0
    for slot in range(KNOWN_POINTS):
        entry = t.body[i].known[slot] & 0x7FFF
        if entry > 0:
            families |= 1 << t.points[entry - 1].family
    if families == 0:
        return
    for k in range(node.first_point, node.first_point + node.points):
        it = t.points[k]
        if it.there == 1 and (families >> it.family) & 1 and knows(t, i, k) == 0:
            word = block(t.p[0].run, streams.CARRY, day, me.key, whole(it.key))[0]
            if uniform(word) < t.p[0].carry_awareness:
                learn(t, i, k)


@inlined
def travel(t: Tables, tally: Tally, i: int, day: int) -> None:
    """One day on a leg."""
    p = t.p[0]
    me = t.body[i]
    leg = t.legs[me.leg]
    away = t.nodes.shape[0]
    words = block(t.p[0].run, streams.LEG, day, me.key, 0)
    if leg.burst > 0.0 and uniform(words[1]) < leg.burst:
        tally.counts[away, me.status, M_DEATHS] += 1
        me.state = DEAD
        me.telling = 0
        return
    if leg.burst > 0.0:
        experience(t, i, E_LEG_DANGER, -2 - whole(me.leg), day)
    if uniform(words[0]) < leg.hazard:
        tally.counts[away, me.status, M_INTERCEPTIONS] += 1
        experience(t, i, E_INTERCEPTED, -2 - whole(me.leg), day)
        me.node = leg.start
        me.leg = NOWHERE
        me.days_left = 0
        me.state = STAYING
        me.since = day
        absorb(t, i, E_INTERCEPTED, -1, 0.0, 0.0, day, BY_ENCOUNTER, 1.0, 1.0)
        if uniform(words[2]) < p.interception_detained:
            detain(t, tally, i, NOWHERE, day)
        return
    me.days_left -= 1
    if me.days_left <= 0:
        _arrive(t, tally, i, day)
