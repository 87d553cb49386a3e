"""Options that several commands share, and how amounts on the command line are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

if TYPE_CHECKING:
    from sim.problems import Problem

__all__ = [
    "Days",
    "Json",
    "Migrants",
    "Out",
    "OutOfAnalysis",
    "Posterior",
    "Scheduler",
    "Seed",
    "Threads",
    "UsualPosterior",
    "Workers",
    "days_of",
    "number_of",
    "print_json",
    "share_of",
    "tell_problems",
]

T = TypeVar("T")

Migrants = Annotated[
    int | None, typer.Option("--migrants", help="Simulated migrants (by default the scenario's).")
]
Days = Annotated[
    str | None, typer.Option("--days", help="Length, such as 90 or '90 days' (the scenario's).")
]
Seed = Annotated[int | None, typer.Option("--seed", help="Seed of all chance (the scenario's).")]
Threads = Annotated[int | None, typer.Option("--threads", help="Threads to use.")]
Out = Annotated[Path | None, typer.Option("--out", help="Directory for the results.")]
OutOfAnalysis = Annotated[
    Path | None,
    typer.Option(
        "--out",
        help="Directory for the results (in that of the sweep). With a design: for the sweep.",
    ),
]
Posterior = Annotated[
    Path | None,
    typer.Option(
        "--posterior",
        metavar="DIR",
        help="Take fitted parameters from a calibration's directory, or from evidence: the one "
        "that ships (none).",
    ),
]
UsualPosterior = Annotated[
    Path | None,
    typer.Option(
        "--posterior",
        metavar="DIR",
        help="Take fitted parameters from a calibration's directory instead of the one that ships "
        "(evidence), or none: chance alone.",
    ),
]
Scheduler = Annotated[
    str | None,
    typer.Option("--scheduler", metavar="ADDRESS", help="Dask scheduler, such as tcp://h:8786."),
]
Workers = Annotated[
    int | None,
    typer.Option("--workers", help="Processes of this machine (one per core); 0: only this."),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]


def days_of(text: str | None) -> int | None:
    """A length of time as written on the command line, in whole days.

    Raises:
        InputProblem: If it is not one.
    """
    from scenarios.units import whole_days

    return _read("days", text, whole_days)


def share_of(text: str | None, option: str = "until-half-width") -> float | None:
    """A share as written on the command line, such as `0.5 %`.

    Args:
        text: What was written.
        option: Name of the option, for messages.

    Raises:
        InputProblem: If it is not one.
    """
    from scenarios.units import share

    return _read(option, text, share)


def number_of(field: str, text: str | None) -> float | None:
    """A number or a share as written on the command line, such as `0.5` or `50 %`.

    Raises:
        InputProblem: If it is neither.
    """
    from scenarios.units import number, share

    reader = share if text is not None and text.strip().endswith("%") else number
    return _read(field, text, reader)


def print_json(value: object) -> None:
    """Print one JSON object on stdout."""
    from experiments.writing import json_text

    typer.echo(json_text(value))


def tell_problems(
    what: str,
    problems: Sequence[Problem],
    *,
    as_json: bool,
    more: Mapping[str, object] | None = None,
) -> None:
    """Say what is wrong with a file, and exit with 2 if it cannot be used.

    Args:
        what: The file.
        problems: What was found.
        as_json: Whether to print one JSON object instead of words.
        more: What else belongs into that object.
    """
    valid = all(problem.severity != "error" for problem in problems)
    if as_json:
        told = [problem.model_dump() for problem in problems]
        print_json({"valid": valid, "problems": told, **(more or {})})
    else:
        for problem in problems:
            typer.echo(f"{problem.severity}: {problem.sentence()}", err=not valid)
        if valid:
            typer.echo(f"{what}: can be used{', with oddities' if problems else ''}.")
    if not valid:
        raise typer.Exit(2)


def _read(field: str, text: str | None, reader: Callable[[object], T]) -> T | None:
    from scenarios.units import UnitError
    from sim.problems import InputProblem, Problem

    if text is None:
        return None
    try:
        return reader(text)
    except UnitError as error:
        problem = Problem(
            field=field, value=text, message=error.message, suggestion=error.suggestion
        )
        raise InputProblem(problem) from None
