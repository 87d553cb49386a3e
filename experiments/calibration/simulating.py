"""Simulates sets of parameters: by workers, each run once, averaged over replicates."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.calibration import working
from experiments.calibration.working import Live, Run
from experiments.limits import refusal

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from experiments.calibration.answers import Answers
    from experiments.calibration.task import Task

__all__ = ["Simulator"]


class Simulator:
    """Gives what the model makes of sets of parameters.

    Every set has the same replicates, and replicate r the same luck in each: sets then differ by
    their parameters and not by chance, so that fewer runs tell them apart. Their mean is what is
    compared with a target, because a figure of a survey is about many people and not about one
    draw of luck; that luck is not that of the world, which is why predictions are checked with
    other replicates, others for every set.

    Args:
        task: The design and its targets.
        answers: What was lived before.
        pool: Who lives the runs.
        folder: Directory of the calibration.
        live: How a run is lived; None: by the model.
        ran: Called after every run that was lived, with how many of those that are being lived
            are done and how many there are.

    Attributes:
        lived: Runs lived so far, not counting what was kept from before.
        run_s: Seconds that these took.
        failed: Why runs failed, by their key.
    """

    def __init__(
        self,
        task: Task,
        answers: Answers,
        pool: Any,
        folder: Path,
        live: Live | None,
        ran: Callable[[int, int], None] = lambda _done, _all: None,
    ) -> None:
        self._task, self._answers, self._pool = task, answers, pool
        self._folder, self._live, self._ran = str(folder.absolute()), live, ran
        self.lived, self.run_s = 0, 0.0
        self.failed: dict[str, str] = {}

    def means(self, points: Sequence[Sequence[float]], replicates: Sequence[range]
              ) -> NDArray[np.float64]:
        """What the model gives for each target, averaged over replicates.

        Args:
            points: Sets of parameters, each place from 0 to 1 in its range.
            replicates: Which replicates of each set.

        Returns:
            Shape [sets, targets]; NaN for a set one of whose runs failed or had nobody to count.
        """
        values = self._task.values_at(np.array(points, float).reshape(len(points), -1))
        runs = [
            [Run(tuple(map(float, row)), replicate) for replicate in each]
            for row, each in zip(values, replicates, strict=True)
        ]
        self._live_missing(tuple(run for each in runs for run in each))
        found = [np.mean([self._given(run) for run in each], axis=0) for each in runs]
        return np.array(found).reshape(len(runs), len(self._task.targets))

    def _given(self, run: Run) -> list[float]:
        key = self._task.key(*run)
        answer = self._answers.get(key)
        assert answer is not None
        if answer.error:
            self.failed[key] = answer.error
        return [answer.values.get(target.id, math.nan) for target in self._task.targets]

    def _live_missing(self, runs: tuple[Run, ...]) -> None:
        keys = {self._task.key(*run): run for run in runs}
        missing = {key: run for key, run in keys.items() if self._answers.get(key) is None}
        if not missing:
            return
        names, wanted = list(missing), tuple(missing.values())
        work = functools.partial(working.work, self._folder, self._live, wanted)
        try:
            self._live_all(work, names, len(wanted))
        finally:
            self._answers.sync()

    def _live_all(self, work: Callable[[int], Any], names: list[str], wanted: int) -> None:
        sent = self._pool.results(work, list(range(wanted)), working.killed)
        for done, (number, answer) in enumerate(sent, 1):
            try:
                # That workers died says something of machines, not of the model.
                self._answers.add(names[number], answer, keep=answer.error != working.KILLED)
            except OSError as error:
                why = (error.strerror or str(error)).lower()
                message = f"cannot be written any more ({why}); all runs that are done are kept"
                advice = "make room, then give the same command again"
                raise refusal("out", self._folder, message, advice) from None
            self.lived += 1
            self.run_s += answer.wall_s
            self._ran(done, wanted)
