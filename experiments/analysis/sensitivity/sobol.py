"""Sobol's indices: which share of the variance comes from which parameter.

Estimators and bootstrap intervals are SALib's: first order after Saltelli et al. (2010,
doi:10.1016/j.cpc.2009.09.018), total order after Jansen (1999), pairs after Saltelli (2002).
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.analysis.sensitivity.finding import (
    ANY_SAMPLE,
    CHANCE,
    Finding,
    Index,
    flat,
    ranks,
    whole_blocks,
)
from experiments.analysis.sensitivity.noise import noise_of
from experiments.limits import refusal
from experiments.words import percent
from sim.said import Said

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from experiments.analysis.factors import Factor
    from experiments.analysis.samples import Sample

__all__ = ["sobol"]

_FEW_BLOCKS = 64
_WIDE = 0.1
_NOISY = 0.1
_SAME = 1e-6


def sobol(
    sample: Sample, factors: Sequence[Factor], *, second_order: bool, seed: int, resamples: int
) -> Finding:
    """Sobol's indices of a sample that was made for them.

    A base sample (a block of D + 2 or 2 D + 2 points) of which a run is missing is left out whole.

    Args:
        sample: The sample, its points in the order in which SALib makes them.
        factors: The parameters.
        second_order: Whether the sample was made for pairs too.
        seed: Seed of the bootstrap, above zero.
        resamples: Bootstrap resamples.
    """
    size = 2 * len(factors) + 2 if second_order else len(factors) + 2
    used = whole_blocks(sample, size)
    nothing = flat(sample, used)
    if nothing is not None:
        return nothing
    _check_order(sample.inputs[used].reshape(-1, size, len(factors)))
    found = _analyse(sample.means[used], factors, second_order, seed, resamples)
    noise = noise_of(sample.values[used])
    floor = 0.0 if math.isnan(noise.share) else noise.share
    dropped = int((~used).sum())
    said = _warnings(found, factors, int(used.sum()) // size, dropped // size, noise.share)
    return Finding(_indices(found, factors, floor), int(used.sum()), dropped, noise, warnings=said)


def _analyse(
    means: NDArray[np.float64],
    factors: Sequence[Factor],
    second_order: bool,
    seed: int,
    resamples: int,
) -> Any:
    from SALib.analyze import sobol as salib

    from experiments.sweep.sampling import problem_of

    with warnings.catch_warnings():
        # It says so of every resample in which a rare outcome is the same everywhere.
        warnings.filterwarnings("ignore", "Constant values encountered")
        return salib.analyze(
            problem_of(factors), means, calc_second_order=second_order,
            num_resamples=resamples, seed=seed,
        )  # fmt: skip


def _indices(found: Any, factors: Sequence[Factor], floor: float) -> list[Index]:
    places = ranks(found["ST"])
    made = []
    for at, factor in enumerate(factors):
        # Jansen's estimator adds the share of chance to the total index of every parameter.
        clear = found["ST"][at] - found["ST_conf"][at] > floor
        for name in ("S1", "ST"):
            value, reach = float(found[name][at]), float(found[f"{name}_conf"][at])
            note = "" if clear else CHANCE
            made.append(
                Index(factor.name, name, value, value - reach, value + reach, places[at], note)
            )
    return made + _pairs(found, factors)


def _pairs(found: Any, factors: Sequence[Factor]) -> list[Index]:
    if "S2" not in found:
        return []
    made = []
    for one in range(len(factors)):
        for other in range(one + 1, len(factors)):
            value, reach = float(found["S2"][one, other]), float(found["S2_conf"][one, other])
            note = "" if value - reach > 0 else CHANCE
            pair = Said("{one} with {other}", one=factors[one].name, other=factors[other].name)
            made.append(Index(pair, "S2", value, value - reach, value + reach, 0, note))
    return made


def _warnings(
    found: Any, factors: Sequence[Factor], blocks: int, dropped: int, noise: float
) -> list[str]:
    said: list[str] = []
    if dropped:
        said.append(
            Said(
                "{dropped} of {all} base samples were left out, since a run of theirs is missing "
                "and these indices need whole ones", dropped=dropped, all=blocks + dropped,
            )
        )  # fmt: skip
    if blocks < _FEW_BLOCKS:
        said.append(Said("only {n} base samples: take the indices as hints", n=blocks))
    widest = float(np.max(found["ST_conf"]))
    if widest > _WIDE:
        said.append(
            Said(
                "the widest interval of a total index is ± {widest:.2f}: four times as many points "
                "(sampler: points) would halve it", widest=widest,
            )
        )  # fmt: skip
    said += _contradictions(found, factors)
    if math.isnan(noise):
        said.append(Said("one replicate, so nobody can say which part of the spread is chance"))
    elif noise > _NOISY:
        said.append(
            Said(
                "chance between replicates makes up {share} of the spread and adds as much to "
                "every total index: more replicates or migrants would make it smaller",
                share=percent(noise, 0),
            )
        )
    return said


def _contradictions(found: Any, factors: Sequence[Factor]) -> list[str]:
    said: list[str] = []
    total = float(np.sum(found["S1"]))
    if total > 1 + float(np.max(found["S1_conf"])):
        said.append(
            Said(
                "first-order indices add up to {total:.2f}, more than the 1 that is possible: "
                "too few points", total=total,
            )
        )  # fmt: skip
    reach = found["S1_conf"] + found["ST_conf"]
    below = [
        factor.name
        for factor, gap, most in zip(factors, found["S1"] - found["ST"], reach, strict=True)
        if gap > most
    ]
    if below:
        names = ", ".join(below)
        said.append(Said("the total index is below the first-order one for {names}", names=names))
    return said


def _check_order(blocks: NDArray[np.float64]) -> None:
    # In each block: A, then A with one column of B after the other, (B with one of A,) and B.
    # Columns are compared with the first and the last row, so runs out of order are noticed.
    first, last = blocks[:, 0], blocks[:, -1]
    for column in range(blocks.shape[2]):
        row = first.copy()
        row[:, column] = last[:, column]
        if not np.allclose(blocks[:, 1 + column], row, atol=_SAME):
            message = Said("the points are not those of a Sobol sample, or not in its order")
            raise refusal(Said("sampler"), "", message, ANY_SAMPLE)
