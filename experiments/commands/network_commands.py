"""`waytrust network check`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from experiments.commands import options
from experiments.commands.options import Json

__all__ = ["app"]

app = typer.Typer(help="Check route networks.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Check route networks."""


@app.command("check")
def check(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder with the CSV files.")],
    as_json: Json = False,
) -> None:
    """Say everything that is wrong in a network; exit code 2 where it cannot be used."""
    from scenarios import network_names
    from sim.network import load_network
    from sim.problems import InputProblem, Problem

    place = folder
    if not folder.exists() and str(folder) in network_names():
        from scenarios.resolve import NETWORKS

        place = NETWORKS / folder
    found: list[Problem] = []
    try:
        load_network(place)
    except InputProblem as problem:
        found = problem.problems
    options.tell_problems(str(folder), found, as_json=as_json)
