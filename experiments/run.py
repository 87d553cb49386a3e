"""Run one scenario once, and keep its tables."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from experiments import limits
from experiments.inputs import ScenarioLike, keep_network, resolved_text, scenario_of
from experiments.surveys import EVERYONE, standing_tables, survey_json
from experiments.writing import check_place, new_directory, write_json, write_parquet

if TYPE_CHECKING:
    import pandas as pd

    from sim.model import TrustModel
    from sim.plan import Plan

__all__ = ["RunResult", "run"]


@dataclass(frozen=True)
class RunResult:
    """What one run left behind.

    Attributes:
        plan: What was run.
        summary: Totals, rates, speed and the hash of the final state.
        daily: Counts by day, node, status and measure, and weekly opinions.
        points: Counts by day and service point.
        survey: The questionnaire at the survey days, for everyone and by country, node and status.
        text: The scenario with nothing left to look up.
        facts: How it was made: seed, size, engine, threads, wall time.
    """

    plan: Plan
    summary: dict[str, object]
    daily: pd.DataFrame = field(repr=False)
    points: pd.DataFrame = field(repr=False)
    survey: pd.DataFrame = field(repr=False)
    text: str = field(repr=False)
    facts: dict[str, object]

    def write(self, out: Path | str) -> Path:
        """Write everything into a directory, all or nothing.

        Raises:
            InputProblem: If the directory holds something else or cannot be written.
        """
        from experiments.provenance import manifest

        with new_directory(out, "run") as folder:
            write_json(folder / "summary.json", self.summary)
            write_parquet(folder / "daily.parquet", self.daily)
            write_parquet(folder / "points.parquet", self.points)
            write_parquet(folder / "survey.parquet", self.survey)
            (folder / "scenario.yaml").write_text(self.text, encoding="utf-8")
            keep_network(self.plan.network, folder)
            texts = {self.plan.name: self.text}
            write_json(folder / "manifest.json", manifest("run", texts, **self.facts))
        return Path(out)


def run(
    scenario: ScenarioLike,
    *,
    migrants: int | None = None,
    days: int | None = None,
    seed: int | None = None,
    engine: str = "compiled",
    threads: int = 1,
    out: Path | str | None = None,
    progress: Callable[[int, int | None], None] | None = None,
) -> RunResult:
    """Run a scenario once.

    Args:
        scenario: A library name, a file, or a loaded scenario.
        migrants: Simulated migrants, instead of what the scenario says.
        days: Length, instead of what the scenario says.
        seed: Seed, instead of what the scenario says.
        engine: `compiled`, or `reference` for plain Mesa agents (a few hundred migrants).
        threads: Threads that share the migrants of this run.
        out: Directory to write the results into.
        progress: Called with simulated days done and in all, first with 0.

    Raises:
        InputProblem: If something asked for cannot be.
    """
    limits.check_size(migrants, days, seed)
    limits.check_threads(threads)
    limits.check_engine(engine)
    check_place(out, "run")
    loaded = scenario_of(scenario)
    if progress is not None:
        progress(0, loaded.plan().burn_in + (days or loaded.plan().days))

    from sim.compiling import mark_compiled
    from sim.model import TrustModel

    started = time.perf_counter()
    model = TrustModel(
        loaded, migrants=migrants, days=days, seed=seed, engine=engine, threads=threads
    )
    _live(model, progress)
    wall_s = round(time.perf_counter() - started, 3)
    if engine == "compiled":
        mark_compiled()
    plan, survey = model.plan, standing_tables(model)
    result = RunResult(
        plan=plan,
        summary=_summary(model, survey, wall_s),
        daily=model.record.to_frame(),
        points=_points(model),
        survey=survey,
        text=resolved_text(loaded, migrants=migrants, days=days, seed=seed),
        facts={
            "migrants": plan.migrants, "days": plan.days, "seed": plan.seed, "replicate": 0,
            "engine": engine, "threads": threads, "wall_s": wall_s,
        },
    )  # fmt: skip
    if out is not None:
        result.write(out)
    return result


def _live(model: TrustModel, progress: Callable[[int, int | None], None] | None) -> None:
    burn_in, whole = model.plan.burn_in, model.plan.burn_in + model.plan.days
    while model.running:
        model.step()
        if progress is not None:
            progress(model.day + burn_in, whole)


def _summary(model: TrustModel, survey: pd.DataFrame, wall_s: float) -> dict[str, object]:
    summary = model.summary()
    speed = round(summary["agent_steps"] / wall_s) if wall_s > 0 else None
    last = survey[(survey["day"] == survey["day"].max()) & (survey["group"] == EVERYONE)]
    return {
        **summary,
        "wall_s": wall_s,
        "agent_steps_per_s": speed,
        "survey": survey_json(last),
    }


def _points(model: TrustModel) -> pd.DataFrame:
    import numpy as np
    import pandas as pd

    record = model.record
    days, points, measures = np.nonzero(record.by_point)
    names = np.array(["asked", "served", "turned_away", "deterred"])
    return pd.DataFrame(
        {
            "day": days,
            "service_point": np.array(record.points, dtype=object)[points],
            "measure": names[measures],
            "value": record.by_point[days, points, measures],
        }
    )
