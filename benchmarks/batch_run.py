"""`python -m benchmarks.batch_run RUNS MIGRANTS DAYS PROCESSES ENGINE`: runs by Mesa's batch_run.

The same scenario, points, levers and replicates as the sweep beside it; each is one Mesa model that
collects the daily numbers from which the sweep's outcomes are made. Prints runs and seconds.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import mesa
from mesa.batchrunner import batch_run
from mesa.datacollection import DataCollector

from benchmarks.sweep_design import REPLICATES, design_of
from experiments.sweep.job import Job
from sim.model import TrustModel

__all__ = ["SweptModel", "main"]

_JOBS: dict[tuple[int, int, int], Job] = {}


class SweptModel(mesa.Model):  # type: ignore[misc]
    """One run of the design as a Mesa model that `batch_run` can make and step."""

    def __init__(
        self, size: Any = None, point: int = 0, lever: int = 0, replicate: int = 0,
        engine: str = "compiled",
    ) -> None:  # fmt: skip
        super().__init__(seed=0)
        runs, migrants, days = (int(word) for word in str(size).split("x"))
        job = _JOBS.setdefault((runs, migrants, days), Job(design_of(runs, migrants, days)))
        plan = job.plan(point * REPLICATES + replicate, lever)
        self.run = TrustModel(plan, replicate=replicate, engine=engine)
        self.datacollector = DataCollector(
            model_reporters={"asked": lambda m: m.today("asked"),
                             "in_need": lambda m: m.today("in_need")}
        )  # fmt: skip

    def today(self, measure: str) -> int:
        """A measure on the day that was lived last."""
        record = self.run.record
        day = self.run.day - 1
        if day < 0:
            return 0
        return int(record.counts[day, ..., record.measures.index(measure)].sum())

    def step(self) -> None:
        """Live a day, and collect."""
        self.run.step()
        self.datacollector.collect(self)
        self.running = self.run.running


def main(runs: int, migrants: int, days: int, processes: int, engine: str) -> None:
    """Time `batch_run`, starting its processes and compiled code included."""
    job = Job(design_of(runs, migrants, days))
    parameters = {
        "size": f"{runs}x{migrants}x{days}", "engine": engine,
        "point": range(len(job.points)), "lever": range(len(job.levers)),
        "replicate": range(REPLICATES),
    }  # fmt: skip
    started = time.perf_counter()
    found = batch_run(
        SweptModel, parameters, number_processes=processes, max_steps=100_000,
        display_progress=False,
    )  # fmt: skip
    took = time.perf_counter() - started
    print(json.dumps({"runs": len({row["RunId"] for row in found}), "wall_s": took}))


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:5]]
    main(numbers[0], numbers[1], numbers[2], numbers[3], sys.argv[5])
