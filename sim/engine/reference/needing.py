"""Phase 3: needs begin and lapse, and what an unmet need costs."""

from __future__ import annotations

from sim.codes import (
    ASYLUM_SEEKER,
    DEAD,
    EVER_UNMET,
    FINANCIAL,
    IRREGULAR,
    M_BEGUN,
    M_DEATHS,
    M_LAPSED,
    M_LAPSED_DETERRED,
    M_SEPARATIONS,
    M_STATUS_CHANGES,
    NATURAL,
    NEEDS,
    ORIGIN,
    PHYSICAL,
    REFUSED,
    REGULAR,
    REGULATORY,
    SOCIAL,
    TRAVELLING,
    URGENCY_BITS,
    WAS_DETERRED,
    WAS_SERVED,
)
from sim.columns import TIES
from sim.engine import streams
from sim.engine.reference.absorbing import Learning
from sim.rules.needs import by_urgency, onset_chance, urgency_of

__all__ = ["Needing"]

DIMENSIONS = range(len(NEEDS))
ACUTE = 2


class Needing(Learning):
    """A person with needs."""

    def need_something(self, day: int) -> None:
        """Needs lapse, with what that costs, and one may begin."""
        if not self.alive:
            return
        p = self.scene.p
        for dimension in DIMENSIONS:
            if self.level[dimension] > 0.0:
                urgency = self.episode[dimension] & URGENCY_BITS
                lapse = by_urgency(urgency, p.lapse_routine, p.lapse_pressing, p.lapse_acute)
                if self.luck(streams.LAPSE, day, dimension)[0] < lapse:
                    self._lapse(dimension, day)
                    if self.state == DEAD:
                        return
        at_origin = self.here.step == ORIGIN and self.node == self.origin
        at_home = at_origin and self.state != TRAVELLING
        u = self.luck(streams.ONSET, day)
        rate = p.onset_routine + p.onset_pressing + p.onset_acute
        here = p.onset_origin if at_home else 1.0
        if u[0] < onset_chance(rate, self.money, here, p.onset_poor, self._pressure()):
            urgency = urgency_of(u[1], p.onset_routine, p.onset_pressing, p.onset_acute)
            self._begin_one(u[2], urgency, day)

    def _pressure(self) -> float:
        """Onset of needs with what makes single dimensions worse today, relative to without."""
        plain = total = 0.0
        for usual, today in zip(self.here.conditions, self._readiness(), strict=True):
            plain += usual
            total += today
        return total / plain * self.here.onset if plain > 0.0 else 0.0

    def _begin_one(self, u: float, urgency: int, day: int) -> None:
        """A need begins; of which dimension, the place decides."""
        weights = self._readiness()
        total = 0.0
        for weight in weights:
            total += weight
        mark = u * total
        for dimension in DIMENSIONS:
            mark -= weights[dimension]
            if mark < 0.0:
                self.begin_episode(dimension, urgency, day, self.place)
                return

    def _readiness(self) -> list[float]:
        """How readily a need of each dimension begins here, relative to the others."""
        p, here = self.scene.p, self.here
        weights = list(here.conditions)
        if self.status in (IRREGULAR, REFUSED):
            weights[REGULATORY] *= p.onset_regulatory_irregular
        weights[SOCIAL] *= 1.0 + p.onset_hostility * here.hostility
        if self.level[NATURAL] > 0.0:
            weights[PHYSICAL] *= 1.0 + p.onset_elements * self.level[NATURAL]
        if self.state == TRAVELLING:
            weights[PHYSICAL] *= p.onset_on_legs
            weights[NATURAL] *= p.onset_on_legs
        return weights

    def begin_episode(self, dimension: int, urgency: int, day: int, place: int) -> None:
        """Begin an episode of need, unless one of this dimension is under way."""
        if self.level[dimension] > 0.0:
            return
        p = self.scene.p
        self.level[dimension] = by_urgency(
            urgency, p.level_routine, p.level_pressing, p.level_acute)
        self.onset[dimension] = day
        self.episode[dimension] = urgency
        self.count(M_BEGUN, place)

    def _lapse(self, dimension: int, day: int) -> None:
        """A need lapses; if nobody helped, something is lost for good."""
        p = self.scene.p
        level, came = self.level[dimension], self.episode[dimension]
        self.level[dimension] = 0.0
        self.count(M_LAPSED)
        if came & WAS_SERVED:
            return
        if came & WAS_DETERRED:
            self.count(M_LAPSED_DETERRED)
        self.ever |= EVER_UNMET
        u = self.luck(streams.UNMET, day, dimension)[0]
        if dimension == REGULATORY and u < p.cost_regulatory:
            self._lose_status()
        elif dimension == FINANCIAL and u < p.cost_financial and self.money > 0:
            self.money -= 1
        elif dimension == PHYSICAL and came & URGENCY_BITS == ACUTE and u < p.cost_physical * level:
            self.count(M_DEATHS)
            self.die()
        elif dimension == SOCIAL and u < p.cost_social:
            self.lose_tie(self.place)

    def _lose_status(self) -> None:
        # Nobody loses the right to stay in the own country.
        if self.abroad and self.status in (REGULAR, ASYLUM_SEEKER):
            self.count(M_STATUS_CHANGES)
            self.status = IRREGULAR

    def lose_tie(self, place: int) -> None:
        """The last tie that is left is lost."""
        for slot in reversed(range(TIES)):
            if self.ties[slot] >= 0:
                self.ties[slot] = -1
                self.count(M_SEPARATIONS, place)
                return

    def die(self) -> None:
        """Die, or go missing; the dead tell no stories."""
        self.state = DEAD
        self.telling = 0
        self.stand()
