"""`waytrust run`."""

from __future__ import annotations

from typing import Annotated

import typer

from experiments.commands import options
from experiments.commands.options import Days, Json, Migrants, Out, Seed, Threads

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
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Run one scenario once."""
    from experiments import run as run_once
    from experiments.progress import bar_on_stderr
    from experiments.progress import out as stdout
    from experiments.tables import summary_table

    with bar_on_stderr(f"Running {scenario}") as report:
        result = run_once(
            scenario,
            migrants=migrants,
            days=options.days_of(days),
            seed=seed,
            engine=engine,
            threads=1 if threads is None else threads,
            out=out,
            progress=report,
        )
    if as_json:
        options.print_json(result.summary)
        return
    console = stdout()
    console.print(f"{result.summary['migrants']:,} migrants, {result.summary['days']} days\n")
    console.print(summary_table(result.summary))
    if out is not None:
        words = f"\nEverything lies in {out}/; ask its people: waytrust survey {out}"
        console.print(words, soft_wrap=True)
