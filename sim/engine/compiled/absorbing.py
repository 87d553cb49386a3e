"""Writing evidence: the only place where the compiled engine changes what a person believes."""

from __future__ import annotations

from typing import Any

from sim.codes import (
    BY_ASSOCIATION,
    BY_ENCOUNTER,
    BY_HEARSAY,
    BY_RUMOUR,
    E_BREACH,
    E_BROKEN,
    E_DETAINED_SERVICE,
    E_SERVED,
)
from sim.columns import (
    AGAINST,
    BY_CHANNEL,
    FAMILY_WIDTH,
    HARM_CHANNELS,
    REMEMBERED_EVENTS,
    SCAR_ENCOUNTER,
    SCAR_INTEGRITY,
    SCAR_RUMOUR,
    Tables,
)
from sim.compiling import inlined, kernel
from sim.engine.compiled.reading import exposure_of
from sim.rules.encounter import bad_evidence, good_evidence, relevance

__all__ = ["absorb", "absorb_family", "cross_border", "remember", "shift_danger",
           "shift_family"]


@inlined
def remember(t: Tables, i: int, event: int) -> bool:
    """Note an event; False if person i has counted it before (of the last 16)."""
    events = t.mind[i].events
    for slot in range(REMEMBERED_EVENTS):
        if events[slot] == event:
            return False
    for slot in range(REMEMBERED_EVENTS - 1, 0, -1):
        events[slot] = events[slot - 1]
    events[0] = event
    return True


@inlined
def _fade_family(t: Tables, i: int, family: int, day: int) -> None:
    age = day - t.mind[i].touched[family]
    if age > 0:
        row = family * FAMILY_WIDTH
        for cell in range(AGAINST):
            t.mind[i].evidence[row + cell] = t.mind[i].evidence[row + cell] * t.fade_for[age]
        for cell in range(AGAINST, SCAR_INTEGRITY):
            t.mind[i].evidence[row + cell] = t.mind[i].evidence[row + cell] * t.fade_against[age]
        t.mind[i].touched[family] = day


@kernel
def _put(t: Tables, i: int, family: int, day: int, channel: int, good: Any, bad: Any,
         share: float, scar: float) -> None:
    """Add a share of (competence, integrity, independence) evidence, for and against."""
    total = good[0] + good[1] + good[2] + bad[0] + bad[1] + bad[2]
    if total * share <= 0.0:
        return
    _fade_family(t, i, family, day)
    held = t.mind[i].evidence
    row = family * FAMILY_WIDTH
    for facet in range(3):
        held[row + facet] = held[row + facet] + good[facet] * share
    held[row + AGAINST] = held[row + AGAINST] + bad[0] * share
    held[row + AGAINST + 1] = held[row + AGAINST + 1] + bad[1] * share * (1.0 - scar)
    cell = row + BY_CHANNEL + channel if channel <= BY_ASSOCIATION else row + BY_CHANNEL
    held[cell] = held[cell] + bad[2] * share * (1.0 - scar)
    if scar > 0.0:
        keep = row + (SCAR_ENCOUNTER if channel == BY_ENCOUNTER else SCAR_RUMOUR)
        held[row + SCAR_INTEGRITY] = held[row + SCAR_INTEGRITY] + bad[1] * share * scar
        held[keep] = held[keep] + bad[2] * share * scar


@inlined
def _fade_danger(t: Tables, i: int, row: int, day: int) -> None:
    age = day - t.body[i].danger_touched
    if age > 0:
        t.mind[i].evidence[row] = t.mind[i].evidence[row] * t.fade_for[age]
        for cell in range(1, 6):
            t.mind[i].evidence[row + cell] = t.mind[i].evidence[row + cell] * t.fade_against[age]
        t.body[i].danger_touched = day


@kernel
def _put_danger(t: Tables, i: int, day: int, channel: int, of_danger: float,
                of_safety: float) -> None:
    if of_danger + of_safety <= 0.0:
        return
    families = t.p[0].family_is.shape[0]
    row = families * FAMILY_WIDTH
    _fade_danger(t, i, row, day)
    t.mind[i].evidence[row] = t.mind[i].evidence[row] + of_safety
    if of_danger > 0.0:
        t.mind[i].evidence[row + 1 + channel] = t.mind[i].evidence[row + 1 + channel] + of_danger


@inlined
def _harm(t: Tables, i: int, channel: int, weight: float) -> float:
    """Weight of bad news: what happened to others weighs by how much it concerns a person."""
    if channel == BY_ENCOUNTER:
        return weight
    return weight * relevance(exposure_of(t, i), t.p[0].relevance_floor)


