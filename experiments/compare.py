"""Compare scenarios: the same people's lives with and without something, many times over."""

from __future__ import annotations

import dataclasses
import functools
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from experiments import limits
from experiments.comparing import checking
from experiments.comparing.decomposing import play
from experiments.comparing.lives import Lives
from experiments.comparing.method import STUDENT, Method
from experiments.comparing.telling import Telling
from experiments.comparison import Comparison, Settings
from experiments.inputs import ScenarioLike, scenario_of
from experiments.living import live
from experiments.memory import MEMORY, Memory
from experiments.outcome import Layout, Outcome
from experiments.pairing import Counter, available_cores, replicate
from experiments.posterior import EVIDENCE, Posterior
from experiments.writing import check_place
from sim.said import Said

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
    half_width: float | None = None,
    interval: str = STUDENT,
    decompose: bool = False,
    permutations: int | None = None,
    posterior: Path | str | None = EVIDENCE,
    out: Path | str | None = None,
    progress: Callable[[int, int | None], None] | None = None,
    say: Callable[[str], None] | None = None,
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
            this to either side, for every scenario; from 5 (bootstrap: 8) to 1,000 replicates.
        half_width: Half-width for which each row says how many replicates it needs: a share for
            the two rates, for counts a part of the baseline; by default `until_half_width`, or
            else a tenth of the row's own difference. It changes no run.
        interval: `t` for Student t intervals over replicates, or `bootstrap` for bootstrap-t.
        decompose: Whether to say, too, what each channel adds to the differences: live every
            combination of channels switched off, 2^channels times the runs.
        permutations: Instead of every combination, so many random orders of switching channels on
            in each replicate (an even number), which is an estimate.
        posterior: Where plausible parameters come from, so that intervals hold what is not known
            of them as well as chance: replicate r of every scenario takes draw r in the place of
            parameters that the scenario leaves at their defaults. `evidence`: the posterior that
            ships with Waytrust; the directory of a calibration; `none`: defaults, and chance alone.
        out: Directory to write tables and pictures into.
        progress: Called with simulated days done and in all (None where unknown), first with 0.
            Days that several scenarios share, or that are remembered, count for each.
        say: Called with sentences about what is to come, such as the time a decomposition takes.
        memory: What need not be lived again, and where to keep what is; None: that of this
            process, up to 256 MiB. It changes how long a comparison takes and nothing else.

    Raises:
        InputProblem: If something asked for cannot be.
    """
    _check(others, replicates, migrants, days, seed, threads, until_half_width)
    checking.check_interval(interval, replicates, adding=until_half_width is not None)
    checking.check_wanted(half_width, until_half_width)
    checking.check_decomposition(permutations, decompose=decompose)
    check_place(out, "compare")

    from sim.compiling import mark_compiled

    loaded = [scenario_of(each) for each in (base, *others)]
    given = [each.plan() for each in loaded]
    checking.check_pairs(given, migrants, free_days=days is None)
    settings = Settings(migrants, days or given[0].days, given[0].seed if seed is None else seed)
    # Surveys change nothing and are not compared, so nobody is asked.
    changes: dict[str, Any] = {**settings.given(), "survey_days": ()}
    plans = tuple(dataclasses.replace(plan, **changes) for plan in given)
    fitted = Posterior.named(posterior)
    threads, started = threads or available_cores(), time.perf_counter()
    layout, method = Layout.of(plans[0].network), Method(interval, settings.seed)
    known = None if until_half_width else replicates
    telling = Telling(plans, known, threads, progress, say)
    game = telling.game(permutations) if decompose else None
    simulate = functools.partial(
        _simulate, Lives(plans, fitted), layout, MEMORY if memory is None else memory
    )
    enough = functools.partial(_enough, until_half_width, method) if until_half_width else None
    runs = _run_all(telling.timed(simulate), telling.counter(), threads, known, enough)
    parts = None
    if game is not None:
        counter = telling.next_counter(game, runs)
        parts = play(game, runs, layout, threads=threads, counter=counter, posterior=fitted)
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
            "interval": interval, "half_width": half_width, "decompose": decompose,
            "permutations": permutations, "posterior": fitted.hash if fitted else None,
            "wall_s": round(time.perf_counter() - started, 3),
        },
        method=method,
        half_width=half_width or until_half_width,
        parts=parts,
        posterior=fitted,
    )  # fmt: skip
    if out is not None:
        comparison.write(out)
    return comparison


_Run = tuple[Outcome, ...]
"""One replicate: an outcome per scenario."""


def _simulate(
    lives: Lives, layout: Layout, memory: Memory, counter: Counter, number: int
) -> _Run:
    return live(lives.of(number), number, layout, memory, counter.tick)


def _run_all(
    simulate: Callable[[Counter, int], _Run],
    counter: Counter,
    threads: int,
    replicates: int | None,
    enough: Callable[[list[tuple[_Run, ...]]], bool] | None,
) -> list[_Run]:
    counter.begin()
    found = replicate(
        # One task lives all scenarios of a replicate, since they share days.
        lambda _, number: simulate(counter, number),
        1,
        _MOST_WHEN_ADDING if replicates is None else replicates,
        threads=threads,
        counter=counter,
        enough=enough,
    )
    return [run for (run,) in found]


def _enough(half_width: float, method: Method, found: list[tuple[_Run, ...]]) -> bool:
    if len(found) < max(_FEWEST_WHEN_ADDING, method.fewest):
        return False
    rates = np.array(
        [[outcome.value("help_seeking_rate") for outcome in run] for (run,) in found]
    )
    differences = rates[:, 1:] - rates[:, :1]
    # Where nobody is ever in need more replicates tell nothing; where a bootstrap cannot tell yet,
    # because too few of them differ, they do.
    nothing = np.isnan(differences).all(axis=0)
    return bool(((method.mean(differences).half_width <= half_width) | nothing).all())


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
        advice = Said("name a scenario to compare with the first")
        raise limits.refusal("other", "", Said("is missing"), advice)
    limits.check_size(migrants, days, seed)
    limits.check_replicates(replicates)
    limits.check_threads(threads)
    limits.check_half_width(until_half_width)


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    found: list[str] = []
    for name in names:
        copies = sum(each == name or each.startswith(f"{name}_again") for each in found)
        found.append(name if copies == 0 else f"{name}_again{copies if copies > 1 else ''}")
    return tuple(found)
