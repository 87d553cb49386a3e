"""`waytrust scenarios list`, `show`, `check` and `schema`."""

from __future__ import annotations

from typing import Annotated

import typer

from experiments.commands import options
from experiments.commands.options import Json

__all__ = ["app"]

app = typer.Typer(help="List, show and check scenarios.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help="A library name or a scenario file.")]


@app.command("list")
def list_all(as_json: Json = False) -> None:
    """List the scenarios of the library."""
    from experiments.progress import out
    from experiments.tables import plain_table
    from scenarios import library_names, load

    found = [load(name).summary() for name in library_names()]
    if as_json:
        options.print_json({"scenarios": found})
        return
    rows = [(each["name"], each["title"], each["question"]) for each in found]
    out().print(plain_table(("Name", "Title", "Question"), rows))


@app.command("show")
def show(name: Name, as_json: Json = False) -> None:
    """Show a scenario with nothing left to look up."""
    from scenarios import load

    scenario = load(name)
    if as_json:
        options.print_json(scenario.resolved())
        return
    typer.echo(scenario.to_yaml(), nl=False)


@app.command("check")
def check(file: Name, as_json: Json = False) -> None:
    """Say everything that is wrong or odd in a scenario; exit code 2 where it cannot be run."""
    from scenarios import check as check_file

    options.tell_problems(file, check_file(file), as_json=as_json)


@app.command("schema")
def schema(as_json: Json = False) -> None:  # noqa: ARG001  (it is JSON in any case)
    """Print the JSON schema of scenario files, for editors."""
    from scenarios import json_schema

    options.print_json(json_schema())
