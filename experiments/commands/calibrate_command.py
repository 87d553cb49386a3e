"""`waytrust calibrate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from experiments.commands import options
from experiments.commands.options import Json, Scheduler, Workers

__all__ = ["calibrate"]


def calibrate(
    design: Annotated[
        str,
        typer.Argument(metavar="DESIGN", help="A library name or a file, with targets."),
    ],
    population: Annotated[
        int, typer.Option("--population", help="Sets of parameters that a generation keeps.")
    ] = 200,
    generations: Annotated[
        int, typer.Option("--generations", help="Generations after the sample of the prior.")
    ] = 5,
    epsilon: Annotated[
        float,
        typer.Option("--epsilon", help="Near enough: tolerances missed by, on average."),
    ] = 0.5,
    budget: Annotated[
        int | None, typer.Option("--budget", help="Runs for fitting, at most (no limit).")
    ] = None,
    draws: Annotated[
        int, typer.Option("--draws", help="Draws of the posterior that are stored.")
    ] = 500,
    checks: Annotated[
        int, typer.Option("--checks", help="Draws whose predictions are checked with new luck.")
    ] = 100,
    method: Annotated[
        str, typer.Option("--method", help="abc, or emulator: learn from a few waves of runs.")
    ] = "abc",
    points: Annotated[
        int, typer.Option("--points", help="Sets of parameters of a wave, with emulators.")
    ] = 300,
    waves: Annotated[int, typer.Option("--waves", help="Waves, with emulators.")] = 2,
    folds: Annotated[
        bool,
        typer.Option("--folds", help="Fit three times more, each without a third of the targets."),
    ] = False,
    targets: Annotated[
        Path | None,
        typer.Option("--targets", metavar="FILE", help="Targets of your own (the library's)."),
    ] = None,
    scheduler: Scheduler = None,
    workers: Workers = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Directory for the results (results/NAME_calibration)."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Fit the uncertain parameters of a design to its targets.

    Gives sets of parameters that are plausible, not one that is best, and says which parameters
    the targets leave open. Whatever stops it, the same command goes on where it was.
    """
    from experiments.calibration import Settings
    from experiments.calibration import calibrate as fit
    from experiments.calibration.telling import calibration_bar, result_tables
    from experiments.progress import out as stdout

    settings = Settings(
        population=population, generations=generations, epsilon=epsilon, budget=budget,
        draws=draws, checks=checks, method=method, points=points, waves=waves, folds=folds,
    )  # fmt: skip
    with calibration_bar() as (before, progress):
        found = fit(
            design,
            out=out,
            settings=settings,
            targets=targets,
            workers=workers,
            scheduler=scheduler,
            before=before,
            progress=progress,
        )
    if as_json:
        options.print_json({**found.to_dict(), "posterior": str(found.folder)})
        return
    console = stdout()
    for table in result_tables(found):
        console.print(table)
        console.print()
    for words in found.words():
        console.print(words, soft_wrap=True)
    console.print(
        f"Everything lies in {found.folder}/. Next: waytrust compare or sweep, with --posterior "
        f"{found.folder}",
        soft_wrap=True,
    )
