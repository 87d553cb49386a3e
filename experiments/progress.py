"""What the user sees on the terminal while something runs; on stderr, never on stdout."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from rich.console import Console

from experiments.warming import share_compilation

if TYPE_CHECKING:
    from rich.progress import Progress

__all__ = ["FIRST_TIME", "Report", "bar_on_stderr", "out", "say"]

FIRST_TIME = "Compiling the model: about half a minute, the first time only."

Report = Callable[[int, int | None], None]
"""Called with simulated days done and in all; first with 0, before anything is simulated."""


def out() -> Console:
    """The console of results, on stdout."""
    return Console(markup=False, highlight=False)


def say() -> Console:
    """The console of words and progress, on stderr."""
    return Console(stderr=True, markup=False, highlight=False)


@contextmanager
def bar_on_stderr(what: str, *, whole_model: bool = True) -> Iterator[Report]:
    """A bar with time left, drawn from the first report to the end of the block.

    It appears only once something begins to run, so that a refusal stands alone, and only on a
    terminal.

    Args:
        what: What is being done, such as `30 runs`.
        whole_model: Whether the whole model runs, which takes long to compile the first time.
    """
    console = say()
    with ExitStack() as stack:
        bars: list[Progress] = []

        def report(done: int, total: int | None) -> None:
            if not bars:
                if whole_model:
                    _announce_compiling(console)
                bars.append(stack.enter_context(_bar(console)))
                bars[0].add_task(what, total=total)
            bars[0].update(bars[0].task_ids[0], completed=done, total=total)

        yield report


def _bar(console: Console) -> Progress:
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        TextColumn("so far,"),
        TimeRemainingColumn(elapsed_when_finished=False),
        TextColumn("left"),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def _announce_compiling(console: Console) -> None:
    from sim.compiling import is_compiled

    if not is_compiled():
        console.print(FIRST_TIME)
        share_compilation()
