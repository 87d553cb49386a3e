"""Where the runs come from: a sweep's directory, or a design that is run first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.limits import refusal
from sim.said import Said

if TYPE_CHECKING:
    import pandas as pd

    from experiments.sweep import Estimate, Progress, Store
    from scenarios.designing import Design

__all__ = ["Runs", "open_runs"]


@dataclass(frozen=True)
class Runs:
    """A table of runs and the design that it comes from.

    Attributes:
        design: What was varied and asked.
        frame: One row per run: `run`, `point`, `levers`, `replicate`, a column per uncertainty,
            lever and outcome, `wall_s`, `error` (empty where the run ended well).
        folder: Directory of the sweep, where results of its analysis go; None: nowhere.
    """

    design: Design
    frame: pd.DataFrame
    folder: Path | None = None


def open_runs(
    of: Path | str | Runs,
    *,
    out: Path | str | None = None,
    before: Callable[[Estimate], None] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Runs:
    """Read the runs of a sweep, or make them.

    Args:
        of: A sweep's directory; a design (library name or file), which is swept first; or runs.
        out: For a design: directory of the sweep.
        before: For a design: told what is about to be done.
        progress: For a design: told how far the sweep is.

    Raises:
        InputProblem: If it is neither, or holds no runs.
    """
    from experiments.sweep import Store, sweep

    if isinstance(of, Runs):
        runs = of
    elif Path(of).is_dir():
        runs = _stored(Store(of))
    else:
        runs = _stored(sweep(of, out=out, before=before, progress=progress).store)
    if not len(runs.frame):
        where = str(runs.folder or runs.design.name)
        raise refusal(Said("sweep"), where, Said("holds no runs yet"), Said("run the sweep first"))
    return runs


def _stored(store: Store) -> Runs:
    return Runs(store.design, store.frame(), store.folder)
