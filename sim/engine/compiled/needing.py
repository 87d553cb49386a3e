"""Phase 3: needs begin and lapse, and what an unmet need costs."""

from __future__ import annotations

from sim.codes import (
    ABSENT,
    ASYLUM_SEEKER,
    DEAD,
    EVER_UNMET,
    FINANCIAL,
    IRREGULAR,
    M_BEGUN,
    M_DEATHS,
    M_LAPSED,
    M_LAPSED_DETERRED,
    M_SEPARATIONS,
    M_STATUS_CHANGES,
    NATURAL,
    ORIGIN,
    PHYSICAL,
    REFUSED,
    REGULAR,
    REGULATORY,
    SOCIAL,
    TRAVELLING,
    URGENCY_BITS,
    WAS_DETERRED,
    WAS_SERVED,
)
from sim.columns import TIES, Tables
from sim.compiling import inlined, kernel, whole
from sim.engine import streams
from sim.engine.compiled.luck import TILE, Luck, deal, drawn
from sim.engine.tally import Tally
from sim.randomness import block, uniform
from sim.rules.needs import by_urgency, onset_chance, urgency_of

__all__ = ["begin_episode", "lose_tie", "needs_begin_and_lapse"]


@kernel
def begin_episode(t: Tables, tally: Tally, i: int, dimension: int, urgency: int, day: int,
                  place: int) -> None:
    """Begin an episode of need, unless one of this dimension is under way."""
    p = t.p[0]
    me = t.body[i]
    if me.level[dimension] > 0.0:
        return
    me.level[dimension] = by_urgency(urgency, p.level_routine, p.level_pressing, p.level_acute)
    me.onset[dimension] = day
    me.episode[dimension] = urgency
    tally.counts[place, me.status, M_BEGUN] += 1


@kernel
def lose_tie(t: Tables, tally: Tally, i: int, place: int) -> None:
    """The last tie that is left is lost."""
    for slot in range(TIES - 1, -1, -1):
        if t.mind[i].ties[slot] >= 0:
            t.mind[i].ties[slot] = -1
            tally.counts[place, t.body[i].status, M_SEPARATIONS] += 1
            return


@inlined
def _weight(t: Tables, i: int, dimension: int, travelling: bool) -> float:
    """How readily a need of this dimension begins here, relative to the others."""
    p = t.p[0]
    me = t.body[i]
    weight = t.nodes[me.node].conditions[dimension]
    if dimension == REGULATORY and (me.status == IRREGULAR or me.status == REFUSED):
        weight = weight * p.onset_regulatory_irregular
    if dimension == SOCIAL:
        weight = weight * (1.0 + p.onset_hostility * t.nodes[me.node].hostility)
    if dimension == PHYSICAL and t.body[i].level[NATURAL] > 0.0:
        weight = weight * (1.0 + p.onset_elements * t.body[i].level[NATURAL])
    if travelling and dimension in (PHYSICAL, NATURAL):
        weight = weight * p.onset_on_legs
    return weight


@inlined
def _pressure(t: Tables, i: int, travelling: bool) -> float:
    """Onset of needs with what makes single dimensions worse today, relative to without."""
    plain, total = 0.0, 0.0
    for dimension in range(6):
        plain += t.nodes[t.body[i].node].conditions[dimension]
        total += _weight(t, i, dimension, travelling)
    return total / plain * t.nodes[t.body[i].node].onset if plain > 0.0 else 0.0


@kernel
def _may_begin(t: Tables, tally: Tally, luck: Luck, i: int, seat: int, chance: float, day: int,
               ) -> None:
    """A need begins with this chance; of which dimension, the place decides."""
    if drawn(luck, 0, 0, seat) >= chance:
        return
    p = t.p[0]
    me = t.body[i]
    travelling = me.state == TRAVELLING
    place = t.nodes.shape[0] if travelling else whole(me.node)
    urgency = urgency_of(drawn(luck, 0, 1, seat), p.onset_routine, p.onset_pressing,
                         p.onset_acute)
    total = 0.0
    for dimension in range(6):
        total += _weight(t, i, dimension, travelling)
    mark = drawn(luck, 0, 2, seat) * total
    for dimension in range(6):
        mark -= _weight(t, i, dimension, travelling)
        if mark < 0.0:
            begin_episode(t, tally, i, dimension, urgency, day, place)
            return


