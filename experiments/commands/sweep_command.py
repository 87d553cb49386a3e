"""`waytrust sweep`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from experiments.commands import options
from experiments.commands.options import Json, Posterior, Scheduler, Workers

__all__ = ["sweep"]


def sweep(
    design: Annotated[
        str,
        typer.Argument(
            metavar="DESIGN", help="A library name, a file, or a sweep's directory to go on with."
        ),
    ],
    scheduler: Scheduler = None,
    workers: Workers = None,
    shard: Annotated[
        str | None,
        typer.Option("--shard", metavar="I/N", help="Only part I of N, for machines apart."),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Run what failed once more.")
    ] = False,
    posterior: Posterior = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Directory of the store (results/ and the design's name)."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Run a design on all cores or a cluster, and lose nothing.

    Whatever stops it, the same command goes on where it was.
    """
    from experiments.progress import out as stdout
    from experiments.sweep import sweep as run_all
    from experiments.sweep.telling import sweep_bar

    with sweep_bar() as (before, progress):
        found = run_all(
            design,
            out=out,
            workers=workers,
            scheduler=scheduler,
            shard=_shard_of(shard),
            again=again,
            posterior=posterior,
            before=before,
            progress=progress,
        )
    if as_json:
        options.print_json(found.to_dict())
        return
    console, folder = stdout(), found.store.folder
    failed = f", {found.failed:,} of them failed (see the column error)" if found.failed else ""
    console.print(
        f"{found.done:,} of {found.store.runs:,} runs lie in {folder}/{failed}.", soft_wrap=True
    )
    if found.done == found.store.runs:
        console.print(
            f"Next: waytrust sensitivity {folder}, waytrust discover {folder}", soft_wrap=True
        )


def _shard_of(text: str | None) -> tuple[int, int] | None:
    from experiments.limits import refusal

    if text is None:
        return None
    first, slash, of = text.partition("/")
    if not (slash and first.isdecimal() and of.isdecimal()):
        raise refusal("shard", text, "is no part of a whole", "write i/n, such as 1/8 to 8/8")
    return int(first), int(of)
