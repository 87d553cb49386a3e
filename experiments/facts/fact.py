"""What a fact is, and whether it holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from experiments.intervals import Interval, paired_difference, paired_ratio

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Experiment", "Fact", "Sign", "Values", "Verdict", "verdict"]

Sign = Literal["falls", "rises", "same", "nothing"]
"""``same``: equal in every replicate; ``nothing``: the interval lies within the margin."""
Values = Mapping[str, tuple[float, float]]
"""Per fact, what one replicate gave without and with something (or at two places)."""


class Fact(NamedTuple):
    """Something that is known to fall, to rise, or not to change.

    Attributes:
        id: Name, used in messages and tables.
        evidence: Ids of the evidence, such as `Q02`.
        claim: What is claimed, in a sentence.
        sign: Which way it goes.
        relative: Whether the change is told relative to what it was.
        margin: For `nothing`: half-width of the range that counts as no change.
    """

    id: str
    evidence: str
    claim: str
    sign: Sign
    relative: bool = True
    margin: float = 0.0


class Experiment(NamedTuple):
    """Pairs of runs from which one or several facts can be read.

    Attributes:
        name: Name.
        facts: The facts.
        live: Lives replicate number r with so many migrants; gives the values of every fact.
        migrants: Simulated migrants that it takes to see the facts.
    """

    name: str
    facts: tuple[Fact, ...]
    live: Callable[[int, int], Values]
    migrants: int = 1_500


class Verdict(NamedTuple):
    """Whether a fact holds in the model.

    Attributes:
        fact: The fact.
        interval: The change over replicates, with its 95 % interval.
        replicates: Number of replicates.
        holds: Whether it goes the way it should.
    """

    fact: Fact
    interval: Interval
    replicates: int
    holds: bool

    def sentence(self) -> str:
        """The verdict in words."""
        v, low, high = self.interval
        told = f"{v:+.2%} ({low:+.2%} to {high:+.2%})" if self.fact.relative else (
            f"{v:+.4g} ({low:+.4g} to {high:+.4g})"
        )
        word = "holds" if self.holds else "does NOT hold"
        return f"{self.fact.id}: {self.fact.claim} {word}: {told}, {self.replicates} replicates"


def verdict(fact: Fact, base: NDArray[np.float64], other: NDArray[np.float64]) -> Verdict:
    """Judge a fact by the values of all replicates."""
    interval = (paired_ratio if fact.relative else paired_difference)(base, other)
    holds = {
        "falls": interval.high < 0,
        "rises": interval.low > 0,
        "same": bool(np.array_equal(base, other)),
        "nothing": -fact.margin < interval.low and interval.high < fact.margin,
    }[fact.sign]
    return Verdict(fact, interval, len(base), bool(holds))
