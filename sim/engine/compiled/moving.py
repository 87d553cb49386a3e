"""Phase 11: detention ends, legs are travelled, and people at nodes move on."""

from __future__ import annotations

import math

from sim.codes import (
    BY_ENCOUNTER,
    DEPORTEE,
    DETAINED,
    E_DEPORTED,
    HUMAN,
    IRREGULAR,
    M_DEPARTURES,
    M_DEPORTATIONS,
    M_NEW_DESTINATIONS,
    M_RETURNS,
    NEVER,
    NOWHERE,
    RETURNEE,
    SETTLED,
    STAYING,
    STRANDED,
    TRAVELLING,
)
from sim.columns import Tables
from sim.compiling import bits, inlined, kernel, whole
from sim.engine import streams
from sim.engine.compiled.absorbing import absorb
from sim.engine.compiled.changing import send_back
from sim.engine.compiled.enforcing import experience
from sim.engine.compiled.luck import TILE, Luck, deal, drawn
from sim.engine.compiled.needing import begin_episode
from sim.engine.compiled.odds import LEAVING, LEAVING_POOR
from sim.engine.compiled.reading import independence
from sim.engine.compiled.travelling import travel
from sim.engine.tally import Tally
from sim.randomness import block, gumbel, uniform
from sim.rules.movement import (
    believed_leg_danger,
    cost_felt,
    destination_utility,
    leaving_probability,
    leg_utility,
    passable,
    paying_chance,
    room_left,
)

__all__ = ["move"]


@kernel
def _stories_of_legs(t: Tables) -> int:
    """Live stories of danger on a leg, a bit each."""
    found = bits(0)
    for slot in range(t.stories.shape[0]):
        if t.stories[slot].live == 1 and t.stories[slot].leg >= 0:
            found |= bits(1) << bits(slot)
    return found


@inlined
def _believed_leg_danger(t: Tables, leg: int, heard: int) -> float:
    """Listed death and interception of a leg, raised by stories of danger heard about it."""
    it = t.legs[leg]
    told, slot, left = 0, 0, bits(heard)
    while left != 0:
        if left & bits(1) and t.stories[slot].leg == leg:
            told += 1
        left >>= bits(1)
        slot += 1
    return believed_leg_danger(it.death, it.interception, told, t.p[0].story_danger)


@inlined
def _can_take(t: Tables, i: int, n: int, danger: float) -> bool:
    """Whether a leg is open, can be paid, and is believed passable."""
    leg = t.legs[n]
    if leg.open == 0 or ((leg.closed_to >> t.body[i].status) & 1) == 1:
        return False
    if t.body[i].money == 0 and leg.cost > t.p[0].stranded_cost:
        return False
    return passable(danger, t.p[0].impassable) == 1


