"""How stories are born, how they end, and what sources pick up (a part of phase 12)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sim.codes import DEAD, E_AMENDS, E_NONE, E_SERVED, NOWHERE, SOURCES
from sim.columns import (
    NOTHING_SHARED,
    OWN_STORIES,
    SLOTS_OF_A_PLACE,
)
from sim.engine import streams
from sim.engine.reference.meeting import FAMILY_ABROAD, Meeting
from sim.randomness import event_id
from sim.rows import Source
from sim.scene import Person, Scene

__all__ = ["birth_of_stories", "sources_listen", "stories_over"]


def stories_over(scene: Scene, telling: int, day: int) -> int:
    """Stories (a bit each) that nobody tells and that no announcement or firewall holds."""
    over = 0
    for slot, story in enumerate(scene.stories):
        held = story.news_until >= day or story.held_until >= day or story.renewed >= day
        if story.live == 1 and not held and not telling >> slot & 1:
            over |= 1 << slot
    return over


def birth_of_stories(scene: Scene, people: Iterable[Person], day: int) -> int:
    """First-hand experiences of today that become stories; returns how many found no slot."""
    chance = min(1.0, scene.p.story_birth * scene.p.represents)
    without = 0
    for me in people:
        if me.told_kind == E_NONE or me.told_day != day or me.state == DEAD:
            continue
        if me.luck(streams.STORY_BIRTH, day)[0] >= chance:
            continue
        slot = _slot_for(scene, me, day)
        if slot == NOWHERE:
            without += 1
            continue
        if scene.stories[slot].live == 0:
            _begin(scene, slot, me)
        scene.stories[slot].renewed = day
        me.heard |= 1 << slot
        me.telling |= 1 << slot
        me.public.heard = me.heard
        me.public.telling = me.telling
    return without


def _slot_for(scene: Scene, me: Person, day: int) -> int:
    """Slot of the story this experience becomes: a live one it renews, a free one, or NOWHERE."""
    owner = scene.points[me.told_point].organisation if me.told_point >= 0 else 0
    first = event_id(scene.nodes[me.told_node].key, 0, owner)
    free = NOWHERE
    for n in range(SLOTS_OF_A_PLACE):
        slot = (first + n) % OWN_STORIES
        story = scene.stories[slot]
        if _is_about(scene, slot, me):
            if day - story.renewed <= scene.p.story_renewal_days:
                return slot
        elif story.live == 0 and free == NOWHERE:
            free = slot
    return free


def _is_about(scene: Scene, slot: int, me: Person) -> bool:
    """Whether a live story tells of the same as this person's last experience."""
    story = scene.stories[slot]
    if story.live != 1 or story.kind != me.told_kind or story.node != me.told_node:
        return False
    if story.point < 0 or me.told_point < 0:
        return bool(story.point < 0 and me.told_point < 0 and story.leg == _leg_of(me))
    owners = {scene.points[k].organisation for k in (story.point, me.told_point)}
    return len(owners) == 1


def _leg_of(me: Person) -> int:
    """Leg of a person's last experience, or NOWHERE."""
    return -2 - me.told_point if me.told_point <= -2 else NOWHERE


def _begin(scene: Scene, slot: int, me: Person) -> None:
    """An experience becomes a story."""
    story, point = scene.stories[slot], me.told_point
    story.live, story.true, story.news = 1, 1, 0
    story.kind, story.node, story.event = me.told_kind, me.told_node, me.last_event
    story.point = point if point >= 0 else NOWHERE
    story.leg = _leg_of(me)
    story.family = scene.points[point].family if point >= 0 else NOWHERE
    story.also = 0
    story.news_until = story.held_until = NOTHING_SHARED


def sources_listen(scene: Scene, day: int) -> None:
    """Family abroad, locals, agents and smugglers pick up what they will repeat after a lag."""
    everyone = [me for line in scene.lines for me in line]
    for n, line in enumerate(scene.lines):
        for kind in range(len(SOURCES)):
            record = scene.sources[n][kind]
            if record.next_kind == E_NONE:
                _listen(scene, n, kind, everyone if kind == FAMILY_ABROAD else line, day)
            elif record.ready <= day:
                _repeat(record, day)


def _repeat(record: Source, day: int) -> None:
    """From now on a source repeats what it picked up."""
    record.told_kind, record.event = record.next_kind, record.next_event
    record.told_point, record.told_node = record.next_point, record.next_node
    record.next_kind = E_NONE
    record.since = day


def _listen(scene: Scene, node: int, kind: int, crowd: Sequence[Meeting], day: int) -> None:
    """A source hears of the last experience of somebody in the crowd."""
    if not crowd:
        return
    p, record = scene.p, scene.sources[node][kind]
    u = scene.luck(streams.SOURCE_HEARS, day, scene.nodes[node].key, kind)
    who = crowd[int(u[0] * len(crowd))]
    if kind == FAMILY_ABROAD and who.origin != node:
        return
    them = who.public
    old = day - them.told_day > p.source_memory
    if them.told_kind == E_NONE or them.present == 0 or old:
        return
    slant = (p.slant_family, p.slant_locals, p.slant_agents, p.slant_smugglers)[kind]
    if them.told_kind in (E_SERVED, E_AMENDS) or u[1] < slant:
        record.next_kind, record.next_event = them.told_kind, who.public_event
        record.next_point, record.next_node = them.told_point, them.told_node
        record.ready = day + int(p.source_lag)
