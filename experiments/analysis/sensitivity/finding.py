"""What one method found for one outcome under one combination of levers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from experiments.analysis.sensitivity.noise import Noise, noise_of
from sim.said import Said

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from experiments.analysis.samples import Sample

__all__ = [
    "ANY_SAMPLE",
    "CHANCE",
    "DUMMY",
    "Finding",
    "Index",
    "flat",
    "ranks",
    "whole_blocks",
]

CHANCE = Said("not told apart from chance between replicates")
DUMMY = Said("not told apart from a parameter without effect")
ANY_SAMPLE = Said("use --method screening, which takes any sample")
"""What to do where a sample is not what a method needs."""
_ROUNDING = 1e-12


@dataclass(frozen=True)
class Index:
    """One index of one parameter, with its 95 % interval.

    Attributes:
        parameter: Name of the parameter, or of a pair: `a with b`.
        index: Name of the index: `S1`, `ST`, `S2`, `mu`, `mu_star`, `sigma`, `pawn`, `srrc`.
        value: Estimate.
        low: Lower end of its interval; NaN where there is none.
        high: Upper end.
        rank: Place of the parameter, 1 for what matters most; 0 for pairs.
        note: What must be known of it; empty where nothing.
    """

    parameter: str
    index: str
    value: float
    low: float = math.nan
    high: float = math.nan
    rank: int = 0
    note: str = ""


@dataclass(frozen=True)
class Finding:
    """Indices of all parameters, and how far they can be trusted.

    Attributes:
        indices: The indices.
        used: Points that were used.
        dropped: Points that were left out.
        noise: Spread, and the part of it that is chance.
        fit: Share of the spread of ranks that a rank regression explains; NaN for other methods.
        warnings: What is odd, each a clause after the name of the outcome and a colon.
    """

    indices: list[Index]
    used: int
    dropped: int
    noise: Noise
    fit: float = math.nan
    warnings: list[str] = field(default_factory=list)


def whole_blocks(sample: Sample, size: int) -> NDArray[np.bool_]:
    """Points of blocks in which nothing is missing; a method that works by blocks needs them."""
    whole = sample.complete.reshape(-1, size).all(axis=1)
    return np.repeat(whole, size)


def flat(sample: Sample, used: NDArray[np.bool_]) -> Finding | None:
    """The finding where there is nothing to explain: too few points, or always the same value."""
    count, dropped = int(used.sum()), int((~used).sum())
    if count < 2:
        empty = Noise(math.nan, math.nan, math.nan, math.nan)
        said = Said("no part of the sample is whole, so nothing can be said")
        return Finding([], count, dropped, empty, warnings=[said])
    noise = noise_of(sample.values[used])
    if noise.sd <= _ROUNDING * max(1.0, abs(noise.mean)):
        said = Said(
            "does not vary (it is {mean:.4g} everywhere), so nothing can be said", mean=noise.mean
        )
        return Finding([], count, dropped, noise, warnings=[said])
    return None


def ranks(values: Sequence[float] | NDArray[np.float64]) -> list[int]:
    """Places of values, 1 for the largest."""
    order = np.argsort(-np.asarray(values, dtype=float), kind="stable")
    places = np.empty(len(order), dtype=int)
    places[order] = np.arange(1, len(order) + 1)
    return [int(place) for place in places]
