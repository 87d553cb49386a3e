"""A box: limits on some dimensions, and how well it tells cases apart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from experiments.analysis.discovery.dimension import NUMBER, Dimension

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from experiments.analysis.discovery.cases import Cases

__all__ = ["Box", "Limit", "pruned", "quasi_p", "simplified"]

_ALPHA = 0.05
_FINEST = 200  # steps into which a range is cut for limits, at most


@dataclass(frozen=True)
class Limit:
    """One side of a box, or the words of a lever that it allows.

    Attributes:
        dimension: Which dimension of the cases.
        side: `low`, `high`, or `among`.
        value: The bound; NaN for `among`.
        among: The values that are allowed, for `among`.
    """

    dimension: int
    side: str
    value: float = math.nan
    among: frozenset[float] = frozenset()

    def holds(self, inputs: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which cases keep to it."""
        column = inputs[:, self.dimension]
        if self.side == "among":
            return np.isin(column, sorted(self.among))
        return np.asarray(column >= self.value if self.side == "low" else column <= self.value)


@dataclass(frozen=True)
class Box:
    """Limits that all must hold."""

    limits: tuple[Limit, ...] = ()

    def holds(self, inputs: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which cases are inside."""
        inside = np.ones(len(inputs), dtype=bool)
        for limit in self.limits:
            inside &= limit.holds(inputs)
        return inside

    def without(self, limit: Limit) -> Box:
        """The box with one limit less."""
        return Box(tuple(each for each in self.limits if each is not limit))

    def counts(self, cases: Cases) -> tuple[int, int]:
        """Cases inside, and how many of them are what is searched for."""
        inside = self.holds(cases.inputs)
        return int(inside.sum()), int(cases.hit[inside].sum())


def quasi_p(box: Box, limit: Limit, cases: Cases) -> float:
    """Chance that a limit adds nothing, as in a one-sided binomial test.

    It asks how often at least so many hits would be found in the box if their share were that of
    the box without the limit (Bryant and Lempert 2010, doi:10.1016/j.techfore.2009.08.002). The
    limit was chosen on the same cases, so this is a lower bound of the doubt, no more.
    """
    from scipy.stats import binom

    count, hits = box.counts(cases)
    wider, wider_hits = box.without(limit).counts(cases)
    return float(binom.sf(hits - 1, count, wider_hits / wider)) if wider else 1.0


def pruned(box: Box, cases: Cases) -> Box:
    """The box without limits that add nothing: the weakest is taken away, again and again."""
    while box.limits:
        doubts = [quasi_p(box, limit, cases) for limit in box.limits]
        if max(doubts) <= _ALPHA:
            break
        box = box.without(box.limits[int(np.argmax(doubts))])
    return box


def simplified(box: Box, cases: Cases) -> Box:
    """The box with bounds in the roundest numbers that mean the same.

    A bound may stand anywhere between the last case outside and the first inside; where cases lie
    closer together than anybody would read, it is rounded, always to within their range.
    """
    made = [
        Limit(each.dimension, each.side, _round_bound(each, cases, cases.dimensions))
        if each.side != "among"
        else each
        for each in box.limits
    ]
    return Box(tuple(made))


def _round_bound(limit: Limit, cases: Cases, dimensions: Sequence[Dimension]) -> float:
    column = cases.inputs[:, limit.dimension]
    inside = limit.holds(cases.inputs)
    if dimensions[limit.dimension].kind != NUMBER:
        kept = column[inside]
        return float(kept.min() if limit.side == "low" else kept.max())
    low, high = float(column.min()), float(column.max())
    if limit.side == "low":
        ends = float(column[~inside].max()), float(column[inside].min())
    else:
        ends = float(column[inside].max()), float(column[~inside].min())
    coarse = (high - low) / _FINEST
    if ends[1] - ends[0] < coarse:
        middle = sum(ends) / 2
        ends = max(low, middle - coarse / 2), min(high, middle + coarse / 2)
    return _roundest(*ends)


def _roundest(low: float, high: float) -> float:
    # The first of 1, 2 or 5 times a power of ten of which a multiple lies between the ends.
    power = math.floor(math.log10(max(abs(low), abs(high), high - low))) + 1
    for exponent in range(power, power - 12, -1):
        for step in (5, 2, 1):
            size = step * 10.0**exponent
            found = math.ceil(low / size) * size
            if low < found < high:
                return float(f"{found:.12g}")
    return (low + high) / 2
