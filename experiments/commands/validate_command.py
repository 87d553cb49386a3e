"""`waytrust validate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from experiments.commands import options
from experiments.commands.options import Json, Migrants, Out, Posterior, Seed, Threads

__all__ = ["validate"]


def validate(
    target: Annotated[
        list[str] | None,
        typer.Option("--target", metavar="ID", help="A target, or all that begin with it, such as "
                     "T15; may be given again (all)."),
    ] = None,
    targets: Annotated[
        Path | None,
        typer.Option("--targets", metavar="FILE", help="Targets of your own (the library's)."),
    ] = None,
    replicates: Annotated[
        int, typer.Option("--replicates", help="Paired runs of each scenario.")
    ] = 10,
    migrants: Migrants = None,
    seed: Seed = None,
    threads: Threads = None,
    posterior: Posterior = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Run the model and compare it with what was observed.

    A target that is missed is a result and no error: the exit code is 0 all the same. Runs have
    5,000 simulated migrants, or fewer where the scenario has fewer, unless a target or --migrants
    says otherwise.
    """
    from experiments.progress import bar_on_stderr
    from experiments.progress import out as stdout
    from experiments.validation import validate as run_all
    from experiments.validation.telling import validation_table

    with bar_on_stderr("Running what the targets ask") as report:
        found = run_all(
            targets,
            ids=target or (),
            replicates=replicates,
            migrants=migrants,
            seed=seed,
            threads=threads,
            posterior=posterior,
            out=out,
            progress=report,
        )
    if as_json:
        options.print_json(found.to_dict())
        return
    console = stdout()
    console.print(validation_table(found))
    for words in found.words():
        console.print(words, soft_wrap=True)
    if out is not None:
        console.print(f"The table and a picture lie in {out}/.", soft_wrap=True)
