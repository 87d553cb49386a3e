"""Phases 7 and 8: what people see, and what they hear from each other.

Everyone reads the record of yesterday that others made public; nobody writes into others.
"""

from __future__ import annotations

import math

import numpy as np

from sim.codes import (
    ABSENT,
    BY_HEARSAY,
    BY_RUMOUR,
    BY_WITNESS,
    DEAD,
    DETAINED,
    E_DOOR,
    E_NONE,
    E_RAID,
    HAS_LANGUAGE,
    HAS_PHONE,
    HUMAN,
    TRAVELLING,
)
from sim.columns import KNOWN_POINTS, OWN_STORIES, TIES, Tables
from sim.compiling import inlined, kernel
from sim.engine import streams
from sim.engine.compiled.absorbing import absorb, remember
from sim.engine.compiled.reading import event_id, knows
from sim.engine.tally import Tally
from sim.randomness import block, uniform
from sim.rules.encounter import told_probability
from sim.rules.needs import finding_chance
from sim.rules.rumour import fade_probability, news_reach

__all__ = ["hear_story", "learn", "line_up", "meet", "tell", "witness"]


@kernel
def line_up(t: Tables, people: int, day: int) -> None:
    """Put the people at each node in an order keyed by the day (a bucket sort, linear in people)."""
    places = t.nodes.shape[0]
    t.at[:] = 0
    for i in range(people):
        me = t.body[i]
        t.body[i].rank = -1
        if me.state != ABSENT and me.state != DEAD and me.state != DETAINED and me.state != TRAVELLING:
            t.at[me.node + 1] += 1
            t.body[i].rank = 0
            t.body[i].order_key = block(t.p[0].run, streams.ORDER, day, me.key, 0)[0]
    for n in range(places):
        t.at[n + 1] += t.at[n]
    total = t.at[places]
    begin, fill = t.scratch[0], t.scratch[1]
    begin[: total + 1] = 0
    for i in range(people):
        if t.body[i].rank == 0:
            n = t.body[i].node
            slot = (np.int64(t.body[i].order_key) * (t.at[n + 1] - t.at[n])) >> 32
            begin[t.at[n] + slot + 1] += 1
    for b in range(total):
        begin[b + 1] += begin[b]
        fill[b] = begin[b]
    for i in range(people):
        if t.body[i].rank == 0:
            n = t.body[i].node
            slot = t.at[n] + ((np.int64(t.body[i].order_key) * (t.at[n + 1] - t.at[n])) >> 32)
            j = fill[slot]
            fill[slot] += 1
            while j > begin[slot] and _later(t, t.order[j - 1], i):
                t.order[j] = t.order[j - 1]
                j -= 1
            t.order[j] = i
    for j in range(total):
        t.body[t.order[j]].rank = j


@kernel
def _later(t: Tables, i: int, j: int) -> bool:
    """Whether i stands after j in today's order."""
    if t.body[i].order_key != t.body[j].order_key:
        return t.body[i].order_key > t.body[j].order_key
    return t.body[i].key > t.body[j].key


@kernel
def witness(t: Tables, start: int, stop: int, day: int) -> None:
    """People at nodes ``start`` to ``stop`` see incidents among those standing next to them."""
    width = int(t.p[0].witness_neighbours)
    if t.p[0].gates[BY_WITNESS] <= 0.0:
        return
    for n in range(start, stop):
        begin, end = t.at[n], t.at[n + 1]
        incidents = 0
        for j in range(begin, end):
            incidents += 1 if t.body[t.order[j]].seen > 0 else 0
        if incidents == 0:
            continue
        size = end - begin
        for j in range(begin, end):
            if t.body[t.order[j]].seen == 0:
                continue
            who = np.int64(t.order[j])
            for step in range(1, min(width, size - 1) + 1):
                neighbour = np.int64(t.order[begin + (j - begin - step) % size])
                _see(t, neighbour, who, n, day)


