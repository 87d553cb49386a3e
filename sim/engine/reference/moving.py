"""Phase 11: detention ends, legs are travelled, and people at nodes move on."""

from __future__ import annotations

import math

from sim.codes import (
    DEPORTEE,
    DETAINED,
    E_DEPORTED,
    E_INTERCEPTED,
    E_LEG_DANGER,
    FINANCIAL,
    HUMAN,
    IRREGULAR,
    LONG_STAY,
    M_DEATHS,
    M_DEPARTURES,
    M_DEPORTATIONS,
    M_EXTORTIONS,
    M_INTERCEPTIONS,
    M_NEW_DESTINATIONS,
    M_RETURNS,
    MONEY,
    NATURAL,
    NEVER,
    NOWHERE,
    PHYSICAL,
    RETURNEE,
    SETTLED,
    SOCIAL,
    STAYING,
    STRANDED,
    TRAVELLING,
)
from sim.engine import streams
from sim.engine.reference.changing import Changing
from sim.engine.reference.enforcing import Facing
from sim.engine.reference.hearing import slots_of
from sim.engine.reference.needing import ACUTE, Needing
from sim.engine.reference.reading import POINT_BITS
from sim.rows import Leg
from sim.rules.movement import (
    believed_leg_danger,
    burst_probability,
    burst_strikes,
    cost_felt,
    daily_hazard,
    destination_utility,
    leaving_probability,
    leg_utility,
    passable,
    paying_chance,
    room_left,
)
from sim.scene import Scene

__all__ = ["Moving", "draw_bursts"]

PRESSING = 1
POOREST = MONEY.index("poorest_third")
Luck = tuple[float, float, float, float]


def draw_bursts(scene: Scene, day: int) -> None:
    """What threatens people on each leg today: interception, and perhaps a deadly incident."""
    share = scene.p.burst_share
    for leg in scene.legs:
        leg.hazard = daily_hazard(leg.interception, leg.days)
        hazard = daily_hazard(leg.death, leg.days)
        strikes = scene.luck(streams.BURST, day, leg.key)[0] < burst_probability(hazard, share)
        leg.burst = burst_strikes(hazard, share) if strikes else 0.0


