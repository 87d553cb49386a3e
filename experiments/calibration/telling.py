"""What a calibration says while it works, on stderr, and what it shows at the end."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from experiments.progress import say
from experiments.sweep.telling import duration
from experiments.words import percent

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.table import Table

    from experiments.calibration.calibration import Calibration
    from experiments.calibration.looking import Estimate, Progress

__all__ = ["calibration_bar", "estimate_words", "parameter_rows", "result_tables", "target_rows"]


def estimate_words(estimate: Estimate) -> str:
    """What is about to be done, in a sentence or two."""
    words = (
        f"Fitting {_count(estimate.parameters, 'parameter')} to "
        f"{_count(estimate.targets, 'target')} {estimate.where}."
    )
    if estimate.kept:
        words += f" {estimate.kept:,} runs are there already."
    left = max(0, estimate.least - estimate.kept)
    if not estimate.run_s or not left:
        return words
    wall_s = left * estimate.run_s / estimate.workers
    return (
        f"{words} At least {left:,} runs, about {duration(estimate.run_s)} each: "
        f"{duration(wall_s)}, and some times that where few sets of parameters come near."
    )


@contextmanager
def calibration_bar() -> Iterator[tuple[Callable[[Estimate], None], Callable[[Progress], None]]]:
    """Two listeners for `calibrate`: one for what is to come, one for how far it is.

    Every generation leaves a line; on a terminal a bar shows the one that is under way.
    """
    console = say()
    with ExitStack() as stack:
        listener = _Listener(console, stack)
        yield (
            lambda estimate: console.print(estimate_words(estimate), soft_wrap=True),
            listener.heard,
        )


class _Listener:
    """Draws a bar for the generation under way, and a line for each that has ended."""

    def __init__(self, console: Console, stack: ExitStack) -> None:
        self._console, self._stack = console, stack
        self._bar: Bar | None = None
        self._ended: set[int] = set()
        self._started = time.monotonic()
        self._share = 1.0

    def heard(self, now: Progress) -> None:
        if now.kept and now.tried:
            self._share = now.kept / now.tried
        if now.generation is not None and now.kept == now.wanted:
            self._end(now)
        if self._bar is None:
            self._started = time.monotonic()
            self._bar = self._stack.enter_context(_bar(self._console))
            self._bar.add_task("", total=now.wanted)
        done, total = self._place(now)
        words = f"{_now_words(now)}{self._left(now, total - done)}"
        self._bar.update(self._bar.task_ids[0], total=total, completed=done, description=words)

    def _place(self, now: Progress) -> tuple[float, float]:
        """Runs done of this generation, and how many it will take if as many are kept as so far."""
        if now.generation is None:
            return now.done, max(now.sent, 1)
        tried = now.tried * now.replicates
        coming = (now.wanted - now.kept) / self._share * now.replicates
        return tried + now.done, tried + max(coming, now.sent)

    def _left(self, now: Progress, runs: float) -> str:
        if not now.runs or runs < 1:
            return ""
        wall_s = (time.monotonic() - self._started) / now.runs
        return f", some {duration(runs * wall_s)} left"

    def _end(self, now: Progress) -> None:
        assert now.generation is not None
        if now.generation not in self._ended:
            self._ended.add(now.generation)
            self._console.print(_ended_words(now), soft_wrap=True)


def _now_words(now: Progress) -> str:
    rate = f", {now.run_s / now.runs:.1f} s a run" if now.runs else ""
    if now.generation is None:
        return f"Checking predictions: {now.done:,} of {now.sent:,} runs{rate}"
    near = "a sample of the prior" if now.epsilon is None else f"within {now.epsilon:.2f}"
    if now.generation and now.epsilon is None:
        near = "where emulators see the posterior"
    return (
        f"Generation {now.generation}, {near}: {now.kept:,} of {now.wanted:,} kept, "
        f"{now.tried:,} looked at{rate}"
    )


def _ended_words(now: Progress) -> str:
    share = percent(now.kept / now.tried, 0)
    if now.epsilon is None:
        where = "from what emulators see as the posterior" if now.generation else "from the prior"
        return f"Generation {now.generation}: {now.kept:,} sets of parameters drawn {where}."
    return (
        f"Generation {now.generation}: {now.kept:,} of {now.tried:,} tried ({share}) miss by at "
        f"most {now.epsilon:.2f} tolerances on average."
    )


def _bar(console: Console) -> Bar:
    from rich.progress import BarColumn, Progress, TextColumn

    return Progress(
        BarColumn(20), TextColumn("{task.description}"), console=console, transient=True,
        disable=not console.is_terminal,
    )  # fmt: skip


def result_tables(found: Calibration) -> list[Table]:
    """What a calibration shows on the terminal."""
    from experiments.tables import plain_table

    targets = plain_table(
        ("Target", "Observed", "Near enough", "Before", "After (nine tenths)", "Inside"),
        target_rows(found),
    )
    parameters = plain_table(
        ("Parameter", "Range before", "Median", "Nine tenths", "Fixed by the targets"),
        parameter_rows(found),
    )
    return [targets, parameters]


def target_rows(found: Calibration) -> list[tuple[str, ...]]:
    """A row of words per target."""
    return [
        (
            f"{row['id']} {row['title']}".strip(),
            _number(row["observed"]),
            f"{_number(row['low'])} to {_number(row['high'])}",
            _number(row["prior_mean"]),
            f"{_number(row['posterior_mean'])} ({_number(row['posterior_low'])} to "
            f"{_number(row['posterior_high'])})",
            "yes" if row["inside"] else "no",
        )
        for row in _records(found.targets)
    ]


def parameter_rows(found: Calibration) -> list[tuple[str, ...]]:
    """A row of words per parameter."""
    return [
        (
            row["name"],
            f"{_number(row['prior_low'])} to {_number(row['prior_high'])}"
            + (" (log)" if row["scale"] == "log" else ""),
            _number(row["median"]),
            f"{_number(row['low'])} to {_number(row['high'])}",
            f"{row['identified']} ({percent(max(0.0, row['contraction']), 0)} narrower)",
        )
        for row in _records(found.parameters)
    ]


def _records(table: Any) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]


def _number(value: float) -> str:
    if math.isnan(value):
        return "not known"
    text = f"{value:,.0f}" if 1000 <= abs(value) < 1e9 else f"{value:.3g}"
    return text.replace("-", "\N{MINUS SIGN}")


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
