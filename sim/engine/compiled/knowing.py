"""Getting to know where help is."""

from __future__ import annotations

from sim.codes import HAS_LANGUAGE, HUMAN
from sim.columns import KNOWN_POINTS, Tables
from sim.compiling import inlined, kernel
from sim.engine import streams
from sim.engine.compiled.luck import Luck, drawn
from sim.engine.compiled.reading import knows
from sim.randomness import block, uniform
from sim.rules.needs import finding_chance

__all__ = ["find_points", "learn"]


@kernel
def learn(t: Tables, i: int, point: int) -> None:
    """Person i gets to know a service point; the longest known is forgotten if there are many."""
    if knows(t, i, point) > 0:
        return
    for slot in range(KNOWN_POINTS - 1, 0, -1):
        t.body[i].known[slot] = t.body[i].known[slot - 1]
    t.body[i].known[0] = point + 1


@inlined
def find_points(t: Tables, luck: Luck, i: int, seat: int, day: int) -> None:
    """Finding service points by oneself; luck with the first four is in hand 1."""
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
        tongue = 1.0
        if not me.traits & HAS_LANGUAGE:
            tongue = p.find_no_language + (1.0 - p.find_no_language) * it.lived_experience
        if local < 4:
            u = drawn(luck, 1, local, seat)
        else:
            more = block(t.p[0].run, streams.AWARENESS, day, me.key, local // 4)
            u = uniform(more[local % 4])
        found = u < finding_chance(p.find, it.visibility, need, slowed * tongue)
        if found and knows(t, i, k) == 0:
            learn(t, i, k)
