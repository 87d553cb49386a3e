"""Samples: the runs of one combination of levers and one outcome, gathered by point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.analysis.factors import factors_of
from experiments.limits import refusal
from sim.said import Said

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from scenarios.designing import Design, Lever

__all__ = ["Combination", "Sample", "combinations_of", "outcomes_asked", "samples_of"]


@dataclass(frozen=True)
class Combination:
    """One combination of lever values.

    Attributes:
        number: Its number in the table of runs.
        indices: For each lever of the design, which of its values.
        name: In words, such as `wall.compliance = 50 %`; empty where the design has no levers.
    """

    number: int
    indices: tuple[int, ...]
    name: str


@dataclass(frozen=True)
class Sample:
    """What one outcome was at every point, under one combination of levers.

    Attributes:
        outcome: Name of the outcome.
        combination: The combination of levers.
        inputs: Shape (points, uncertainties): each as a share of its range; NaN where the point
            has no run at all.
        values: Shape (points, replicates): NaN where a run is missing, failed or has no value.
    """

    outcome: str
    combination: Combination
    inputs: NDArray[np.float64]
    values: NDArray[np.float64]

    @property
    def complete(self) -> NDArray[np.bool_]:
        """Points with every replicate: means over other replicates would not be paired."""
        return np.asarray(np.isfinite(self.values).all(axis=1) & self.known)

    @property
    def known(self) -> NDArray[np.bool_]:
        """Points whose place in the space of the uncertainties is known."""
        return np.asarray(np.isfinite(self.inputs).all(axis=1))

    @property
    def means(self) -> NDArray[np.float64]:
        """Mean over replicates at each point; NaN where the point is not complete."""
        means = np.full(len(self.values), np.nan)
        means[self.complete] = self.values[self.complete].mean(axis=1)
        return means


def outcomes_asked(design: Design, names: Sequence[str] | None) -> list[str]:
    """The outcomes to look at: those named, or all of the design.

    Raises:
        InputProblem: If a name is not an outcome of the design.
    """
    from sim.problems import nearest

    known = [each.name for each in design.outcomes]
    for name in names or ():
        if name not in known:
            message = Said("is not an outcome of '{design}'", design=design.name)
            hint = Said("give one of {names}", names=", ".join(known))
            if like := nearest(name, known):
                hint = Said("did you mean '{like}'?", like=like)
            raise refusal(Said("outcome"), name, message, hint)
    return list(names) if names else known


def combinations_of(design: Design, frame: pd.DataFrame) -> list[Combination]:
    """The combinations of lever values that occur in a table of runs, by number."""
    found = []
    for number in sorted({int(each) for each in frame["levers"]}):
        first = frame[frame["levers"] == number].iloc[0]
        indices = tuple(_index(lever, first[lever.name]) for lever in design.levers)
        words = [
            f"{lever.name} = {lever.texts[at]}"
            for lever, at in zip(design.levers, indices, strict=True)
        ]
        found.append(Combination(number, indices, ", ".join(words)))
    return found


def samples_of(
    design: Design, frame: pd.DataFrame, outcomes: Sequence[str], points: int
) -> list[Sample]:
    """One sample per outcome and combination of levers.

    Args:
        design: What was varied.
        frame: One row per run.
        outcomes: Which outcomes.
        points: Number of points that the design has in all.
    """
    factors = factors_of(design)
    made = []
    for each in combinations_of(design, frame):
        rows = frame[frame["levers"] == each.number]
        point = rows["point"].to_numpy(dtype=int)
        replicate = rows["replicate"].to_numpy(dtype=int)
        inputs = np.full((points, len(factors)), np.nan)
        for column, factor in enumerate(factors):
            inputs[point, column] = factor.to_unit(rows[factor.name].to_numpy(dtype=float))
        failed = rows["error"].fillna("").astype(str).to_numpy() != ""
        for outcome in outcomes:
            values = np.full((points, design.replicates), np.nan)
            values[point, replicate] = np.where(failed, np.nan, rows[outcome].to_numpy(dtype=float))
            made.append(Sample(outcome, each, inputs, values))
    return sorted(made, key=lambda s: (outcomes.index(s.outcome), s.combination.number))


def _index(lever: Lever, value: Any) -> int:
    for at, each in enumerate(lever.values):
        if each == value or str(each) == str(value) or lever.texts[at] == str(value):
            return at
    message = Said("is not one of the values that the design gives this lever")
    raise refusal(lever.name, value, message, Said("run the sweep again with this design"))
