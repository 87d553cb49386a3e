"""Phase 9: outreach, an organisation's own word."""

from __future__ import annotations

from sim.codes import BY_OUTREACH, E_OUTREACH, SETTLED, STAYING, STRANDED
from sim.columns import Tables
from sim.compiling import inlined, kernel
from sim.engine import streams
from sim.engine.compiled.absorbing import absorb
from sim.engine.compiled.knowing import learn
from sim.engine.compiled.luck import TILE, Luck, deal, drawn
from sim.engine.compiled.odds import REACHED
from sim.engine.compiled.overhearing import overhear
from sim.engine.compiled.reading import independence
from sim.rules.encounter import outreach_credibility, reaching_chance
from sim.rules.opinion import disbelief

__all__ = ["outreach"]


@inlined
def _listen(t: Tables, i: int, u: float, day: int) -> None:
    """Person i may be reached by one of the service points of the node."""
    p = t.p[0]
    node = t.nodes[t.body[i].node]
    mark = u
    for k in range(node.first_point, node.first_point + node.points):
        it = t.points[k]
        if it.open == 0:
            continue
        mark -= reaching_chance(p.outreach_rate, it.outreach, it.visibility, it.campaign)
        if mark < 0.0:
            r, s = independence(t, i, it.family, day)
            weight = outreach_credibility(disbelief(r, s, p.prior_weight))
            learn(t, i, k)
            absorb(t, i, E_OUTREACH, it.family, it.promises, it.registers, day, BY_OUTREACH,
                   weight, 1.0)
            return


@kernel
def outreach(t: Tables, luck: Luck, start: int, stop: int, day: int) -> None:
    """Outreach reaches some of people ``start`` to ``stop``: they learn of a point."""
    p = t.p[0]
    overhear(t, start, stop, day)
    if p.gates[BY_OUTREACH] <= 0.0:
        return
    for first in range(start, stop, TILE):
        last = min(stop, first + TILE)
        deal(t, luck, 0, streams.OUTREACH, day, first, last)
        for i in range(first, last):
            me = t.body[i]
            free = me.state == STAYING or me.state == STRANDED or me.state == SETTLED
            if free and drawn(luck, 0, 0, i - first) < luck.chances[REACHED, me.node]:
                _listen(t, i, drawn(luck, 0, 0, i - first), day)
