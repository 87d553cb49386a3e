"""Sensitivity analysis of a sweep: choose the method that suits its sample, and apply it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.analysis.factors import Factor, factors_of
from experiments.analysis.gaps import block_size, gaps_of
from experiments.analysis.samples import Sample, outcomes_asked, samples_of
from experiments.analysis.sensitivity.result import Sensitivity
from experiments.analysis.source import Runs, open_runs
from experiments.limits import refusal
from sim.said import Said

if TYPE_CHECKING:
    import pandas as pd

    from experiments.analysis.sensitivity.finding import Finding
    from experiments.sweep import Estimate, Progress
    from scenarios.designing import Design

__all__ = ["METHODS", "analyse", "sensitivity"]

METHODS = ("sobol", "morris", "screening")
_RESAMPLES = {"sobol": 1000, "morris": 1000, "screening": 100}


def sensitivity(
    of: Path | str | Runs,
    *,
    method: str | None = None,
    outcomes: Sequence[str] | None = None,
    out: Path | str | None = None,
    before: Callable[[Estimate], None] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Sensitivity:
    """Say which parameters the outcomes of a sweep depend on.

    Args:
        of: A sweep's directory; a design (library name or file), which is swept first; or runs.
        method: One of METHODS; None: the one that suits the sample.
        outcomes: Names of outcomes; None: all.
        out: For a design: directory of the sweep.
        before: For a design: told what the sweep is about to do.
        progress: For a design: told how far the sweep is.

    Returns:
        The indices; `Sensitivity.write()` puts tables and figures into the sweep's directory.

    Raises:
        InputProblem: If there are no such runs or outcomes, or the method does not suit the sample.
    """
    if not isinstance(of, Runs):
        _known(method)
    runs = open_runs(of, out=out, before=before, progress=progress)
    return analyse(runs.design, runs.frame, method=method, outcomes=outcomes, folder=runs.folder)


def analyse(
    design: Design,
    frame: pd.DataFrame,
    *,
    method: str | None = None,
    outcomes: Sequence[str] | None = None,
    folder: Path | None = None,
) -> Sensitivity:
    """The same for a design and a table of its runs (see experiments.analysis.Runs)."""
    from scenarios.designing import points_of

    _known(method)
    if not design.uncertainties:
        message = Said(
            "the design '{design}' has no uncertainties, so nothing to be sensitive to",
            design=design.name,
        )
        raise refusal(Said("uncertainties"), "", message, Said("give some, or compare its levers"))
    names = outcomes_asked(design, outcomes)
    chosen = _suited(design, method)
    factors = factors_of(design)
    samples = samples_of(design, frame, names, points_of(design))
    found = [(sample, _apply(chosen, sample, factors, design)) for sample in samples]
    return Sensitivity(design, chosen, factors, found, gaps_of(design, frame), folder)


def _known(method: str | None) -> None:
    if method is not None and method not in METHODS:
        hint = Said("give one of {names}", names=", ".join(METHODS))
        raise refusal(Said("method"), method, Said("is not a method"), hint)


def _suited(design: Design, method: str | None) -> str:
    sampler = design.sampler.method
    own = sampler if sampler in METHODS else "screening"
    if method in (None, own, "screening"):
        return method or own
    message = Said(
        "needs the sampler '{method}', and this sweep used '{sampler}'",
        method=method, sampler=sampler,
    )  # fmt: skip
    line = f"sampler: {{method: {method}}}"
    hint = Said("give screening, or put '{line}' into the design", line=line)
    raise refusal(Said("method"), method, message, hint)


def _apply(method: str, sample: Sample, factors: Sequence[Factor], design: Design) -> Finding:
    seed = 1 + design.seed % (2**31 - 2)  # SALib takes 0 for no seed
    resamples = _RESAMPLES[method]
    if method == "sobol":
        from experiments.analysis.sensitivity.sobol import sobol

        pairs = design.sampler.second_order
        return sobol(sample, factors, second_order=pairs, seed=seed, resamples=resamples)
    if method == "morris":
        from experiments.analysis.sensitivity.morris import morris

        levels = design.sampler.levels
        return morris(sample, factors, levels=levels, seed=seed, resamples=resamples)
    from experiments.analysis.sensitivity.screening import screening

    block = block_size(design)
    return screening(sample, factors, block=block, seed=seed, resamples=resamples)
