"""Phase 8: meetings and calls.

Everyone reads the record of yesterday that others made public; nobody writes into others.
"""

from __future__ import annotations

import math

from sim.codes import (
    ABSENT,
    BY_HEARSAY,
    BY_RUMOUR,
    DEAD,
    DETAINED,
    E_NONE,
    HAS_PHONE,
    TRAVELLING,
)
from sim.columns import OWN_STORIES, TIES, Tables
from sim.compiling import bits32, inlined, kernel, whole
from sim.engine import streams
from sim.engine.compiled.hearing import fade_stories, hear_news, pass_stories, tell
from sim.engine.compiled.knowing import find_points, learn
from sim.engine.compiled.luck import TILE, Luck, deal, drawn
from sim.engine.compiled.reading import knows
from sim.randomness import block, event_id, uniform

__all__ = ["meet"]


@inlined
def _contact(t: Tables, i: int, j: int, contact: int, day: int) -> None:
    """Person i meets or calls j: hearsay, stories, where to find help."""
    p = t.p[0]
    me = t.body[i]
    them = t.public[j]
    if them.present == 0:
        return
    words = block(t.p[0].run, streams.CONTACT, day, me.key, contact)
    experienced = them.told_kind != E_NONE and t.p[0].gates[BY_HEARSAY] > 0.0
    if experienced and uniform(words[0]) < t.told_after[day - them.told_day]:
        event = event_id(t.body[j].key, whole(them.told_day), whole(them.told_kind))
        tell(t, i, whole(them.told_kind), whole(them.told_point), event, day, p.hearsay_trust)
    if t.p[0].gates[BY_RUMOUR] > 0.0 and (them.telling | me.telling) != 0:
        pass_stories(t, i, j, contact, day)
    if them.known != 0 and them.node == me.node and me.state != TRAVELLING:
        chance = p.pass_on_served if them.served_here == 1 else p.pass_on
        if uniform(words[1]) < chance:
            node = t.nodes[me.node]
            turn = int(uniform(words[2]) * node.listed)
            for step in range(node.points):
                local = (turn + step) % node.points
                told = (them.known >> bits32(local)) & bits32(1)
                if told and knows(t, i, node.first_point + local) == 0:
                    learn(t, i, node.first_point + local)
                    return


@inlined
def _consult(t: Tables, i: int, u: float, v: float, day: int) -> None:
    """Person i asks one of the sources that he or she uses."""
    p = t.p[0]
    me = t.body[i]
    if u >= p.source_rate:
        return
    used = 0
    for kind in range(4):
        used += (me.sources >> kind) & 1
    if used == 0:
        return
    pick = int(v * used)
    for kind in range(4):
        if (me.sources >> kind) & 1:
            if pick == 0:
                place = me.origin if kind == 0 else me.node
                record = t.sources[place, kind]
                if day - record.since > p.source_memory:
                    return
                tell(t, i, whole(record.told_kind), whole(record.told_point), record.event,
                     day, p.source_trust)
                return
            pick -= 1


@kernel
def _any_news(t: Tables, day: int) -> bool:
    """Whether an announcement is being repeated today."""
    for slot in range(OWN_STORIES, t.stories.shape[0]):
        if t.stories[slot].live == 1 and t.stories[slot].news_until >= day:
            return True
    return False


@inlined
def _call(t: Tables, i: int, u: float, day: int) -> None:
    """Person i may call one of the people he or she has ties to."""
    me = t.body[i]
    chance = t.p[0].calls_per_day * t.nodes[me.node].connectivity
    if u < chance:
        friend = whole(t.mind[i].ties[int(u / chance * TIES)])
        if friend >= 0:
            _contact(t, i, friend, 63, day)


@inlined
def _meet_some(t: Tables, luck: Luck, i: int, seat: int, day: int) -> None:
    """Person i meets whoever stands next in today's line."""
    rate = t.p[0].meetings_per_day
    sure = math.floor(rate)
    begin = t.at[t.body[i].node]
    size = t.at[t.body[i].node + 1] - begin
    meetings = min(size - 1, sure + (1 if drawn(luck, 0, 0, seat) < rate - sure else 0))
    place = t.standing[i].rank - begin
    for c in range(meetings):
        place = place + 1 if place + 1 < size else 0  # the line closes to a ring
        _contact(t, i, whole(t.order[begin + place]), c, day)


@kernel
def meet(t: Tables, luck: Luck, start: int, stop: int, day: int) -> None:
    """Meetings, calls, sources, news and finding of people ``start`` to ``stop``."""
    p = t.p[0]
    news = _any_news(t, day)
    for first in range(start, stop, TILE):
        last = min(stop, first + TILE)
        deal(t, luck, 0, streams.MEETING, day, first, last)
        deal(t, luck, 1, streams.AWARENESS, day, first, last)
        for i in range(first, last):
            me = t.body[i]
            if me.state == ABSENT or me.state == DEAD:
                continue
            seat = i - first
            if me.state != DETAINED:  # some stood in line this morning and were detained today
                if t.standing[i].rank >= 0:
                    _meet_some(t, luck, i, seat, day)
                    find_points(t, luck, i, seat, day)
                if me.traits & HAS_PHONE:
                    _call(t, i, drawn(luck, 0, 1, seat), day)
                if p.gates[BY_HEARSAY] > 0.0:
                    _consult(t, i, drawn(luck, 0, 2, seat), drawn(luck, 0, 3, seat), day)
            if p.gates[BY_RUMOUR] > 0.0:
                if news and me.state != DETAINED:
                    hear_news(t, i, day)
                if me.telling != 0:
                    fade_stories(t, i, day)
