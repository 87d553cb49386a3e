"""The tables of a sweep: a row per run, and a row per run and day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from experiments.sweep.family import Lived
    from experiments.sweep.job import Job

__all__ = ["daily_table", "run_table"]


def run_table(job: Job, batch: int, lived: dict[tuple[int, int], Lived]) -> pd.DataFrame:
    """A row per run: its number and key, what was varied, what came of it.

    Args:
        job: The design, ready to run.
        batch: Number of the batch.
        lived: What came of each run, by family and combination of levers.
    """
    rows = sorted((job.number(*run), *run) for run in lived)
    numbers, families, levers = (list(column) for column in zip(*rows, strict=True))
    found = [lived[family, lever] for _, family, lever in rows]
    places = [job.place(family) for family in families]
    points = job.points[[point for point, _ in places]]
    columns: dict[str, object] = {
        "run": np.array(numbers, np.int64),
        "key": [job.key(family, lever) for _, family, lever in rows],
        "batch": np.full(len(rows), batch, np.int32),
        "point": np.array([point for point, _ in places], np.int64),
        "levers": np.array(levers, np.int32),
        "replicate": np.array([replicate for _, replicate in places], np.int32),
        **{name: points[:, k] for k, name in enumerate(job.uncertain)},
    }
    for k, lever in enumerate(job.design.levers):
        columns[lever.name] = _column([job.levers[row][k] for row in levers])
    for outcome in job.design.outcomes:
        values = [each.values.get(outcome.name, np.nan) for each in found]
        columns[outcome.name] = np.array(values, np.float64)
    columns["wall_s"] = np.array([each.wall_s for each in found], np.float64)
    columns["error"] = pd.array([each.error for each in found], dtype="str")
    return pd.DataFrame(columns)


def daily_table(job: Job, lived: dict[tuple[int, int], Lived]) -> pd.DataFrame | None:
    """A row per run and day, with a column per outcome that keeps days; None where none does."""
    names = [outcome.name for outcome in job.design.outcomes if outcome.daily]
    if not names:
        return None
    rows = sorted((job.number(*run), run) for run, each in lived.items() if not each.error)
    days = job.base.days
    columns: dict[str, object] = {
        "run": np.repeat(np.array([number for number, _ in rows], np.int64), days),
        "day": np.tile(np.arange(days, dtype=np.int32), len(rows)),
    }
    for name in names:
        parts = [lived[run].daily[name] for _, run in rows]
        columns[name] = np.concatenate(parts) if parts else np.zeros(0)
    return pd.DataFrame(columns)


def _column(values: list[object]) -> object:
    """Numbers where all values are numbers, words otherwise."""
    if all(isinstance(value, int | float) and not isinstance(value, bool) for value in values):
        return np.array(values, np.float64)
    return pd.array(["" if value is None else str(value) for value in values], dtype="str")
