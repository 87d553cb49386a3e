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
from sim.compiling import bits, bits32, inlined, kernel, whole
from sim.engine import streams
from sim.engine.compiled.exchanging import exchange
from sim.engine.compiled.hearing import fade_stories, hear_news, pass_stories, tell
from sim.engine.compiled.knowing import find_points, learn
from sim.engine.compiled.luck import TILE, Luck, deal, drawn
from sim.engine.compiled.odds import FINDING
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
    hears = t.p[0].gates[BY_HEARSAY] > 0.0
    if p.exchange == 1:
        if hears:
            exchange(t, i, j, contact, day)
    elif (hears and them.told_kind != E_NONE
          and uniform(words[0]) < t.told_after[day - them.told_day]):
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


@kernel
def _look_up(t: Tables, luck: Luck, start: int, stop: int) -> None:
    """Whom each of people ``start`` to ``stop`` meets first, if that is somebody who is present.

    Others lie anywhere in memory. Short loops that do nothing else let the processor fetch many
    rows at a time; fetched one by one, amid all else, each takes as long as a whole meeting.
    """
    rate = t.p[0].meetings_per_day
    sure = math.floor(rate)
    seats, whom = luck.seats, luck.partners[0]
    found = 0
    for seat in range(stop - start):
        seats[found] = seat
        meets = t.standing[start + seat].rank >= 0 and (
            drawn(luck, 0, 0, seat) < rate - sure or sure > 0)
        found += 1 if meets else 0
        whom[seat] = -1
    for n in range(found):
        i = start + seats[n]
        begin, end = t.at[t.body[i].node], t.at[t.body[i].node + 1]
        rank = t.standing[i].rank
        luck.others[n] = t.order[rank + 1 if rank + 1 < end else begin]
    for n in range(found):
        j = luck.others[n]
        whom[seats[n]] = j if t.public[j].present == 1 and j != start + seats[n] else -1


@kernel
def _look_up_friends(t: Tables, luck: Luck, start: int, stop: int) -> None:
    """Whom each of people ``start`` to ``stop`` calls, if that is somebody who is present."""
    seats, whom = luck.seats, luck.partners[1]
    found = 0
    for seat in range(stop - start):
        me = t.body[start + seat]
        seats[found] = seat
        chance = t.p[0].calls_per_day * t.nodes[me.node].connectivity
        calls = (me.traits & HAS_PHONE) != 0 and drawn(luck, 0, 1, seat) < chance
        found += 1 if calls else 0
        whom[seat] = -1
    for n in range(found):
        i = start + seats[n]
        chance = t.p[0].calls_per_day * t.nodes[t.body[i].node].connectivity
        luck.others[n] = t.mind[i].ties[int(drawn(luck, 0, 1, seats[n]) / chance * TIES)]
    for n in range(found):
        j = luck.others[n]
        if j >= 0 and t.public[j].present == 1:
            whom[seats[n]] = j


@inlined
def _meet_some(t: Tables, luck: Luck, i: int, seat: int, day: int) -> None:
    """Person i meets whoever stands next in today's line."""
    rate = t.p[0].meetings_per_day
    sure = math.floor(rate)
    if sure == 0:
        if luck.partners[0, seat] >= 0:
            _contact(t, i, whole(luck.partners[0, seat]), 0, day)
        return
    begin = t.at[t.body[i].node]
    size = t.at[t.body[i].node + 1] - begin
    meetings = min(size - 1, sure + (1 if drawn(luck, 0, 0, seat) < rate - sure else 0))
    place = t.standing[i].rank - begin
    for c in range(meetings):
        place = place + 1 if place + 1 < size else 0  # the line closes to a ring
        _contact(t, i, whole(t.order[begin + place]), c, day)


@inlined
def _least(luck: Luck, seat: int) -> float:
    """The best luck of a person with finding a service point."""
    words = luck.words[1]
    return uniform(bits(min(words[0, seat], words[1, seat], words[2, seat], words[3, seat])))


@kernel
def meet(t: Tables, luck: Luck, start: int, stop: int, day: int) -> None:
    """Meetings, calls, sources, news and finding of people ``start`` to ``stop``."""
    p = t.p[0]
    news = _any_news(t, day)
    for first in range(start, stop, TILE):
        last = min(stop, first + TILE)
        deal(t, luck, 0, streams.MEETING, day, first, last)
        deal(t, luck, 1, streams.AWARENESS, day, first, last)
        _look_up(t, luck, first, last)
        _look_up_friends(t, luck, first, last)
        for i in range(first, last):
            me = t.body[i]
            if me.state == ABSENT or me.state == DEAD:
                continue
            seat = i - first
            if me.state != DETAINED:  # some stood in line this morning and were detained today
                if t.standing[i].rank >= 0:
                    _meet_some(t, luck, i, seat, day)
                    if _least(luck, seat) < luck.chances[FINDING, me.node]:
                        find_points(t, luck, i, seat, day)
                if luck.partners[1, seat] >= 0:
                    _contact(t, i, whole(luck.partners[1, seat]), 63, day)
                if p.gates[BY_HEARSAY] > 0.0:
                    _consult(t, i, drawn(luck, 0, 2, seat), drawn(luck, 0, 3, seat), day)
            if p.gates[BY_RUMOUR] > 0.0:
                if news and me.state != DETAINED:
                    hear_news(t, i, day)
                if me.telling != 0:
                    fade_stories(t, i, day)
