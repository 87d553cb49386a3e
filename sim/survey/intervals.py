"""95 % intervals of shares."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

__all__ = ["mixed_interval", "wilson"]

Numbers = NDArray[np.float64]
_Z = NormalDist().inv_cdf(0.975)


def wilson(yes: Numbers, asked: Numbers) -> tuple[Numbers, Numbers]:
    """Wilson's score interval of a proportion.

    Args:
        yes: How many gave the answer.
        asked: How many were asked.

    Returns:
        Lower and upper ends; NaN where nobody was asked.
    """
    n = np.where(asked > 0, asked, np.nan)
    share = yes / n
    centre = share + _Z**2 / (2 * n)
    reach = _Z * np.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    scale = 1 + _Z**2 / n
    # Exactly 0 and 1 where all answered alike, not a rounding error away from them.
    low = np.where(share == 0, 0.0, (centre - reach) / scale)
    return low, np.where(share == 1, 1.0, (centre + reach) / scale)


def mixed_interval(share: Numbers, low: Numbers, high: Numbers, weight: Numbers
                   ) -> tuple[Numbers, Numbers]:
    """Interval of a weighted sum of independent shares, from the interval of each.

    The squared distances from each share to the end of its own interval add up with the squared
    weights, as variances do (Zou and Donner 2008). With one share it is that share's interval;
    unlike plain variances it stays honest where a small group all answered alike.

    Args:
        share: Shares, groups in rows.
        low: Lower ends.
        high: Upper ends.
        weight: Weights, adding up to 1 over the groups; 0 for groups that nobody represents.

    Returns:
        Lower and upper ends of the sum, one per column.
    """
    used = weight > 0
    middle = np.where(used, weight * share, 0.0).sum(axis=0)
    down = np.where(used, (weight * (share - low)) ** 2, 0.0).sum(axis=0)
    up = np.where(used, (weight * (high - share)) ** 2, 0.0).sum(axis=0)
    return np.maximum(middle - np.sqrt(down), 0.0), np.minimum(middle + np.sqrt(up), 1.0)
