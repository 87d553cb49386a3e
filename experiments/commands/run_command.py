"""`waytrust run`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from experiments.commands import options
from experiments.commands.options import Days, Json, Migrants, Out, Posterior, Seed, Threads

__all__ = ["run"]


def run(
    scenario: Annotated[
        str, typer.Argument(metavar="SCENARIO", help="A library name or a scenario file.")
    ],
    migrants: Migrants = None,
    days: Days = None,
    seed: Seed = None,
    engine: Annotated[
        str, typer.Option("--engine", help="compiled, or reference (plain Mesa, slow).")
    ] = "compiled",
    threads: Threads = 1,
    stop_after: Annotated[
        int | None,
        typer.Option("--stop-after", metavar="DAY", help="Stop after this day; needs --save."),
    ] = None,
    save: Annotated[
        Path | None,
        typer.Option("--save", metavar="FILE", help="Save the stopped run in this file."),
    ] = None,
    resume: Annotated[
        Path | None,
        typer.Option("--resume", metavar="FILE", help="Go on with the run saved in this file."),
    ] = None,
    posterior: Posterior = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Run one scenario once, or a part of it.

    A stopped run goes on with --resume, to the same result, to the last byte, as a run in one
    piece. Its migrants, days and seed are in the file; engine and threads may be others.
    """
    from experiments import run as run_once
    from experiments import run_until
    from experiments.progress import bar_on_stderr

    _check_stop(stop_after, save, out)
    _check_posterior(posterior, stop_after)
    with bar_on_stderr(f"Running {scenario}") as report:
        settings: dict[str, Any] = {
            "migrants": migrants,
            "days": options.days_of(days),
            "seed": seed,
            "engine": engine,
            "threads": 1 if threads is None else threads,
            "resume": resume,
            "progress": report,
        }
        if stop_after is None or save is None:
            found = run_once(scenario, out=out, posterior=posterior, **settings).summary
        else:
            found = run_until(scenario, stop_after=stop_after, save=save, **settings)
    if as_json:
        options.print_json(found)
    elif stop_after is None:
        _tell_result(found, out)
    else:
        _tell_part(scenario, found)


def _check_stop(stop_after: int | None, save: Path | None, out: Path | None) -> None:
    from experiments.limits import refusal

    if stop_after is not None and save is None:
        message = "is given without a file to save the run in"
        raise refusal("stop_after", stop_after, message, "add --save FILE")
    if save is not None and stop_after is None:
        message = "is given without the day after which to stop and save"
        raise refusal("save", save, message, "add --stop-after DAY")
    if stop_after is not None and out is not None:
        message = "is for the results of a whole run, and this one stops"
        raise refusal("out", out, message, "give --out when the run is resumed to its end")


def _check_posterior(posterior: Path | None, stop_after: int | None) -> None:
    from experiments.limits import refusal

    if posterior is not None and stop_after is not None:
        message = "is for whole runs, and this one stops"
        raise refusal("posterior", posterior, message, "put the parameters into the scenario")


def _tell_result(summary: dict[str, object], out: Path | None) -> None:
    from experiments.progress import out as stdout
    from experiments.tables import summary_table

    console = stdout()
    console.print(f"{summary['migrants']:,} migrants, {summary['days']} days\n")
    console.print(summary_table(summary))
    if out is not None:
        words = f"\nEverything lies in {out}/; ask its people: waytrust survey {out}"
        console.print(words, soft_wrap=True)


def _tell_part(scenario: str, part: dict[str, object]) -> None:
    from experiments.progress import out as stdout

    words = (
        f"Stopped after day {part['stopped_after']} and saved in {part['saved']}; "
        f"to go on: waytrust run {scenario} --resume {part['saved']}"
    )
    stdout().print(words, soft_wrap=True)
