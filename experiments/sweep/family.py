"""Living a family of runs: those of one point and replicate, which differ in their levers alone."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from experiments.living import live_together
from experiments.memory import Life

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from experiments.sweep.job import Job
    from sim.model import TrustModel
    from sim.plan import Plan

__all__ = ["Lived", "live_family"]


class Lived(NamedTuple):
    """What came of one run.

    Attributes:
        values: The value of every outcome; empty if it failed.
        daily: The values of every day, of outcomes that keep them; each of shape [days].
        wall_s: Seconds it took. Days that several runs share count in equal parts.
        error: Why it failed; empty if it did not.
    """

    values: dict[str, float]
    daily: dict[str, NDArray[np.float64]]
    wall_s: float
    error: str = ""


def live_family(job: Job, family: int, levers: Sequence[int] | None = None) -> dict[int, Lived]:
    """Live some runs of a family; what fails is told and never ends the others.

    Args:
        job: The design, ready to run.
        family: Which family.
        levers: Which combinations of levers; None: all.

    Returns:
        What came of each, by combination of levers.
    """
    wanted = list(range(len(job.levers)) if levers is None else levers)
    started = time.perf_counter()
    try:
        found = _live(job, family, wanted)
    except Exception as error:
        took = time.perf_counter() - started
        if len(wanted) == 1:
            return {wanted[0]: Lived({}, {}, took, _told(error))}
        # One of them failed: each by itself shows which.
        return {lever: live_family(job, family, [lever])[lever] for lever in wanted}
    took = (time.perf_counter() - started) / len(wanted)
    return {lever: Lived(*found[lever], took) for lever in wanted}


_Answer = tuple[dict[str, float], "dict[str, NDArray[np.float64]]"]


def _live(job: Job, family: int, levers: list[int]) -> dict[int, _Answer]:
    # Only runs that count the same people apart, and ask them the same, can share days.
    alike: dict[object, dict[int, Life]] = {}
    for lever in levers:
        watched = job.asked[lever].cells, job.asked[lever].polls
        life = Life(job.plan(family, lever), job.before(family, watched), job.key(family, lever))
        alike.setdefault(watched, {})[lever] = life
    found: dict[int, _Answer] = {}
    for lives in alike.values():
        found |= _live_alike(job, job.place(family)[1], lives)
    return found


def _live_alike(job: Job, replicate: int, lives: dict[int, Life]) -> dict[int, _Answer]:
    from sim.model import TrustModel

    asked = job.asked[next(iter(lives))]

    def begin(plan: Plan) -> TrustModel:
        run = TrustModel(plan, replicate=replicate, cells=asked.cells, polls=asked.polls)
        run.record.summarising = False
        return run

    def reduce(run: TrustModel) -> _Answer:
        lever = next(k for k in lives if lives[k].plan.interventions == run.plan.interventions)
        return job.asked[lever].values(run), job.asked[lever].daily(run)

    reduced = live_together(list(lives.values()), replicate, begin, reduce)
    return {lever: reduced[life.whole] for lever, life in lives.items()}


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}"[:1000]
