"""Folds and cross-validation: `python -m experiments.validation folds`, `cross` and `page`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["app", "main"]

app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None)


@app.command()
def folds(
    targets: Annotated[Path | None, typer.Option("--targets", help="A file of targets.")] = None,
) -> None:
    """Which targets each fold keeps aside, and which it is fitted to."""
    from experiments.validation.folds import FOLDS, folds_of
    from experiments.validation.validating import targets_of

    fold = folds_of(targets_of(targets, (), migrants=None, seed=None))
    for name in FOLDS:
        aside = [each for each, its in fold.items() if its == name]
        typer.echo(f"{name} keeps aside: {', '.join(aside)}")
        typer.echo(f"  targets: [{', '.join(each for each in fold if each not in aside)}]")


@app.command()
def cross(
    fold: Annotated[list[str], typer.Argument(metavar="FOLD=DIR...", help="A=DIR B=DIR C=DIR.")],
    targets: Annotated[Path | None, typer.Option("--targets", help="A file of targets.")] = None,
    replicates: Annotated[int, typer.Option("--replicates", help="Draws that are lived.")] = 20,
    migrants: Annotated[int | None, typer.Option("--migrants", help="Simulated migrants.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Directory for the results.")] = None,
) -> None:
    """Judge each fold's posterior by the targets that it kept aside."""
    from experiments.progress import bar_on_stderr
    from experiments.validation.crossing import cross_validate

    given = dict(each.partition("=")[::2] for each in fold)
    with bar_on_stderr("Running what the targets ask") as report:
        found = cross_validate(given, targets=targets, replicates=replicates, migrants=migrants,
                               out=out, progress=report)  # fmt: skip
    typer.echo(found.to_frame().to_string(index=False))
    typer.echo(found.summary().to_string(index=False))


@app.command()
def page(
    validation: Annotated[Path, typer.Argument(help="What `waytrust validate --out` wrote.")],
    crossing: Annotated[Path, typer.Argument(help="What `cross --out` wrote.")],
) -> None:
    """Put the results of both into docs/validation.md."""
    from experiments.validation.page import write_page

    write_page(validation, crossing)


def main() -> None:
    """Run a command; wrong input ends in a sentence."""
    from sim.problems import InputProblem

    try:
        app()
    except InputProblem as wrong:
        typer.echo(str(wrong), err=True)
        raise SystemExit(2) from None


if __name__ == "__main__":
    main()
