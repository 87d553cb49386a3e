"""Runs an instance in Flee itself and prints agent-steps and seconds; needs nothing but Flee.

`python flee_days.py INSTANCE SETTINGS DAYS`, with a Python that has Flee. Only Flee's own days are
timed (closures, conflict, new agents, moving), not the comparison with the counts.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import time
from pathlib import Path
from typing import Any

__all__ = ["main"]


def main(instance: str, settings: str, days: str) -> None:
    """Run so many days and print one JSON object."""
    with contextlib.redirect_stdout(io.StringIO()):
        found = _run(Path(instance), settings, int(days))
    print(json.dumps(found))


def _run(instance: Path, settings: str, days: int) -> dict[str, float]:
    from flee import InputGeography, flee, spawning
    from flee.datamanager import handle_refugee_data, read_period

    flee.SimulationSettings.ReadFromYML(settings)
    inputs = str(instance / "input_csv")
    start, _ = read_period.read_sim_period(f"{inputs}/sim_period.csv")
    flee.SimulationSettings.ConflictInputFile = f"{inputs}/conflicts.csv"
    flee.SimulationSettings.FloodLevelInputFile = f"{inputs}/flood_level.csv"
    world: Any = flee.Ecosystem(start, demographics_test_prefix=inputs)
    places = InputGeography.InputGeography()
    places.ReadLocationsFromCSV(f"{inputs}/locations.csv")
    places.ReadLinksFromCSV(f"{inputs}/routes.csv")
    places.ReadClosuresFromCSV(f"{inputs}/closures.csv")
    world, locations = places.StoreInputGeographyInEcosystem(world)
    counts = handle_refugee_data.RefugeeTable(
        csvformat="generic", data_directory=str(instance / "source_data"), start_date=start,
        data_layout="data_layout.csv", start_empty=False,
        population_scaledown_factor=flee.SimulationSettings.optimisations[
            "PopulationScaleDownFactor"])
    counts.ReadL1Corrections(f"{inputs}/registration_corrections.csv")
    for name in world.get_camp_names():
        spawning.add_initial_refugees(world, counts, locations[name])
    steps = 0
    began = time.perf_counter()
    for day in range(days):
        places.AddNewConflictZones(world, day)
        spawning.spawn_daily_displaced(world, day, counts)
        spawning.refresh_spawn_weights(world)
        world.enact_border_closures(day)
        world.evolve()
        steps += world.numAgents()
    return {"agent_steps": steps, "seconds": time.perf_counter() - began,
            "agents": world.numAgents()}


if __name__ == "__main__":
    main(*sys.argv[1:4])