@kernel
def _lapse(t: Tables, tally: Tally, i: int, dimension: int, day: int, place: int) -> None:
    """A need lapses; if nobody helped, something is lost for good."""
    p = t.p[0]
    me = t.body[i]
    level = t.body[i].level[dimension]
    came = t.body[i].episode[dimension]
    t.body[i].level[dimension] = 0.0
    tally.counts[place, me.status, M_LAPSED] += 1
    if came & WAS_SERVED:
        return
    if came & WAS_DETERRED:
        tally.counts[place, me.status, M_LAPSED_DETERRED] += 1
    me.ever |= EVER_UNMET
    u = uniform(block(t.p[0].run, streams.UNMET, day, me.key, dimension)[0])
    if dimension == REGULATORY and u < p.cost_regulatory:
        # Nobody loses the right to stay in the own country.
        abroad = t.nodes[me.node].country != t.nodes[me.origin].country
        if abroad and (me.status == REGULAR or me.status == ASYLUM_SEEKER):
            tally.counts[place, me.status, M_STATUS_CHANGES] += 1
            me.status = IRREGULAR
    elif dimension == FINANCIAL and u < p.cost_financial and me.money > 0:
        me.money -= 1
    elif dimension == PHYSICAL and (came & URGENCY_BITS) == 2 and u < p.cost_physical * level:
        tally.counts[place, me.status, M_DEATHS] += 1
        me.state = DEAD
        me.telling = 0
    elif dimension == SOCIAL and u < p.cost_social:
        lose_tie(t, tally, i, place)


@inlined
def _lapses(t: Tables, tally: Tally, i: int, day: int, place: int) -> None:
    """Each need that is there may lapse today."""
    p = t.p[0]
    me = t.body[i]
    for dimension in range(6):
        if t.body[i].level[dimension] > 0.0:
            word = block(t.p[0].run, streams.LAPSE, day, me.key, dimension)[0]
            urgency = t.body[i].episode[dimension] & URGENCY_BITS
            if uniform(word) < by_urgency(urgency, p.lapse_routine, p.lapse_pressing,
                                          p.lapse_acute):
                _lapse(t, tally, i, dimension, day, place)
                if me.state == DEAD:
                    return


@kernel
def needs_begin_and_lapse(t: Tables, tally: Tally, luck: Luck, start: int, stop: int, day: int,
                          ) -> None:
    """Needs of people ``start`` to ``stop``."""
    p = t.p[0]
    rate = p.onset_routine + p.onset_pressing + p.onset_acute
    away = t.nodes.shape[0]
    for first in range(start, stop, TILE):
        last = min(stop, first + TILE)
        deal(t, luck, 0, streams.ONSET, day, first, last)
        for i in range(first, last):
            me = t.body[i]
            if me.state == ABSENT or me.state == DEAD:
                continue
            travelling = me.state == TRAVELLING
            _lapses(t, tally, i, day, away if travelling else whole(me.node))
            if me.state == DEAD:
                continue
            at_origin = t.nodes[me.node].step == ORIGIN and me.node == me.origin
            here = p.onset_origin if at_origin and not travelling else 1.0
            # Most people have no new need today even if everything were as bad as it can be.
            most = onset_chance(rate, me.money, here, p.onset_poor,
                                p.worst * t.nodes[me.node].onset)
            if drawn(luck, 0, 0, i - first) < most:
                pressure = _pressure(t, i, travelling)
                chance = onset_chance(rate, me.money, here, p.onset_poor, pressure)
                _may_begin(t, tally, luck, i, i - first, chance, day)
