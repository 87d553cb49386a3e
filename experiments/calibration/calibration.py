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

_ENDED = {
    "generations": "no more generations were asked for",
    "budget": "the budget of runs was used up",
    "patience": "hardly any set of parameters came nearer",
}
_STRONG = 0.5
_FEW = 50


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
            "words": self.words(),
        }  # fmt: skip

    def words(self) -> list[str]:
        """What was found and how far to trust it, in sentences."""
        return [*self._on_the_fit(), *self._on_the_parameters(), *self._on_the_sample()]

    def _on_the_fit(self) -> list[str]:
        table, epsilon = self.targets, self._epsilon(self.last)
        inside = int(table["inside"].sum())
        words = [f"{inside} of {len(table)} targets lie within their tolerance, with luck that was "
                 "not used to fit."]  # fmt: skip
        outside = list(table.loc[~table["inside"], "id"])
        if outside:
            words.append(f"Outside: {', '.join(outside)}.")
        why = _ENDED.get(self.stopped, "")
        if epsilon is None:
            words.append(f"Nothing was fitted: this is a sample of the prior, since {why}.")
        elif self.emulators is not None:
            words += self._on_the_emulators(self.emulators)
        elif self.stopped != "epsilon":
            words.append(
                f"Sets of parameters miss by up to {epsilon:.2f} tolerances on average. It looked "
                f"for {self.settings.epsilon:g} and ended there, since {why}."
            )
        return words

    def _on_the_emulators(self, table: pd.DataFrame) -> list[str]:
        lived = sum(len(wave.points) for wave in self.learned.waves) if self.learned else 0
        poor = list(table.loc[table["explained"] < _STRONG, "id"])
        words = [f"Emulators learned from {lived:,} sets of parameters what the model gives."]
        if poor:
            words.append(
                f"For {', '.join(poor)} they foresee less than half of what differs between sets: "
                "chance hides what parameters do there, and the posterior allows for that."
            )
        return words

    def _on_the_parameters(self) -> list[str]:
        table, words = self.parameters, []
        hardly = list(table.loc[table["identified"] == "hardly", "name"])
        if hardly:
            words.append(
                f"The targets say hardly anything about {', '.join(hardly)}: the range is still "
                "all that is known."
            )
        words += [
            f"{row['name']} presses against the {row['edge']} end of its range: ask whether the "
            "range, a target or the model is wrong."
            for row in table[table["edge"] != ""].to_dict("records")
        ]
        words += [
            f"{pair['one']} and {pair['other']} make up for each other (correlation "
            f"{pair['correlation']:.2f}): only both together are known."
            for pair in self._together()
        ]
        return words

    def _on_the_sample(self) -> list[str]:
        words = ["A target that was fitted no longer tests the model; others still do."]
        if self.last.effective_size < _FEW:
            words.insert(0, f"The sample is worth only {self.last.effective_size:.0f} draws that "
                            "weigh the same: its ends are not to be trusted.")  # fmt: skip
        if self.unusable:
            why = self.why_unusable or "there was nobody to count for some target"
            words.append(f"{self.unusable:,} sets of parameters could not be simulated and count "
                         f"as far from every target; the first: {why}.")  # fmt: skip
        return words

    def _together(self) -> list[dict[str, Any]]:
        from experiments.calibration.tables import correlations

        found, names = correlations(self.last), self.task.names
        pairs = [
            {"one": names[i], "other": names[j], "correlation": float(found[i, j])}
            for i in range(len(names)) for j in range(i) if abs(found[i, j]) >= _STRONG
        ]  # fmt: skip
        return sorted(pairs, key=lambda pair: -abs(float(pair["correlation"])))

    @staticmethod
    def _epsilon(generation: Generation) -> float | None:
        """The largest distance let pass; none in a sample of the prior."""
        return generation.epsilon if generation.epsilon < sys.float_info.max else None
