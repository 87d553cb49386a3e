"""Phase 10: legal status changes, by country; return, and setting out again."""

from __future__ import annotations

from sim.codes import (
    ASYLUM_SEEKER,
    IRREGULAR,
    M_RETURNS,
    M_SET_OUT_AGAIN,
    M_STATUS_CHANGES,
    NOWHERE,
    REFUGEE,
    REFUSED,
    REGULAR,
    RETURNED,
    RETURNEE,
    STAYING,
)
from sim.engine import streams
from sim.engine.reference.absorbing import Learning
from sim.engine.reference.enforcing import AT_NODES
from sim.rules.status import daily_chance, yearly_chance

__all__ = ["Changing"]


class Changing(Learning):
    """A person with a legal status."""

    def change_status(self, day: int) -> None:
        """Asylum decisions, expiry, voluntary return; or, once returned, setting out again."""
        if self.state == RETURNED:
            if self.luck(streams.STATUS, day)[0] < self.scene.p.set_out_again:
                self.count(M_SET_OUT_AGAIN)
                self.state = STAYING
                self.since = day
        elif self.state in AT_NODES and self.abroad:
            self._await_decisions(day)

    def _await_decisions(self, day: int) -> None:
        land = self.scene.countries[self.here.country]
        u = self.luck(streams.STATUS, day)
        if u[3] < yearly_chance(land.voluntary_return) * land.returning[self.status]:
            self.count(M_RETURNS)
            self.be_sent_back(RETURNEE, day)
        elif self.status == ASYLUM_SEEKER and u[0] < daily_chance(land.asylum_days):
            self.count(M_STATUS_CHANGES)
            self.status = REFUGEE if u[1] < land.recognition else REFUSED
        elif self.status == REGULAR and u[2] < daily_chance(land.expiry_days):
            self.count(M_STATUS_CHANGES)
            self.status = IRREGULAR

    def be_sent_back(self, status: int, day: int) -> None:
        """Be back at the place of return of the country of origin, with a new status."""
        home = self.scene.nodes[self.origin].return_node
        if self.scene.nodes[home].country != self.here.country:
            self.cross_border(day)
        self.state = RETURNED
        self.status = status
        self.node = home
        self.leg = NOWHERE
        self.days_left = 0
        self.since = day
        self.stand()
