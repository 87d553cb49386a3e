"""Where the runs come from: a sweep's directory, or a design that is run first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.limits import refusal

if TYPE_CHECKING:
    import pandas as pd

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
    progress: Callable[..., None] | None = None,
) -> Runs:
    """Read the runs of a sweep, or make them.

    Args:
        of: A sweep's directory; a design (library name or file), which is swept first; or runs.
        out: For a design: directory of the sweep.
        progress: For a design: called as the sweep goes on.

    Raises:
        InputProblem: If it is neither, or holds no runs.
    """
    if isinstance(of, Runs):
        runs = of
    elif Path(of).is_dir():
        runs = _stored(import_module("experiments.sweep.store").Store(Path(of)), Path(of))
    else:
        # THE ONE PLACE where an analysis starts a sweep.
        swept = import_module("experiments.sweep").sweep(of, out=out, progress=progress)
        runs = _stored(swept.store, Path(swept.store.folder))
    if not len(runs.frame):
        where = str(runs.folder or runs.design.name)
        raise refusal("sweep", where, "holds no runs yet", "run the sweep first")
    return runs


def _stored(store: Any, folder: Path) -> Runs:
    return Runs(store.design, store.frame(), folder)
