"""What a search for conditions found, and the files it makes of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.analysis.writing import write_analysis
from sim.said import Said

if TYPE_CHECKING:
    import pandas as pd

    from experiments.analysis.discovery.box import Box, Limit
    from experiments.analysis.discovery.cases import Cases
    from experiments.analysis.discovery.holding import Holding, Repeat
    from experiments.analysis.discovery.peeling import Step
    from experiments.analysis.discovery.question import Question
    from experiments.analysis.gaps import Gaps
    from scenarios.designing import Design

__all__ = ["Discovery", "FoundBox", "FoundLimit"]

KIND = "discovery"
_COLUMNS = [
    "box", "dimension", "side", "value", "among", "words", "quasi_p", "found_again", "again_low",
    "again_high", "title", "source", "assumed",
]  # fmt: skip


@dataclass(frozen=True)
class FoundLimit:
    """A limit of a box, and how sure it is.

    Attributes:
        limit: The limit.
        quasi_p: Chance that it adds nothing, judged on the cases in which it was found.
        repeat: How often, and where, it is found again in halves of the cases.
    """

    limit: Limit
    quasi_p: float
    repeat: Repeat


@dataclass(frozen=True)
class FoundBox:
    """A box, and how well it tells cases apart.

    Attributes:
        number: 1 for the first; each is searched in the cases outside the boxes before it.
        box: The box.
        limits: Its limits.
        cases: Cases inside (and outside the boxes before it).
        hits: How many of them are what is searched for.
        coverage: Share of all hits that it holds.
        density: Share of hits among its cases.
        mass: Share of all cases that it holds.
        base: Share of hits among the cases that were searched.
        searched: Share of all hits that are among them.
        held: How it fares in halves of the cases.
        steps: The boxes on the way to it.
        step: Which of them was chosen.
        holds_up: Whether it tells cases apart that were not searched.
    """

    number: int
    box: Box
    limits: tuple[FoundLimit, ...]
    cases: int
    hits: int
    coverage: float
    density: float
    mass: float
    base: float
    searched: float
    held: Holding = field(repr=False)
    steps: tuple[Step, ...] = field(repr=False)
    step: int
    holds_up: bool


@dataclass(frozen=True)
class Discovery:
    """Conditions under which an outcome is what was searched for.

    Attributes:
        design: What was varied.
        question: What was searched for.
        cases: The cases.
        boxes: The boxes that hold up, in the order in which they were found.
        gaps: What is missing from the sweep.
        ended: Why no further box was searched for; empty where as many as asked were found.
        folder: Directory of the sweep, if there is one.
    """

    design: Design
    question: Question
    cases: Cases = field(repr=False)
    boxes: list[FoundBox]
    gaps: Gaps
    ended: str
    folder: Path | None = None

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """The rows of the table, whose texts remember how they were made (`sim.said`)."""
        from experiments.analysis.discovery.words import limit_words

        rows = []
        for box in self.boxes:
            for each in box.limits:
                limit, repeat = each.limit, each.repeat
                dimension = self.cases.dimensions[limit.dimension]
                texts = [dimension.words(value) for value in sorted(limit.among)]
                words = limit_words(dimension, [limit])
                row = (
                    box.number, dimension.name, limit.side, limit.value, "; ".join(texts), words,
                    each.quasi_p, repeat.share, repeat.low, repeat.high, dimension.title,
                    dimension.source, dimension.assumed,
                )  # fmt: skip
                rows.append(dict(zip(_COLUMNS, row, strict=True)))
        return rows

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per limit of each box.

        Columns: box, dimension, side (`low`, `high`, `among`), value, among (texts), words,
        quasi_p, found_again (share of halves), again_low, again_high (10th and 90th percentile
        of the bounds there), title, source, assumed.
        """
        import pandas as pd

        return pd.DataFrame(self.rows, columns=_COLUMNS)

    @cached_property
    def trajectory(self) -> pd.DataFrame:
        """The boxes on the way. Columns: box, step, coverage, density, mass, limits, chosen."""
        import pandas as pd

        columns = ["box", "step", "coverage", "density", "mass", "limits", "chosen"]
        rows = [
            (box.number, at, step.coverage, step.density, step.mass, len(step.box.limits),
             at == box.step)
            for box in self.boxes
            for at, step in enumerate(box.steps)
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=columns)

    @property
    def sentences(self) -> list[str]:
        """What was found, in plain words."""
        from experiments.analysis.discovery.words import sentences

        return sentences(self)

    @property
    def warnings(self) -> list[str]:
        """What is odd, in sentences."""
        said = self.gaps.sentences()
        if self.cases.dropped:
            total = self.cases.dropped + len(self.cases.hit)
            said.append(
                Said(
                    "{dropped:,} of {total:,} cases were left out: a run of theirs is missing, or "
                    "has nothing to be compared with.", dropped=self.cases.dropped, total=total,
                )
            )  # fmt: skip
        return said

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain data, for JSON."""
        limits = self.table.to_dict("records")
        return {
            "design": self.design.name,
            "question": {
                **asdict(self.question), "words": self.question.words(self.cases.threshold),
                "bound": self.cases.threshold.bound,
            },
            "cases": len(self.cases.hit),
            "hits": int(self.cases.hit.sum()),
            "boxes": [
                {
                    "box": box.number, "cases": box.cases, "hits": box.hits,
                    "coverage": box.coverage, "density": box.density, "mass": box.mass,
                    "base": box.base, "p": box.held.p, "held_out_density": box.held.density,
                    "held_out_coverage": box.held.coverage,
                    "limits": [row for row in limits if row["box"] == box.number],
                }
                for box in self.boxes
            ],
            "sentences": self.sentences,
            "warnings": self.warnings,
        }  # fmt: skip

    def write(self, out: Path | str | None = None) -> Path:
        """Write tables and figures; whole or not at all.

        Args:
            out: Where; None: into `discovery` of the sweep's directory.

        Returns:
            The directory.

        Raises:
            InputProblem: If the place is taken by something else or cannot be written.
        """
        from experiments.analysis.discovery.figure import draw

        return write_analysis(
            KIND, self.design, out, self.folder, numbers=self.to_dict(),
            tables={"boxes.csv": self.table, "trajectory.csv": self.trajectory},
            draw=lambda folder: draw(self, folder), outcome=self.question.outcome,
        )  # fmt: skip
