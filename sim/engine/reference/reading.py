"""What a person holds for true on a day; reading changes nothing."""

from __future__ import annotations

from functools import cached_property

from sim.codes import IRREGULAR, MIXED_HOUSEHOLD, REFUSED_HERE
from sim.columns import (
    AGAINST,
    BY_CHANNEL,
    FAMILY_WIDTH,
    HARM_CHANNELS,
    SCAR_ENCOUNTER,
    SCAR_INTEGRITY,
    SCAR_RUMOUR,
)
from sim.engine import streams
from sim.rules.opinion import background
from sim.scene import Person

__all__ = ["Believing"]

POINT_BITS = REFUSED_HERE - 1


class Believing(Person):
    """A person with opinions: background evidence, and what was learnt since."""

    @property
    def exposure(self) -> float:
        """How much this person has to fear from the authorities, 0 to 1."""
        return self.scene.exposure[self.status][1 if self.traits & MIXED_HOUSEHOLD else 0]

    def knows(self, point: int) -> int:
        """0 if the point is unknown, 1 if known, 2 if one was refused there for one's status."""
        for entry in self.known:
            if entry & POINT_BITS == point + 1:
                return 2 if entry & REFUSED_HERE else 1
        return 0

    def has_heard(self, slot: int) -> bool:
        """Whether this person has heard the story in a slot."""
        return bool(self.heard >> slot & 1)

    @cached_property
    def _background(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """One's own luck with what one held for true at departure, for good."""
        return self.luck(streams.BACKGROUND, 0, 0), self.luck(streams.BACKGROUND, 0, 1)

    def independence(self, family: int, day: int) -> tuple[float, float]:
        """Evidence for and against a family's independence."""
        p = self.scene.p
        u = self._background[0]
        if self.first_status == IRREGULAR:
            r = background(u[0], p.background_independence_for_irregular)
            s = background(u[1], p.background_independence_against_irregular)
        else:
            r = background(u[0], p.background_independence_for_others)
            s = background(u[1], p.background_independence_against_others)
        if self.scene.family_is[family] == 1:
            r *= p.background_non_rcrc_factor
        elif self.scene.family_is[family] == 2:
            r *= p.background_government_for_factor
            s *= p.background_government_against_factor
        row = family * FAMILY_WIDTH
        age = day - self.touched[family]
        r += self.evidence[row + 2] * self.scene.fade_for[age]
        s += self._harm(row + BY_CHANNEL) * self.scene.fade_against[age]
        s += self.evidence[row + SCAR_ENCOUNTER]
        s += self.evidence[row + SCAR_RUMOUR]
        return r, s

    def quality(self, family: int, facet: int, day: int) -> tuple[float, float]:
        """Evidence for and against a family's competence (facet 0) or integrity (facet 1)."""
        p = self.scene.p
        u = self._background[1]
        r = background(u[2 * facet], p.background_quality_for)
        s = background(u[2 * facet + 1], p.background_quality_against)
        row = family * FAMILY_WIDTH
        age = day - self.touched[family]
        r += self.evidence[row + facet] * self.scene.fade_for[age]
        s += self.evidence[row + AGAINST + facet] * self.scene.fade_against[age]
        if facet == 1:
            s += self.evidence[row + SCAR_INTEGRITY]
        return r, s

    def danger(self, day: int) -> tuple[float, float]:
        """Evidence that asking for help is dangerous, and that it is safe."""
        p = self.scene.p
        u = self._background[0]
        irregular = self.first_status == IRREGULAR
        mean = p.background_danger_irregular if irregular else p.background_danger_others
        r = background(u[2], mean)
        s = background(u[3], p.background_safety)
        row = self.scene.danger_row
        age = day - self.danger_touched
        r += self._harm(row + 1) * self.scene.fade_against[age]
        s += self.evidence[row] * self.scene.fade_for[age]
        return r, s

    def _harm(self, first: int) -> float:
        """Bad news by all channels together."""
        harm = 0.0
        for amount in self.evidence[first : first + HARM_CHANNELS]:
            harm += amount
        return harm
