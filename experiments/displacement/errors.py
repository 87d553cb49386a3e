"""How far simulated numbers of people in camps are from the counts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["daily_difference", "relative_difference", "rescaled_difference"]

Numbers = NDArray[np.float64] | NDArray[np.int64]


def daily_difference(simulated: Numbers, counted: Numbers) -> NDArray[np.float64]:
    """Sum over camps of |simulated - counted|, over the people counted, on each day.

    Args:
        simulated: People in each camp at the end of each day, of shape [days, camps].
        counted: Counts, of the same shape.
    """
    off = np.abs(np.asarray(simulated, float) - counted).sum(axis=1)
    return np.asarray(off / np.maximum(1.0, counted.sum(axis=1)))


def relative_difference(simulated: Numbers, counted: Numbers) -> float:
    """Plain average relative difference: the mean of :func:`daily_difference` over all days.

    Source: Suleimenova, Bell and Groen 2017, Scientific Reports 7:13377.
    """
    return float(daily_difference(simulated, counted).mean())


def rescaled_difference(simulated: Numbers, counted: Numbers) -> float:
    """The same after scaling each day's simulated people to the number counted.

    Source: as above; it leaves out the error in how many have arrived yet. Where nobody is in a
    simulated camp, nothing can be scaled.
    """
    held = np.asarray(simulated, float).sum(axis=1)
    scale = np.divide(counted.sum(axis=1), held, out=np.zeros(len(held)), where=held > 0)
    return relative_difference(simulated * scale[:, None], counted)
