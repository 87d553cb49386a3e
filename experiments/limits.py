"""What may be asked for; refused in one sentence before anything runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.said import Listed, Said

if TYPE_CHECKING:
    from sim.problems import InputProblem

__all__ = [
    "MOST_DAYS",
    "MOST_MIGRANTS",
    "MOST_REPLICATES",
    "Stopped",
    "check_engine",
    "check_half_width",
    "check_replicates",
    "check_size",
    "check_threads",
    "check_workers",
    "refusal",
]

MOST_MIGRANTS = 50_000_000
MOST_DAYS = 3_650
MOST_REPLICATES = 10_000
MOST_THREADS = 1_024
MOST_WORKERS = 1_024
ENGINES = ("compiled", "reference")


class Stopped(Exception):  # noqa: N818  (it says what happened)
    """Something outside ended the work: neither the input is wrong nor the code.

    The message is a whole sentence for the user.
    """


def refusal(field: str, value: object, message: str, suggestion: str = "") -> InputProblem:
    """The exception for something the user asked for that cannot be.

    Args:
        field: Option or file that is wrong, as the user wrote it.
        value: What was given; empty where nothing was.
        message: What is wrong with it, as the rest of a sentence that begins with the value.
        suggestion: What to do instead, such as `give 1 to 50,000,000`.
    """
    from sim.problems import InputProblem, Problem

    whole = message
    if value != "":
        shown = Said("{n:,}", n=value) if isinstance(value, int) else f"'{value}'"
        whole = Said("{value} {message}", value=shown, message=message)
    return InputProblem(
        Problem(field=field, value=str(value), message=whole, suggestion=suggestion)
    )


def check_size(migrants: int | None, days: int | None, seed: int | None) -> None:
    """Refuse numbers of migrants and days, and seeds, that no run can have."""
    _within(Said("migrants"), migrants, 1, MOST_MIGRANTS)
    _within(Said("days"), days, 1, MOST_DAYS)
    _within(Said("seed"), seed, 0, 2**63 - 1)


def check_replicates(replicates: int) -> None:
    """Refuse fewer than two replicates: one pair has no spread, so no interval."""
    _within(Said("replicates"), replicates, 2, MOST_REPLICATES)


def check_threads(threads: int | None) -> None:
    """Refuse a number of threads that makes no sense."""
    _within("threads", threads, 1, MOST_THREADS)


def check_workers(workers: int | None, scheduler: str | None) -> None:
    """Refuse a number of workers that makes no sense, or beside a scheduler that has its own."""
    if scheduler is not None and workers is not None:
        message = Said("cannot stand beside --scheduler, which has workers of its own")
        raise refusal("workers", workers, message, Said("give one of the two"))
    if workers is not None and not 0 <= workers <= MOST_WORKERS:
        message = Said("is no number of workers")
        advice = Said("give {least:,} to {most:,}", least=0, most=MOST_WORKERS)
        raise refusal("workers", workers, message, advice)


def check_engine(engine: str) -> None:
    """Refuse an engine that does not exist."""
    if engine not in ENGINES:
        advice = Said("give {options}", options=Listed(ENGINES, "or"))
        raise refusal("engine", engine, Said("is not an engine"), advice)


def check_half_width(half_width: float | None) -> None:
    """Refuse a wanted half-width that is not a share above zero."""
    if half_width is not None and not 0 < half_width < 1:
        message = Said("is not a half-width that more replicates could reach")
        raise refusal("until_half_width", half_width, message, Said("give a share such as 0.005"))


def _within(field: str, value: int | None, least: int, most: int) -> None:
    if value is None or least <= value <= most:
        return
    message = Said("is too small") if value < least else Said("is too large")
    advice = Said("give a whole number from {least:,} to {most:,}", least=least, most=most)
    raise refusal(field, value, message, advice)
