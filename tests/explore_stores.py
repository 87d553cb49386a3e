"""Stores of sweeps and calibrations whose runs cost nothing, for tests of Explore.

Everything but living a run is the real thing: design, points, parts, manifests, analyses.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from experiments.sweep import Store, making, working
from experiments.sweep.family import Lived
from experiments.sweep.job import Job
from scenarios.designing import load_design

__all__ = ["FAILED", "calibrated", "live", "plain", "swept"]

FAILED = 5
"""Family whose runs fail."""


def plain(method: str = "lhs", points: int = 40, **changes: Any) -> dict[str, Any]:
    """A design as plain data: points x 3 values of a lever x 2 replicates."""
    return {
        "name": "plain",
        "title": "A plain sweep",
        "scenario": "agadez_breach_firewall",
        "sampler": {"method": method, "points": points},
        "seed": 3,
        "replicates": 2,
        "constants": {"migrants": 100, "days": 300},
        "uncertainties": {
            "half_life_against": {"low": 60, "high": 720, "scale": "log"},
            "meetings_per_day": "default",
            "firewall_effect": "default",
        },
        "levers": [
            {"intervention": "wall", "field": "compliance", "values": ["0 %", "50 %", "100 %"]}
        ],
        "outcomes": [
            {"name": "asked_ner", "measure": "asked", "per": "in_need"},
            {"name": "deterred_ner", "measure": "deterred", "per": "in_need"},
        ],
        **changes,
    }


def live(job: Job, family: int) -> dict[int, Lived]:
    """Long memory keeps people away, a kept wall brings them back; luck is that of the replicate
    and of the run. One family fails, and one run has nobody to count."""
    _, replicate = job.place(family)
    if family == FAILED:
        return {k: Lived({}, {}, 0.1, "too much, it's said") for k in range(len(job.levers))}
    parameters = job.parameters(family)
    memory = np.log(parameters["half_life_against"] / 60) / np.log(12)
    luck = np.random.default_rng([replicate]).normal(0, 0.01)
    found = {}
    for k, (kept, *_) in enumerate(job.levers or [(0.0,)]):
        own = np.random.default_rng([family, k]).normal(0, 0.01)
        share = kept if isinstance(kept, float) else 0.5  # a lever of words does half
        wall = share * parameters["firewall_effect"]
        asked = 0.5 - 0.3 * memory**2 + 0.2 * wall + luck + own
        deterred = np.nan if (family, k) == (8, 0) else 0.4 * memory * (1 - wall)
        values = {"asked_ner": asked, "deterred_ner": deterred}
        found[k] = Lived({each.name: values[each.name] for each in job.design.outcomes}, {}, 0.1)
    return found


def swept(folder: Path, design: dict[str, Any] | None = None, *, batches: int | None = None,
          families: int = 20) -> Path:  # fmt: skip
    """Sweep a design without living anybody.

    Args:
        folder: Where.
        design: As plain data.
        batches: Only so many parts of it; None: all.
        families: Families of a part.
    """
    job = Job(load_design(plain() if design is None else design))
    store: Store = making.make(folder, job, families)
    for batch in range(store.batches if batches is None else batches):
        working.work(str(folder), live, False, batch)
    return folder


def calibrated(folder: Path) -> Path:
    """A calibration in which one parameter is found and the other is not."""
    import calibration_worlds as worlds

    from experiments import calibrate
    from experiments.calibration import Settings

    settings = Settings(population=20, generations=3, epsilon=0.3, draws=60, checks=10)
    calibrate(worlds.DESIGN, out=folder, settings=settings, live=worlds.live, workers=0)
    return folder
