"""Phase 5: choosing whether to ask for help, and why those who stay away do so."""

from __future__ import annotations

from typing import NamedTuple

from sim.codes import (
    ASKING,
    BY_ENCOUNTER,
    BY_PRIOR,
    BY_RUMOUR,
    BY_WITNESS,
    DETAINED,
    DETERRED,
    E_DOOR,
    EVER_DETERRED,
    EVER_UNAWARE,
    EXCLUDED,
    IN_DETENTION,
    IN_TRANSIT,
    M_FIRST_DETERRED,
    NO_SERVICE,
    NONE,
    NOT_WORTH,
    NOWHERE,
    P_DETERRED,
    SHARE_UNITS,
    TRAVELLING,
    UNAWARE,
    URGENCY_BITS,
    WAS_DETERRED,
)
from sim.columns import BY_CHANNEL, FAMILY_WIDTH, HARM_CHANNELS, SCAR_ENCOUNTER, SCAR_RUMOUR
from sim.engine import streams
from sim.engine.reference.absorbing import Learning
from sim.engine.reference.needing import DIMENSIONS
from sim.randomness import event_id, normal_quantile, own_week, uniform
from sim.rules.help_seeking import (
    asking_utility,
    believed_danger,
    believed_risk,
    fear_of_danger,
    fear_of_the_door,
    identification,
    share_of,
    taste,
)
from sim.rules.opinion import projected_probability

__all__ = ["Asking"]


class Prospect(NamedTuple):
    """What asking at one service point looks like to a person."""

    point: int
    utility: float
    without_fear: float
    danger: float
    independence: float


