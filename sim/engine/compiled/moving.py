"""Phase 11: detention ends, legs are travelled, and people at nodes move on."""

from __future__ import annotations

import math

from sim.codes import (
    BY_ENCOUNTER,
    DEAD,
    DEPORTEE,
    DETAINED,
    E_INTERCEPTED,
    E_LEG_DANGER,
    EVER_INTERCEPTED,
    EVER_MOVED,
    FINANCIAL,
    HUMAN,
    IRREGULAR,
    LONG_STAY,
    M_DEATHS,
    M_DEPARTURES,
    M_DEPORTATIONS,
    M_EXTORTIONS,
    M_INTERCEPTIONS,
    M_RETURNS,
    NATURAL,
    NEVER,
    NOWHERE,
    PHYSICAL,
    RETURNEE,
    SETTLED,
    SOCIAL,
    STAYING,
    STRANDED,
    TRAVELLING,
)
from sim.columns import KNOWN_POINTS, Tables
from sim.compiling import bits, kernel, whole
from sim.engine import streams
from sim.engine.compiled.absorbing import absorb, cross_border
from sim.engine.compiled.changing import send_back
from sim.engine.compiled.enforcing import detain, experience
from sim.engine.compiled.knowing import learn
from sim.engine.compiled.needing import begin_episode, lose_tie
from sim.engine.compiled.reading import independence, knows
from sim.engine.tally import Tally
from sim.randomness import block, gumbel, uniform
from sim.rules.movement import (
    believed_leg_danger,
    burst_probability,
    burst_strikes,
    daily_hazard,
    leaving_probability,
    leg_utility,
    room_left,
)

__all__ = ["draw_bursts", "move"]


@kernel
def draw_bursts(t: Tables, day: int) -> None:
    """Which legs see a deadly incident today, and what share of those on them it strikes."""
    share = t.p[0].burst_share
    for n in range(t.legs.shape[0]):
        leg = t.legs[n]
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
    u = uniform(needs[3])
    if me.node == me.destination or (t.nodes[me.node].step == LONG_STAY and u < p.long_stay):
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
        if (families >> t.points[k].family) & 1 and knows(t, i, k) == 0:
            word = block(t.p[0].run, streams.CARRY, day, me.key, whole(t.points[k].key))[0]
            if uniform(word) < t.p[0].carry_awareness:
                learn(t, i, k)


@kernel
def _travel(t: Tables, tally: Tally, i: int, day: int) -> None:
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
    if uniform(words[0]) < daily_hazard(leg.interception, leg.days):
        tally.counts[away, me.status, M_INTERCEPTIONS] += 1
        me.ever |= EVER_INTERCEPTED
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


@kernel
def _believed_leg_danger(t: Tables, i: int, leg: int) -> float:
    """Listed death and interception of a leg, raised by stories of danger heard about it."""
    it = t.legs[leg]
    heard = 0
    for slot in range(t.stories.shape[0]):
        story = t.stories[slot]
        knows_it = (t.body[i].heard >> bits(slot)) & bits(1)
        if story.live == 1 and story.leg == leg and knows_it:
            heard += 1
    return believed_leg_danger(it.death, it.interception, heard, t.p[0].story_danger)


@kernel
def _choose_leg(t: Tables, i: int, day: int) -> int:
    """The leg a person takes (Gumbel-max, keyed by leg); -1 if stranded.

    Stranded is who cannot take any leg, or only legs that lead away from the destination because
    those that lead on are closed or cost too much.
    """
    p = t.p[0]
    me = t.body[i]
    node = t.nodes[me.node]
    target = t.nodes[me.destination].target
    best, way = 0.0, -1
    onward, barred = False, False
    for n in range(node.first_leg, node.first_leg + node.legs):
        leg = t.legs[n]
        ahead = t.remaining[target, leg.end]
        if math.isinf(ahead):
            continue
        progress = (t.remaining[target, me.node] - ahead) / p.mean_leg
        if leg.open == 0 or (me.money == 0 and leg.cost > p.stranded_cost):
            barred = barred or progress > 0.0
            continue
        onward = onward or progress > 0.0
        end = t.nodes[leg.end]
        present = t.at[leg.end + 1] - t.at[leg.end]
        u = leg_utility(progress, leg.cost, me.money, _believed_leg_danger(t, i, n),
                        room_left(present, end.capacity), p.progress_weight, p.cost_weight,
                        p.danger_weight, p.room_weight)
        u += gumbel(block(t.p[0].run, streams.WAY, day, me.key, whole(leg.key))[0])
        if way < 0 or u > best:
            best, way = u, n
    return -1 if barred and not onward else way


@kernel
def _set_off(t: Tables, tally: Tally, i: int, way: int, u: float, day: int) -> None:
    """Take a leg; a move backwards may end as voluntary return."""
    p = t.p[0]
    me = t.body[i]
    leg = t.legs[way]
    target = t.nodes[me.destination].target
    if t.remaining[target, leg.end] > t.remaining[target, me.node]:
        irregular = me.status == IRREGULAR
        chance = p.back_is_return_irregular if irregular else p.back_is_return_others
        abroad = t.nodes[me.node].country != t.nodes[me.origin].country
        if abroad and u < chance:
            tally.counts[me.node, me.status, M_RETURNS] += 1
            send_back(t, i, RETURNEE, day)
            return
    if me.departed == NEVER:
        me.departed = day
        r, s = independence(t, i, 0, day)
        me.left_for = r
        me.left_against = s
        tally.counts[me.node, me.status, M_DEPARTURES] += 1
    me.ever |= EVER_MOVED
    me.state = TRAVELLING
    me.leg = way
    me.days_left = leg.days


@kernel
def _release(t: Tables, tally: Tally, i: int, day: int) -> None:
    """A day of detention; at its end deportation or release."""
    me = t.body[i]
    me.days_left -= 1
    if me.days_left > 0:
        return
    words = block(t.p[0].run, streams.RELEASE, day, me.key, 0)
    here = t.nodes[me.node].country
    abroad = here != t.nodes[me.origin].country
    if abroad and uniform(words[0]) < t.countries[here].deportation:
        tally.counts[me.node, me.status, M_DEPORTATIONS] += 1
        send_back(t, i, DEPORTEE, day)
    else:
        me.state = SETTLED if me.node == me.destination else STAYING
        me.since = day
    if uniform(words[1]) < t.p[0].detention_need:
        begin_episode(t, tally, i, HUMAN, 1, day, whole(me.node))


@kernel
def move(t: Tables, tally: Tally, start: int, stop: int, day: int) -> None:
    """Moves of people ``start`` to ``stop``."""
    p = t.p[0]
    for i in range(start, stop):
        me = t.body[i]
        if me.state == TRAVELLING:
            _travel(t, tally, i, day)
        elif me.state == DETAINED:
            _release(t, tally, i, day)
        elif me.state == STAYING or me.state == STRANDED:
            words = block(p.run, streams.STAY, day, me.key, 0)
            if me.money == 0 and uniform(words[2]) < p.earn_rate:
                me.money = 1
            if uniform(words[0]) < leaving_probability(t.nodes[me.node].mean_stay, me.money,
                                                       p.stay_poor):
                way = _choose_leg(t, i, day)
                if way < 0:
                    me.state = STRANDED
                else:
                    _set_off(t, tally, i, way, uniform(words[1]), day)
