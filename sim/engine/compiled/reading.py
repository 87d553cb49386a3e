"""Reading what a person holds for true, on any day, without writing anything."""

from __future__ import annotations

from sim.codes import IRREGULAR, MIXED_HOUSEHOLD
from sim.columns import (
    AGAINST,
    BY_CHANNEL,
    FAMILY_WIDTH,
    HARM_CHANNELS,
    KNOWN_POINTS,
    SCAR_ENCOUNTER,
    SCAR_INTEGRITY,
    SCAR_RUMOUR,
    Tables,
)
from sim.compiling import inlined
from sim.engine import streams
from sim.randomness import block, uniform
from sim.rules.opinion import background

__all__ = [
    "background_quality", "background_trust", "danger", "exposure_of", "independence",
    "independence_on", "knows", "quality", "quality_on",
]


@inlined
def exposure_of(t: Tables, i: int) -> float:
    """How much person i has to fear from the authorities, 0 to 1."""
    me = t.body[i]
    return t.p[0].exposure[me.status, 1 if me.traits & MIXED_HOUSEHOLD else 0]


@inlined
def knows(t: Tables, i: int, point: int) -> int:
    """0 if person i does not know the point, 1 if so, 2 if refused there for one's status."""
    for slot in range(KNOWN_POINTS):
        entry = t.body[i].known[slot]
        if (entry & 0x7FFF) == point + 1:
            return 2 if entry & 0x8000 else 1
    return 0


@inlined
def background_trust(t: Tables, i: int) -> tuple[float, float]:
    """Background evidence for and against independence, before the family's factor."""
    p = t.p[0]
    words = block(p.run, streams.BACKGROUND, 0, t.body[i].key, 0)
    if t.body[i].first_status == IRREGULAR:
        return (background(uniform(words[0]), p.background_independence_for_irregular),
                background(uniform(words[1]), p.background_independence_against_irregular))
    return (background(uniform(words[0]), p.background_independence_for_others),
            background(uniform(words[1]), p.background_independence_against_others))


@inlined
def background_quality(t: Tables, i: int, facet: int) -> tuple[float, float]:
    """Background evidence for and against competence (facet 0) or integrity (facet 1)."""
    p = t.p[0]
    words = block(p.run, streams.BACKGROUND, 0, t.body[i].key, 1)
    if facet == 0:
        return (background(uniform(words[0]), p.background_quality_for),
                background(uniform(words[1]), p.background_quality_against))
    return (background(uniform(words[2]), p.background_quality_for),
            background(uniform(words[3]), p.background_quality_against))


@inlined
def independence(t: Tables, i: int, family: int, day: int) -> tuple[float, float]:
    """Evidence for and against a family's independence, background and scars included."""
    r, s = background_trust(t, i)
    return independence_on(t, i, family, day, r, s)


@inlined
def independence_on(t: Tables, i: int, family: int, day: int, r: float, s: float,
                    ) -> tuple[float, float]:
    """The same for one whose background is already at hand."""
    p = t.p[0]
    if p.family_is[family] == 1:
        r = r * p.background_non_rcrc_factor
    elif p.family_is[family] == 2:
        r = r * p.background_government_for_factor
        s = s * p.background_government_against_factor
    age = day - t.mind[i].touched[family]
    held = t.mind[i].evidence
    row = family * FAMILY_WIDTH
    r += held[row + 2] * t.fade_for[age]
    harm = 0.0
    for channel in range(HARM_CHANNELS):
        harm += held[row + BY_CHANNEL + channel]
    s += harm * t.fade_against[age]
    s += held[row + SCAR_ENCOUNTER]
    s += held[row + SCAR_RUMOUR]
    return r, s


@inlined
def quality(t: Tables, i: int, family: int, facet: int, day: int) -> tuple[float, float]:
    """Evidence for and against competence (facet 0) or integrity (facet 1)."""
    r, s = background_quality(t, i, facet)
    return quality_on(t, i, family, facet, day, r, s)


@inlined
def quality_on(t: Tables, i: int, family: int, facet: int, day: int, r: float, s: float,
               ) -> tuple[float, float]:
    """The same for one whose background is already at hand."""
    age = day - t.mind[i].touched[family]
    held = t.mind[i].evidence
    row = family * FAMILY_WIDTH
    r += held[row + facet] * t.fade_for[age]
    s += held[row + AGAINST + facet] * t.fade_against[age]
    if facet == 1:
        s += held[row + SCAR_INTEGRITY]
    return r, s


@inlined
def danger(t: Tables, i: int, day: int) -> tuple[float, float]:
    """Evidence of danger and of safety, background included."""
    p = t.p[0]
    me = t.body[i]
    words = block(t.p[0].run, streams.BACKGROUND, 0, me.key, 0)
    irregular = me.first_status == IRREGULAR
    mean = p.background_danger_irregular if irregular else p.background_danger_others
    r = background(uniform(words[2]), mean)
    s = background(uniform(words[3]), p.background_safety)
    families = t.p[0].family_is.shape[0]
    age = day - me.danger_touched
    row = families * FAMILY_WIDTH
    harm = 0.0
    for channel in range(HARM_CHANNELS):
        harm += t.mind[i].evidence[row + 1 + channel]
    r += harm * t.fade_against[age]
    s += t.mind[i].evidence[row] * t.fade_for[age]
    return r, s
