"""`waytrust report`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["report"]


def report(
    directory: Annotated[
        Path,
        typer.Argument(
            metavar="DIR", help="A directory written by waytrust compare --out or run --out."
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="The HTML file (DIR/report.html)."),
    ] = None,
    language: Annotated[
        str, typer.Option("--language", help="en, fr, es or ar (right to left).")
    ] = "en",
    files: Annotated[
        Path | None,
        typer.Option(
            "--files", metavar="FOLDER", help="Also write figures (SVG, PNG) and tables (CSV) here."
        ),
    ] = None,
) -> None:
    """Make one HTML file of a result that anyone can read, without any network.

    It holds the question, the answer in three sentences with their uncertainty, a map, the time
    course, who and why, what repairs it, the evidence, the limits and how to repeat it.
    """
    from experiments.progress import out as stdout
    from experiments.report import report as make

    place = make(directory, out, language=language, files=files)
    console = stdout()
    console.print(f"The report: {place}", soft_wrap=True)
    if files is not None:
        console.print(f"Its figures and tables: {files}/", soft_wrap=True)
