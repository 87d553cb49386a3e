"""How an event becomes evidence: the only place where a person's beliefs change."""

from __future__ import annotations

from sim.codes import (
    BY_ASSOCIATION,
    BY_ENCOUNTER,
    BY_HEARSAY,
    BY_RUMOUR,
    E_BREACH,
    E_BROKEN,
    E_DETAINED_SERVICE,
    E_SERVED,
    NOWHERE,
)
from sim.columns import (
    AGAINST,
    BY_CHANNEL,
    DANGER_WIDTH,
    FAMILY_WIDTH,
    HARM_CHANNELS,
    SCAR_ENCOUNTER,
    SCAR_INTEGRITY,
    SCAR_RUMOUR,
)
from sim.engine.reference.reading import Believing
from sim.rules.encounter import bad_evidence, good_evidence, relevance

__all__ = ["Learning"]

Facets = tuple[float, float, float]
"""Evidence on competence, integrity, independence."""


class Learning(Believing):
    """A person who takes in what happens."""

    def remember(self, event: int) -> bool:
        """Note an event; False if it has been counted before (of the last 16)."""
        if event in self.events:
            return False
        self.events.push(event)
        return True

    def learn(self, point: int) -> None:
        """Get to know a service point; the longest known is forgotten if there are many."""
        if not self.knows(point):
            self.known.push(point + 1)

    def live_through(self, kind: int, point: int, day: int) -> None:
        """Take in what happened to oneself at a service point, or (NOWHERE) elsewhere."""
        self.absorb(kind, point, day, BY_ENCOUNTER)

    def absorb(self, kind: int, point: int, day: int, channel: int, *, weight: float = 1.0,
               trust: float = 1.0) -> None:
        """Take in an event at a service point, or (NOWHERE) one that is about danger alone.

        Args:
            kind: Kind of event.
            point: Service point, or negative.
            day: Today.
            channel: Channel it came by.
            weight: Plain weight of the event.
            trust: Trust in the teller; 1 if nobody told it.
        """
        if point < 0:
            self.absorb_about(kind, NOWHERE, 0.0, 0.0, day, channel, weight, trust)
        else:
            it = self.scene.points[point]
            self.absorb_about(kind, it.family, it.promises, it.registers, day, channel, weight,
                              trust)

    def absorb_about(self, kind: int, family: int, promised: float, registers: float, day: int,
                     channel: int, weight: float = 1.0, trust: float = 1.0) -> None:
        """Take in an event: evidence on a family, on others by association, and on danger.

        Args:
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
            self.absorb_on_family(kind, family, promised, registers, day, channel, weight, trust)
        p, amount = self.scene.p, self.scene.amounts[kind]
        weight *= self.scene.gates[channel]
        if weight <= 0.0:
            return
        harm, negativity = self._gravity(channel, weight)
        self._believe_danger(
            day, channel, bad_evidence(amount[7], harm, negativity, trust, p.prior_weight),
            good_evidence(amount[8], weight, trust, p.prior_weight))

    def absorb_on_family(self, kind: int, family: int, promised: float, registers: float,
                         day: int, channel: int, weight: float, trust: float) -> None:
        """Take in what an event says about a family, and by association about others."""
        p, amount = self.scene.p, self.scene.amounts[kind]
        weight *= self.scene.gates[channel]
        if weight <= 0.0:
            return
        harm, negativity = self._gravity(channel, weight)

        def good_news(amount: float) -> float:
            return good_evidence(amount, weight, trust, p.prior_weight)

        def bad_news(amount: float) -> float:
            return bad_evidence(amount, harm, negativity, trust, p.prior_weight)

        government = self.scene.family_is[family] == 2
        known_for = p.served_government_factor if kind == E_SERVED and government else 1.0
        noticed = 0.0 if kind == E_BREACH and registers <= 0.0 else 1.0
        good = good_news(amount[0]), good_news(amount[2]), good_news(amount[5] * known_for)
        bad = (bad_news(amount[1]), bad_news(amount[3] + amount[4] * promised),
               bad_news(amount[6] * noticed))
        lasting = kind in (E_BREACH, E_DETAINED_SERVICE, E_BROKEN) and promised > 0.0
        felt = channel in (BY_ENCOUNTER, BY_RUMOUR)
        self._believe(family, day, channel, good, bad, 1.0,
                      p.scar_share if lasting and felt else 0.0)
        if self.scene.gates[BY_ASSOCIATION] > 0.0:
            self._associate(family, day, good, bad)

    def _gravity(self, channel: int, weight: float) -> tuple[float, float]:
        """Weight of bad news (of others', by how much it concerns one), and how often it counts."""
        if channel == BY_ENCOUNTER:
            return weight, self.scene.p.negativity
        return weight * relevance(self.exposure, self.scene.p.relevance_floor), 1.0

    def _associate(self, family: int, day: int, good: Facets, bad: Facets) -> None:
        """Part of what is learnt about one family also counts for others."""
        for other in self.scene.families:
            if other != family:
                share = self.scene.together(self.node, family, other)
                self._believe(other, day, BY_ASSOCIATION, good, bad, share, 0.0)

    def _believe(self, family: int, day: int, channel: int, good: Facets, bad: Facets,
                 share: float, scar: float) -> None:
        """Add a share of evidence on a family; of the bad, a part ``scar`` will never fade."""
        total = good[0] + good[1] + good[2] + bad[0] + bad[1] + bad[2]
        if total * share <= 0.0:
            return
        self._fade_family(family, day)
        evidence, row = self.evidence, family * FAMILY_WIDTH
        for facet in range(3):
            evidence[row + facet] += good[facet] * share
        evidence[row + AGAINST] += bad[0] * share
        evidence[row + AGAINST + 1] += bad[1] * share * (1.0 - scar)
        cell = row + BY_CHANNEL + (channel if channel <= BY_ASSOCIATION else BY_ENCOUNTER)
        evidence[cell] += bad[2] * share * (1.0 - scar)
        if scar > 0.0:
            keep = row + (SCAR_ENCOUNTER if channel == BY_ENCOUNTER else SCAR_RUMOUR)
            evidence[row + SCAR_INTEGRITY] += bad[1] * share * scar
            evidence[keep] += bad[2] * share * scar

    def _believe_danger(self, day: int, channel: int, of_danger: float, of_safety: float) -> None:
        """Add evidence that asking is dangerous, and that it is safe."""
        if of_danger + of_safety <= 0.0:
            return
        row = self.scene.danger_row
        self._fade_danger(day)
        self.evidence[row] += of_safety
        if of_danger > 0.0:
            self.evidence[row + 1 + channel] += of_danger

    def cross_border(self, day: int) -> None:
        """Another country's society under the same emblem: only part of the evidence is carried."""
        for family in self.scene.families:
            row = family * FAMILY_WIDTH
            total = 0.0
            for amount in self.evidence[row : row + SCAR_INTEGRITY]:
                total += amount
            if total > 0.0:
                self._fade_family(family, day)
                self._keep(row, row + SCAR_INTEGRITY, self.scene.p.family_carry)

    def _fade_family(self, family: int, day: int) -> None:
        """Bring evidence on a family up to date before it changes; what never fades is last."""
        age = day - self.touched[family]
        if age > 0:
            row = family * FAMILY_WIDTH
            self._keep(row, row + AGAINST, self.scene.fade_for[age])
            self._keep(row + AGAINST, row + SCAR_INTEGRITY, self.scene.fade_against[age])
            self.touched[family] = day

    def _fade_danger(self, day: int) -> None:
        """Bring evidence on danger up to date before it changes."""
        row = self.scene.danger_row
        age = day - self.danger_touched
        if age > 0:
            self._keep(row, row + 1, self.scene.fade_for[age])
            self._keep(row + 1, row + DANGER_WIDTH, self.scene.fade_against[age])
            self.danger_touched = day

    def shift_family(self, family: int, facet: int, day: int, good: float, bad: float) -> None:
        """Let evidence on a facet (0 competence, 1 integrity, 2 independence) grow or shrink.

        It shrinks at most to the background, and to what never fades.
        """
        self._fade_family(family, day)
        row = family * FAMILY_WIDTH
        self._shift(row + facet, good)
        if facet < 2:
            self._shift(row + AGAINST + facet, bad)
        else:
            self._shift_harm(row + BY_CHANNEL, bad)

    def shift_danger(self, day: int, of_danger: float, of_safety: float) -> None:
        """Let evidence of danger and of safety grow or shrink, at most to the background."""
        self._fade_danger(day)
        self._shift(self.scene.danger_row, of_safety)
        self._shift_harm(self.scene.danger_row + 1, of_danger)

    def _shift_harm(self, first: int, change: float) -> None:
        """Add to bad news by hearsay, or take away from that by all channels alike."""
        if change >= 0.0:
            self.evidence[first + BY_HEARSAY] += change
            return
        harm = self._harm(first)
        if harm > 0.0:
            self._keep(first, first + HARM_CHANNELS, max(0.0, 1.0 + change / harm))

    def _shift(self, cell: int, change: float) -> None:
        self.evidence[cell] = max(0.0, self.evidence[cell] + change)

    def _keep(self, start: int, stop: int, share: float) -> None:
        self.evidence[start:stop] = [amount * share for amount in self.evidence[start:stop]]
