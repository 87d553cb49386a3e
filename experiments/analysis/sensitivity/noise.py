"""How much of the spread between points is chance between replicates."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Noise", "noise_of"]


@dataclass(frozen=True)
class Noise:
    """The spread of the means of points, and the part of it that is chance.

    Attributes:
        mean: Mean over all points.
        sd: Standard deviation of the points' means.
        chance: Standard deviation that chance between replicates gives to the mean of a point;
            NaN with one replicate.
        share: `chance`² / `sd`², from 0 to 1; NaN where it is not known.
    """

    mean: float
    sd: float
    chance: float
    share: float


def noise_of(values: NDArray[np.float64]) -> Noise:
    """Split the spread of means over replicates into what varies with the point, and chance.

    All points share the luck of a replicate, so a lucky replicate lifts every point alike and
    makes no difference between them. Chance is therefore what is left in a two-way table when
    the means of points and of replicates are taken out (the interaction mean square of a two-way
    analysis of variance), divided by the number of replicates.

    Args:
        values: Shape (points, replicates), at least two points, nothing missing.
    """
    points, replicates = values.shape
    means = values.mean(axis=1)
    variance = float(means.var(ddof=1))
    if replicates < 2:
        return Noise(float(means.mean()), math.sqrt(variance), math.nan, math.nan)
    left = values - means[:, None] - values.mean(axis=0) + values.mean()
    chance = float((left**2).sum()) / ((points - 1) * (replicates - 1)) / replicates
    share = min(1.0, chance / variance) if variance > 0 else math.nan
    return Noise(float(means.mean()), math.sqrt(variance), math.sqrt(chance), share)
