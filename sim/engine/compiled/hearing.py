"""Stories, news and hearsay: how they reach a person, and when a person stops telling them."""

from __future__ import annotations

from sim.codes import BY_HEARSAY, BY_RUMOUR, E_NONE
from sim.columns import OWN_STORIES, Tables
from sim.compiling import bits, kernel, whole
from sim.engine import streams
from sim.engine.compiled.absorbing import absorb, absorb_family, remember
from sim.randomness import block, told_draw, uniform
from sim.rules.rumour import fade_probability, news_reach

__all__ = ["fade_stories", "hear_news", "hear_story", "pass_stories", "tell"]


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
def pass_stories(t: Tables, i: int, j: int, contact: int, day: int) -> None:
    """Stories pass from j's public record to i; i may stop telling what j already knows."""
    p = t.p[0]
    me = t.body[i]
    them = t.public[j]
    fresh = them.telling & ~me.heard
    stale = me.telling & them.heard
    one = bits(1)
    slot = 0
    while fresh != 0 or stale != 0:
        if (fresh | stale) & one:
            words = block(t.p[0].run, streams.STORY_TOLD, day, me.key,
                          told_draw(t.stories[slot].event, contact))
            bit = one << bits(slot)
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
    bit = bits(1) << bits(slot)
    me.heard |= bit
    me.telling |= bit
    if story.kind == E_NONE or not remember(t, i, story.event):
        return
    promised, registers = 1.0, 1.0
    if story.point >= 0:
        promised = t.points[story.point].promises
        registers = t.points[story.point].registers
    weight = p.story_weight
    if story.news == 1:
        weight = 1.0 if first_hand else p.news_told_on
    absorb(t, i, whole(story.kind), whole(story.family), promised, registers, day, BY_RUMOUR,
           weight, 1.0)
    for family in range(t.p[0].family_is.shape[0]):
        if (story.also >> family) & 1:
            absorb_family(t, i, whole(story.kind), family, promised, registers, day, BY_RUMOUR,
                          weight, 1.0)


@kernel
def fade_stories(t: Tables, i: int, day: int) -> None:
    """Person i may stop telling each story, the older the less likely."""
    p = t.p[0]
    me = t.body[i]
    telling = me.telling
    one = bits(1)
    slot = 0
    while telling != 0:
        if telling & one:
            age = day - t.stories[slot].renewed
            word = block(t.p[0].run, streams.STORY_FADE, day, me.key,
                         whole(t.stories[slot].event))[0]
            if uniform(word) < fade_probability(age, p.story_fade, p.story_fade_days):
                me.telling &= ~(one << bits(slot))
        telling >>= one
        slot += 1


@kernel
def hear_news(t: Tables, i: int, day: int) -> None:
    """Announcements reach people directly, in their own country more than abroad."""
    p = t.p[0]
    me = t.body[i]
    country = t.nodes[me.node].country
    for slot in range(OWN_STORIES, t.stories.shape[0]):
        story = t.stories[slot]
        if story.live == 0 or story.news_until < day:
            continue
        if (me.heard >> bits(slot)) & bits(1):
            continue
        at_home = (story.countries >> bits(country)) & bits(1)
        reach = news_reach(story.reach, 1.0 if me.node == story.node else 0.0,
                           1.0 if at_home else 0.0, p.news_here, p.news_abroad)
        if uniform(block(t.p[0].run, streams.NEWS, day, me.key, whole(story.event))[0]) < reach:
            hear_story(t, i, slot, day, True)