@kernel
def absorb_family(t: Tables, i: int, kind: int, family: int, promised: float, registers: float,
                  day: int, channel: int, weight: float, trust: float) -> None:
    """Take in what an event says about a family, and by association about others."""
    p = t.p[0]
    weight = weight * p.gates[channel]
    if weight <= 0.0:
        return
    own = channel == BY_ENCOUNTER
    negativity = p.negativity if own else 1.0
    harm = _harm(t, i, channel, weight)
    row = p.amounts[kind]
    w = p.prior_weight
    known_for = 1.0
    if kind == E_SERVED and p.family_is[family] == 2:
        known_for = p.served_government_factor
    noticed = 0.0 if kind == E_BREACH and registers <= 0.0 else 1.0
    good = (good_evidence(row[0], weight, trust, w), good_evidence(row[2], weight, trust, w),
            good_evidence(row[5] * known_for, weight, trust, w))
    bad = (bad_evidence(row[1], harm, negativity, trust, w),
           bad_evidence(row[3] + row[4] * promised, harm, negativity, trust, w),
           bad_evidence(row[6] * noticed, harm, negativity, trust, w))
    lasting = kind in (E_BREACH, E_DETAINED_SERVICE, E_BROKEN)
    felt = own or channel == BY_RUMOUR
    scar = p.scar_share if lasting and felt and promised > 0.0 else 0.0
    _put(t, i, family, day, channel, good, bad, 1.0, scar)
    if p.gates[BY_ASSOCIATION] > 0.0:
        for other in range(t.together.shape[1]):
            if other != family:
                _put(t, i, other, day, BY_ASSOCIATION, good, bad,
                     t.together[t.body[i].node, family, other], 0.0)


@kernel
def absorb(t: Tables, i: int, kind: int, family: int, promised: float, registers: float, day: int,
           channel: int, weight: float, trust: float) -> None:
    """Take in one event: evidence on a family, on others by association, and on danger.

    Args:
        t: All arrays.
        i: Person.
        kind: Kind of event (row of ``amounts``).
        family: Family it is about, or -1.
        promised: 1 if the organisation promised confidentiality (or help), else 0.
        registers: Share of visits at which the service registers people.
        day: Today.
        channel: Channel it came by.
        weight: Plain weight of the event.
        trust: Trust in the teller; 1 if nobody told it.
    """
    if family >= 0:
        absorb_family(t, i, kind, family, promised, registers, day, channel, weight, trust)
    p = t.p[0]
    weight = weight * p.gates[channel]
    if weight <= 0.0:
        return
    negativity = p.negativity if channel == BY_ENCOUNTER else 1.0
    harm = _harm(t, i, channel, weight)
    row = p.amounts[kind]
    _put_danger(t, i, day, channel, bad_evidence(row[7], harm, negativity, trust, p.prior_weight),
                good_evidence(row[8], weight, trust, p.prior_weight))


@inlined
def _shift_harm(t: Tables, i: int, first: int, change: float) -> None:
    """Add to bad news by hearsay, or take away from that by all channels alike."""
    held = t.mind[i].evidence
    if change >= 0.0:
        held[first + BY_HEARSAY] = held[first + BY_HEARSAY] + change
        return
    harm = 0.0
    for channel in range(HARM_CHANNELS):
        harm += held[first + channel]
    if harm > 0.0:
        keep = max(0.0, 1.0 + change / harm)
        for channel in range(HARM_CHANNELS):
            held[first + channel] = held[first + channel] * keep


@kernel
def shift_family(t: Tables, i: int, family: int, facet: int, day: int, good: float, bad: float,
                 ) -> None:
    """Let evidence on a facet (0 competence, 1 integrity, 2 independence) grow or shrink.

    It shrinks at most to the background, and to what never fades.
    """
    _fade_family(t, i, family, day)
    held = t.mind[i].evidence
    row = family * FAMILY_WIDTH
    held[row + facet] = max(0.0, held[row + facet] + good)
    if facet < 2:
        held[row + AGAINST + facet] = max(0.0, held[row + AGAINST + facet] + bad)
    else:
        _shift_harm(t, i, row + BY_CHANNEL, bad)


@kernel
def shift_danger(t: Tables, i: int, day: int, of_danger: float, of_safety: float) -> None:
    """Let evidence of danger and of safety grow or shrink, at most to the background."""
    row = t.p[0].family_is.shape[0] * FAMILY_WIDTH
    _fade_danger(t, i, row, day)
    t.mind[i].evidence[row] = max(0.0, t.mind[i].evidence[row] + of_safety)
    _shift_harm(t, i, row + 1, of_danger)


@kernel
def cross_border(t: Tables, i: int, day: int) -> None:
    """Another country's society under the same emblem: only part of the evidence is carried."""
    carry = t.p[0].family_carry
    for family in range(t.p[0].family_is.shape[0]):
        row = family * FAMILY_WIDTH
        total = 0.0
        for cell in range(SCAR_INTEGRITY):
            total += t.mind[i].evidence[row + cell]
        if total > 0.0:
            _fade_family(t, i, family, day)
            for cell in range(SCAR_INTEGRITY):
                t.mind[i].evidence[row + cell] = t.mind[i].evidence[row + cell] * carry
