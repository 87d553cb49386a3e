"""Analyses of a whole sweep: which parameters matter, and when it goes wrong.

Both are `experiments.analysis`, at work in a thread that all sessions share, so that nobody's
search keeps others waiting for more than their turn; what was found is kept.
"""

from __future__ import annotations

import functools
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from dashboards.explore.runs import RunTable
    from experiments.analysis.discovery import Discovery
    from experiments.analysis.sensitivity import Sensitivity

__all__ = ["BoxQuestion", "IndexQuestion", "Question", "analysed", "begun", "code_of"]


@dataclass(frozen=True)
class IndexQuestion:
    """Which parameters does an outcome depend on?

    Attributes:
        outcome: Name of the outcome.
        method: `screening`, or None for the method that suits the sample.
    """

    outcome: str
    method: str | None = None


@dataclass(frozen=True)
class BoxQuestion:
    """Under which conditions is an outcome low or high, does it fall or rise?

    Attributes:
        outcome: Name of the outcome.
        kind: `below`, `above`, `falls_by`, `rises_by`, or empty for the worst quarter.
        amount: The bound, or the share by which it falls or rises.
        against: What a fall or rise is compared with: `median` or `first`.
    """

    outcome: str
    kind: str = ""
    amount: float = 0.0
    against: str = "median"

    @property
    def options(self) -> dict[str, float | str]:
        """The same as options of `waytrust.discover`."""
        if not self.kind:
            return {}
        options: dict[str, float | str] = {self.kind: self.amount}
        if self.kind in ("falls_by", "rises_by") and self.against != "median":
            options["against"] = self.against
        return options


Question: TypeAlias = "IndexQuestion | BoxQuestion"


def begun(table: RunTable, question: Question) -> Future[Sensitivity | Discovery]:
    """Begin an analysis, or find one that was begun; its exception may be an InputProblem."""
    return _begun(table, question)


def analysed(table: RunTable, question: Question) -> Sensitivity | Discovery:
    """Make an analysis.

    Raises:
        InputProblem: If the question makes no sense for these runs.
    """
    if isinstance(question, IndexQuestion):
        from experiments.analysis.sensitivity import analyse

        return analyse(table.design, table.frame, method=question.method,
                       outcomes=[question.outcome], folder=table.folder)  # fmt: skip
    from experiments.analysis import Runs
    from experiments.analysis.discovery import discover

    runs = Runs(table.design, table.frame, table.folder)
    return discover(runs, question.outcome, **question.options)  # type: ignore[arg-type]


def code_of(table: RunTable, question: Question) -> str:
    """Short runnable code that makes the same analysis."""
    where = repr(str(table.folder))
    if isinstance(question, IndexQuestion):
        more = f", method={question.method!r}" if question.method else ""
        call = f"wt.sensitivity({where}, outcomes=[{question.outcome!r}]{more})"
    else:
        more = "".join(f", {name}={value!r}" for name, value in question.options.items())
        call = f"wt.discover({where}, {question.outcome!r}{more})"
    return (
        f"import waytrust as wt\n\nfound = {call}\nprint(*found.sentences, sep=\"\\n\")\n"
        "print(found.table)\n"
    )


@functools.cache
def _one_at_a_time() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, "explore-analysis")


@functools.lru_cache(maxsize=64)
def _begun(table: RunTable, question: Question) -> Future[Sensitivity | Discovery]:
    return _one_at_a_time().submit(analysed, table, question)
