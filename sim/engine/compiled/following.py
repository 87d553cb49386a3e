"""What a visit brings beside help (a part of phase 6): what is noticed, made good and passed on."""

from __future__ import annotations

from sim.codes import (
    BY_ENCOUNTER,
    DEAD,
    E_AGENDA,
    E_AMENDS,
    E_FULL,
    E_MISTREATED,
    E_REFUSED,
    NOWHERE,
    SERVED,
)
from sim.columns import REFERRALS, SEARCHED, TIES, Tables
from sim.compiling import inlined, kernel, whole
from sim.engine import streams
from sim.engine.compiled.absorbing import absorb, remember
from sim.engine.compiled.enforcing import experience
from sim.engine.compiled.knowing import learn
from sim.engine.compiled.reading import independence
from sim.randomness import block, event_id, uniform
from sim.rules.opinion import disbelief

__all__ = ["follow_up", "is_owed", "notice_agenda"]


@inlined
def _was_bad(kind: int) -> bool:
    """Whether an experience at a service point is one that calls for amends."""
    return kind in (E_FULL, E_REFUSED, E_MISTREATED)


@kernel
def is_owed(t: Tables, i: int, k: int) -> bool:
    """Whether person i was last turned away or mistreated by the organisation of point k."""
    me = t.body[i]
    if not _was_bad(me.told_kind) or me.told_point < 0:
        return False
    return t.points[me.told_point].organisation == t.points[k].organisation


@kernel
def notice_agenda(t: Tables, i: int, k: int, day: int, channel: int) -> None:
    """Person i sees that a point serves another's agenda (once a week each)."""
    it = t.points[k]
    if remember(t, i, event_id(it.key, day // 7, E_AGENDA)):
        absorb(t, i, E_AGENDA, it.family, it.promises, it.registers, day, channel, 1.0, 1.0)


@kernel
def _notice_partner(t: Tables, i: int, k: int, day: int) -> None:
    """Person i sees whom an organisation works with: it weighs by disbelief in the partner."""
    it = t.points[k]
    word = block(t.p[0].run, streams.FOLLOW_UP, day, t.body[i].key, 1)[0]
    if uniform(word) < it.partner_seen and remember(t, i, event_id(it.key, day // 7, E_AGENDA)):
        r, s = independence(t, i, it.partner, day)
        absorb(t, i, E_AGENDA, it.family, it.promises, it.registers, day, BY_ENCOUNTER,
               disbelief(r, s, t.p[0].prior_weight), 1.0)


@kernel
def _make_good(t: Tables, i: int, k: int, owed: bool, day: int) -> None:
    """Amends for a bad experience at this visit or, ``owed``, at the one before."""
    me = t.body[i]
    it = t.points[k]
    today = _was_bad(me.told_kind)
    let_down = False
    if me.outcome == SERVED and it.promises_too_much > 0.0:
        # The same draw as at the visit: it said whether the service could do what it promised.
        word = block(t.p[0].run, streams.VISIT, day, me.key, 0)[1]
        let_down = uniform(word) >= it.competence
    if not (owed or today or let_down):
        return
    if today:  # this is now what one tells
        experience(t, i, E_AMENDS, k, day)
    absorb(t, i, E_AMENDS, it.family, it.promises, it.registers, day, BY_ENCOUNTER, 1.0, 1.0)


@kernel
def _find_again(t: Tables, i: int, u: float) -> None:
    """A lost tie is replaced by one to somebody of the same origin who entered earlier."""
    me = t.body[i]
    ties = t.mind[i].ties
    place = -1
    for slot in range(TIES):
        if ties[slot] < 0 and place < 0:
            place = slot
    if place < 0:
        return
    start = int(u * i)
    for step in range(min(i, SEARCHED)):
        j = start - step if step <= start else start - step + i
        them = t.body[j]
        if them.origin != me.origin or them.entered >= me.entered or them.state == DEAD:
            continue
        taken = False
        for slot in range(TIES):
            taken = taken or ties[slot] == j
        if not taken:
            ties[place] = j
            return


@kernel
def _next_node(t: Tables, i: int) -> int:
    """The node one leg on that is nearest to person i's destination, or -1."""
    me = t.body[i]
    node = t.nodes[me.node]
    target = t.nodes[me.destination].target
    best, found = t.remaining[target, me.node], NOWHERE
    for n in range(node.first_leg, node.first_leg + node.legs):
        leg = t.legs[n]
        if leg.open == 1 and t.remaining[target, leg.end] < best:
            best, found = t.remaining[target, leg.end], whole(leg.end)
    return found


@kernel
def _send_on(t: Tables, i: int, k: int, slot: int, day: int) -> None:
    """Person i is told of the point or points to which a referral leads."""
    it = t.points[k]
    to = whole(it.refers_to[slot])
    key = whole(t.points[to].key) if to >= 0 else whole(it.key)
    u = uniform(block(t.p[0].run, streams.REFERRAL, day, t.body[i].key, key)[0])
    if u >= it.refers[slot]:
        return
    if to >= 0:
        if t.points[to].there == 1:
            learn(t, i, to)
        return
    n = _next_node(t, i)
    if n < 0:
        return
    node = t.nodes[n]
    for other in range(node.first_point, node.first_point + node.points):
        if t.points[other].family == it.family and t.points[other].there == 1:
            learn(t, i, other)


@kernel
def follow_up(t: Tables, i: int, k: int, owed: bool, day: int) -> None:
    """What a visit to point k brings person i beside help."""
    it = t.points[k]
    me = t.body[i]
    served = me.outcome == SERVED
    noticed, amends, restored = it.agenda[me.status], it.amends[me.status], it.restores[me.status]
    if noticed + amends + restored > 0.0:
        words = block(t.p[0].run, streams.FOLLOW_UP, day, me.key, 0)
        if served and uniform(words[0]) < noticed:
            notice_agenda(t, i, k, day, BY_ENCOUNTER)
        if uniform(words[1]) < amends:
            _make_good(t, i, k, owed, day)
        if served and uniform(words[2]) < restored:
            _find_again(t, i, uniform(words[3]))
    if served and it.partner_seen > 0.0:
        _notice_partner(t, i, k, day)
    for slot in range(REFERRALS):
        if served and it.refers[slot] > 0.0 and (it.refers_whom[slot] >> me.status) & 1:
            _send_on(t, i, k, slot, day)
