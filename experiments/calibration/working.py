"""What a worker does: live one run and say what it gave.

A worker is told a directory and reads the design and the targets from it, as in a sweep.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from experiments.calibration.answers import Answer
from experiments.calibration.task import Task
from experiments.writing import MANIFEST
from sim.said import Said

__all__ = ["KILLED", "Live", "Numbered", "Run", "killed", "task_in", "work"]

KILLED = Said("every worker that tried this run was killed")

Live: TypeAlias = Callable[[dict[str, float], int], dict[str, float]]
"""Lives a run of some parameters and a replicate; gives the value of every target."""


class Run(NamedTuple):
    """A run that is wanted.

    Attributes:
        values: Values of the parameters that are fitted, in the order of the design.
        replicate: Its luck.
    """

    values: tuple[float, ...]
    replicate: int


class Numbered(NamedTuple):
    """What came of a run, with its number among those that were sent."""

    number: int
    answer: Answer


def work(folder: str, live: Live | None, runs: tuple[Run, ...], number: int) -> Numbered:
    """Live one of some runs; what fails is told and never ends the others.

    Args:
        folder: Directory of the calibration.
        live: How a run is lived; None: by the model.
        runs: The runs.
        number: Which of them.
    """
    task, run = task_in(folder), runs[number]
    started = time.perf_counter()
    try:
        if live is None:
            values = task.live(run.values, run.replicate)
        else:
            values = live(dict(task.fitted(run.values)), run.replicate)
    except Exception as error:
        told = f"{type(error).__name__}: {' '.join(str(error).split())}"[:1000]
        return Numbered(number, Answer({}, time.perf_counter() - started, told))
    return Numbered(number, Answer(values, time.perf_counter() - started))


def killed(number: int, _: object) -> Numbered:
    """A run that no worker survived."""
    return Numbered(number, Answer({}, 0.0, KILLED))


def task_in(folder: str) -> Task:
    """The design and the targets that lie in the directory of a calibration, as it is now."""
    # A worker may outlive one, and meet another in its place.
    now = (Path(folder) / MANIFEST).stat()
    return _task_in(folder, (now.st_ino, now.st_mtime_ns, now.st_size))


@functools.lru_cache(maxsize=4)
def _task_in(folder: str, stamp: object) -> Task:  # noqa: ARG001
    from experiments.calibration.making import same
    from experiments.targets import read_targets
    from experiments.writing import read_manifest
    from scenarios.designing import load_design

    place = Path(folder)
    design = load_design(place / "design.yaml")
    manifest: dict[str, Any] = read_manifest(place) or {}
    written = {each.id: each for each in read_targets(place / "targets.yaml", design.scenario)}
    # The file may hold more: what a quotient is divided by, and that nobody fits.
    task = Task(design, tuple(written[name] for name in manifest["targets"]))
    same(place, task)  # a worker that came later may have other code, or other data
    return task
