"""Exchange of beliefs as in Routes and Rumours, if a scenario asks for it (part of phase 8)."""

from __future__ import annotations

from sim.codes import ABSENT, DEAD
from sim.columns import Tables
from sim.compiling import inlined, kernel
from sim.engine import streams
from sim.engine.compiled.absorbing import shift_danger, shift_family
from sim.engine.compiled.reading import danger, independence, quality
from sim.randomness import block, uniform
from sim.rules.exchange import (
    exchanged_trust,
    exchanged_value,
    heard_trust,
    heard_value,
    held_trust,
    held_value,
)
from sim.rules.opinion import evidence_behind

__all__ = ["air", "exchange"]


@inlined
def _held(t: Tables, i: int, item: int, day: int) -> tuple[float, float]:
    """Evidence for and against an item: three facets of each family, then danger."""
    family = item // 3
    if family == t.p[0].family_is.shape[0]:
        return danger(t, i, day)
    if item % 3 == 2:
        return independence(t, i, family, day)
    return quality(t, i, family, item % 3, day)


@kernel
def air(t: Tables, start: int, stop: int, day: int) -> None:
    """Note what people ``start`` to ``stop`` hold this evening, for others to hear."""
    w = t.p[0].prior_weight
    for i in range(start, stop):
        if t.body[i].state == ABSENT or t.body[i].state == DEAD:
            continue
        for item in range(t.aired.shape[1]):
            r, s = _held(t, i, item, day)
            t.aired[i, item, 0] = held_value(r, s)
            t.aired[i, item, 1] = held_trust(r, s, w)


@kernel
def exchange(t: Tables, i: int, j: int, contact: int, day: int) -> None:
    """Person i hears what j holds, item by item, and reacts to it."""
    p = t.p[0]
    w = p.prior_weight
    families = t.p[0].family_is.shape[0]
    for item in range(t.aired.shape[1]):
        words = block(t.p[0].run, streams.EXCHANGE, day, t.body[i].key, contact * 64 + item)
        if uniform(words[0]) >= p.exchange_transfer:
            continue
        r, s = _held(t, i, item, day)
        mine, sure = held_value(r, s), held_trust(r, s, w)
        theirs = heard_value(t.aired[j, item, 0], p.exchange_error, uniform(words[1]))
        surely = heard_trust(t.aired[j, item, 1], p.exchange_error, uniform(words[2]))
        value = exchanged_value(mine, sure, theirs, surely, p.exchange_convince,
                                p.exchange_convert, p.exchange_confuse)
        trust = exchanged_trust(mine, sure, theirs, surely, p.exchange_convince,
                                p.exchange_confuse)
        good = evidence_behind(value * trust, 1.0 - trust, w) - r
        bad = evidence_behind((1.0 - value) * trust, 1.0 - trust, w) - s
        if item // 3 == families:
            shift_danger(t, i, day, good, bad)
        else:
            shift_family(t, i, item // 3, item % 3, day, good, bad)
