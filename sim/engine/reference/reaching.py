"""Phase 9: outreach, an organisation's own word."""

from __future__ import annotations

from sim.codes import BY_OUTREACH, E_OUTREACH
from sim.engine import streams
from sim.engine.reference.enforcing import AT_NODES
from sim.engine.reference.overhearing import Overhearing
from sim.rules.encounter import outreach_credibility, reaching_chance
from sim.rules.opinion import disbelief

__all__ = ["Listening"]


class Listening(Overhearing):
    """A person whom organisations may reach."""

    def be_reached(self, day: int) -> None:
        """Perhaps hear one organisation today: learn of its service point, and what it says."""
        p = self.scene.p
        self.overhear(day)
        if self.scene.gates[BY_OUTREACH] <= 0.0 or self.state not in AT_NODES:
            return
        mark = self.luck(streams.OUTREACH, day)[0]
        for k, it in self.scene.points_at(self.node):
            if it.open == 0:
                continue
            mark -= reaching_chance(p.outreach_rate, it.outreach, it.visibility, it.campaign)
            if mark < 0.0:
                r, s = self.independence(it.family, day)
                weight = outreach_credibility(disbelief(r, s, p.prior_weight))
                self.learn(k)
                self.absorb(E_OUTREACH, k, day, BY_OUTREACH, weight=weight)
                return
