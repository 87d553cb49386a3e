"""Compare scenarios: the same people's lives with and without something, many times over."""

from __future__ import annotations

import dataclasses
import functools
import math
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from experiments import limits
from experiments.comparison import Comparison, Settings
from experiments.inputs import ScenarioLike, resolved_text, scenario_of
from experiments.intervals import paired_difference
from experiments.outcome import Layout, Outcome
from experiments.pairing import Counter, available_cores, replicate
from experiments.writing import check_place

if TYPE_CHECKING:
    from sim.plan import Plan

__all__ = ["compare"]

_FEWEST_WHEN_ADDING = 5
_MOST_WHEN_ADDING = 1_000


def compare(
    base: ScenarioLike,
    *others: ScenarioLike,
    replicates: int = 10,
    migrants: int | None = None,
    days: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    until_half_width: float | None = None,
    out: Path | str | None = None,
    progress: Callable[[int, int | None], None] | None = None,
) -> Comparison:
    """Run scenarios side by side and say what differs from the baseline.

    Replicate r of every scenario has the same people and the same luck; runs differ only where the
    scenarios do. Results do not depend on the number of threads.

    Args:
        base: The baseline: a library name, a file, or a loaded scenario.
        *others: What to compare with it, at least one.
        replicates: Number of paired replicates.
        migrants: Simulated migrants, instead of what the baseline says.
        days: Length of every run, instead of what the baseline says.
        seed: Seed of every run, instead of what the baseline says.
        threads: Runs side by side; by default one per processor core.
        until_half_width: Instead of a fixed number, add replicates until the 95 % interval of the
            difference in help-seeking rate (asked / in_need, over everything) is no wider than
            this to either side, for every scenario; from 5 to 1,000 replicates.
        out: Directory to write tables and pictures into.
        progress: Called with simulated days done and in all (None where unknown), first with 0.

    Raises:
        InputProblem: If something asked for cannot be.
    """
    _check(others, replicates, migrants, days, seed, threads, until_half_width)
    check_place(out, "compare")

    from sim.compiling import mark_compiled

    loaded = [scenario_of(each) for each in (base, *others)]
    plans = tuple(each.plan() for each in loaded)
    settings = Settings(migrants, days or plans[0].days, plans[0].seed if seed is None else seed)
    _check_pairs(plans, settings, free_days=days is None)
    threads = threads or available_cores()
    started = time.perf_counter()
    layout, runs = _run_all(plans, settings, threads, replicates, until_half_width, progress)
    mark_compiled()
    comparison = Comparison(
        names=_distinct([plan.name for plan in plans]),
        plans=plans,
        texts=tuple(resolved_text(each, **dataclasses.asdict(settings)) for each in loaded),
        layout=layout,
        runs=tuple(runs),
        settings=settings,
        facts={
            "engine": "compiled", "threads": threads, "until_half_width": until_half_width,
            "wall_s": round(time.perf_counter() - started, 3),
        },
    )  # fmt: skip
    if out is not None:
        comparison.write(out)
    return comparison


def _run_all(
    plans: Sequence[Plan],
    settings: Settings,
    threads: int,
    replicates: int,
    until_half_width: float | None,
    progress: Callable[[int, int | None], None] | None,
) -> tuple[Layout, list[tuple[Outcome, ...]]]:
    days = sum(plan.burn_in + settings.days for plan in plans)
    counter = Counter(progress, None if until_half_width else days * replicates)
    counter.begin()
    layouts: list[Layout] = []

    def one(index: int, number: int) -> Outcome:
        layout, outcome = _simulate(plans[index], number, settings, counter.tick)
        if not layouts:
            layouts.append(layout)
        return outcome

    runs = replicate(
        one,
        len(plans),
        _MOST_WHEN_ADDING if until_half_width else replicates,
        threads=threads,
        counter=counter,
        enough=functools.partial(_enough, until_half_width) if until_half_width else None,
    )
    return layouts[0], runs


def _simulate(
    plan: Plan, number: int, settings: Settings, tick: Callable[[], None]
) -> tuple[Layout, Outcome]:
    """Make one run and reduce it; the only place where a comparison builds a model."""
    from sim.model import TrustModel

    model = TrustModel(
        plan,
        migrants=settings.migrants,
        days=settings.days,
        seed=settings.seed,
        replicate=number,
        threads=1,
    )
    while model.running:
        model.step()
        tick()
    layout = Layout.of(plan.network, model.record)
    return layout, Outcome.of(model.record, layout)


def _enough(half_width: float, runs: list[tuple[Outcome, ...]]) -> bool:
    if len(runs) < _FEWEST_WHEN_ADDING:
        return False
    rates = np.array([[outcome.value("help_seeking_rate") for outcome in run] for run in runs])
    widths = [
        paired_difference(rates[:, 0], rates[:, k]).half_width for k in range(1, rates.shape[1])
    ]
    return all(width <= half_width or math.isnan(width) for width in widths)


def _check(
    others: Sequence[ScenarioLike],
    replicates: int,
    migrants: int | None,
    days: int | None,
    seed: int | None,
    threads: int | None,
    until_half_width: float | None,
) -> None:
    if not others:
        raise limits.refusal("other", "", "is missing", "name a scenario to compare with the first")
    limits.check_size(migrants, days, seed)
    limits.check_replicates(replicates)
    limits.check_threads(threads)
    limits.check_half_width(until_half_width)


def _check_pairs(plans: Sequence[Plan], settings: Settings, *, free_days: bool) -> None:
    base = plans[0]
    for plan in plans[1:]:
        if list(plan.network.nodes["id"]) != list(base.network.nodes["id"]):
            message = f"is on another network than '{base.name}', so places cannot be compared"
            raise limits.refusal("scenario", plan.name, message, "compare scenarios of one route")
        if free_days and plan.days != base.days:
            message = f"lasts {plan.days} days and '{base.name}' {base.days}"
            raise limits.refusal("scenario", plan.name, message, "give --days for both")
        scale, base_scale = (p.people / (settings.migrants or p.migrants) for p in (plan, base))
        if not math.isclose(scale, base_scale):
            message = (
                f"has one simulated migrant stand for {scale:g} people and '{base.name}' for "
                f"{base_scale:g}"
            )
            raise limits.refusal("scenario", plan.name, message, "give both the same scale")


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    found: list[str] = []
    for name in names:
        copies = sum(each == name or each.startswith(f"{name}_again") for each in found)
        found.append(name if copies == 0 else f"{name}_again{copies if copies > 1 else ''}")
    return tuple(found)
