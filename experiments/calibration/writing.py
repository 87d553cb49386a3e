"""Writes what a calibration found into its directory."""

from __future__ import annotations

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


def write(found: Calibration) -> None:
    """Write tables, figures and, last, the posterior.

    Raises:
        InputProblem: If the directory cannot be written.
    """
    folder = found.folder
    unfinish(folder)
    put(folder, "populations.parquet", lambda path: write_parquet(path, found.populations()))
    put(folder, "targets.csv", lambda path: found.targets.to_csv(path, index=False))
    put(folder, "parameters.csv", lambda path: found.parameters.to_csv(path, index=False))
    put(folder, "summary.json", lambda path: write_json(path, found.to_dict()))
    _draw(found, folder)
    put(folder, FILE, lambda path: write_parquet(path, found.to_frame()))


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