@kernel
def _choose_leg(t: Tables, i: int, heard: int, day: int) -> int:
    """The leg a person takes (Gumbel-max, keyed by leg); -1 if stranded.

    Stranded is who cannot take any leg, or only legs that lead away from the destination because
    those that lead on are closed, cost too much or are believed impassable.
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
        danger = _believed_leg_danger(t, n, heard)
        if not _can_take(t, i, n, danger):
            barred = barred or progress > 0.0
            continue
        onward = onward or progress > 0.0
        end = t.nodes[leg.end]
        present = t.at[leg.end + 1] - t.at[leg.end]
        u = leg_utility(progress, leg.km / p.mean_leg, cost_felt(leg.cost, me.money), danger,
                        room_left(present, end.capacity, p.room_margin), p.progress_weight,
                        p.length_weight, p.cost_weight, p.danger_weight, p.room_weight)
        u += gumbel(block(t.p[0].run, streams.WAY, day, me.key, whole(leg.key))[0])
        if way < 0 or u > best:
            best, way = u, n
    return -1 if barred and not onward else way


@kernel
def _way_on(t: Tables, i: int, heard: int, target: int) -> bool:
    """Whether some leg from here that person i can take leads nearer to a target."""
    node = t.nodes[t.body[i].node]
    left = t.remaining[target, t.body[i].node]
    for n in range(node.first_leg, node.first_leg + node.legs):
        nearer = t.remaining[target, t.legs[n].end] < left
        if nearer and _can_take(t, i, n, _believed_leg_danger(t, n, heard)):
            return True
    return False


@kernel
def _other_destination(t: Tables, i: int, heard: int) -> int:
    """The destination abroad that person i likes best of those to which a way is open, or -1."""
    me = t.body[i]
    home = t.nodes[me.origin].country
    best, chosen = 0.0, -1
    for n in range(t.nodes.shape[0]):
        node = t.nodes[n]
        if node.attraction <= 0.0 or node.country == home:
            continue
        if n == me.node or n == me.destination or math.isinf(t.remaining[node.target, me.node]):
            continue
        if not _way_on(t, i, heard, node.target):
            continue
        whim = gumbel(block(t.p[0].run, streams.DESTINATION, 0, me.key, whole(node.key))[0])
        u = destination_utility(node.attraction, whim)
        if chosen < 0 or u > best:
            best, chosen = u, n
    return chosen


@kernel
def _wait_or_turn(t: Tables, tally: Tally, i: int, heard: int, u: float) -> None:
    """Every way to the destination is barred: wait, or head for another place from now on."""
    me = t.body[i]
    me.state = STRANDED
    if u < t.p[0].change_destination:
        other = _other_destination(t, i, heard)
        if other >= 0:
            tally.counts[me.node, me.status, M_NEW_DESTINATIONS] += 1
            me.destination = other
            me.state = STAYING


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
    paid = uniform(block(p.run, streams.PAYING, day, me.key, 0)[0])
    if me.money > 0 and paid < paying_chance(leg.cost, p.money_third):
        me.money -= 1
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
    land = t.countries[here]
    if abroad and uniform(words[0]) < land.deportation * land.deporting[me.status]:
        tally.counts[me.node, me.status, M_DEPORTATIONS] += 1
        experience(t, i, E_DEPORTED, NOWHERE, day)
        absorb(t, i, E_DEPORTED, -1, 0.0, 0.0, day, BY_ENCOUNTER, 1.0, 1.0)
        send_back(t, i, DEPORTEE, day)
    else:
        me.state = SETTLED if me.node == me.destination else STAYING
        me.since = day
    if uniform(words[1]) < t.p[0].detention_need:
        begin_episode(t, tally, i, HUMAN, 1, day, whole(me.node))


@inlined
def _leaving_chance(t: Tables, luck: Luck, i: int) -> float:
    """Chance to leave today; in a surge people who wait at their origin set out sooner."""
    me = t.body[i]
    node = t.nodes[me.node]
    sooner = node.leaving[me.status]
    if me.departed == NEVER and sooner != 1.0:
        return leaving_probability(node.mean_stay / sooner, me.money, t.p[0].stay_poor)
    return luck.chances[LEAVING_POOR if me.money == 0 else LEAVING, me.node]


@inlined
def _leave_or_stay(t: Tables, tally: Tally, luck: Luck, i: int, seat: int, on_legs: int, day: int,
                   ) -> None:
    """A day of person i at a node, which may end with setting off."""
    p = t.p[0]
    me = t.body[i]
    if me.money == 0 and drawn(luck, 0, 2, seat) < p.earn_rate:
        me.money = 1
    if drawn(luck, 0, 0, seat) < _leaving_chance(t, luck, i):
        heard = whole(me.heard & bits(on_legs))
        way = _choose_leg(t, i, heard, day)
        if way < 0:
            _wait_or_turn(t, tally, i, heard, drawn(luck, 0, 3, seat))
        else:
            _set_off(t, tally, i, way, drawn(luck, 0, 1, seat), day)


@kernel
def move(t: Tables, tally: Tally, luck: Luck, start: int, stop: int, day: int) -> None:
    """Moves of people ``start`` to ``stop``."""
    on_legs = whole(_stories_of_legs(t))
    for first in range(start, stop, TILE):
        last = min(stop, first + TILE)
        deal(t, luck, 0, streams.STAY, day, first, last)
        for i in range(first, last):
            me = t.body[i]
            if me.state == TRAVELLING:
                travel(t, tally, i, day)
            elif me.state == DETAINED:
                _release(t, tally, i, day)
            elif me.state == STAYING or me.state == STRANDED:
                _leave_or_stay(t, tally, luck, i, i - first, on_legs, day)
