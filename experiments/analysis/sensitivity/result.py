"""What a sensitivity analysis found, and the files it makes of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.analysis.writing import write_analysis
from sim.said import Said

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from experiments.analysis.factors import Factor
    from experiments.analysis.gaps import Gaps
    from experiments.analysis.samples import Sample
    from experiments.analysis.sensitivity.finding import Finding
    from scenarios.designing import Design

__all__ = ["Sensitivity"]

KIND = "sensitivity"
_NAMED = 3
"""Tables that a note names, at most."""


@dataclass(frozen=True)
class Sensitivity:
    """Indices of every parameter, for each outcome under each combination of levers.

    Attributes:
        design: What was varied.
        method: `sobol`, `morris` or `screening`.
        factors: The parameters.
        found: Samples, and what was found in each.
        gaps: What is missing from the sweep.
        folder: Directory of the sweep, if there is one.
    """

    design: Design
    method: str
    factors: tuple[Factor, ...]
    found: list[tuple[Sample, Finding]] = field(repr=False)
    gaps: Gaps
    folder: Path | None = None

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """The rows of the table, whose texts remember how they were made (`sim.said`)."""
        known = {factor.name: factor for factor in self.factors}
        rows = []
        for sample, finding in self.found:
            for each in finding.indices:
                factor = known.get(each.parameter)
                rows.append(
                    {
                        "outcome": sample.outcome, "levers": sample.combination.name,
                        "method": self.method, **asdict(each),
                        "title": factor.title if factor else "",
                        "source": factor.source if factor else "",
                        "assumed": factor.assumed if factor else False,
                    }
                )  # fmt: skip
        return rows

    @cached_property
    def table(self) -> pd.DataFrame:
        """The indices, long.

        Columns: outcome, levers, method, parameter, index, value, low, high (95 % interval), rank
        (1 for what matters most), note, and of each parameter title, source and assumed.
        """
        import pandas as pd

        columns = [
            "outcome", "levers", "method", "parameter", "index", "value", "low", "high", "rank",
            "note", "title", "source", "assumed",
        ]  # fmt: skip
        return pd.DataFrame(self.rows, columns=columns)

    @cached_property
    def spread(self) -> pd.DataFrame:
        """What there is to explain, one row per outcome and combination of levers.

        Columns: outcome, levers, points (used), dropped (points), mean and sd of the points' means,
        chance (standard deviation that luck gives to such a mean), noise (share of the variance
        that is luck), fit (of the rank regression of a screening).
        """
        import pandas as pd

        return pd.DataFrame(
            {
                "outcome": sample.outcome, "levers": sample.combination.name,
                "points": finding.used, "dropped": finding.dropped, "mean": finding.noise.mean,
                "sd": finding.noise.sd, "chance": finding.noise.chance,
                "noise": finding.noise.share, "fit": finding.fit,
            }
            for sample, finding in self.found
        )  # fmt: skip

    def figure(self, outcome: str | None = None) -> Figure:
        """What an outcome depends on, as it is drawn into the sweep's directory.

        Args:
            outcome: Its name; None: the first that varies.
        """
        from experiments.analysis.sensitivity.figure import outcome_figure

        varied = (sample.outcome for sample, finding in self.found if finding.indices)
        return outcome_figure(self, outcome or next(varied))

    @property
    def warnings(self) -> list[str]:
        """What is odd, in sentences; first what concerns the whole sweep."""
        from experiments.analysis.sensitivity.words import subject

        # What holds of several outcomes, or under several levers, is said once.
        said: dict[str, list[str]] = {}
        for sample, finding in self.found:
            for words in finding.warnings:
                said.setdefault(words, []).append(subject(sample))
        return self.gaps.sentences() + [
            _warning(words, subjects, len(self.found)) for words, subjects in said.items()
        ]

    @property
    def sentences(self) -> list[str]:
        """What was found, in plain words."""
        from experiments.analysis.sensitivity.words import sentences

        return sentences(self)

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain data, for JSON."""
        return {
            "design": self.design.name,
            "method": self.method,
            "runs": {
                "expected": self.gaps.expected, "done": self.gaps.done,
                "failed": self.gaps.failed, "missing": self.gaps.missing,
            },
            "indices": self.table.to_dict("records"),
            "spread": self.spread.to_dict("records"),
            "sentences": self.sentences,
            "warnings": self.warnings,
        }  # fmt: skip

    def write(self, out: Path | str | None = None) -> Path:
        """Write tables and figures; whole or not at all.

        Args:
            out: Where; None: into `sensitivity` of the sweep's directory.

        Returns:
            The directory.

        Raises:
            InputProblem: If the place is taken by something else or cannot be written.
        """
        from experiments.analysis.sensitivity.figure import draw

        return write_analysis(
            KIND, self.design, out, self.folder, numbers=self.to_dict(),
            tables={f"{KIND}.csv": self.table, "spread.csv": self.spread},
            draw=lambda folder: draw(self, folder), method=self.method,
        )  # fmt: skip


def _warning(words: str, subjects: list[str], tables: int) -> Said:
    if len(subjects) == tables > 1:
        return Said("Everywhere: {warning}.", warning=words)
    subject, *more = subjects[:_NAMED]
    for each in more:
        subject = Said("{one}; {other}", one=subject, other=each)
    if len(subjects) > _NAMED:
        subject = Said("{some}; and {n} more", some=subject, n=len(subjects) - _NAMED)
    return Said("{subject}: {warning}.", subject=subject, warning=words)
