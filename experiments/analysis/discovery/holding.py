"""Whether a box holds up: it is searched for again in halves of the cases, and tried on the rest.

PRIM finds boxes in pure chance as well, so what it finds is judged on cases that it has not seen.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from experiments.analysis.discovery.box import Box, Limit
from experiments.analysis.discovery.peeling import chosen, peel

if TYPE_CHECKING:
    from experiments.analysis.discovery.cases import Cases

__all__ = ["ALPHA", "Holding", "Repeat", "holding"]

ALPHA = 0.05
_ALPHA_IN_HALVES = 0.1  # a twentieth of half the cases would be slices of very few
_FEWEST_FOR_SPREAD = 5
_LEAST_MASS = 0.05


@dataclass(frozen=True)
class Repeat:
    """How often a limit is found again.

    Attributes:
        share: Share of the halves in which the same side of the same dimension is limited.
        low: The 10th percentile of the bounds there; NaN where there are too few.
        high: The 90th.
    """

    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Holding:
    """How a box fares in halves of the cases.

    Attributes:
        p: Chance of so many hits in the other half if no condition mattered: twice the median
            over halves of an exact (hypergeometric) test, which is valid however much the halves
            have in common (Meinshausen, Meier and Bühlmann 2009, doi:10.1198/jasa.2009.tm08647).
        density: Share of hits in the boxes of one half among the cases of the other, mean.
        coverage: Share of the other half's hits that these boxes hold, mean.
        boxes: The boxes that were found.
    """

    p: float
    density: float
    coverage: float
    boxes: tuple[Box, ...]

    def repeat(self, limit: Limit) -> Repeat:
        """How often, and where, a limit is found again."""
        found = [
            each.value
            for box in self.boxes
            for each in box.limits
            if (each.dimension, each.side) == (limit.dimension, limit.side)
            and (limit.side != "among" or each.among == limit.among)
        ]
        share = len(found) / max(1, len(self.boxes))
        if limit.side == "among" or len(found) < _FEWEST_FOR_SPREAD:
            return Repeat(share, math.nan, math.nan)
        low, high = np.quantile(found, [0.1, 0.9])
        return Repeat(share, float(low), float(high))


def holding(
    cases: Cases, halves: int, seed: int, begin: Callable[[], None] = lambda: None
) -> Holding:
    """Search halves of the cases, and try each box on the other half.

    Args:
        cases: The cases.
        halves: How many times.
        seed: Seed of the halves.
        begin: Called before each search.
    """
    from scipy.stats import hypergeom

    rng = np.random.default_rng(seed)
    groups = np.unique(cases.group)
    doubts, densities, coverages, boxes = [], [], [], []
    for _ in range(halves):
        begin()
        half = rng.choice(groups, size=len(groups) // 2, replace=False)
        mine = np.isin(cases.group, half)
        one, other = cases.only(mine), cases.only(~mine)
        if not (one.hit.any() and other.hit.any()) or one.hit.all():
            continue
        # A smaller box could not be chosen: the harmonic mean would be below that of all cases.
        least = max(_LEAST_MASS, float(one.hit.mean()) ** 2)
        box = chosen(peel(one, _ALPHA_IN_HALVES, least), one)[1]
        count, hits = box.counts(other)
        everywhere = int(other.hit.sum())
        doubts.append(float(hypergeom.sf(hits - 1, len(other.hit), everywhere, count)))
        densities.append(hits / count if count else math.nan)
        coverages.append(hits / everywhere)
        boxes.append(box)
    if not boxes:
        return Holding(1.0, math.nan, math.nan, ())
    known = [each for each in densities if not math.isnan(each)]
    return Holding(
        min(1.0, 2 * float(np.median(doubts))),
        float(np.mean(known)) if known else math.nan,
        float(np.mean(coverages)),
        tuple(boxes),
    )
