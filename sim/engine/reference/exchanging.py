"""Exchange of beliefs as in Routes and Rumours, if a scenario asks for it (part of phase 8)."""

from __future__ import annotations

from sim.engine import streams
from sim.engine.reference.absorbing import Learning
from sim.rules.exchange import (
    exchanged_trust,
    exchanged_value,
    heard_trust,
    heard_value,
    held_trust,
    held_value,
)
from sim.rules.opinion import evidence_behind
from sim.scene import Person

__all__ = ["Exchanging"]


class Exchanging(Learning):
    """A person who says what he or she holds, and reacts to what others hold."""

    def _held(self, item: int, day: int) -> tuple[float, float]:
        """Evidence for and against an item: three facets of each family, then danger."""
        family, facet = divmod(item, 3)
        if family == len(self.scene.families):
            return self.danger(day)
        return self.independence(family, day) if facet == 2 else self.quality(family, facet, day)

    def air(self, day: int) -> None:
        """Note what one holds this evening, for others to hear."""
        if not self.alive:
            return
        w = self.scene.p.prior_weight
        mine = self.scene.aired[self.index]
        for item in range(len(mine)):
            r, s = self._held(item, day)
            mine[item, 0] = held_value(r, s)
            mine[item, 1] = held_trust(r, s, w)

    def exchange(self, other: Person, contact: int, day: int) -> None:
        """Hear what the other holds, item by item, and react to it."""
        p, w = self.scene.p, self.scene.p.prior_weight
        aired = self.scene.aired
        for item in range(aired.shape[1]):
            u = self.luck(streams.EXCHANGE, day, contact * 64 + item)
            if u[0] >= p.exchange_transfer:
                continue
            r, s = self._held(item, day)
            mine, sure = held_value(r, s), held_trust(r, s, w)
            theirs = heard_value(aired.item(other.index, item, 0), p.exchange_error, u[1])
            surely = heard_trust(aired.item(other.index, item, 1), p.exchange_error, u[2])
            value = exchanged_value(mine, sure, theirs, surely, p.exchange_convince,
                                    p.exchange_convert, p.exchange_confuse)
            trust = exchanged_trust(mine, sure, theirs, surely, p.exchange_convince,
                                    p.exchange_confuse)
            good = evidence_behind(value * trust, 1.0 - trust, w) - r
            bad = evidence_behind((1.0 - value) * trust, 1.0 - trust, w) - s
            family, facet = divmod(item, 3)
            if family == len(self.scene.families):
                self.shift_danger(day, good, bad)
            else:
                self.shift_family(family, facet, day, good, bad)
