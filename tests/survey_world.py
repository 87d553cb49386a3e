"""Small worlds whose people are set by hand, for tests of the survey."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

import scenarios
from sim.codes import STATUSES, STAYING
from sim.columns import BY_CHANNEL, FAMILY_WIDTH
from sim.parameters import Parameters
from sim.world import World

DAY = 150
SURE = 1e9
BLANK = {name: 0.0 for name in Parameters.of() if name.startswith("background_") and not
         name.endswith("factor")}
"""Parameters with which nobody holds any evidence at departure."""


def world_of(people: int, *, node: str = "agadez", days_away: int = 200,
             **parameters: float) -> World:
    """People who stay at a node, left so many days ago, and hold no evidence at all."""
    plan = replace(
        scenarios.load("central_mediterranean").plan(), migrants=people, days=365,
        parameters=Parameters.of(BLANK | {"no_answer": 0.0} | parameters))
    world = World(plan)
    world.people = people
    body, mind = world.tables.body, world.tables.mind
    body["state"] = STAYING
    body["node"] = list(plan.network.nodes["id"]).index(node)
    body["departed"] = DAY - days_away
    body["status"] = body["first_status"] = STATUSES.index("regular")
    body["sources"] = body["ever"] = 0
    mind["touched"] = DAY
    body["danger_touched"] = DAY
    return world


def believe(world: World, who: object, r: float, s: float, family: int = 0, day: int = DAY) -> None:
    """Give people evidence for and against a family's independence."""
    row = family * FAMILY_WIDTH
    world.tables.mind["evidence"][who, row + 2] = r
    world.tables.mind["evidence"][who, row + BY_CHANNEL] = s
    world.tables.mind["touched"][who] = day
    world.tables.body["danger_touched"][who] = day


def fear(world: World, who: object, r: float, s: float = 0.0) -> None:
    """Give people evidence of danger and of safety."""
    row = len(world.plan.network.families) * FAMILY_WIDTH
    world.tables.mind["evidence"][who, row + 1] = r
    world.tables.mind["evidence"][who, row] = s


def become(world: World, who: object, status: str) -> None:
    """Give people a status."""
    world.tables.body["status"][who] = STATUSES.index(status)


def luck(world: World, number: int) -> np.ndarray:
    """Everyone's luck with the question of this number, worked out one by one."""
    from sim.randomness import block, uniform
    from sim.survey.answering import ANSWER

    run = np.uint64(world.tables.p["run"][0])
    return np.array([uniform(block(run, ANSWER, 0, key, number)[0])
                     for key in world.tables.body["key"]])
