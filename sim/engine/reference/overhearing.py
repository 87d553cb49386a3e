"""What organisations say and show beside outreach, to all who are near (a part of phase 9)."""

from __future__ import annotations

from sim.codes import BY_OUTREACH, BY_WITNESS, E_AGENDA, E_OUTREACH, SETTLED, STAYING, STRANDED
from sim.columns import ANSWERS, OWN_STORIES
from sim.engine import streams
from sim.engine.reference.absorbing import Learning
from sim.randomness import event_id
from sim.rules.encounter import outreach_credibility
from sim.rules.opinion import disbelief

__all__ = ["Overhearing"]


class Overhearing(Learning):
    """A person who is near when organisations say or show something."""

    def notice_agenda(self, point: int, day: int, channel: int) -> None:
        """See, or be told by itself, that a point serves another's agenda (once a week each)."""
        if self.remember(event_id(self.scene.points[point].key, day // 7, E_AGENDA)):
            self.absorb(E_AGENDA, point, day, channel)

    def overhear(self, day: int) -> None:
        """Everything that is said and shown today where one is."""
        if self.state not in (STAYING, STRANDED, SETTLED) or self.here.words == 0:
            return
        for k, it in self.scene.points_at(self.node):
            if it.open == 1:
                self._at_a_point(k, day)
        if self.scene.gates[BY_OUTREACH] > 0.0:
            for answer in range(ANSWERS):
                self._be_answered(answer, day)

    def _at_a_point(self, point: int, day: int) -> None:
        """What one sees and hears today of a service point of the place."""
        it = self.scene.points[point]
        u = self.luck(streams.OVERHEARD, day, it.key)
        if u[0] < it.agenda_near[self.status]:
            self.notice_agenda(point, day, BY_WITNESS)
        if self.scene.gates[BY_OUTREACH] <= 0.0:
            return
        if u[1] < it.dissuades[self.status]:
            self.notice_agenda(point, day, BY_OUTREACH)
        if u[2] < it.transparent[self.status]:
            self._believe_word(point, day)

    def _be_answered(self, answer: int, day: int) -> None:
        """An answer to a story may reach one, and one no longer tells the story."""
        here = self.here
        event = here.rebuttal_event[answer]
        if self.luck(streams.REBUTTAL, day, event)[0] >= here.rebuttal[answer]:
            return
        if answer < ANSWERS - 1:
            self.telling &= ~(1 << OWN_STORIES + answer)
        if here.rebuttal_by[answer] >= 0 and self.remember(event):
            self._believe_word(here.rebuttal_by[answer], day)

    def _believe_word(self, point: int, day: int) -> None:
        """An organisation's own word, worth less to one who has seen the opposite."""
        r, s = self.independence(self.scene.points[point].family, day)
        weight = outreach_credibility(disbelief(r, s, self.scene.p.prior_weight))
        self.absorb(E_OUTREACH, point, day, BY_OUTREACH, weight=weight)
