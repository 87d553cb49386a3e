"""Runs the model and compares it with targets."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from experiments import limits
from experiments.pairing import Counter, available_cores, replicate
from experiments.posterior import EVIDENCE, Posterior
from experiments.validation.measuring import measured, predictive
from experiments.validation.panel import Panel, Values, samples
from experiments.validation.validation import Row, Validation
from experiments.writing import check_place

if TYPE_CHECKING:
    from experiments.targets import Target, Written
    from sim.plan import Plan

__all__ = [
    "KIND", "MOST_MIGRANTS", "USUAL_REPLICATES", "drawn_from", "live_all", "rows_of", "targets_of",
    "validate",
]  # fmt: skip

KIND = "validate"
USUAL_REPLICATES = 10
MOST_MIGRANTS = 5_000
"""Simulated migrants of a run for which neither the caller nor the target names a number."""

Parameters = Callable[["Plan", int], Mapping[str, float]]
"""Values to put in the place of a plan's own, for one replicate."""


def validate(
    targets: Path | str | None = None,
    *,
    ids: Sequence[str] = (),
    replicates: int = USUAL_REPLICATES,
    migrants: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    posterior: Path | str | None = EVIDENCE,
    out: Path | str | None = None,
    progress: Callable[[int, int | None], None] | None = None,
) -> Validation:
    """Run the model and compare it with what was observed.

    Replicate r of every scenario has the same people and the same luck, so that effects are
    differences between the same people's lives. A scenario is lived once a replicate, however many
    targets ask it, and days that scenarios share are lived once.

    Args:
        targets: A file of targets; None: those that ship with Waytrust.
        ids: Ids of those that are wanted (`T15` means all that begin with it); none: all.
        replicates: Paired replicates of every scenario, at least two.
        migrants: Simulated migrants of every run; None: as the target says, or else the scenario,
            but no more than 5,000.
        seed: Seed of every run; None: that of the scenario, or of its baseline.
        threads: Runs side by side; by default one per processor core. It changes no number.
        posterior: Where plausible parameters come from, so that intervals hold what is not known
            of them: replicate r takes draw r in the place of parameters that the scenarios leave
            at their defaults. `evidence`: the posterior that ships with Waytrust; the directory of
            a calibration; `none`: defaults.
        out: Directory to write tables and a picture into.
        progress: Called with simulated days done and in all.

    Raises:
        InputProblem: If a target is wrong or asks for what cannot be.
    """
    limits.check_size(migrants, None, seed)
    limits.check_replicates(replicates)
    limits.check_threads(threads)
    check_place(out, KIND)
    started = time.perf_counter()
    fitted = Posterior.named(posterior)
    posed = targets_of(targets, ids, migrants=migrants, seed=seed)
    if fitted is not None:
        posed = tuple(
            replace(each, fitted=each.fitted or each.id in fitted.fitted_to) for each in posed)
    panel = Panel(posed)
    found = live_all(
        panel,
        replicates,
        threads=threads,
        parameters=drawn_from(fitted) if fitted is not None else None,
        progress=progress,
    )
    validation = Validation(
        rows=rows_of(posed, panel, found),
        scenarios=tuple(dict.fromkeys(plan.name for plan in panel.plans)),
        plans=len(panel.plans),
        replicates=replicates,
        posterior=fitted,
        file=str(targets) if targets is not None else "",
        wall_s=round(time.perf_counter() - started, 3),
    )
    if out is not None:
        validation.write(out)
    return validation


def targets_of(
    file: Path | str | None, ids: Sequence[str], *, migrants: int | None, seed: int | None
) -> tuple[Target, ...]:
    """Targets of a file in the terms of their scenarios, as `validate` takes them."""
    from experiments.targets import LIBRARY, Sizes, chosen, pose, written_in

    written: Sequence[Written] = written_in(LIBRARY if file is None else file)
    if ids:
        written = chosen(ids, written)
    return pose(written, Sizes(migrants=migrants, most=MOST_MIGRANTS, seed=seed))


def live_all(
    panel: Panel,
    replicates: int,
    *,
    threads: int | None = None,
    parameters: Parameters | None = None,
    progress: Callable[[int, int | None], None] | None = None,
) -> list[Values]:
    """Live every group of a panel, so many times.

    Args:
        panel: The runs.
        replicates: How many of each.
        threads: Runs side by side; None: one per processor core.
        parameters: Values to put in the place of a plan's own; None: plans as they are.
        progress: Called with simulated days done and in all.

    Returns:
        What each replicate gave.
    """
    from sim.compiling import mark_compiled

    counter = Counter(progress, panel.days * replicates)
    counter.begin()

    def simulate(group: int, number: int) -> Values:
        drawn = None if parameters is None else functools.partial(_drawn, parameters, number)
        return panel.live(group, number, drawn, counter.tick)

    found = replicate(
        simulate, len(panel.groups), replicates, threads=threads or available_cores(),
        counter=counter,
    )  # fmt: skip
    mark_compiled()
    return [{key: value for part in parts for key, value in part.items()} for parts in found]


def rows_of(targets: Sequence[Target], panel: Panel, found: Sequence[Values]) -> tuple[Row, ...]:
    """What the model gives for each target."""
    rows = []
    for target in targets:
        number = measured(target, functools.partial(samples, found, panel))
        rows.append(Row(target, predictive(target, number), len(number.lives)))
    return tuple(rows)


def drawn_from(posterior: Posterior, switches: Mapping[str, float] | None = None) -> Parameters:
    """Values for `live_all`: draw r of a posterior in replicate r.

    Args:
        posterior: Where the draws come from.
        switches: Values of parameters that are the same in every replicate.
    """
    return lambda plan, number: {**posterior.draw_for(plan.parameters, number), **(switches or {})}


def _drawn(parameters: Parameters, number: int, plan: Plan) -> Mapping[str, float]:
    return parameters(plan, number)
