"""Writes what a calibration found into its directory."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.calibration import figures
from experiments.calibration.making import put, unfinish
from experiments.posterior import FILE
from experiments.writing import write_json, write_parquet

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from experiments.calibration.calibration import Calibration

__all__ = ["write"]


def write(found: Calibration, targets: Path | str | None = None) -> None:
    """Write tables, figures and, last, the posterior.

    Args:
        found: The calibration.
        targets: The file that its targets are from; None: the library's.

    Raises:
        InputProblem: If the directory cannot be written.
    """
    folder = found.folder
    unfinish(folder)
    put(folder, "populations.parquet", lambda path: write_parquet(path, found.populations()))
    put(folder, "targets.csv", lambda path: found.targets.to_csv(path, index=False))
    put(folder, "parameters.csv", lambda path: found.parameters.to_csv(path, index=False))
    table = found.emulators
    if table is not None:
        put(folder, "emulators.csv", lambda path: table.to_csv(path, index=False))
    put(folder, "summary.json", lambda path: write_json(path, found.to_dict()))
    _draw(found, folder)
    if found.settings.folds:
        _write_folds(found, targets)
    put(folder, FILE, lambda path: write_parquet(path, found.to_frame()))


def _write_folds(found: Calibration, targets: Path | str | None) -> None:
    """Write a posterior for each fold: what the targets say that it does not keep aside."""
    from experiments.calibration.tables import posterior_table
    from experiments.validation import FOLDS, folds_of, targets_of

    assert found.learned is not None
    aside = folds_of(targets_of(targets, (), migrants=None, seed=None))
    for name in FOLDS:
        seen = [k for k, each in enumerate(found.task.targets) if aside.get(each.id) != name]
        points = found.learned.posterior(seen)[: len(found.draws)]
        table = posterior_table(found.task, points)
        place = found.folder / f"fold_{name}"
        place.mkdir(exist_ok=True)
        ids = {"fitted": [found.task.targets[k].id for k in seen], "defaults": found.task.defaults}
        put(place, "summary.json", functools.partial(write_json, value=ids))
        put(place, FILE, functools.partial(write_parquet, frame=table))


def _draw(found: Calibration, folder: Path) -> None:
    drawn: dict[str, tuple[Figure, str]] = {
        "check": (figures.check_figure(found.targets), "Targets and what the model predicts"),
        "parameters": (
            figures.parameters_figure(found.last, found.parameters),
            "Parameters before and after fitting",
        ),
        "pairs": (figures.pairs_figure(found.task, found.last), "Correlation of parameters"),
    }
    for name, (figure, words) in drawn.items():
        for path in figures.save(figure, folder, f".{name}", words):
            path.replace(folder / path.name.removeprefix("."))
