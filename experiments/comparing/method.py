"""How intervals over replicates are made: Student's t, or a bootstrap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from experiments.comparing import bootstrap
from experiments.intervals import Intervals, mean_intervals, ratio_intervals

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["BOOTSTRAP", "METHODS", "STUDENT", "Method"]

STUDENT: Final = "t"
BOOTSTRAP: Final = "bootstrap"
METHODS = (STUDENT, BOOTSTRAP)


@dataclass(frozen=True)
class Method:
    """One way of making 95 % intervals over replicates.

    Attributes:
        name: `t` or `bootstrap`.
        seed: Seed of the draws of a bootstrap; that of the comparison.
    """

    name: str = STUDENT
    seed: int = 0

    def mean(self, sample: NDArray[np.float64]) -> Intervals:
        """Mean of each column of a sample with one row per replicate."""
        if self.name == BOOTSTRAP:
            return bootstrap.bootstrap_means(sample, self.seed)
        return mean_intervals(sample)

    def ratio(self, base: NDArray[np.float64], other: NDArray[np.float64]) -> Intervals:
        """Relative change of the mean of each column."""
        if self.name == BOOTSTRAP:
            return bootstrap.bootstrap_ratios(base, other, self.seed)
        return ratio_intervals(base, other)

    @property
    def fewest(self) -> int:
        """Fewest replicates that give an interval."""
        return bootstrap.FEWEST if self.name == BOOTSTRAP else 2

    @property
    def short(self) -> str:
        """What the intervals are called."""
        return "paired bootstrap-t" if self.name == BOOTSTRAP else "paired Student t"

    @property
    def words(self) -> str:
        """What the intervals are, as a result says it."""
        draws = f", {bootstrap.DRAWS:,} draws" if self.name == BOOTSTRAP else ""
        return f"{self.short} over replicates{draws}"
