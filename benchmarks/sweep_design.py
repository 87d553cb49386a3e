"""The design that sweeps are timed with: short runs, so that all that is not a run shows."""

from __future__ import annotations

from typing import Any

from scenarios.designing import Design, load_design

__all__ = ["design_of", "instant"]

SCENARIO = "agadez_breach_firewall"
REPLICATES = 5
LEVERS = ["0 %", "100 %"]


def design_of(runs: int, migrants: int, days: int, burn_in: int | None = None) -> Design:
    """About so many runs of so many migrants: points x 2 levers x 5 replicates.

    Args:
        runs: Runs in all.
        migrants: Migrants of each.
        days: Days of each.
        burn_in: Days before them; None: as the scenario has it.
    """
    scenario: Any = SCENARIO
    if burn_in is not None:
        scenario = {"extends": SCENARIO, "name": "timed", "burn_in": burn_in}
    text: dict[str, Any] = {
        "name": "timed",
        "scenario": scenario,
        "sampler": {"method": "lhs", "points": max(1, runs // (REPLICATES * len(LEVERS)))},
        "seed": 7,
        "replicates": REPLICATES,
        "constants": {"migrants": migrants, "days": days},
        "uncertainties": {"half_life_against": "default", "meetings_per_day": "default"},
        "levers": [{"intervention": "wall", "field": "compliance", "values": LEVERS}],
        "outcomes": [
            {"name": "asking", "measure": "help_seeking_rate"},
            {"name": "deterred", "measure": "deterred", "per": "in_need",
             "group": {"status": "irregular"}, "place": {"country": "NER"}},
        ],
    }  # fmt: skip
    return load_design(text)


def instant(job: Any, family: int) -> dict[int, Any]:
    """What came of runs that take no time at all, to see what everything else takes."""
    from experiments.sweep.family import Lived

    values = {each.name: float(family) for each in job.design.outcomes}
    return {lever: Lived(values, {}, 0.0) for lever in range(len(job.levers))}
