"""Phase 5: choosing whether to ask for help, and why those who stay away do so."""

from __future__ import annotations

from typing import Any

from sim.codes import (
    ABSENT,
    ASKING,
    BY_PRIOR,
    BY_WITNESS,
    DEAD,
    DETAINED,
    DETERRED,
    E_DOOR,
    EVER_DETERRED,
    EVER_UNAWARE,
    EXCLUDED,
    IN_DETENTION,
    IN_TRANSIT,
    M_FIRST_DETERRED,
    NO_SERVICE,
    NONE,
    NOT_WORTH,
    NOWHERE,
    P_DETERRED,
    SHARE_UNITS,
    TRAVELLING,
    UNAWARE,
    URGENCY_BITS,
    WAS_DETERRED,
)
from sim.columns import (
    BY_CHANNEL,
    FAMILY_WIDTH,
    HARM_CHANNELS,
    SCAR_ENCOUNTER,
    SCAR_RUMOUR,
    Tables,
)
from sim.compiling import bits, inlined, kernel, whole
from sim.engine import streams
from sim.engine.compiled.absorbing import absorb, remember
from sim.engine.compiled.luck import Luck
from sim.engine.compiled.reading import (
    background_quality,
    background_trust,
    danger,
    exposure_of,
    independence,
    independence_on,
    knows,
    quality_on,
)
from sim.engine.tally import Tally
from sim.randomness import block, event_id, gumbel, normal_quantile, own_week, uniform
from sim.rules.help_seeking import (
    asking_utility,
    believed_danger,
    believed_risk,
    fear_of_danger,
    fear_of_the_door,
    identification,
    share_of,
    taste,
)
from sim.rules.opinion import projected_probability

__all__ = ["choose", "most_urgent"]


@inlined
def most_urgent(t: Tables, i: int) -> int:
    """Dimension of the most urgent need (ties: the oldest, then the first), or -1."""
    me = t.body[i]
    best = -1
    for dimension in range(6):
        if me.level[dimension] <= 0.0:
            continue
        if best < 0:
            best = dimension
            continue
        mine = me.episode[dimension] & URGENCY_BITS
        theirs = me.episode[best] & URGENCY_BITS
        if mine > theirs or (mine == theirs and me.onset[dimension] < me.onset[best]):
            best = dimension
    return best


@inlined
def known_firewall(t: Tables, i: int, point: int) -> float:
    """Part of the risk that a firewall removes, for one who has heard of it."""
    it = t.points[point]
    if it.firewall <= 0.0:
        return 0.0
    if it.firewall_story == -1:
        return it.firewall
    if it.firewall_story >= 0 and (
        t.body[i].heard >> bits(it.firewall_story)
    ) & bits(1):
        return it.firewall
    return 0.0


@inlined
def _utility(t: Tables, i: int, point: int, need: float, p_danger: float,
             trust: tuple[float, float], able: tuple[float, float], day: int,
             ) -> tuple[float, float, float, float]:
    """Utility of asking at a point: with believed risk, without any; and (m, P of independence).

    Background evidence on independence and competence is drawn once per person, not per point.
    """
    p = t.p[0]
    it = t.points[point]
    me = t.body[i]
    x = exposure_of(t, i)
    r, s = independence_on(t, i, it.family, day, trust[0], trust[1])
    p_ind = projected_probability(r, s, p.base_rate_independence, p.prior_weight)
    r, s = quality_on(t, i, it.family, 0, day, able[0], able[1])
    p_comp = projected_probability(r, s, p.base_rate_competence, p.prior_weight)
    m = identification(it.registers, p_ind, p.omega, known_firewall(t, i, point))
    risk = believed_risk(believed_danger(p_danger, m), it.door, p.door_weight)
    cost = p.cost_government if it.government == 1 else p.cost_asking
    word = block(t.p[0].run, streams.TASTE, 0, me.key, whole(t.p[0].family_key[it.family]))[0]
    liking = taste(normal_quantile(uniform(word)), p.taste_sd)
    week = own_week(me.key, day)
    noise = liking + gumbel(block(t.p[0].run, streams.ASKING, week, me.key, whole(it.key))[0])
    with_risk = asking_utility(need, p_comp, cost, x, risk, p.b0, p.bn, p.bc, p.bf) + noise
    without = asking_utility(need, p_comp, cost, x, 0.0, p.b0, p.bn, p.bc, p.bf) + noise
    return with_risk, without, m, p_ind


@kernel
def _share_out(t: Tables, shares: Any, i: int, point: int, p_danger: float, m: float, p_ind: float,
               day: int) -> None:
    """Share one deterred person-day among channels: whole parts that add up to SHARE_UNITS."""
    p = t.p[0]
    it = t.points[point]
    at_door = fear_of_the_door(it.door, p.door_weight)
    believed = fear_of_danger(believed_danger(p_danger, m))
    left = SHARE_UNITS
    if at_door + believed > 0.0:
        by_door = int(SHARE_UNITS * at_door / (at_door + believed))
        shares[BY_WITNESS] += by_door
        left -= by_door
        registered = 2.0 * p.omega * it.registers * (1.0 - p_ind)
        of_danger = share_of(1.0 - p.omega, (1.0 - p.omega) + registered)
        believed_units = SHARE_UNITS * believed / (at_door + believed)
        r, _ = danger(t, i, day)
        total = r + p.base_rate_danger * p.prior_weight
        families = t.p[0].family_is.shape[0]
        fade = t.fade_against[day - t.body[i].danger_touched]
        row = families * FAMILY_WIDTH + 1
        _, s = independence(t, i, it.family, day)
        total_s = s + (1.0 - p.base_rate_independence) * p.prior_weight
        fade_s = t.fade_against[day - t.mind[i].touched[it.family]]
        base = it.family * FAMILY_WIDTH
        for channel in range(HARM_CHANNELS):
            part = of_danger * share_of(t.mind[i].evidence[row + channel] * fade, total)
            against = t.mind[i].evidence[base + BY_CHANNEL + channel] * fade_s
            if channel == 0:
                against += t.mind[i].evidence[base + SCAR_ENCOUNTER]
            elif channel == 3:
                against += t.mind[i].evidence[base + SCAR_RUMOUR]
            part += (1.0 - of_danger) * share_of(against, total_s)
            units = int(believed_units * part)
            shares[channel] += units
            left -= units
    shares[BY_PRIOR] += left


