"""Phase 4: enforcement at nodes, raids, and people found through shared data."""

from __future__ import annotations

from sim.codes import (
    BY_WITNESS,
    DETAINED,
    E_BROKEN,
    E_DETAINED,
    E_DETAINED_SERVICE,
    E_DOOR,
    E_RAID,
    EVER_DETAINED,
    M_DETENTIONS,
    NOWHERE,
    REFUGEE,
    REGULAR,
    SETTLED,
    STAYING,
    STRANDED,
)
from sim.engine import streams
from sim.engine.reference.absorbing import Learning
from sim.randomness import event_id
from sim.rules.enforcement import detention_chance, detention_length, found_chance, raid_chance
from sim.scene import Scene

__all__ = ["AT_NODES", "Facing", "draw_raids"]

OWN_ACCORD, PLANNED = 1, 2
"""Where a raid comes from, as bits of the column ``raid``."""
AT_NODES = (STAYING, STRANDED, SETTLED)
"""States of people who live at a node and are free to act."""


def draw_raids(scene: Scene, day: int) -> None:
    """Which nodes are raided today."""
    for node in scene.nodes:
        u = scene.luck(streams.RAID, day, node.key)[0]
        node.raid = OWN_ACCORD if u < raid_chance(scene.p.raid_rate, node.enforcement) else 0
        if max(node.planned_raid) > 0.0:
            node.raid |= PLANNED


class Facing(Learning):
    """A person whom the authorities may stop."""

    def face_the_authorities(self, day: int) -> None:
        """What enforcement at the node does to this person today."""
        p, node = self.scene.p, self.here
        if self.state not in AT_NODES or (node.enforcement <= 0.0 and node.raid == 0):
            return
        u = self.luck(streams.ENFORCEMENT, day)
        taken = u[0] < detention_chance(p.detention_rate, node.enforcement, self.exposure)
        share = p.raid_share if node.raid & OWN_ACCORD else 0.0
        share = max(share, node.planned_raid[self.status])
        raided = node.raid != 0 and u[1] < share * self.exposure
        if taken or raided:
            self.be_detained(NOWHERE, day)
            return
        if (node.raid != 0 and u[2] < p.raid_seen
                and self.remember(event_id(node.key, day, E_RAID))):
            self.absorb(E_RAID, NOWHERE, day, BY_WITNESS)
        on_file = self.filed_point[0] >= 0 and self.status not in (REGULAR, REFUGEE)
        if on_file and u[3] < found_chance(p.find_listed, node.enforcement, self.exposure):
            point = self._listed_at(node.country)
            if point != NOWHERE:
                self.be_detained(point, day)
                self.seen = E_RAID  # others see an arrest in town, not at a service's door

    def _listed_at(self, country: int) -> int:
        """A service point through which this country's authorities hold one's data, or NOWHERE."""
        for point, filed in zip(self.filed_point, self.filed_day, strict=True):
            if point < 0:
                return NOWHERE
            it = self.scene.points[point]
            if filed <= it.leak_day and it.leak_countries >> country & 1:
                u = self.luck(streams.LISTED, 0, it.key)[0]
                if u < it.leak_share * (1.0 - it.kept):
                    return int(point)
        return NOWHERE

    def be_detained(self, point: int, day: int) -> None:
        """Be detained, through a service point or (NOWHERE) in town."""
        u = self.luck(streams.DETENTION, day)[0]
        country = self.scene.countries[self.here.country]
        self.days_left = detention_length(u, country.detention_days)
        self.state = DETAINED
        self.ever |= EVER_DETAINED
        self.count(M_DETENTIONS, self.node)
        kind, self.seen = E_DETAINED, E_RAID
        if point != NOWHERE:
            promised = self.scene.points[point].promised_firewall == 1
            kind, self.seen = E_BROKEN if promised else E_DETAINED_SERVICE, E_DOOR
            self.asked = point
        self.experience(kind, point, day)
        self.live_through(kind, point, day)

    def experience(self, kind: int, point: int, day: int) -> None:
        """Make this one's last first-hand experience, to be told to others."""
        self.told_kind = kind
        self.told_day = day
        self.told_point = point
        self.told_node = self.node
        self.remember(self.last_event)
