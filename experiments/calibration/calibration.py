"""A calibration that has come to its end."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from experiments.calibration.emulating import Learned
    from experiments.calibration.generation import Generation
    from experiments.calibration.settings import Settings
    from experiments.calibration.task import Task

__all__ = ["Calibration"]


@dataclass(frozen=True)
class Calibration:
    """A calibration that has come to its end.

    Attributes:
        task: The design and its targets.
        settings: How long it looked.
        generations: Every generation that was completed; the first is a sample of the prior.
        draws: Which sets of the last generation are the draws of the posterior, shape [draws].
        predicted: What draws of the posterior gave with new luck, shape [checks, targets].
        given_up: Sets of parameters tried in a generation that could not be completed.
        why_unusable: Why the first set of parameters failed that did; else empty.
        stopped: Why it ended: `epsilon`, `generations`, `budget`, `patience` or `waves`.
        folder: Where everything was written.
        learned: The emulators that it was fitted by, if it was.
    """

    task: Task
    settings: Settings
    generations: tuple[Generation, ...]
    draws: NDArray[np.int64]
    predicted: NDArray[np.float64]
    given_up: int
    why_unusable: str
    stopped: str
    folder: Path
    learned: Learned | None = None

    @property
    def last(self) -> Generation:
        """The last generation."""
        return self.generations[-1]

    @property
    def simulations(self) -> int:
        """Runs of the model that the fit took, whoever lived them and when."""
        tried = sum(each.tried for each in self.generations) + self.given_up
        return tried * self.task.design.replicates

    @property
    def unusable(self) -> int:
        """Sets of parameters that gave no value for some target, or failed."""
        return sum(each.unusable for each in self.generations)

    @cached_property
    def parameters(self) -> pd.DataFrame:
        """A row per parameter; see `tables.parameter_table`."""
        from experiments.calibration.tables import parameter_table

        return parameter_table(self.task, self.last)

    @cached_property
    def emulators(self) -> pd.DataFrame | None:
        """A row per target: how far its emulator can be trusted; see `tables.emulator_table`."""
        from experiments.calibration.tables import emulator_table

        return None if self.learned is None else emulator_table(self.task, self.learned)

    @cached_property
    def targets(self) -> pd.DataFrame:
        """A row per target; see `tables.target_table`."""
        from experiments.calibration.tables import target_table

        return target_table(self.task, self.generations[0].values, self.predicted)

    def to_frame(self) -> pd.DataFrame:
        """The posterior: equally weighted draws in random order, a column per parameter."""
        from experiments.calibration.tables import posterior_table

        return posterior_table(self.task, self.last.points[self.draws])

    def populations(self) -> pd.DataFrame:
        """Every set of parameters that any generation kept."""
        from experiments.calibration.tables import population_table

        return population_table(self.task, self.generations)

    def to_dict(self) -> dict[str, Any]:
        """All of it but the draws, as plain data."""
        return {**self._facts(), "words": self.words()}

    def words(self) -> list[str]:
        """What was found and how far to trust it, in sentences."""
        from experiments.calibration.words import sentences

        return sentences({**self._facts(), "why_unusable": self.why_unusable})

    def _facts(self) -> dict[str, Any]:
        import numpy as np

        design = self.task.design
        return {
            "design": design.name,
            "scenario": design.scenario.name,
            "migrants": self.task.base.migrants,
            "days": self.task.base.days,
            "replicates": design.replicates,
            "seed": design.seed,
            "settings": asdict(self.settings),
            "stopped": self.stopped,
            "epsilon": self._epsilon(self.last),
            "simulations": self.simulations,
            "unusable": self.unusable,
            "effective_size": self.last.effective_size,
            "draws": len(self.draws),
            "generations": [
                {
                    "generation": number, "epsilon": self._epsilon(each), "tried": each.tried,
                    "kept": len(each.points), "acceptance": each.acceptance,
                    "effective_size": each.effective_size,
                    "median_distance": float(np.median(each.distances)),
                }
                for number, each in enumerate(self.generations)
            ],
            "fitted": [target.id for target in self.task.targets],
            "defaults": self.task.defaults,
            "targets": self.targets.to_dict("records"),
            "emulators": [] if self.emulators is None else self.emulators.to_dict("records"),
            "parameters": self.parameters.to_dict("records"),
            "together": self._together(),
        }  # fmt: skip

    def _together(self) -> list[dict[str, Any]]:
        from experiments.calibration.tables import correlations
        from experiments.calibration.words import STRONG

        found, names = correlations(self.last), self.task.names
        pairs = [
            {"one": names[i], "other": names[j], "correlation": float(found[i, j])}
            for i in range(len(names)) for j in range(i) if abs(found[i, j]) >= STRONG
        ]  # fmt: skip
        return sorted(pairs, key=lambda pair: -abs(float(pair["correlation"])))

    @staticmethod
    def _epsilon(generation: Generation) -> float | None:
        """The largest distance let pass; none in a sample of the prior."""
        return generation.epsilon if generation.epsilon < sys.float_info.max else None
