"""`waytrust network check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from experiments.commands import options
from experiments.commands.options import Json

if TYPE_CHECKING:
    from experiments.network_check import Checked

__all__ = ["app"]

app = typer.Typer(help="Check route networks.", no_args_is_help=True)

Map = Annotated[
    Path | None, typer.Option("--map", help="Draw the map into this file (.svg or .png).")
]


@app.callback()
def _group() -> None:
    """Check route networks."""


@app.command("check")
def check(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder with the CSV files.")],
    as_json: Json = False,
    map_file: Map = None,
) -> None:
    """Say what is wrong or odd in a network and draw it; exit code 2 where it cannot be used."""
    from experiments.network_check import check_network, draw_map
    from experiments.network_check.map import check_map_place

    if map_file is not None:
        check_map_place(map_file)
    checked = check_network(_place(folder))
    if map_file is not None and checked.drawable:
        draw_map(checked, map_file)
    if as_json:
        drawn = str(map_file) if map_file is not None and checked.drawable else None
        options.print_json({
            "valid": checked.valid,
            "problems": [problem.model_dump() for problem in checked.problems],
            **checked.facts(), "map": drawn,
        })
        if not checked.valid:
            raise typer.Exit(2)
        return
    _tell(checked, map_file)
    options.tell_problems(str(folder), checked.problems, as_json=False)


def _place(folder: Path) -> Path:
    """The folder, or that of the library's network of this name."""
    from scenarios import network_names
    from scenarios.resolve import NETWORKS

    if not folder.exists() and str(folder) in network_names():
        return NETWORKS / folder
    return folder


def _tell(checked: Checked, map_file: Path | None) -> None:
    """What it holds, with a sketch unless a map was drawn."""
    from experiments.network_check import sketch
    from experiments.progress import out

    facts = checked.facts()
    counts = [f"{facts[name]:,} {name.replace('_', ' ')}"
              for name in ("nodes", "legs", "countries", "organisations", "service_points")
              if facts[name] is not None]
    if not counts:
        return
    typer.echo(", ".join(counts))
    if not checked.drawable:
        return
    if map_file is not None:
        typer.echo(f"Map: {map_file}")
    elif checked.net.counts["nodes.csv"]:
        out().print(sketch(checked))