@kernel
def _see(t: Tables, i: int, who: int, node: int, day: int) -> None:
    """Person i sees the incident that befell ``who``."""
    if t.body[who].seen == E_DOOR:
        it = t.points[t.body[who].asked]
        if remember(t, i, event_id(it.key, day // 7, E_DOOR)):
            absorb(t, i, E_DOOR, it.family, it.promises, it.registers, day, BY_WITNESS,
                   1.0, 1.0)
    elif remember(t, i, event_id(t.nodes[node].key, day, E_RAID)):
        absorb(t, i, E_RAID, -1, 0.0, 0.0, day, BY_WITNESS, 1.0, 1.0)


@kernel
def tell(t: Tables, i: int, kind: int, point: int, event: int, day: int, trust: float) -> None:
    """Person i is told of an experience (hearsay), counted once."""
    if kind == E_NONE or not remember(t, i, event):
        return
    if point < 0:
        absorb(t, i, kind, -1, 0.0, 0.0, day, BY_HEARSAY, 1.0, trust)
    else:
        it = t.points[point]
        absorb(t, i, kind, it.family, it.promises, it.registers, day, BY_HEARSAY, 1.0, trust)


@kernel
def learn(t: Tables, i: int, point: int) -> None:
    """Person i gets to know a service point; the longest known is forgotten if there are many."""
    if knows(t, i, point) > 0:
        return
    for slot in range(KNOWN_POINTS - 1, 0, -1):
        t.body[i].known[slot] = t.body[i].known[slot - 1]
    t.body[i].known[0] = point + 1


@kernel
def _hear_stories(t: Tables, i: int, j: int, contact: int, day: int) -> None:
    """Stories pass from j's public record to i; i may stop telling what j already knows."""
    p = t.p[0]
    me = t.body[i]
    them = t.public[j]
    fresh = them.telling & ~me.heard
    stale = me.telling & them.heard
    one = np.uint64(1)
    slot = 0
    while fresh != 0 or stale != 0:
        if (fresh | stale) & one:
            words = block(t.p[0].run, streams.STORY_TOLD, day, me.key, contact * 64 + slot)
            bit = one << np.uint64(slot)
            if fresh & one:
                if uniform(words[0]) < p.story_telling:
                    hear_story(t, i, slot, day, False)
            elif uniform(words[1]) < p.story_drop:
                me.telling &= ~bit
        fresh >>= one
        stale >>= one
        slot += 1


@kernel
def hear_story(t: Tables, i: int, slot: int, day: int, first_hand: bool) -> None:
    """Person i hears a story (or, ``first_hand``, an announcement itself) and will tell it."""
    p = t.p[0]
    me = t.body[i]
    story = t.stories[slot]
    bit = np.uint64(1) << np.uint64(slot)
    me.heard |= bit
    me.telling |= bit
    if story.kind == E_NONE or not remember(t, i, story.event):
        return
    promised, registers = 1.0, 1.0
    if story.point >= 0:
        promised = t.points[story.point].promises
        registers = t.points[story.point].registers
    trust = p.story_weight
    if story.news == 1:
        trust = 1.0 if first_hand else p.news_told_on
    absorb(t, i, np.int64(story.kind), np.int64(story.family), promised, registers, day, BY_RUMOUR, 1.0, trust)


@kernel
def _fade_stories(t: Tables, i: int, day: int) -> None:
    p = t.p[0]
    me = t.body[i]
    telling = me.telling
    one = np.uint64(1)
    slot = 0
    while telling != 0:
        if telling & one:
            age = day - t.stories[slot].renewed
            word = block(t.p[0].run, streams.STORY_FADE, day, me.key, slot)[0]
            if uniform(word) < fade_probability(age, p.story_fade, p.story_fade_days):
                me.telling &= ~(one << np.uint64(slot))
        telling >>= one
        slot += 1


@kernel
def _news(t: Tables, i: int, day: int) -> None:
    """Announcements reach people directly, in their own country more than abroad."""
    p = t.p[0]
    me = t.body[i]
    country = t.nodes[me.node].country
    for slot in range(OWN_STORIES, t.stories.shape[0]):
        story = t.stories[slot]
        if story.live == 0 or story.news_until < day:
            continue
        if (me.heard >> np.uint64(slot)) & np.uint64(1):
            continue
        at_home = (story.countries >> np.uint64(country)) & np.uint64(1)
        reach = news_reach(story.reach, 1.0 if me.node == story.node else 0.0,
                           1.0 if at_home else 0.0, p.news_here, p.news_abroad)
        if uniform(block(t.p[0].run, streams.NEWS, day, me.key, slot)[0]) < reach:
            hear_story(t, i, slot, day, True)


@inlined
def _contact(t: Tables, i: int, j: int, contact: int, day: int) -> None:
    """Person i meets or calls j: hearsay, stories, where to find help."""
    p = t.p[0]
    me = t.body[i]
    them = t.public[j]
    if them.present == 0:
        return
    words = block(t.p[0].run, streams.CONTACT, day, me.key, contact)
    if them.told_kind != E_NONE and t.p[0].gates[BY_HEARSAY] > 0.0:
        age = day - them.told_day
        if uniform(words[0]) < told_probability(age, p.telling_half_life):
            tell(t, i, np.int64(them.told_kind), np.int64(them.told_point), them.event, day,
                 p.hearsay_trust)
    if t.p[0].gates[BY_RUMOUR] > 0.0 and (them.telling | me.telling) != 0:
        _hear_stories(t, i, j, contact, day)
    if them.known != 0 and them.node == me.node and me.state != TRAVELLING:
        chance = p.pass_on_served if them.served_here == 1 else p.pass_on
        if uniform(words[1]) < chance:
            node = t.nodes[me.node]
            turn = int(uniform(words[2]) * node.points)
            for step in range(node.points):
                local = (turn + step) % node.points
                if (them.known >> np.uint32(local)) & np.uint32(1):
                    if knows(t, i, node.first_point + local) == 0:
                        learn(t, i, node.first_point + local)
                        return


@inlined
def _consult(t: Tables, i: int, u: float, v: float, day: int) -> None:
    """Person i asks one of the sources that he or she uses."""
    p = t.p[0]
    me = t.body[i]
    used = 0
    for kind in range(4):
        used += (me.sources >> kind) & 1
    if used == 0 or u >= p.source_rate:
        return
    pick = int(v * used)
    for kind in range(4):
        if (me.sources >> kind) & 1:
            if pick == 0:
                place = me.origin if kind == 0 else me.node
                record = t.sources[place, kind]
                tell(t, i, np.int64(record.told_kind), np.int64(record.told_point), record.event,
                     day, p.source_trust)
                return
            pick -= 1


@inlined
def _find(t: Tables, i: int, day: int) -> None:
    """Finding service points by oneself."""
    p = t.p[0]
    me = t.body[i]
    node = t.nodes[me.node]
    need = p.find_in_need if me.need >= 0 else 1.0
    slowed = 1.0 - p.cost_human if t.body[i].level[HUMAN] > 0.0 else 1.0
    for local in range(node.points):
        k = node.first_point + local
        it = t.points[k]
        if it.open == 0:
            continue
        word = local % 4
        if word == 0:
            words = block(t.p[0].run, streams.AWARENESS, day, me.key, local // 4)
        tongue = 1.0
        if not me.traits & HAS_LANGUAGE:
            tongue = p.find_no_language + (1.0 - p.find_no_language) * it.lived_experience
        if uniform(words[word]) < finding_chance(p.find, it.visibility, need, slowed * tongue):
            learn(t, i, k)


@kernel
def meet(t: Tables, tally: Tally, start: int, stop: int, day: int) -> None:
    """Meetings, calls, sources, news and finding of people ``start`` to ``stop``."""
    p = t.p[0]
    whole = int(math.floor(p.meetings_per_day))
    part = p.meetings_per_day - whole
    news = False
    for slot in range(OWN_STORIES, t.stories.shape[0]):
        news = news or (t.stories[slot].live == 1 and t.stories[slot].news_until >= day)
    for i in range(start, stop):
        me = t.body[i]
        if me.state == ABSENT or me.state == DEAD:
            continue
        words = block(t.p[0].run, streams.MEETING, day, me.key, 0)
        rank = t.body[i].rank
        if rank >= 0:
            begin = t.at[me.node]
            size = t.at[me.node + 1] - begin
            meetings = min(size - 1, whole + (1 if uniform(words[0]) < part else 0))
            for c in range(meetings):
                j = np.int64(t.order[begin + (rank - begin + 1 + c) % size])
                _contact(t, i, j, c, day)
            _find(t, i, day)
        if me.traits & HAS_PHONE and me.state != DETAINED:
            chance = p.calls_per_day * t.nodes[me.node].connectivity
            u = uniform(words[1])
            if u < chance:
                friend = np.int64(t.mind[i].ties[int(u / chance * TIES)])
                if friend >= 0:
                    _contact(t, i, friend, 63, day)
        if t.p[0].gates[BY_HEARSAY] > 0.0 and me.state != DETAINED:
            _consult(t, i, uniform(words[2]), uniform(words[3]), day)
        if t.p[0].gates[BY_RUMOUR] > 0.0:
            if news:
                _news(t, i, day)
            if me.telling != 0:
                _fade_stories(t, i, day)