@inlined
def _nowhere_to_ask(t: Tables, i: int, offered: int, known: int) -> int:
    """Why there is no point to ask: none here, none known, or refused at all that are known."""
    if offered == 0:
        return NO_SERVICE
    if known == 0:
        t.body[i].ever |= EVER_UNAWARE
        return UNAWARE
    return EXCLUDED


@inlined
def _decide(t: Tables, tally: Tally, i: int, need: int, day: int) -> int:
    """The outcome of one person's need today, before anyone is served."""
    p = t.p[0]
    me = t.body[i]
    node = t.nodes[me.node]
    offered, known, open_to = 0, 0, 0
    best, best_k, calm, calm_k = 0.0, NOWHERE, 0.0, NOWHERE
    calm_m, calm_ind, p_danger = 0.0, 0.0, 0.0
    trust, able = (0.0, 0.0), (0.0, 0.0)
    for k in range(node.first_point, node.first_point + node.points):
        it = t.points[k]
        if it.open == 0 or it.relief[need] <= 0.0:
            continue
        offered += 1
        how = knows(t, i, k)
        if how == 0:
            continue
        known += 1
        if how == 2:
            continue
        open_to += 1
        if open_to == 1:
            r, s = danger(t, i, day)
            p_danger = projected_probability(r, s, p.base_rate_danger, p.prior_weight)
            trust, able = background_trust(t, i), background_quality(t, i, 0)
        u, u_calm, m, p_ind = _utility(t, i, k, t.body[i].level[need], p_danger, trust,
                                             able, day)
        if best_k < 0 or u > best:
            best, best_k = u, k
        if calm_k < 0 or u_calm > calm:
            calm, calm_k, calm_m, calm_ind = u_calm, k, m, p_ind
    if open_to == 0:
        return _nowhere_to_ask(t, i, offered, known)
    week = own_week(me.key, day)
    staying_away = gumbel(block(t.p[0].run, streams.ASKING, week, me.key, 0)[0])
    if best > staying_away:
        me.asked = best_k
        return ASKING
    if calm > staying_away:
        me.asked = calm_k
        if me.ever & EVER_DETERRED == 0:
            tally.counts[me.node, me.status, M_FIRST_DETERRED] += 1
        me.ever |= EVER_DETERRED
        t.body[i].episode[need] |= WAS_DETERRED
        tally.by_point[calm_k, P_DETERRED] += 1
        _share_out(t, tally.shares[me.node, me.status], i, calm_k, p_danger, calm_m, calm_ind, day)
        return DETERRED
    return NOT_WORTH


@kernel
def _see_doors(t: Tables, i: int, need: int, day: int) -> None:
    """Officers at the door of a point one knows and needs leave evidence (once a week each).

    Those who were warned of their visit do not come upon them.
    """
    me = t.body[i]
    node = t.nodes[me.node]
    for k in range(node.first_point, node.first_point + node.points):
        it = t.points[k]
        surprise = it.door * (1.0 - it.warned)
        if surprise <= 0.0 or it.open == 0 or it.relief[need] <= 0.0 or knows(t, i, k) == 0:
            continue
        if remember(t, i, event_id(it.key, day // 7, E_DOOR)):
            absorb(t, i, E_DOOR, it.family, it.promises, it.registers, day, BY_WITNESS, surprise,
                   1.0)


@kernel
def _any_door(t: Tables) -> bool:
    """Whether officers stand at any door today."""
    most = 0.0
    for k in range(t.points.shape[0]):
        most = max(most, t.points[k].door)
    return most > 0.0


@kernel
def choose(t: Tables, tally: Tally, luck: Luck, start: int, stop: int, day: int) -> None:
    """Every person in need among ``start`` to ``stop`` decides; who asks is noted in a list."""
    doors = _any_door(t)
    for i in range(start, stop):
        me = t.body[i]
        me.outcome = NONE
        me.need = -1
        if me.state == ABSENT or me.state == DEAD:
            continue
        if me.state != DETAINED:
            me.asked = NOWHERE
        need = most_urgent(t, i)
        if need < 0:
            continue
        me.need = need
        if me.state == DETAINED:
            me.outcome = IN_DETENTION
        elif me.state == TRAVELLING:
            me.outcome = IN_TRANSIT
        else:
            me.outcome = _decide(t, tally, i, need, day)
            if me.outcome == ASKING:
                t.fill[luck.listed[0]] = i
                luck.listed[0] += 1
            if doors:
                _see_doors(t, i, need, day)