class Asking(Learning):
    """A person who decides whether to ask for help."""

    def choose(self, day: int) -> None:
        """Decide what to do about the most urgent need."""
        self.outcome = NONE
        self.need = -1
        if not self.alive:
            return
        if self.state != DETAINED:
            self.asked = NOWHERE
        need = self.most_urgent()
        if need < 0:
            return
        self.need = need
        if self.state == DETAINED:
            self.outcome = IN_DETENTION
        elif self.state == TRAVELLING:
            self.outcome = IN_TRANSIT
        else:
            self.outcome = self._decide(need, day)
            self._see_doors(need, day)

    def most_urgent(self) -> int:
        """Dimension of the most urgent need (ties: the oldest, then the first), or -1."""
        needs = [d for d in DIMENSIONS if self.level[d] > 0.0]
        return min(needs, key=lambda d: (-(self.episode[d] & URGENCY_BITS), self.onset[d]),
                   default=-1)

    def _decide(self, need: int, day: int) -> int:
        """The outcome of today's need, before anyone is served."""
        offering = [k for k, it in self.scene.points_at(self.node)
                    if it.open == 1 and it.relief[need] > 0.0]
        if not offering:
            return NO_SERVICE
        known = [k for k in offering if self.knows(k)]
        if not known:
            self.ever |= EVER_UNAWARE
            return UNAWARE
        prospects = [self._prospect(k, need, day) for k in known if self.knows(k) == 1]
        if not prospects:
            return EXCLUDED
        # The first of equals, so a later one has to be strictly better.
        best = max(prospects, key=lambda it: it.utility)
        calm = max(prospects, key=lambda it: it.without_fear)
        staying_away = self.whim(streams.ASKING, own_week(self.key, day), 0)
        if best.utility > staying_away:
            self.asked = best.point
            return ASKING
        if calm.without_fear > staying_away:
            self.asked = calm.point
            if not self.ever & EVER_DETERRED:
                self.count(M_FIRST_DETERRED)
            self.ever |= EVER_DETERRED
            self.episode[need] |= WAS_DETERRED
            self.scene.count_at(calm.point, P_DETERRED)
            self._say_why(calm, day)
            return DETERRED
        return NOT_WORTH

    def _prospect(self, point: int, need: int, day: int) -> Prospect:
        """Utility of asking at a point: with the risk one believes in, and without any."""
        p, it = self.scene.p, self.scene.points[point]
        r, s = self.danger(day)
        p_danger = projected_probability(r, s, p.base_rate_danger, p.prior_weight)
        r, s = self.independence(it.family, day)
        p_independence = projected_probability(r, s, p.base_rate_independence, p.prior_weight)
        r, s = self.quality(it.family, 0, day)
        p_competence = projected_probability(r, s, p.base_rate_competence, p.prior_weight)
        firewall = self._known_firewall(point)
        multiplier = identification(it.registers, p_independence, p.omega, firewall)
        danger = believed_danger(p_danger, multiplier)
        risk = believed_risk(danger, it.door, p.door_weight)
        cost = p.cost_government if it.government == 1 else p.cost_asking
        u = uniform(self.words(streams.TASTE, 0, self.scene.family_key[it.family])[0])
        noise = taste(normal_quantile(u), p.taste_sd)
        noise += self.whim(streams.ASKING, own_week(self.key, day), it.key)

        def utility(risk: float) -> float:
            return noise + asking_utility(self.level[need], p_competence, cost, self.exposure, risk,
                                          p.b0, p.bn, p.bc, p.bf)

        return Prospect(point, utility(risk), utility(0.0), danger, p_independence)

    def _known_firewall(self, point: int) -> float:
        """Part of the risk that a firewall removes, for one who has heard of it."""
        it = self.scene.points[point]
        story = it.firewall_story
        known = story == -1 or (story >= 0 and self.has_heard(story))
        return float(it.firewall) if known and it.firewall > 0.0 else 0.0

    def _say_why(self, prospect: Prospect, day: int) -> None:
        """Share one deterred person-day among channels: parts that add up to SHARE_UNITS."""
        it = self.scene.points[prospect.point]
        shares = self.scene.world.tally.shares[self.node, self.status]
        at_door = fear_of_the_door(it.door, self.scene.p.door_weight)
        believed = fear_of_danger(prospect.danger)
        left = SHARE_UNITS
        if at_door + believed > 0.0:
            by_door = int(SHARE_UNITS * at_door / (at_door + believed))
            shares[BY_WITNESS] += by_door
            left -= by_door
            believed_units = SHARE_UNITS * believed / (at_door + believed)
            for channel, part in enumerate(self._parts(prospect, day)):
                units = int(believed_units * part)
                shares[channel] += units
                left -= units
        shares[BY_PRIOR] += left

    def _parts(self, prospect: Prospect, day: int) -> list[float]:
        """Share of each channel in what is believed; the rest is background."""
        p, it = self.scene.p, self.scene.points[prospect.point]
        registered = 2.0 * p.omega * it.registers * (1.0 - prospect.independence)
        of_danger = share_of(1.0 - p.omega, (1.0 - p.omega) + registered)
        r, _ = self.danger(day)
        _, s = self.independence(it.family, day)
        all_danger = r + p.base_rate_danger * p.prior_weight
        all_doubt = s + (1.0 - p.base_rate_independence) * p.prior_weight
        fade = self.scene.fade_against
        danger_now = fade[day - self.danger_touched]
        doubt_now = fade[day - self.touched[it.family]]
        base = it.family * FAMILY_WIDTH
        parts = []
        for channel in range(HARM_CHANNELS):
            danger = self.evidence[self.scene.danger_row + 1 + channel] * danger_now
            doubt = self.evidence[base + BY_CHANNEL + channel] * doubt_now
            if channel == BY_ENCOUNTER:
                doubt += self.evidence[base + SCAR_ENCOUNTER]
            elif channel == BY_RUMOUR:
                doubt += self.evidence[base + SCAR_RUMOUR]
            parts.append(of_danger * share_of(danger, all_danger)
                         + (1.0 - of_danger) * share_of(doubt, all_doubt))
        return parts

    def _see_doors(self, need: int, day: int) -> None:
        """Officers at the door of a point one knows and needs leave evidence (once a week each).

        Those who were warned of their visit do not come upon them.
        """
        for k, it in self.scene.points_at(self.node):
            concerns = it.open == 1 and it.relief[need] > 0.0 and self.knows(k)
            surprise = it.door * (1.0 - it.warned)
            if surprise > 0.0 and concerns and self.remember(event_id(it.key, day // 7, E_DOOR)):
                self.absorb(E_DOOR, k, day, BY_WITNESS, weight=surprise)
