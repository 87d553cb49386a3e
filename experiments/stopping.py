"""A run in parts: beginning it or going on from a file, and stopping it on a day."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments import limits
from experiments.inputs import PlannedScenario, ScenarioLike, scenario_of
from experiments.limits import refusal

if TYPE_CHECKING:
    from sim.model import TrustModel

__all__ = ["begin", "live", "run_until"]

Progress = Callable[[int, int | None], None]


def run_until(
    scenario: ScenarioLike,
    *,
    stop_after: int,
    save: Path | str,
    migrants: int | None = None,
    days: int | None = None,
    seed: int | None = None,
    engine: str = "compiled",
    threads: int = 1,
    resume: Path | str | None = None,
    progress: Progress | None = None,
) -> dict[str, object]:
    """Run a scenario up to a day and save it, to go on later with `run(..., resume=save)`.

    Args:
        scenario: A library name, a file, or a loaded scenario.
        stop_after: Last day to live; negative in the burn-in.
        save: File to save the run in. An earlier one is replaced.
        migrants: Simulated migrants, instead of what the scenario says.
        days: Length of the whole run, instead of what the scenario says.
        seed: Seed, instead of what the scenario says.
        engine: `compiled` or `reference`.
        threads: Threads that share the migrants of this run.
        resume: File in which an earlier part of the run was saved; go on from there.
        progress: Called with simulated days done and in all, first before any is simulated.

    Returns:
        `scenario`, `migrants`, `days`, `stopped_after`, `saved` (the file) and `state_hash`.

    Raises:
        InputProblem: If something asked for cannot be.
    """
    from sim.archive import check_writable

    limits.check_size(migrants, days, seed)
    limits.check_threads(threads)
    limits.check_engine(engine)
    check_writable(Path(save))
    loaded = scenario_of(scenario)
    model = begin(
        loaded, resume, migrants=migrants, days=days, seed=seed, engine=engine, threads=threads
    )
    first, last = model.day, model.plan.days - 1
    if not first <= stop_after <= last:
        remedy = f"give {first} to {last}" if first <= last else "leave --stop-after and --save out"
        raise refusal("stop_after", stop_after, "is not a day that this run has left", remedy)
    if progress is not None:
        progress(first + model.plan.burn_in, stop_after + 1 + model.plan.burn_in)
    live(model, stop_after + 1, progress)
    model.save(save)
    return {
        "scenario": model.plan.name,
        "migrants": model.plan.migrants,
        "days": model.plan.days,
        "stopped_after": stop_after,
        "saved": str(save),
        "state_hash": model.state_hash(),
    }


def begin(scenario: PlannedScenario, resume: Path | str | None, **settings: Any) -> TrustModel:
    """A run that has lived no day yet, or a saved one.

    Args:
        scenario: The scenario.
        resume: File in which the run was saved; None: begin.
        **settings: What `TrustModel` takes.

    Raises:
        InputProblem: If the file is not one of this run.
    """
    from sim.model import TrustModel

    if resume is None:
        return TrustModel(scenario, **settings)
    # Results of this package belong to the first replicate; `compare` makes the others.
    return TrustModel.resume(resume, scenario, replicate=0, **settings)


def live(model: TrustModel, until: int, progress: Progress | None) -> None:
    """Live the days that are left before a day.

    Args:
        model: The run.
        until: First day that is not lived.
        progress: Called after each day with the days lived, burn-in included, and in all.
    """
    burn_in = model.plan.burn_in
    while model.day < until:
        model.step()
        if progress is not None:
            progress(model.day + burn_in, until + burn_in)
