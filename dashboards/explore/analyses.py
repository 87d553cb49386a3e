"""Analyses of a whole sweep: which parameters matter, and when it goes wrong.

Both are `experiments.analysis`, at work in a thread that all sessions share, so that nobody's
search keeps others waiting for more than their turn; what was found is kept.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from dashboards.app.crew import Crew

if TYPE_CHECKING:
    from dashboards.explore.runs import RunTable
    from experiments.analysis.discovery import Discovery
    from experiments.analysis.sensitivity import Sensitivity

__all__ = ["DESK", "BoxQuestion", "Desk", "IndexQuestion", "Question", "analysed", "code_of"]


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


Key: TypeAlias = "tuple[RunTable, Question]"


class Desk:
    """Analyses that were asked for: one is at work at a time, and each is made once.

    Args:
        most: Answers that are kept.
    """

    def __init__(self, most: int = 64) -> None:
        self._most = most
        self._works: dict[Key, Future[Any]] = {}
        self._waiting: Counter[Key] = Counter()
        self._lock = threading.Lock()
        self._crew = Crew(1)

    def begin(self, table: RunTable, question: Question) -> Future[Any]:
        """Begin an analysis, or find one that was begun; its exception may be an InputProblem."""
        with self._lock:
            key = (table, question)
            found = self._works.get(key)
            if found is None:
                found = self._works[key] = Future()
                self._crew.give(partial(self._do, key, found))
            while len(self._works) > self._most:
                del self._works[next(iter(self._works))]
            return found

    def wait(self, table: RunTable, question: Question) -> Callable[[], None]:
        """Note that somebody waits; gives what to call when they do not any more.

        What nobody waits for is not begun, or ends before its next search.
        """
        key = (table, question)
        with self._lock:
            self._waiting[key] += 1

        def leave() -> None:
            with self._lock:
                self._waiting[key] -= 1
                if self._waiting[key] <= 0 and key in self._works and not self._works[key].done():
                    self._works.pop(key).cancel()

        return leave

    def _do(self, key: Key, work: Future[Any]) -> None:
        if not work.set_running_or_notify_cancel():
            return

        def go_on(*_: int) -> None:
            if self._works.get(key) is not work:
                raise CancelledError

        try:
            work.set_result(analysed(*key, go_on))
        except BaseException as problem:  # whoever asks for the result is told
            work.set_exception(problem)


DESK = Desk()
"""The one of this process."""


def analysed(
    table: RunTable, question: Question, tick: Callable[[int, int], None] | None = None
) -> Sensitivity | Discovery:
    """Make an analysis.

    Args:
        table: The runs.
        question: What is asked of them.
        tick: Called between two searches; it may raise to end them.

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
    return discover(runs, question.outcome, tick=tick, **question.options)  # type: ignore[arg-type]


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
        f'import waytrust as wt\n\nfound = {call}\nprint(*found.sentences, sep="\\n")\n'
        "print(found.table)\n"
    )
