"""`waytrust import geojson`, `graphml` and `flee`."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from experiments.commands import options
from experiments.commands.options import Json

if TYPE_CHECKING:
    from scenarios.importing import Written

__all__ = ["app"]

app = typer.Typer(help="Make networks from files of other formats.", no_args_is_help=True)

Out = Annotated[Path, typer.Option("--out", help="A new directory for the network.")]
File = Annotated[Path, typer.Argument(metavar="FILE", help="The file.")]
KIND = "import"


@app.command("geojson")
def geojson(file: File, out: Out, as_json: Json = False) -> None:
    """Make a network from GeoJSON: points are places, lines are ways."""
    from scenarios.importing import read_geojson, write_given

    _write(out, lambda folder: write_given(read_geojson(file), folder, "GeoJSON", file.stem),
           as_json=as_json)


@app.command("graphml")
def graphml(file: File, out: Out, as_json: Json = False) -> None:
    """Make a network from GraphML: nodes are places, edges are ways."""
    from scenarios.importing import read_graphml, write_given

    _write(out, lambda folder: write_given(read_graphml(file), folder, "GraphML", file.stem),
           as_json=as_json)


@app.command("flee")
def flee(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Folder with input_csv and source_data.")
    ],
    out: Out,
    as_json: Json = False,
) -> None:
    """Make a network and a scenario from an instance of the displacement simulator Flee."""
    from scenarios.importing import write_instance

    _write(out, lambda place: write_instance(folder, place), as_json=as_json)


def _write(out: Path, make: Callable[[Path], Written], *, as_json: bool) -> None:
    """Write a network into a new directory, whole or not at all, and tell what was odd."""
    from experiments.writing import check_place, new_directory

    check_place(out, KIND)
    with tempfile.TemporaryDirectory(prefix="waytrust-") as drafts:
        made = make(Path(drafts))  # may refuse: nothing, not even a folder, is left behind then
        with new_directory(out, KIND) as draft:
            shutil.copytree(drafts, draft, dirs_exist_ok=True)
    if as_json:
        options.print_json({
            "out": str(out), "scenario": str(out / made.scenario), **made.facts,
            "warnings": [problem.model_dump() for problem in made.warnings],
        })
        return
    for problem in made.warnings:
        typer.echo(f"warning: {problem.sentence()}", err=True)
    facts = ", ".join(f"{name.replace('_', ' ')} {value:,}" for name, value in made.facts.items())
    typer.echo(f"{out}: {facts}; {len(made.warnings)} warnings, also in README.md.")
    typer.echo(f"Next: waytrust network check {out}, then waytrust run {out / made.scenario}")
