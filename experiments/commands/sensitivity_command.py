"""`waytrust sensitivity`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from experiments.commands import options
from experiments.commands.options import Json, OutOfAnalysis

__all__ = ["sensitivity"]


def sensitivity(
    of: Annotated[
        str,
        typer.Argument(metavar="DESIGN_OR_DIR", help="A sweep's directory, or a design to sweep."),
    ],
    method: Annotated[
        str | None,
        typer.Option(
            "--method", help="sobol, morris or screening (by default what suits the sample)."
        ),
    ] = None,
    outcome: Annotated[
        list[str] | None, typer.Option("--outcome", help="Only this outcome; may be repeated.")
    ] = None,
    out: OutOfAnalysis = None,
    as_json: Json = False,
) -> None:
    """Say which parameters the outcomes of a sweep depend on."""
    from experiments.analysis.sensitivity import sensitivity as analyse
    from experiments.analysis.sensitivity.tables import index_tables
    from experiments.analysis.sensitivity.words import how_to_read
    from experiments.progress import out as stdout
    from experiments.progress import say
    from experiments.sweep.telling import sweep_bar
    from experiments.writing import check_place

    place = out if Path(of).is_dir() else None  # a design's sweep goes there, and this into it
    check_place(place, "sensitivity")
    with sweep_bar() as (before, progress):
        found = analyse(
            of, method=method, outcomes=outcome, out=out, before=before, progress=progress
        )
    place = found.write(place)
    if as_json:
        options.print_json(found.to_dict())
        return
    console = stdout()
    for heading, table in index_tables(found):
        console.print(heading)
        console.print(table)
        console.print()
    for sentence in found.sentences:
        console.print(sentence)
    console.print(how_to_read(found.method))
    for warning in found.warnings:
        say().print(f"Note: {warning}")
    console.print(f"Tables and pictures lie in {place}/", soft_wrap=True)
