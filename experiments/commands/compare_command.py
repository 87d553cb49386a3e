"""`waytrust compare`."""

from __future__ import annotations

from typing import Annotated

import typer

from experiments.commands import options
from experiments.commands.options import (
    Days,
    Json,
    Migrants,
    Out,
    Seed,
    Threads,
    UsualPosterior,
)

__all__ = ["compare"]

USUAL_REPLICATES = 10


def compare(
    base: Annotated[
        str, typer.Argument(metavar="BASE", help="The baseline: a library name or a file.")
    ],
    others: Annotated[
        list[str], typer.Argument(metavar="OTHER...", help="Scenarios to compare with it.")
    ],
    replicates: Annotated[
        int | None, typer.Option("--replicates", help="Paired runs of each scenario (10).")
    ] = None,
    until_half_width: Annotated[
        str | None,
        typer.Option(
            "--until-half-width",
            help="Instead: add replicates until the interval of the difference in help-seeking "
            "(asked / in need) is this near, such as 0.005 or '0.5 %'.",
        ),
    ] = None,
    half_width: Annotated[
        str | None,
        typer.Option(
            "--half-width",
            help="Say how many replicates a half-width such as '0.1 %' needs (by default a tenth "
            "of each difference).",
        ),
    ] = None,
    interval: Annotated[
        str,
        typer.Option(
            "--interval",
            help="t: Student t; bootstrap: bootstrap-t, from 8 replicates on, for skewed chance.",
        ),
    ] = "t",
    decompose: Annotated[
        bool,
        typer.Option(
            "--decompose",
            help="Also say what each channel adds, by switching channels off in all combinations "
            "(64 times the runs).",
        ),
    ] = False,
    permutations: Annotated[
        int | None,
        typer.Option(
            "--permutations",
            help="With --decompose: an estimate from so many random orders of channels in each "
            "replicate (an even number) instead of all combinations.",
        ),
    ] = None,
    migrants: Migrants = None,
    days: Days = None,
    seed: Seed = None,
    threads: Threads = None,
    posterior: UsualPosterior = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Say what differs between scenarios, with intervals and reasons."""
    from experiments import compare as compare_all
    from experiments.comparing.words import decomposition_words, precision_words
    from experiments.limits import refusal
    from experiments.posterior import EVIDENCE
    from experiments.progress import bar_on_stderr, say
    from experiments.progress import out as stdout
    from experiments.tables import comparison_tables, how_to_read

    if replicates is not None and until_half_width is not None:
        message = "cannot stand beside --replicates"
        raise refusal("until_half_width", until_half_width, message, "give one of the two")
    with bar_on_stderr(f"Comparing {1 + len(others)} scenarios") as report:
        comparison = compare_all(
            base,
            *others,
            replicates=USUAL_REPLICATES if replicates is None else replicates,
            until_half_width=options.share_of(until_half_width),
            half_width=options.share_of(half_width, "half-width"),
            interval=interval,
            decompose=decompose,
            permutations=permutations,
            migrants=migrants,
            days=options.days_of(days),
            seed=seed,
            threads=threads,
            posterior=posterior or EVIDENCE,
            out=out,
            progress=report,
            say=lambda words: say().print(words, soft_wrap=True),
        )
    if as_json:
        options.print_json(comparison.to_dict())
        return
    console = stdout()
    for table in comparison_tables(comparison):
        console.print(table)
        console.print()
    told = [how_to_read(comparison), *precision_words(comparison)]
    for sentence in told + decomposition_words(comparison):
        console.print(sentence)
    if out is not None:
        words = f"Tables and pictures lie in {out}/; to read and share: waytrust report {out}"
        console.print(words, soft_wrap=True)
