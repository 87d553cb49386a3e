"""What a sweep says while it works: how many runs, how long, how far; on stderr."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from experiments.progress import say

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress as Bar

    from experiments.sweep.sweeping import Estimate, Progress

__all__ = ["duration", "estimate_words", "sweep_bar"]

_FEW_S = 90


def duration(seconds: float) -> str:
    """A length of time in words that are as exact as it is worth: `40 s`, `12 min`, `3.5 hours`."""
    if seconds < 10:
        return f"{max(0.1, seconds):.1f} s"
    if seconds < _FEW_S:
        return f"{seconds:.0f} s"
    if seconds < 60 * _FEW_S:
        return f"{seconds / 60:.0f} min"
    hours = seconds / 3600
    return f"{hours:.1f} hours" if hours < 48 else f"{hours / 24:.1f} days"


def estimate_words(estimate: Estimate) -> str:
    """What is about to be done, in a sentence or two."""
    if not estimate.missing:
        return f"All {estimate.runs:,} runs are there already."
    there = estimate.runs - estimate.missing
    words = f"{estimate.missing:,} run{_s(estimate.missing)} {estimate.where}"
    if there:
        words = f"{there:,} of {estimate.runs:,} runs are there already; {words} are to come"
    if estimate.run_s is None or estimate.wall_s is None:
        return f"{words}."
    each = duration(estimate.run_s)
    return f"{words}, about {each} each: about {duration(estimate.wall_s)}."


@contextmanager
def sweep_bar() -> Iterator[tuple[Callable[[Estimate], None], Callable[[Progress], None]]]:
    """Two listeners for `sweep`: one that says what is to come, one that draws how far it is.

    The bar shows runs done and failed, their rate and the time left; on a terminal only.
    """
    console = say()
    with ExitStack() as stack:
        bars: list[Bar] = []

        def before(estimate: Estimate) -> None:
            console.print(estimate_words(estimate), soft_wrap=True)

        def progress(now: Progress) -> None:
            if not bars:
                bars.append(stack.enter_context(_bar(console)))
                bars[0].add_task("", total=now.total, completed=now.done, first=now.done)
            bars[0].update(bars[0].task_ids[0], completed=now.done, failed=now.failed)

        yield before, progress


def _bar(console: Console) -> Bar:
    from rich.progress import BarColumn, Progress, ProgressColumn, Task, TimeRemainingColumn
    from rich.text import Text

    class Words(ProgressColumn):
        def render(self, task: Task) -> Text:
            failed = task.fields.get("failed", 0)
            lived = task.completed - task.fields["first"]
            rate = lived / task.elapsed if task.elapsed and lived else None
            words = f"{task.completed:,.0f} of {task.total or 0:,.0f} runs"
            words += f", {failed:,} failed" if failed else ""
            words += f", {rate:,.1f} a second" if rate else ""
            return Text(words)

    return Progress(
        BarColumn(), Words(), TimeRemainingColumn(elapsed_when_finished=True),
        console=console, transient=True, disable=not console.is_terminal,
    )  # fmt: skip


def _s(number: int) -> str:
    return "" if number == 1 else "s"
