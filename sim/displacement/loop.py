"""The day of people who flee: choose a camp, walk towards it, stay there."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.compiling import bits, kernel
from sim.displacement.world import Camps, People, Roads
from sim.randomness import block, gumbel, name_hash
from sim.rules.displacement import camp_utility, share_of
from sim.rules.movement import room_left

__all__ = ["State", "live"]

CAMP = name_hash("displacement.camp")
"""Stream of whims about camps. No run of the model has it, so it is not among its streams."""
ALL_OF_IT = 1.0
"""People notice how full a camp is from the first place taken on."""
LEAST_ROOM = 1e-3
"""Room of a place that is all but full."""


class State(NamedTuple):
    """What changes.

    Attributes:
        place: Where each agent is, or the place it left last.
        toward: Place to which each agent walks.
        left: Kilometres still to walk there; 0 at a place.
        camp: Camp that each agent heads for, or stands in; -1: none.
        under_way: Agents who are not in a camp, in the order in which they set out.
        present: People in each camp.
        heading: People on the way to each camp.
        room: Room in each camp when the day began.
        share: Share of everyone who was there or on the way there when the day began.
        tally: How many are under way; agent-days under way so far.
    """

    place: NDArray[np.int64]
    toward: NDArray[np.int64]
    left: NDArray[np.float64]
    camp: NDArray[np.int64]
    under_way: NDArray[np.int64]
    present: NDArray[np.int64]
    heading: NDArray[np.int64]
    room: NDArray[np.float64]
    share: NDArray[np.float64]
    tally: NDArray[np.int64]


@kernel
def live(first: int, last: int, roads: Roads, camps: Camps, people: People, state: State,
         run: int, distance_weight: float, independence: float, km_a_day: float,
         record: NDArray[np.int64]) -> None:
    """Live the days from `first` to before `last`; `record` gets the people by day and camp."""
    for day in range(first, last):
        for agent in range(people.since[day], people.since[day + 1]):
            state.place[agent] = people.origin[agent]
            state.under_way[state.tally[0]] = agent
            state.tally[0] += 1
        kept = 0
        _look(camps, state)
        for n in range(state.tally[0]):
            agent = state.under_way[n]
            if not _walk(agent, roads.epoch[day], roads, camps, people.each, state, run,
                         distance_weight, independence, km_a_day):
                state.under_way[kept] = agent
                kept += 1
        state.tally[1] += state.tally[0]
        state.tally[0] = kept
        for camp in range(len(camps.place)):
            record[day, camp] = state.present[camp]


@kernel
def _walk(agent: int, epoch: int, roads: Roads, camps: Camps, each: int, state: State, run: int,
          distance_weight: float, independence: float, km_a_day: float) -> bool:
    """One day of one agent under way; whether it comes into a camp."""
    budget = km_a_day
    while True:
        if state.left[agent] > 0.0:
            step = min(state.left[agent], budget)
            state.left[agent] -= step
            budget -= step
            if state.left[agent] > 0.0:
                return False
            state.place[agent] = state.toward[agent]
        here = state.place[agent]
        camp = state.camp[agent]
        if camp >= 0 and not (camps.is_open[epoch, camp]
                              and roads.km[epoch, camp, here] < np.inf):
            state.heading[camp] -= each
            camp = -1
        if camp < 0:
            camp = _choose(agent, here, epoch, roads, camps, each, state, run, distance_weight,
                           independence)
            state.camp[agent] = camp
            if camp < 0:
                return False
            state.heading[camp] += each
        if here == camps.place[camp]:
            state.heading[camp] -= each
            state.present[camp] += each
            return True
        if budget <= 0.0:
            return False
        state.toward[agent] = roads.hop[epoch, camp, here]
        state.left[agent] = roads.hop_km[epoch, camp, here]


@kernel
def _choose(agent: int, here: int, epoch: int, roads: Roads, camps: Camps, each: int, state: State,
            run: int, distance_weight: float, independence: float) -> int:
    """The open camp with a free place that an agent likes best; -1: there is none.

    Whoever is on the way to a camp has a place there, so nobody comes to a full one. Everyone
    goes by what was known when the day began, so that who chooses first does not matter.
    """
    best, best_utility = -1, -np.inf
    for camp in range(len(camps.place)):
        km = roads.km[epoch, camp, here]
        capacity = camps.capacity[camp]
        taken = state.present[camp] + state.heading[camp]
        if not (camps.is_open[epoch, camp] and km < np.inf) or (
                capacity > 0.0 and taken + each > capacity):
            continue
        word = block(run, CAMP, 0, bits(agent), camps.key[camp])[0]
        utility = gumbel(word) + camp_utility(
            km / roads.usual[here], state.share[camp], state.room[camp], distance_weight,
            independence)
        if utility > best_utility:
            best, best_utility = camp, utility
    return best


@kernel
def _look(camps: Camps, state: State) -> None:
    """Note, for the day, the room in each camp and the share of everyone who is or will be there.

    A camp whose limit is not known is taken to be as full as the others are on average.
    """
    everyone = 0.0
    limited = 0
    free = 0.0
    for camp in range(len(camps.place)):
        taken = state.present[camp] + state.heading[camp]
        everyone += taken
        if camps.capacity[camp] > 0.0:
            state.room[camp] = max(LEAST_ROOM, room_left(taken, camps.capacity[camp], ALL_OF_IT))
            limited += 1
            free += state.room[camp]
    for camp in range(len(camps.place)):
        state.share[camp] = share_of(state.present[camp] + state.heading[camp], everyone)
        if camps.capacity[camp] <= 0.0:
            state.room[camp] = free / limited if limited > 0 else 1.0
