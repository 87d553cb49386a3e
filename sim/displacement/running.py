"""One run of a displacement crisis."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.compiling import bits
from sim.displacement.loop import State, live
from sim.displacement.parameters import DisplacementParameters
from sim.displacement.world import DisplacementWorld
from sim.randomness import run_key

__all__ = ["DisplacementRun", "run_displacement"]

USUAL = DisplacementParameters()


@dataclass(frozen=True, eq=False)
class DisplacementRun:
    """What became of everyone.

    Attributes:
        people: People in each camp at the end of each day, of shape [days, camps].
        outside: People who are not in a camp at the end.
        agent_steps: Days of agents, in camps and under way.
        moving_steps: Days of agents under way.
        seconds: Time that the days took.
    """

    people: NDArray[np.int64]
    outside: int
    agent_steps: int
    moving_steps: int
    seconds: float


def run_displacement(world: DisplacementWorld, parameters: DisplacementParameters = USUAL, *,
                     seed: int = 0, replicate: int = 0, capacities: bool = True,
                     ) -> DisplacementRun:
    """Run a crisis: the same bytes for the same world, parameters, seed and replicate.

    Args:
        world: The crisis.
        parameters: How people choose.
        seed: Seed of all chance.
        replicate: Number of the run.
        capacities: Whether camps have limits.
    """
    state = _start(world)
    camps = world.camps
    if not capacities:
        camps = camps._replace(capacity=np.zeros_like(camps.capacity))
    record = np.zeros((world.days, len(camps.place)), np.int64)
    key = bits(run_key(seed, replicate))

    def live_until(day: int) -> None:
        live(0, day, world.roads, camps, world.people, state, key, parameters.distance_weight,
             parameters.independence, parameters.km_a_day, record)

    live_until(0)  # compiles, or loads what is compiled: no part of the time
    began = time.perf_counter()
    live_until(world.days)
    seconds = time.perf_counter() - began
    return DisplacementRun(
        people=record, outside=int(state.tally[0]) * world.people.each,
        agent_steps=world.agent_steps, moving_steps=int(state.tally[1]), seconds=seconds)


def _start(world: DisplacementWorld) -> State:
    agents, camps = len(world.people.origin), len(world.camps.place)
    return State(
        place=np.zeros(agents, np.int64), toward=np.zeros(agents, np.int64),
        left=np.zeros(agents), camp=np.full(agents, -1, np.int64),
        under_way=np.zeros(agents, np.int64), present=world.people.start * world.people.each,
        heading=np.zeros(camps, np.int64), room=np.zeros(camps), share=np.zeros(camps),
        tally=np.zeros(2, np.int64))
