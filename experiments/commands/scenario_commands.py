"""`waytrust scenarios list`, `show`, `check`, `new` and `schema`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from experiments.commands import options
from experiments.commands.new_command import new
from experiments.commands.options import Json

if TYPE_CHECKING:
    from rich.console import Console

    from scenarios.scenario import Scenario

__all__ = ["app"]

app = typer.Typer(help="List, explain, check and begin scenarios.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help="A library name or a scenario file.")]


@app.command("list")
def list_all(as_json: Json = False) -> None:
    """List the scenarios of the library, by route."""
    from experiments.progress import out
    from experiments.tables import plain_table
    from scenarios import library_names, load

    found = [load(name).summary() for name in library_names()]
    if as_json:
        options.print_json({"scenarios": found})
        return
    for network in dict.fromkeys(each["network"] for each in found):
        rows = [(each["name"], each["title"]) for each in found if each["network"] == network]
        out().print(f"Route {network}")
        out().print(plain_table(("Name", "Title"), rows))
    out().print("What one is about: waytrust scenarios show NAME")


@app.command("show")
def show(
    name: Name,
    yaml: Annotated[
        bool, typer.Option("--yaml", help="As a file with nothing left to look up.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Explain a scenario in sentences, with a timeline."""
    from experiments.progress import out
    from scenarios import load

    scenario = load(name)
    if as_json:
        options.print_json(scenario.resolved())
    elif yaml:
        typer.echo(scenario.to_yaml(), nl=False)
    else:
        _explain(scenario, name, out())


@app.command("check")
def check(file: Name, as_json: Json = False) -> None:
    """Say everything that is wrong or odd in a scenario; exit code 2 where it cannot be run."""
    from scenarios import check as check_file

    options.tell_problems(file, check_file(file), as_json=as_json)


app.command("new")(new)


@app.command("schema")
def schema(as_json: Json = False) -> None:  # noqa: ARG001  (it is JSON in any case)
    """Print the JSON schema of scenario files, for editors."""
    from scenarios import json_schema

    options.print_json(json_schema())


def _explain(scenario: Scenario, name: str, console: Console) -> None:
    from rich.padding import Padding

    from scenarios.telling import tell
    from scenarios.timeline import LEGEND, timeline

    told = tell(scenario)
    console.print(f"{scenario.title} ({scenario.name})\n")
    if scenario.question:
        console.print(f"{scenario.question}\n")
    console.print(" ".join(told.about))
    for item, words in told.happenings:
        console.print(f"\n{item}")
        console.print(Padding(words, (0, 0, 0, 2)))
    console.print()
    for line in timeline(scenario, console.width):
        console.print(line, no_wrap=True, overflow="crop")
    console.print(f"\n{LEGEND}" if scenario.interventions else "\nNothing happens in it.")
    console.print(f"To change it: waytrust scenarios new mine.yaml --copy {name}")
