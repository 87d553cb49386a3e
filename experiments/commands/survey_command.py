"""`waytrust survey`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from experiments.commands import options
from experiments.commands.options import Json

__all__ = ["survey"]


def survey(
    run_dir: Annotated[
        Path, typer.Argument(metavar="RUN_DIR", help="Directory written by waytrust run --out.")
    ],
    day: Annotated[int | None, typer.Option("--day", help="Day to ask on (the last).")] = None,
    country: Annotated[str | None, typer.Option("--country", help="ISO code, as NER.")] = None,
    node: Annotated[str | None, typer.Option("--node", help="Only people at this node.")] = None,
    status: Annotated[str | None, typer.Option("--status", help="Only this status.")] = None,
    sample: Annotated[int | None, typer.Option("--sample", help="Ask only so many.")] = None,
    as_json: Json = False,
) -> None:
    """Ask the migrants of a run the published questionnaire."""
    from experiments.progress import bar_on_stderr, say
    from experiments.progress import out as stdout
    from experiments.surveys import EVERYONE, survey_json, survey_run
    from experiments.tables import survey_table, survey_words

    words = say()
    with bar_on_stderr("Repeating the run") as report:
        answers = survey_run(
            run_dir,
            day=day,
            country=country,
            node=node,
            status=status,
            sample=sample,
            say=words.print,
            progress=report,
        )
    if as_json:
        options.print_json(survey_json(answers))
        return
    everyone = answers[answers["group"] == EVERYONE]
    shown = everyone if len(everyone) else answers
    console = stdout()
    for line in survey_words(shown):
        console.print(line)
    console.print()
    console.print(survey_table(shown))
