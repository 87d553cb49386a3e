"""`waytrust figures`, which `make figures` calls."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["figures"]

FOLDER = Path("docs/figures")
PAGES = (Path("docs/behaviour.md"), Path("docs/validation.md"), Path("README.md"))


def figures(
    only: Annotated[
        list[str] | None, typer.Option("--only", help="Make this figure; may be repeated.")
    ] = None,
    out: Annotated[Path, typer.Option("--out", help="Directory for the figures.")] = FOLDER,
    small: Annotated[
        bool, typer.Option("--small", help="Tiny runs: to try it out, not to be believed.")
    ] = False,
) -> None:
    """Draw the figures of docs/behaviour.md and of the shapes in docs/validation.md from new runs.

    All of them take about ten minutes on two cores; --only makes one.
    """
    from experiments.behaviour import make_figures
    from experiments.progress import bar_on_stderr
    from experiments.progress import out as stdout

    pages = [page for page in PAGES if page.exists()] if out == FOLDER and not small else []
    shown = make_figures(out, only=only or (), pages=pages, small=small, watch=bar_on_stderr)
    console = stdout()
    for name, words in shown.items():
        console.print(f"{out}/{name}.png (and .svg): {words}", soft_wrap=True)
    console.print(f"The numbers: {out}/numbers.json", soft_wrap=True)
