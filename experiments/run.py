"""Run one scenario once, and keep its tables."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from experiments import limits
from experiments.inputs import (
    PlannedScenario,
    ScenarioLike,
    keep_network,
    resolved_text,
    scenario_of,
    with_parameters,
)
from experiments.stopping import begin, live
from experiments.surveys import EVERYONE, standing_tables, survey_json
from experiments.writing import check_place, new_directory, write_json, write_parquet

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

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

    def to_frame(self) -> pd.DataFrame:
        """The daily table: day, node, status, measure, channel, value."""
        return self.daily.copy()

    def figure(self) -> Figure:
        """What became of each day on which a person needed help, week by week."""
        from experiments.run_figure import outcome_figure

        return outcome_figure(self.daily, self.plan.title or self.plan.name)

    def write(self, out: Path | str) -> Path:
        """Write everything into a directory, all or nothing.

        Raises:
            InputProblem: If the directory holds something else or cannot be written.
        """
        from experiments.provenance import manifest
        from experiments.route_facts import write_route

        with new_directory(out, "run") as folder:
            write_json(folder / "summary.json", self.summary)
            write_parquet(folder / "daily.parquet", self.daily)
            write_parquet(folder / "points.parquet", self.points)
            write_parquet(folder / "survey.parquet", self.survey)
            (folder / "scenario.yaml").write_text(self.text, encoding="utf-8")
            keep_network(self.plan.network, folder)
            write_route(folder, [self.plan], [self.plan.name])
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
    resume: Path | str | None = None,
    posterior: Path | str | None = None,
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
        resume: File in which the run was saved (see `run_until`); go on from there. Migrants, days
            and seed are those of the file.
        posterior: Directory of a calibration: the run takes its first draw, as replicate 0 of a
            comparison does, in the place of parameters that the scenario leaves at their
            defaults. `evidence`: the posterior that ships with Waytrust.
        out: Directory to write the results into.
        progress: Called with simulated days done and in all, first before any is simulated.

    Raises:
        InputProblem: If something asked for cannot be.
    """
    limits.check_size(migrants, days, seed)
    limits.check_threads(threads)
    limits.check_engine(engine)
    check_place(out, "run")
    loaded, drawn = _loaded(scenario, posterior)
    if progress is not None and resume is None:
        progress(0, loaded.plan().burn_in + (days or loaded.plan().days))

    from sim.compiling import mark_compiled

    started = time.perf_counter()
    size = {"migrants": migrants, "days": days, "seed": seed}
    model = begin(loaded, resume, engine=engine, threads=threads, **size)
    resumed = _resumed(model) if resume is not None else {}
    if progress is not None and resumed:
        progress(model.day + model.plan.burn_in, model.plan.days + model.plan.burn_in)
    live(model, model.plan.days, progress)
    wall_s = round(time.perf_counter() - started, 3)
    if engine == "compiled" and not resumed:  # what is left of a run may not need everything
        mark_compiled()
    plan, survey = model.plan, standing_tables(model)
    result = RunResult(
        plan=plan,
        summary=_summary(model, survey, wall_s, resumed.get("agent_steps_before", 0)),
        daily=model.record.to_frame(),
        points=_points(model),
        survey=survey,
        text=resolved_text(loaded, **(_given(model) if resumed else size)),
        facts={
            "migrants": plan.migrants, "days": plan.days, "seed": plan.seed, "replicate": 0,
            "engine": engine, "threads": threads, "wall_s": wall_s, **resumed, **drawn,
        },
    )  # fmt: skip
    if out is not None:
        result.write(out)
    return result


def _loaded(
    scenario: ScenarioLike, posterior: Path | str | None
) -> tuple[PlannedScenario, dict[str, object]]:
    """The scenario, with fitted parameters where a posterior is given; and what says so."""
    from experiments.posterior import Posterior

    loaded = scenario_of(scenario)
    found = Posterior.named(posterior)
    if found is None:
        return loaded, {}
    drawn = {"posterior": found.hash, "draw": 0}
    return with_parameters(loaded, found.draw_for(loaded.plan().parameters, 0)), drawn


def _resumed(model: TrustModel) -> dict[str, int]:
    """Where a resumed run went on; the time it took counts only from there."""
    return {"resumed_on_day": model.day, "agent_steps_before": model.record.agent_steps}


def _given(model: TrustModel) -> dict[str, int | None]:
    return dict(zip(("migrants", "days", "seed"), model.given, strict=True))


def _summary(
    model: TrustModel, survey: pd.DataFrame, wall_s: float, steps_before: int
) -> dict[str, object]:
    summary = model.summary()
    speed = round((summary["agent_steps"] - steps_before) / wall_s) if wall_s > 0 else None
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
