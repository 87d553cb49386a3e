"""Compare scenarios: the same people's lives with and without something, many times over."""

from __future__ import annotations

import dataclasses
import functools
import math
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments import limits
from experiments.comparison import Comparison, Settings
from experiments.inputs import ScenarioLike, scenario_of
from experiments.intervals import paired_difference
from experiments.living import live
from experiments.memory import MEMORY, Life, Memory, lives_of
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
    memory: Memory | None = None,
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
            Days that several scenarios share, or that are remembered, count for each.
        memory: What need not be lived again, and where to keep what is; None: that of this
            process, up to 256 MiB. It changes how long a comparison takes and nothing else.

    Raises:
        InputProblem: If something asked for cannot be.
    """
    _check(others, replicates, migrants, days, seed, threads, until_half_width)
    check_place(out, "compare")

    from sim.compiling import mark_compiled

    loaded = [scenario_of(each) for each in (base, *others)]
    given = [each.plan() for each in loaded]
    _check_pairs(given, migrants, free_days=days is None)
    settings = Settings(migrants, days or given[0].days, given[0].seed if seed is None else seed)
    # Surveys change nothing and are not compared, so nobody is asked.
    changes: dict[str, Any] = {**settings.given(), "survey_days": ()}
    plans = tuple(dataclasses.replace(plan, **changes) for plan in given)
    threads = threads or available_cores()
    started = time.perf_counter()
    layout = Layout.of(plans[0].network)
    simulate = functools.partial(
        _simulate, lives_of(plans), layout, MEMORY if memory is None else memory
    )
    a_replicate = sum(plan.burn_in + plan.days for plan in plans)
    runs = _run_all(simulate, a_replicate, threads, replicates, until_half_width, progress)
    mark_compiled()
    comparison = Comparison(
        names=_distinct([plan.name for plan in plans]),
        plans=plans,
        loaded=tuple(loaded),
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


_Run = tuple[Outcome, ...]
"""One replicate: an outcome per scenario."""


def _simulate(
    lives: tuple[Life, ...], layout: Layout, memory: Memory, counter: Counter, number: int
) -> _Run:
    return live(lives, number, layout, memory, counter.tick)


def _run_all(
    simulate: Callable[[Counter, int], _Run],
    days: int,
    threads: int,
    replicates: int,
    until_half_width: float | None,
    progress: Callable[[int, int | None], None] | None,
) -> list[_Run]:
    counter = Counter(progress, None if until_half_width else replicates * days)
    counter.begin()
    found = replicate(
        # One task lives all scenarios of a replicate, since they share days.
        lambda _, number: simulate(counter, number),
        1,
        _MOST_WHEN_ADDING if until_half_width else replicates,
        threads=threads,
        counter=counter,
        enough=functools.partial(_enough, until_half_width) if until_half_width else None,
    )
    return [run for (run,) in found]


def _enough(half_width: float, found: list[tuple[_Run]]) -> bool:
    if len(found) < _FEWEST_WHEN_ADDING:
        return False
    rates = np.array(
        [[outcome.value("help_seeking_rate") for outcome in run] for (run,) in found]
    )
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


def _check_pairs(plans: Sequence[Plan], migrants: int | None, *, free_days: bool) -> None:
    base = plans[0]
    for plan in plans[1:]:
        if list(plan.network.nodes["id"]) != list(base.network.nodes["id"]):
            message = f"is on another network than '{base.name}', so places cannot be compared"
            raise limits.refusal("scenario", plan.name, message, "compare scenarios of one route")
        if free_days and plan.days != base.days:
            message = f"lasts {plan.days} days and '{base.name}' {base.days}"
            raise limits.refusal("scenario", plan.name, message, "give --days for both")
        scale, base_scale = (p.people / (migrants or p.migrants) for p in (plan, base))
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
