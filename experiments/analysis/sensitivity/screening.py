"""A cheap screening that works on any sample, with 50 to 300 points.

Two indices that see different things:

`pawn`: how far the distribution of the outcome moves when a parameter is held in one part of its
range (mean over parts of the Kolmogorov-Smirnov distance; Pianosi and Wagener 2018,
doi:10.1016/j.envsoft.2018.07.019). It sees any shape, from 0 (none) to 1.

`srrc`: standardised rank regression coefficient (Saltelli et al. 2008, Global Sensitivity
Analysis: The Primer, section 1.2.5). It sees what only rises or only falls, and says which.

A parameter without effect has a `pawn` above zero as well, so each is compared with dummies: copies
of itself, shuffled. Points that belong together (a trajectory, a base sample) are shuffled and
resampled together, because they are alike.

The distances are computed here because SALib 1.6 leaves out the highest level of a parameter with
few levels and fails with NumPy 2.4 for some numbers of slices; where SALib works, they are equal.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from experiments.analysis.sensitivity.finding import (
    DUMMY,
    Finding,
    Index,
    flat,
    ranks,
    whole_blocks,
)
from experiments.analysis.sensitivity.noise import noise_of
from experiments.words import percent
from sim.said import Said

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from experiments.analysis.factors import Factor
    from experiments.analysis.samples import Sample

__all__ = ["pawn", "screening"]

_FEW = 50
_LEAST_PER_SLICE = 20
_SLICES = (4, 10)
_REACH = 1.96  # standard errors to the ends of a 95 % interval
_POOR_FIT = 0.7


def screening(
    sample: Sample, factors: Sequence[Factor], *, block: int, seed: int, resamples: int
) -> Finding:
    """Which parameters move the outcome, from whatever points there are.

    Args:
        sample: The sample; blocks with a run missing are left out.
        factors: The parameters.
        block: Points that belong together in the sample; 1 where all are independent.
        seed: Seed of dummies and bootstrap.
        resamples: Dummies of each parameter, and bootstrap resamples.
    """
    used = whole_blocks(sample, block)
    nothing = flat(sample, used)
    if nothing is not None:
        return nothing
    inputs, means = sample.inputs[used], sample.means[used]
    rng = np.random.default_rng(seed)
    slices = int(np.clip(len(means) // _LEAST_PER_SLICE, *_SLICES))
    groups = np.arange(len(means)).reshape(-1, block)
    values = _distances(inputs, means, slices, rng)
    slopes, fit = _rank_regression(inputs, means)
    reach, slope_reach = _bootstrap(inputs, means, groups, slices, resamples, rng)
    limits = _dummies(inputs, means, groups, slices, resamples, rng)
    indices: list[Index] = []
    for at, (factor, place) in enumerate(zip(factors, ranks(values), strict=True)):
        value, slope = float(values[at]), float(slopes[at])
        low, high = slope - float(slope_reach[at]), slope + float(slope_reach[at])
        note = "" if value > limits[at] or low > 0 or high < 0 else DUMMY
        ends = max(0.0, value - float(reach[at])), min(1.0, value + float(reach[at]))
        indices += [
            Index(factor.name, "pawn", value, *ends, place, note),
            Index(factor.name, "srrc", slope, low, high, place, note),
        ]
    noise = noise_of(sample.values[used])
    count, dropped = len(means), int((~used).sum())
    said = _warnings(count, dropped, fit, float(np.median(limits)), noise.share)
    return Finding(indices, count, dropped, noise, fit, said)


def pawn(
    inputs: NDArray[np.float64],
    outputs: NDArray[np.float64],
    slices: int,
    rng: np.random.Generator,
) -> float:
    """Mean Kolmogorov-Smirnov distance between slices of a sample and all of it.

    Args:
        inputs: The parameter, shape (points,). Few different values become one slice each.
        outputs: The outcome, shape (points,).
        slices: Slices with equally many points each, for a parameter with many values.
        rng: Breaks ties between equal inputs.
    """
    everywhere = np.sort(outputs)
    overall = np.searchsorted(everywhere, everywhere, side="right") / len(outputs)
    return float(
        np.mean(
            [
                np.abs(
                    np.searchsorted(np.sort(outputs[part]), everywhere, side="right") / len(part)
                    - overall
                ).max()
                for part in _parts(inputs, slices, rng)
            ]
        )
    )


def _parts(
    inputs: NDArray[np.float64], slices: int, rng: np.random.Generator
) -> list[NDArray[np.intp]]:
    near = np.round(inputs, 9)
    levels = np.unique(near)
    if len(levels) <= slices:
        return [np.flatnonzero(near == level) for level in levels]
    order = np.lexsort((rng.random(len(inputs)), near))
    return [np.asarray(part) for part in np.array_split(order, slices)]


def _distances(
    inputs: NDArray[np.float64], means: NDArray[np.float64], slices: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    return np.array([pawn(column, means, slices, rng) for column in inputs.T])


def _bootstrap(
    inputs: NDArray[np.float64],
    means: NDArray[np.float64],
    groups: NDArray[np.intp],
    slices: int,
    resamples: int,
    rng: np.random.Generator,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    # A resample holds points twice, which makes slices look further apart than they are, so only
    # the width of its distribution is used, around the estimate, as SALib does for its indices.
    distances, slopes = np.empty((2, resamples, inputs.shape[1]))
    for row in range(resamples):
        chosen = groups[rng.integers(len(groups), size=len(groups))].ravel()
        distances[row] = _distances(inputs[chosen], means[chosen], slices, rng)
        slopes[row] = _rank_regression(inputs[chosen], means[chosen])[0]
    return _REACH * distances.std(axis=0, ddof=1), _REACH * slopes.std(axis=0, ddof=1)


def _dummies(
    inputs: NDArray[np.float64],
    means: NDArray[np.float64],
    groups: NDArray[np.intp],
    slices: int,
    count: int,
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    # What 95 of 100 shuffled copies of each parameter stay below.
    made = np.empty((count, inputs.shape[1]))
    for row in range(count):
        for column in range(inputs.shape[1]):
            shuffled = inputs[rng.permutation(groups).ravel(), column]
            made[row, column] = pawn(shuffled, means, slices, rng)
    return np.asarray(np.quantile(made, 0.95, axis=0))


def _rank_regression(
    inputs: NDArray[np.float64], means: NDArray[np.float64]
) -> tuple[NDArray[np.float64], float]:
    from scipy.stats import rankdata

    if len(means) < inputs.shape[1] + 2:
        return np.full(inputs.shape[1], np.nan), math.nan
    ranked = _standardised(rankdata(inputs, axis=0))
    target = _standardised(rankdata(means))
    slopes = np.linalg.lstsq(ranked, target, rcond=None)[0]
    left, spread = target - ranked @ slopes, float(target @ target)
    # A resample of an outcome that hardly ever differs may hold the same value everywhere.
    fit = 1 - float(left @ left) / spread if spread > 0 else math.nan
    return np.asarray(slopes, dtype=np.float64), fit


def _standardised(values: NDArray[np.float64]) -> NDArray[np.float64]:
    spread = values.std(axis=0)
    return np.asarray((values - values.mean(axis=0)) / np.where(spread > 0, spread, 1.0))


def _warnings(count: int, dropped: int, fit: float, limit: float, noise: float) -> list[str]:
    said: list[str] = [
        Said(
            "a parameter without effect has a pawn below {limit:.2f} in 95 of 100 cases",
            limit=limit,
        )
    ]
    if dropped:
        said.append(
            Said(
                "{dropped} of {all} points were left out: a run is missing",
                dropped=dropped, all=count + dropped,
            )
        )  # fmt: skip
    if count < _FEW:
        said.append(Said("only {n} points: what seems without effect may have one", n=count))
    if math.isnan(fit):
        said.append(Said("more parameters than points, so no rank regression"))
    elif fit < _POOR_FIT:
        said.append(
            Said(
                "ranks explain {share} of the spread: the rest is chance, interaction, or effects "
                "that rise and fall", share=percent(fit, 0),
            )
        )  # fmt: skip
    if noise == noise and noise > 0.1:
        share = percent(noise, 0)
        said.append(Said("chance between replicates makes up {share} of the spread", share=share))
    return said
