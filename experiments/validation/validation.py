"""A validation that has been run: the model beside what was observed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.words import listed

if TYPE_CHECKING:
    import pandas as pd

    from experiments.intervals import Interval
    from experiments.posterior import Posterior
    from experiments.targets import Target

__all__ = ["Row", "Validation"]

_FAR = 2.0


@dataclass(frozen=True)
class Row:
    """One target and what the model gives.

    Attributes:
        target: The target.
        model: The model's number, and its 95 % predictive interval.
        replicates: Replicates that it was counted in: less than all where some had nobody.
    """

    target: Target
    model: Interval
    replicates: int

    @property
    def inside(self) -> bool:
        """Whether the model's number is near enough."""
        return bool(self.target.low <= self.model.value <= self.target.high)

    @property
    def error(self) -> float:
        """By how many tolerances the model misses: below zero where it gives too little."""
        return (self.model.value - self.target.observed) / self.target.tolerance

    def to_dict(self) -> dict[str, Any]:
        """The row as plain data."""
        target = self.target
        return {
            "id": target.id, "title": target.title, "kind": target.kind,
            "scenario": target.value.scenario.name,
            "baseline": target.value.baseline.name if target.value.baseline else None,
            "observed": target.observed, "low": target.low, "high": target.high,
            "model": self.model.value, "model_low": self.model.low, "model_high": self.model.high,
            "inside": self.inside, "fitted": target.fitted, "error": self.error,
            "replicates": self.replicates, "evidence": list(target.evidence),
        }  # fmt: skip


@dataclass(frozen=True)
class Validation:
    """A validation that has been run.

    Attributes:
        rows: The targets, in the order of the file.
        scenarios: Names of the scenarios that were lived.
        plans: Different runs that a replicate took.
        replicates: Paired replicates of each.
        posterior: Where fitted parameters came from; None: parameters as the scenarios have them.
        file: The file of targets; empty: those that ship with Waytrust.
        wall_s: Seconds that it took.
    """

    rows: tuple[Row, ...]
    scenarios: tuple[str, ...]
    plans: int
    replicates: int
    posterior: Posterior | None
    file: str
    wall_s: float

    def to_frame(self) -> pd.DataFrame:
        """A row per target."""
        import pandas as pd

        frame = pd.DataFrame([row.to_dict() for row in self.rows])
        frame["evidence"] = [" ".join(row.target.evidence) for row in self.rows]
        return frame

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain data."""
        return {
            "targets": [row.to_dict() for row in self.rows],
            "inside": sum(row.inside for row in self.rows),
            "replicates": self.replicates,
            "scenarios": list(self.scenarios),
            "posterior": self.posterior.hash if self.posterior else None,
            "words": self.words(),
        }

    def words(self) -> list[str]:
        """What was found, in sentences."""
        words = [self._counted("All", self.rows)]
        fitted = [row for row in self.rows if row.target.fitted]
        aside = [row for row in self.rows if not row.target.fitted]
        if fitted and aside:
            words += [self._counted("Fitted", fitted), self._counted("Kept aside", aside)]
        far = [row.target.id for row in self.rows if abs(row.error) > _FAR]
        if far:
            words.append(f"Missed by more than two tolerances: {listed(far)}.")
        unknown = [row.target.id for row in self.rows if math.isnan(row.model.value)]
        if unknown:
            words.append(f"Nobody could be counted for {listed(unknown)}: raise --migrants, or "
                         "look at whom the target asks about.")  # fmt: skip
        words.append(self._on_the_interval())
        return words

    @staticmethod
    def _counted(which: str, rows: Sequence[Row]) -> str:
        from experiments.targets import LEVELS

        inside = sum(row.inside for row in rows)
        levels = [row for row in rows if row.target.kind in LEVELS]
        parts = ""
        if levels and len(levels) < len(rows):
            effects = [row for row in rows if row.target.kind not in LEVELS]
            parts = (
                f" ({sum(row.inside for row in levels)} of {len(levels)} levels, "
                f"{sum(row.inside for row in effects)} of {len(effects)} effects)"
            )
        return f"{which}: {inside} of {len(rows)} targets lie within their tolerance{parts}."

    def _on_the_interval(self) -> str:
        unsure = "chance and what is not known of the parameters"
        what = unsure if self.posterior else "chance alone"
        return (
            f"The interval is where one more run would lie, with 95 % probability: {what}. It says "
            "nothing of what the model leaves out."
        )

    def write(self, out: Path | str) -> None:
        """Write tables, a picture and what it was made with into a directory.

        Raises:
            InputProblem: If it cannot be written.
        """
        from experiments.validation.writing import write

        write(self, out)
