"""Phase 9: outreach, an organisation's own word."""

from __future__ import annotations

from sim.codes import BY_OUTREACH, E_OUTREACH, SETTLED, STAYING, STRANDED
from sim.columns import Tables
from sim.compiling import kernel
from sim.engine import streams
from sim.engine.compiled.absorbing import absorb
from sim.engine.compiled.knowing import learn
from sim.engine.compiled.reading import independence
from sim.randomness import block, uniform
from sim.rules.encounter import outreach_credibility, reaching_chance
from sim.rules.opinion import disbelief

__all__ = ["outreach"]


@kernel
def outreach(t: Tables, start: int, stop: int, day: int) -> None:
    """Outreach reaches some of people ``start`` to ``stop``: they learn of a point."""
    p = t.p[0]
    if t.p[0].gates[BY_OUTREACH] <= 0.0:
        return
    for i in range(start, stop):
        me = t.body[i]
        if me.state != STAYING and me.state != STRANDED and me.state != SETTLED:
            continue
        node = t.nodes[me.node]
        if node.points == 0:
            continue
        mark = uniform(block(t.p[0].run, streams.OUTREACH, day, me.key, 0)[0])
        for k in range(node.first_point, node.first_point + node.points):
            it = t.points[k]
            if it.open == 0:
                continue
            mark -= reaching_chance(p.outreach_rate, it.outreach, it.visibility, it.campaign)
            if mark < 0.0:
                r, s = independence(t, i, it.family, day)
                weight = outreach_credibility(disbelief(r, s, p.prior_weight))
                learn(t, i, k)
                absorb(t, i, E_OUTREACH, it.family, it.promises, it.registers, day,
                       BY_OUTREACH, weight, 1.0)
                break
