"""Displacement: people who flee to camps, by the movement rule, without services or trust."""

from sim.displacement.parameters import DisplacementParameters
from sim.displacement.running import DisplacementRun, run_displacement
from sim.displacement.world import Camps, DisplacementWorld, People, Roads

__all__ = [
    "Camps", "DisplacementParameters", "DisplacementRun", "DisplacementWorld", "People", "Roads",
    "run_displacement",
]
