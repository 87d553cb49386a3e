"""What is missing from a sweep: runs that failed, and runs that were not made yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from experiments.words import listed
from sim.said import Said

if TYPE_CHECKING:
    import pandas as pd

    from scenarios.designing import Design

__all__ = ["Gaps", "block_size", "gaps_of"]


@dataclass(frozen=True)
class Gaps:
    """How many runs a sweep has, and how many it lacks.

    Attributes:
        expected: Runs of the whole design.
        done: Runs that ended well.
        failed: Runs that ended with an error.
        undefined: For each outcome, runs that ended well and gave no number for it.
    """

    expected: int
    done: int
    failed: int
    undefined: dict[str, int]

    @property
    def missing(self) -> int:
        """Runs that were not made yet."""
        return self.expected - self.done - self.failed

    def sentences(self) -> list[str]:
        """What a reader must know before any number."""
        said: list[str] = []
        if self.missing:
            said.append(
                Said(
                    "The sweep is not finished: {missing:,} of {expected:,} runs are missing. Run "
                    "it again to go on; these numbers are of what is there.",
                    missing=self.missing, expected=self.expected,
                )
            )  # fmt: skip
        if self.failed:
            said.append(
                Said(
                    "{failed:,} of {expected:,} runs failed and do not count.",
                    failed=self.failed, expected=self.expected,
                )
            )  # fmt: skip
        if self.undefined:
            names = [Said("{name} ({n:,})", name=each, n=n) for each, n in self.undefined.items()]
            said.append(
                Said(
                    "Runs that ended without a number, and do not count: {names}.",
                    names=listed(names),
                )
            )
        return said


def block_size(design: Design) -> int:
    """Points that belong together: a base sample of Sobol's design, a trajectory of Morris'."""
    dimensions = len(design.uncertainties)
    if design.sampler.method == "sobol":
        return 2 * dimensions + 2 if design.sampler.second_order else dimensions + 2
    return dimensions + 1 if design.sampler.method == "morris" else 1


def gaps_of(design: Design, frame: pd.DataFrame) -> Gaps:
    """Count what is there and what is missing."""
    from scenarios.designing import runs_of

    failed = frame["error"].fillna("").astype(str) != ""
    well = frame[~failed]
    undefined = {
        each.name: int(well[each.name].isna().sum())
        for each in design.outcomes
        if well[each.name].isna().any()
    }
    return Gaps(runs_of(design), len(well), int(failed.sum()), undefined)