class Moving(Facing, Needing, Changing):
    """A person on a route."""

    def move_on(self, day: int) -> None:
        """A day of travelling, of detention, or of staying, which may end with setting off."""
        if self.state == TRAVELLING:
            self._travel(day)
        elif self.state == DETAINED:
            self._wait_for_release(day)
        elif self.state in (STAYING, STRANDED):
            self._leave_or_stay(day)

    def _leave_or_stay(self, day: int) -> None:
        u = self.luck(streams.STAY, day)
        if self.money == POOREST and u[2] < self.scene.p.earn_rate:
            self.money += 1
        stay = self.here.mean_stay
        if self.departed == NEVER:
            stay = stay / self.here.leaving[self.status]
        if u[0] < leaving_probability(stay, self.money, self.scene.p.stay_poor):
            way = self._choose_leg(day)
            if way == NOWHERE:
                self._wait_or_turn(u[3])
            else:
                self._set_off(way, u[1], day)

    def _choose_leg(self, day: int) -> int:
        """The leg to take (Gumbel-max, keyed by leg), or NOWHERE if stranded.

        Stranded is who cannot take any leg, or only legs that lead away from the destination
        because those that lead on are closed, cost too much or are believed impassable.
        """
        progress = {n: self._progress(n, self.destination) for n in self._legs_from_here()}
        leading = [n for n in progress if not math.isinf(progress[n])]
        passable = [n for n in leading if self._can_take(n)]
        onward = {n for n in leading if progress[n] > 0.0}
        if not passable or (onward and onward.isdisjoint(passable)):
            return NOWHERE
        return max(passable, key=lambda n: self._leg_utility(n, progress[n], day))

    def _legs_from_here(self) -> range:
        return range(self.here.first_leg, self.here.first_leg + self.here.legs)

    def _progress(self, n: int, destination: int) -> float:
        """How much nearer a leg brings one, in mean legs; minus infinity if it leads nowhere."""
        left = self.scene.remaining(destination, self.node)
        ahead = self.scene.remaining(destination, self.scene.legs[n].end)
        return -math.inf if math.isinf(ahead) else (left - ahead) / self.scene.p.mean_leg

    def _can_take(self, n: int) -> bool:
        """Whether a leg is open, can be paid, and is believed passable."""
        p, leg = self.scene.p, self.scene.legs[n]
        too_dear = self.money == POOREST and leg.cost > p.stranded_cost
        if leg.open == 0 or leg.closed_to >> self.status & 1 or too_dear:
            return False
        return bool(passable(self._danger_of(n), p.impassable))

    def _danger_of(self, n: int) -> float:
        """Listed danger of a leg, raised by stories of danger heard about it."""
        leg = self.scene.legs[n]
        stories = self.scene.stories
        heard = sum(1 for slot in slots_of(self.heard)
                    if stories[slot].leg == n and stories[slot].live == 1)
        return believed_leg_danger(leg.death, leg.interception, heard, self.scene.p.story_danger)

    def _leg_utility(self, n: int, progress: float, day: int) -> float:
        """What a leg is worth to this person today."""
        p, leg = self.scene.p, self.scene.legs[n]
        end = self.scene.nodes[leg.end]
        room = room_left(len(self.scene.lines[leg.end]), end.capacity, p.room_margin)
        utility = leg_utility(progress, leg.km / p.mean_leg,
                              cost_felt(leg.cost, self.money), self._danger_of(n),
                              room, p.progress_weight, p.length_weight, p.cost_weight,
                              p.danger_weight, p.room_weight)
        return utility + self.whim(streams.WAY, day, leg.key)

    def _wait_or_turn(self, u: float) -> None:
        """Every way to the destination is barred: wait, or head for another place from now on."""
        self.state = STRANDED
        others = [n for n in range(len(self.scene.nodes)) if self._could_head_for(n)]
        if u < self.scene.p.change_destination and others:
            self.count(M_NEW_DESTINATIONS)
            self.destination = max(others, key=self._pull)
            self.state = STAYING

    def _could_head_for(self, n: int) -> bool:
        """Whether a place abroad draws people and a way to it is open."""
        node, home = self.scene.nodes[n], self.scene.nodes[self.origin]
        if node.attraction <= 0.0 or node.country == home.country:
            return False
        if n in (self.node, self.destination) or math.isinf(self.scene.remaining(n, self.node)):
            return False
        return any(self._progress(leg, n) > 0.0 and self._can_take(leg)
                   for leg in self._legs_from_here())

    def _pull(self, n: int) -> float:
        """How much a destination draws this person, for good."""
        node = self.scene.nodes[n]
        return destination_utility(node.attraction, self.whim(streams.DESTINATION, 0, node.key))

    def _set_off(self, way: int, u: float, day: int) -> None:
        """Take a leg; a move backwards may end as voluntary return."""
        p, leg = self.scene.p, self.scene.legs[way]
        left = self.scene.remaining(self.destination, self.node)
        backwards = self.scene.remaining(self.destination, leg.end) > left
        irregular = self.status == IRREGULAR
        chance = p.back_is_return_irregular if irregular else p.back_is_return_others
        if backwards and self.abroad and u < chance:
            self.count(M_RETURNS)
            self.be_sent_back(RETURNEE, day)
            return
        if self.departed == NEVER:
            self.departed = day
            self.left_for, self.left_against = self.independence(0, day)
            self.count(M_DEPARTURES)
        paid = self.luck(streams.PAYING, day)[0]
        if self.money > 0 and paid < paying_chance(leg.cost, p.money_third):
            self.money -= 1
        self.state = TRAVELLING
        self.leg = way
        self.days_left = leg.days
        self.stand()

    def _travel(self, day: int) -> None:
        """One day on a leg."""
        leg = self.scene.legs[self.leg]
        u = self.luck(streams.LEG, day)
        if leg.burst > 0.0:
            if u[1] < leg.burst:
                self.count(M_DEATHS)
                self.die()
                return
            self.experience(E_LEG_DANGER, self._leg_as_point(), day)
        if u[0] < leg.hazard:
            self._be_intercepted(u[2], day)
            return
        self.days_left -= 1
        if self.days_left <= 0:
            self._arrive(day)

    def _leg_as_point(self) -> int:
        """How an experience on a leg says where it was: below the service points."""
        return -2 - int(self.leg)

    def _be_intercepted(self, u: float, day: int) -> None:
        """Be stopped on a leg: sent back to where it began, or detained there."""
        self.count(M_INTERCEPTIONS)
        self.experience(E_INTERCEPTED, self._leg_as_point(), day)
        self.node = self.scene.legs[self.leg].start
        self.leg = NOWHERE
        self.days_left = 0
        self.state = STAYING
        self.since = day
        self.stand()
        self.live_through(E_INTERCEPTED, NOWHERE, day)
        if u < self.scene.p.interception_detained:
            self.be_detained(NOWHERE, day)

    def _arrive(self, day: int) -> None:
        """End of a leg: hardships, the border, what one knows of the place, the journey's end."""
        leg = self.scene.legs[self.leg]
        self.node = leg.end
        self.leg = NOWHERE
        self.state = STAYING
        self.since = day
        self.stand()
        u = self.luck(streams.HARM, day, 0)
        v = self.luck(streams.HARM, day, 1)
        self._suffer(leg, u, v, day)
        if leg.border == 1:
            self.cross_border(day)
        self._expect_services(day)
        if self.here.step == LONG_STAY and v[3] < self.scene.p.long_stay:
            self.destination = self.node  # the journey ends here
        if self.node == self.destination:
            self.state = SETTLED

    def _suffer(self, leg: Leg, u: Luck, v: Luck, day: int) -> None:
        """Extortion, abuse, separation and the elements on a leg."""
        p, node = self.scene.p, self.node
        if u[0] < leg.extortion:
            self.count(M_EXTORTIONS)
            if self.money > 0:
                self.money -= 1
            if v[0] < p.extortion_need:
                self.begin_episode(FINANCIAL, PRESSING, day, node)
        if u[1] < leg.abuse and v[1] < p.abuse_need:
            self.begin_episode(PHYSICAL, ACUTE, day, node)
        if u[2] < leg.separation:
            self.lose_tie(node)
            if v[2] < p.separation_need:
                self.begin_episode(SOCIAL, PRESSING, day, node)
        if u[3] < p.elements_leg * leg.wild:
            self.begin_episode(NATURAL, PRESSING, day, node)

    def _expect_services(self, day: int) -> None:
        """Who knows a point of a family knows, sometimes, where the next place has one."""
        points = self.scene.points
        entries = [entry & POINT_BITS for entry in self.known]
        families = {points[entry - 1].family for entry in entries if entry > 0}
        for k, it in self.scene.points_at(self.node):
            u = self.luck(streams.CARRY, day, it.key)[0]
            likely = it.there == 1 and it.family in families and u < self.scene.p.carry_awareness
            if likely and not self.knows(k):
                self.learn(k)

    def _wait_for_release(self, day: int) -> None:
        """A day of detention; at its end deportation or release."""
        self.days_left -= 1
        if self.days_left > 0:
            return
        u = self.luck(streams.RELEASE, day)
        country = self.scene.countries[self.here.country]
        if self.abroad and u[0] < country.deportation * country.deporting[self.status]:
            self.count(M_DEPORTATIONS)
            self.experience(E_DEPORTED, NOWHERE, day)
            self.live_through(E_DEPORTED, NOWHERE, day)
            self.be_sent_back(DEPORTEE, day)
        else:
            self.state = SETTLED if self.node == self.destination else STAYING
            self.since = day
        if u[1] < self.scene.p.detention_need:
            self.begin_episode(HUMAN, PRESSING, day, self.node)
