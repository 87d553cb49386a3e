"""Morris' elementary effects: cheap, for many parameters, with a hint at interactions.

Effects are SALib's, after Morris (1991, doi:10.1080/00401706.1991.10484804); `mu_star` after
Campolongo, Cariboni and Saltelli (2007, doi:10.1016/j.envsoft.2006.10.004). All are in units of
the outcome, for a step over the whole range of the parameter.
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
from sim.said import Said

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from experiments.analysis.factors import Factor
    from experiments.analysis.samples import Sample

__all__ = ["morris"]

_FEW_TRAJECTORIES = 10
_NEAR_LEVEL = 0.01


def morris(
    sample: Sample, factors: Sequence[Factor], *, levels: int, seed: int, resamples: int
) -> Finding:
    """Elementary effects of a sample of trajectories.

    A trajectory of which a run is missing is left out whole.

    Args:
        sample: The sample, its points in the order in which SALib makes them.
        factors: The parameters.
        levels: Levels of the grid of the sample.
        seed: Seed of the bootstrap, above zero.
        resamples: Bootstrap resamples.
    """
    size = len(factors) + 1
    used = whole_blocks(sample, size)
    nothing = flat(sample, used)
    if nothing is not None:
        return nothing
    inputs = _on_grid(sample.inputs[used], size, levels)
    found = _analyse(inputs, sample.means[used], factors, levels, seed, resamples)
    noise = noise_of(sample.values[used])
    step = levels / (2 * (levels - 1))
    # Mean size of an effect made by chance alone: of a difference of two normal means.
    floor = 0.0 if math.isnan(noise.chance) else 2 * noise.chance / math.sqrt(math.pi) / step
    count, dropped = int(used.sum()) // size, int((~used).sum()) // size
    return Finding(
        _indices(found, factors, floor),
        int(used.sum()), int((~used).sum()), noise,
        warnings=_warnings(count, dropped, noise.share),
    )  # fmt: skip


def _analyse(
    inputs: NDArray[np.float64],
    means: NDArray[np.float64],
    factors: Sequence[Factor],
    levels: int,
    seed: int,
    resamples: int,
) -> Any:
    from SALib.analyze import morris as salib

    from experiments.sweep.sampling import problem_of

    with np.errstate(invalid="ignore"), warnings.catch_warnings():
        # A single trajectory has no spread; that there is one only is said in words.
        warnings.filterwarnings("ignore", "Degrees of freedom")
        return salib.analyze(
            problem_of(factors), inputs, means, num_resamples=resamples, num_levels=levels,
            seed=seed,
        )  # fmt: skip


def _indices(found: Any, factors: Sequence[Factor], floor: float) -> list[Index]:
    places = ranks(np.asarray(found["mu_star"]))
    made = []
    for at, factor in enumerate(factors):
        star, reach = float(found["mu_star"][at]), float(found["mu_star_conf"][at])
        note = "" if star - reach > floor else CHANCE
        low, high = max(0.0, star - reach), star + reach
        place = places[at]
        made += [
            Index(factor.name, "mu_star", star, low, high, place, note),
            Index(factor.name, "mu", float(found["mu"][at]), rank=place, note=note),
            Index(factor.name, "sigma", float(found["sigma"][at]), rank=place, note=note),
        ]
    return made


def _warnings(count: int, dropped: int, noise: float) -> list[str]:
    said: list[str] = []
    if dropped:
        said.append(
            Said(
                "{dropped} of {all} trajectories were left out, since a run of theirs is missing "
                "and effects need whole ones", dropped=dropped, all=count + dropped,
            )
        )  # fmt: skip
    if count < _FEW_TRAJECTORIES:
        said.append(Said("only {n} trajectories: take the order of parameters as a hint", n=count))
    if math.isnan(noise):
        said.append(Said("one replicate, so nobody can say which effects are chance"))
    return said


def _on_grid(inputs: NDArray[np.float64], size: int, levels: int) -> NDArray[np.float64]:
    # Rounding noise from units and logarithms would look like a step, so points are put back on
    # the grid; every step of a trajectory must then change one parameter.
    near = np.round(inputs * (levels - 1))
    steps = np.diff(near.reshape(-1, size, size - 1), axis=1)
    off_grid = np.abs(near / (levels - 1) - inputs).max() > _NEAR_LEVEL
    if off_grid or not ((steps != 0).sum(axis=2) == 1).all():
        message = Said("the points are not trajectories on a Morris grid, or not in order")
        raise refusal(Said("sampler"), "", message, ANY_SAMPLE)
    return np.asarray(near / (levels - 1))
