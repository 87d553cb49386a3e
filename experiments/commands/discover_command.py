"""`waytrust discover`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from experiments.commands import options
from experiments.commands.options import Json, OutOfAnalysis

__all__ = ["discover"]


def discover(
    of: Annotated[
        str, typer.Argument(metavar="DIR", help="A sweep's directory, or a design to sweep.")
    ],
    outcome: Annotated[
        str | None, typer.Option("--outcome", help="The outcome (by default the design's first).")
    ] = None,
    below: Annotated[
        str | None, typer.Option("--below", help="Search for values below this.")
    ] = None,
    above: Annotated[
        str | None, typer.Option("--above", help="Search for values above this.")
    ] = None,
    falls_by: Annotated[
        str | None,
        typer.Option("--falls-by", help="Search for falls by this share or more, such as '50 %'."),
    ] = None,
    rises_by: Annotated[
        str | None, typer.Option("--rises-by", help="Search for rises by this share or more.")
    ] = None,
    against: Annotated[
        str,
        typer.Option(
            "--against",
            help="What a fall or rise is compared with: the median of all cases, or first (the "
            "same point with the first value of every lever).",
        ),
    ] = "median",
    boxes: Annotated[int, typer.Option("--boxes", min=1, max=10, help="Boxes at most.")] = 3,
    halves: Annotated[
        int,
        typer.Option(
            "--halves", min=4, max=1000, help="Halves of the cases to search each box in again."
        ),
    ] = 10,
    out: OutOfAnalysis = None,
    as_json: Json = False,
) -> None:
    """Say when an outcome of a sweep is low or high, falls or rises (PRIM)."""
    from experiments.analysis.discovery import discover as search
    from experiments.analysis.discovery.tables import box_table
    from experiments.analysis.discovery.words import how_to_read
    from experiments.progress import out as stdout
    from experiments.progress import say
    from experiments.sweep.telling import sweep_bar
    from experiments.writing import check_place

    place = out if Path(of).is_dir() else None  # a design's sweep goes there, and this into it
    check_place(place, "discovery")
    with sweep_bar() as (before, progress):
        found = search(
            of,
            outcome,
            below=options.number_of("below", below),
            above=options.number_of("above", above),
            falls_by=options.number_of("falls_by", falls_by),
            rises_by=options.number_of("rises_by", rises_by),
            against=against,
            boxes=boxes,
            halves=halves,
            out=out,
            before=before,
            progress=progress,
            say=lambda words: say().print(words, soft_wrap=True),
        )
    place = found.write(place)
    if as_json:
        options.print_json(found.to_dict())
        return
    console = stdout()
    for sentence in found.sentences:
        console.print(sentence)
    if found.boxes:
        console.print()
        console.print(box_table(found))
        console.print()
    console.print(how_to_read(found))
    for warning in found.warnings:
        say().print(f"Note: {warning}")
    console.print(f"Tables and pictures lie in {place}/", soft_wrap=True)
