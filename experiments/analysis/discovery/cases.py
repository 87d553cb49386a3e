"""Cases: one point under one combination of levers, and whether it is what is searched for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from experiments.analysis.discovery.dimension import NUMBER, WORDS, Dimension, dimensions_of
from experiments.analysis.discovery.question import FIRST, Question, Threshold, threshold_of
from experiments.analysis.factors import factors_of
from experiments.analysis.gaps import block_size
from experiments.analysis.samples import Sample, samples_of
from experiments.limits import refusal
from sim.said import Said

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from scenarios.designing import Design

__all__ = ["Cases", "cases_of"]


@dataclass(frozen=True)
class Cases:
    """The cases of a sweep.

    Attributes:
        dimensions: What differs between them.
        inputs: Shape (cases, dimensions): parameters in their units, levers as numbers.
        values: Mean over replicates of the outcome.
        hit: Whether it is what is searched for.
        group: Cases that belong together: the same point, or block of points.
        dropped: Cases left out because a run is missing.
        threshold: What counts.
    """

    dimensions: tuple[Dimension, ...]
    inputs: NDArray[np.float64]
    values: NDArray[np.float64]
    hit: NDArray[np.bool_]
    group: NDArray[np.intp]
    dropped: int
    threshold: Threshold

    def only(self, chosen: NDArray[np.bool_]) -> Cases:
        """Some of the cases."""
        return Cases(
            self.dimensions, self.inputs[chosen], self.values[chosen], self.hit[chosen],
            self.group[chosen], self.dropped, self.threshold,
        )  # fmt: skip


def cases_of(design: Design, frame: pd.DataFrame, question: Question) -> Cases:
    """Gather the cases of a design.

    A case counts if every replicate is there: with fewer, it would have other luck than the rest.

    Raises:
        InputProblem: If nothing varies, or a comparison with the first combination of levers is
            asked where there is none.
    """
    from scenarios.designing import points_of

    dimensions = dimensions_of(design)
    if not dimensions:
        message = Said(
            "nothing varies in the design '{design}', so there is no 'when'", design=design.name
        )
        raise refusal(Said("design"), "", message, Said("give it uncertainties or levers"))
    points = points_of(design)
    samples = samples_of(design, frame, [question.outcome], points)
    first = _first(design, samples, question)
    parts = [_part(design, sample, dimensions, frame) for sample in samples if sample is not first]
    inputs = np.concatenate([inputs for inputs, _ in parts])
    values = np.concatenate([values for _, values in parts])
    references = np.tile(first.means, len(parts)) if first else np.ones(len(values))
    group = np.tile(np.arange(points) // block_size(design), len(parts))
    known = np.isfinite(values) & (references > 0)
    name = first.combination.name if first else ""
    if not known.any():
        message = Said(
            "no case has all {n} replicates of {outcome}",
            n=design.replicates, outcome=question.outcome,
        )  # fmt: skip
        raise refusal(Said("sweep"), "", message, Said("let the sweep go on"))
    threshold = threshold_of(question, values[known], references[known], name)
    return Cases(
        dimensions, inputs[known], values[known], threshold.hit, group[known],
        int((~known).sum()), threshold,
    )  # fmt: skip


def _first(design: Design, samples: Sequence[Sample], question: Question) -> Sample | None:
    if question.against != FIRST or not question.relative:
        return None
    if design.levers:
        for sample in samples:
            if not any(sample.combination.indices):
                return sample
    message = Said(
        "the sweep of '{design}' has no case in which every lever has its first value",
        design=design.name,
    )
    raise refusal(Said("against"), "", message, Said("compare with the median instead"))


def _part(
    design: Design, sample: Sample, dimensions: Sequence[Dimension], frame: pd.DataFrame
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    factors = {factor.name: at for at, factor in enumerate(factors_of(design))}
    levers = {lever.name: at for at, lever in enumerate(design.levers)}
    rows = frame[frame["levers"] == sample.combination.number]
    point = rows["point"].to_numpy(dtype=int)
    inputs = np.full((len(sample.values), len(dimensions)), np.nan)
    for column, each in enumerate(dimensions):
        if each.name in factors and each.kind == NUMBER:
            inputs[point, column] = rows[each.name].to_numpy(dtype=float)
            continue
        lever = design.levers[levers[each.name]]
        at = sample.combination.indices[levers[each.name]]
        value = float(at) if each.kind == WORDS else float(lever.values[at])  # type: ignore[arg-type]
        inputs[:, column] = value
    return inputs, sample.means
