"""The design of the screening: a Latin hypercube over seventeen inputs, each point repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experiments.peer.inputs import INPUTS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["POINTS", "REPEATS", "make_design"]

POINTS, REPEATS = 400, 6
_TRIED = 50


def make_design(points: int = POINTS, seed: int = 1) -> pd.DataFrame:
    """Points of the design: the hypercube, of fifty, whose nearest two points are farthest apart.

    Args:
        points: How many.
        seed: Of the hypercubes.

    Returns:
        A row per point, a column per input, each within its range.
    """
    import numpy as np
    import pandas as pd
    from scipy.spatial.distance import pdist
    from scipy.stats import qmc

    luck = np.random.default_rng(seed)
    tried = [qmc.LatinHypercube(len(INPUTS), seed=luck).random(points) for _ in range(_TRIED)]
    best = max(tried, key=lambda cube: pdist(cube).min())
    low, high = [each.low for each in INPUTS], [each.high for each in INPUTS]
    return pd.DataFrame(qmc.scale(best, low, high), columns=[each.name for each in INPUTS])
