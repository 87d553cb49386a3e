"""`waytrust designs list`, `show`, `check` and `schema`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from experiments.commands import options
from experiments.commands.options import Json

if TYPE_CHECKING:
    from rich.console import Console

    from scenarios.designing import Design

__all__ = ["app"]

app = typer.Typer(help="List, explain and check designs of many runs.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help="A library name or a design file.")]


@app.command("list")
def list_all(as_json: Json = False) -> None:
    """List the designs of the library."""
    from experiments.progress import out
    from experiments.tables import plain_table
    from scenarios.designing import design_names, load_design

    designs = [load_design(name) for name in design_names()]
    if as_json:
        options.print_json({"designs": [_summary(design) for design in designs]})
        return
    rows = [(d.name, d.title, f"{_counts(d)['runs']:,}") for d in designs]
    out().print(plain_table(("Name", "Title", "Runs"), rows))
    out().print("What one varies and asks: waytrust designs show NAME")


@app.command("show")
def show(
    name: Name,
    yaml: Annotated[
        bool, typer.Option("--yaml", help="As a file with every range and unit written out.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Explain what a design varies, what it asks of each run, and how many runs it takes."""
    from experiments.progress import out
    from scenarios.designing import load_design

    design = load_design(name)
    if as_json:
        options.print_json({**_plain(design), **_counts(design)})
    elif yaml:
        typer.echo(design.text, nl=False)
    else:
        _explain(design, out())


@app.command("check")
def check(file: Name, as_json: Json = False) -> None:
    """Say everything that is wrong or odd in a design, and how many runs it takes.

    Exit code 2 where it cannot be run.
    """
    from scenarios.designing.loader import examine_design
    from scenarios.designing.telling import counts

    design, problems = examine_design(file)
    options.tell_problems(file, problems, as_json=as_json, more=_counts(design))
    if design is not None and not as_json:
        typer.echo(counts(design))


@app.command("schema")
def schema(as_json: Json = False) -> None:  # noqa: ARG001  (it is JSON in any case)
    """Print the JSON schema of design files, for editors."""
    from scenarios.designing.editor import design_schema

    options.print_json(design_schema())


def _counts(design: Design | None) -> dict[str, int | None]:
    """How many runs; nothing where the design cannot be used."""
    from scenarios.designing import combinations_of, points_of, runs_of

    if design is None:
        return dict.fromkeys(("points", "combinations", "replicates", "runs"))
    return {
        "points": points_of(design),
        "combinations": combinations_of(design),
        "replicates": design.replicates,
        "runs": runs_of(design),
    }


def _plain(design: Design) -> dict[str, Any]:
    from scenarios.positions import Source
    from scenarios.yaml_positions import from_text

    plain: dict[str, Any] = from_text(design.text, Source(design.name)).plain()
    return plain


def _summary(design: Design) -> dict[str, Any]:
    return {
        "name": design.name,
        "title": design.title,
        "question": design.question,
        "scenario": design.scenario.name,
        "method": design.sampler.method,
        "uncertainties": [each.name for each in design.uncertainties],
        "levers": [lever.name for lever in design.levers],
        "outcomes": [each.name for each in design.outcomes],
        **_counts(design),
    }


def _explain(design: Design, console: Console) -> None:
    from experiments.tables import plain_table
    from scenarios.designing import telling

    console.print(f"{design.title} ({design.name})\n")
    if design.question:
        console.print(f"{design.question}\n")
    console.print(telling.about(design))
    for title, heads, rows in (
        ("Not known:", ("Parameter", "Range", "What it means"), telling.uncertain_rows(design)),
        ("Decided by somebody:", ("Lever", "Values"), telling.lever_rows(design)),
        ("Asked of every run:", ("Outcome", "What it is"), telling.outcome_rows(design)),
    ):
        if rows:
            console.print(f"\n{title}")
            console.print(plain_table(heads, rows))
    if design.targets:
        console.print(f"\nCompared with the targets {', '.join(design.targets)}.")
    console.print(f"\n{telling.counts(design)}")
