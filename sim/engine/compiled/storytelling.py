"""How stories are born, how they end, and what sources pick up. Runs over one thread."""

from __future__ import annotations

from typing import Any

from sim.codes import DEAD, E_AMENDS, E_NONE, E_SERVED, NOWHERE
from sim.columns import NOTHING_SHARED, OWN_STORIES, SLOTS_OF_A_PLACE, Tables
from sim.compiling import bits, kernel, whole
from sim.engine import streams
from sim.randomness import block, event_id, uniform

__all__ = ["birth_of_stories", "seed_story", "sources_listen", "stories_over"]


@kernel
def stories_over(stories: Any, telling: int, day: int) -> int:
    """Stories that nobody tells any more and that no announcement or firewall holds."""
    over = bits(0)
    for slot in range(stories.shape[0]):
        story = stories[slot]
        bit = bits(1) << bits(slot)
        held = story.news_until >= day or story.held_until >= day or story.renewed >= day
        if story.live == 1 and not held and not bits(telling) & bit:
            over |= bit
    return over


@kernel
def _same(t: Tables, slot: int, kind: int, point: int, node: int) -> bool:
    """Whether the story in a slot is about such an experience: kind, place, and who or where."""
    story = t.stories[slot]
    if story.live == 0 or story.kind != kind or story.node != node:
        return False
    if point < 0:
        return story.point < 0 and story.leg == (-2 - point if point <= -2 else NOWHERE)
    return story.point >= 0 and (
        t.points[story.point].organisation == t.points[point].organisation)


@kernel
def _slot_for(t: Tables, i: int, day: int) -> int:
    """Slot of the story this experience becomes: a live one it renews, a free one, or -1."""
    me = t.body[i]
    owner = t.points[me.told_point].organisation if me.told_point >= 0 else 0
    first = event_id(t.nodes[me.told_node].key, 0, owner)
    free = -1
    for n in range(SLOTS_OF_A_PLACE):
        slot = (whole(first) + n) % OWN_STORIES
        story = t.stories[slot]
        if _same(t, slot, me.told_kind, me.told_point, me.told_node):
            if day - story.renewed <= t.p[0].story_renewal_days:
                return slot
        elif story.live == 0 and free < 0:
            free = slot
    return free


@kernel
def birth_of_stories(t: Tables, experiences: int, day: int) -> int:
    """First-hand experiences of today that become stories; returns how many found no slot.

    Those who have had one were listed as they were counted.
    """
    chance = min(1.0, t.p[0].story_birth * t.p[0].represents)
    without = 0
    for n in range(experiences):
        i = whole(t.slots[n])
        me = t.body[i]
        if uniform(block(t.p[0].run, streams.STORY_BIRTH, day, me.key, 0)[0]) >= chance:
            continue
        slot = _slot_for(t, i, day)
        if slot < 0:
            without += 1
            continue
        story = t.stories[slot]
        bit = bits(1) << bits(slot)
        if story.live == 0:
            story.live = 1
            story.kind = me.told_kind
            story.point = me.told_point if me.told_point >= 0 else NOWHERE
            story.leg = -2 - me.told_point if me.told_point <= -2 else NOWHERE
            story.family = t.points[me.told_point].family if me.told_point >= 0 else NOWHERE
            story.also = 0
            story.node = me.told_node
            story.event = event_id(me.key, day, whole(me.told_kind))
            story.true = 1
            story.news = 0
            story.news_until = NOTHING_SHARED
            story.held_until = NOTHING_SHARED
        story.renewed = day
        me.heard |= bit
        me.telling |= bit
        t.public[i].heard = me.heard
        t.public[i].telling = me.telling
    return without


@kernel
def seed_story(t: Tables, slot: int, nodes: Any, share: float, people: int, day: int) -> None:
    """A share of the people at some nodes know a story from the start and tell it."""
    bit = bits(1) << bits(slot)
    event = whole(t.stories[slot].event)
    for i in range(people):
        me = t.body[i]
        if me.leg >= 0 or me.state == DEAD or nodes[me.node] == 0:
            continue
        if uniform(block(t.p[0].run, streams.STORY_SEED, day, me.key, event)[0]) < share:
            me.heard |= bit
            me.telling |= bit


@kernel
def sources_listen(t: Tables, day: int) -> None:
    """Family abroad, locals, agents and smugglers pick up what they will repeat after a lag."""
    p = t.p[0]
    total = t.at[t.nodes.shape[0]]
    for n in range(t.nodes.shape[0]):
        for kind in range(4):
            record = t.sources[n, kind]
            if record.next_kind != E_NONE:
                if record.ready <= day:
                    record.told_kind = record.next_kind
                    record.event = record.next_event
                    record.told_point = record.next_point
                    record.told_node = record.next_node
                    record.next_kind = E_NONE
                    record.since = day
                continue
            words = block(t.p[0].run, streams.SOURCE_HEARS, day, t.nodes[n].key, kind)
            begin = 0 if kind == 0 else t.at[n]
            size = total if kind == 0 else t.at[n + 1] - begin
            if size == 0:
                continue
            who = t.order[begin + int(uniform(words[0]) * size)]
            if kind == 0 and t.body[who].origin != n:
                continue
            them = t.public[who]
            old = day - them.told_day > p.source_memory
            if them.told_kind == E_NONE or them.present == 0 or old:
                continue
            slant = p.slant_family
            if kind == 1:
                slant = p.slant_locals
            elif kind == 2:
                slant = p.slant_agents
            elif kind == 3:
                slant = p.slant_smugglers
            good = them.told_kind == E_SERVED or them.told_kind == E_AMENDS
            if good or uniform(words[1]) < slant:
                record.next_kind = them.told_kind
                record.next_event = event_id(t.body[who].key, whole(them.told_day),
                                             whole(them.told_kind))
                record.next_point = them.told_point
                record.next_node = them.told_node
                record.ready = day + int(p.source_lag)
