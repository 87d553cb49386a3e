"""Stories: how a person hears them, tells them, and stops telling them (a part of phase 8)."""

from __future__ import annotations

from collections.abc import Iterator

from sim.codes import BY_RUMOUR, E_NONE
from sim.columns import OWN_STORIES, STORIES
from sim.engine import streams
from sim.engine.reference.exchanging import Exchanging
from sim.randomness import told_draw
from sim.rules.rumour import fade_probability, news_reach
from sim.scene import Person, Scene

__all__ = ["Hearing", "news_today", "slots_of"]


def news_today(scene: Scene, day: int) -> list[int]:
    """Slots of the announcements that are being repeated today."""
    return [slot for slot in range(OWN_STORIES, STORIES)
            if scene.stories[slot].live != 0 and scene.stories[slot].news_until >= day]


def slots_of(bits: int) -> Iterator[int]:
    """Slots whose bits are set, in order."""
    while bits:
        slot = (bits & -bits).bit_length() - 1
        yield slot
        bits &= bits - 1


class Hearing(Exchanging):
    """A person among whom stories go round."""

    def hear_story(self, slot: int, day: int, *, first_hand: bool) -> None:
        """Hear a story (or, ``first_hand``, an announcement itself), and go on to tell it."""
        p, story = self.scene.p, self.scene.stories[slot]
        self.heard |= 1 << slot
        self.telling |= 1 << slot
        if story.kind == E_NONE or not self.remember(story.event):
            return
        promised, registers = 1.0, 1.0
        if story.point >= 0:
            it = self.scene.points[story.point]
            promised, registers = it.promises, it.registers
        weight = p.story_weight
        if story.news == 1:
            weight = 1.0 if first_hand else p.news_told_on
        told = (promised, registers, day, BY_RUMOUR, weight, 1.0)
        self.absorb_about(story.kind, story.family, *told)
        for family in self.scene.families:
            if story.also >> family & 1:
                self.absorb_on_family(story.kind, family, *told)

    def stop_telling(self, slot: int) -> None:
        """Tell a story no longer; it is still known."""
        self.telling &= ~(1 << slot)

    def swap_stories(self, other: Person, contact: int, day: int) -> None:
        """Hear what the other tells; perhaps stop telling what the other knows already."""
        p, them = self.scene.p, other.public
        fresh = them.telling & ~self.heard
        stale = self.telling & them.heard
        for slot in slots_of(fresh | stale):
            u = self.luck(streams.STORY_TOLD, day,
                          told_draw(self.scene.stories[slot].event, contact))
            if fresh >> slot & 1:
                if u[0] < p.story_telling:
                    self.hear_story(slot, day, first_hand=False)
            elif u[1] < p.story_drop:
                self.stop_telling(slot)

    def hear_news(self, slots: list[int], day: int) -> None:
        """Announcements reach people directly, in their own country more than abroad."""
        p = self.scene.p
        for slot in slots:
            if self.has_heard(slot):
                continue
            story = self.scene.stories[slot]
            here = 1.0 if self.node == story.node else 0.0
            at_home = 1.0 if story.countries >> self.here.country & 1 else 0.0
            reach = news_reach(story.reach, here, at_home, p.news_here, p.news_abroad)
            if self.luck(streams.NEWS, day, story.event)[0] < reach:
                self.hear_story(slot, day, first_hand=True)

    def tire_of_stories(self, day: int) -> None:
        """Stop telling stories as they grow old."""
        p = self.scene.p
        for slot in slots_of(self.telling):
            story = self.scene.stories[slot]
            age = day - story.renewed
            tired = fade_probability(age, p.story_fade, p.story_fade_days)
            if self.luck(streams.STORY_FADE, day, story.event)[0] < tired:
                self.stop_telling(slot)
