"""`waytrust validate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from experiments.commands import options
from experiments.commands.flee_validation import validate_instances
from experiments.commands.options import Json, Migrants, Out, Seed, Threads, UsualPosterior
from experiments.limits import refusal

__all__ = ["validate"]


def validate(
    target: Annotated[
        list[str] | None,
        typer.Option("--target", metavar="ID", help="A target, or all that begin with it, such as "
                     "T15; may be given again (all)."),
    ] = None,
    targets: Annotated[
        Path | None,
        typer.Option("--targets", metavar="FILE", help="Targets of your own (the library's)."),
    ] = None,
    flee: Annotated[
        Path | None,
        typer.Option("--flee", metavar="DIR", help="Instead of targets: move people to camps in an "
                     "instance of Flee, or in a folder of them, and compare with UNHCR's counts."),
    ] = None,
    without_capacities: Annotated[
        bool,
        typer.Option("--without-capacities", help="With --flee: no camp has a limit, the real "
                     "test of movement."),
    ] = False,
    people_per_agent: Annotated[
        int | None,
        typer.Option("--people-per-agent", help="With --flee: people for whom one agent stands "
                     "(100, as Flee is run)."),
    ] = None,
    replicates: Annotated[
        int | None,
        typer.Option("--replicates", help="Paired runs of each scenario, or instance (10)."),
    ] = None,
    migrants: Migrants = None,
    seed: Seed = None,
    threads: Threads = None,
    posterior: UsualPosterior = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Run the model and compare it with what was observed.

    A target that is missed is a result and no error: the exit code is 0 all the same. Runs have
    5,000 simulated migrants, or fewer where the scenario has fewer, unless a target or --migrants
    says otherwise.
    """
    if flee is not None:
        for name, given in (("target", target), ("targets", targets), ("migrants", migrants),
                            ("threads", threads), ("posterior", posterior)):  # fmt: skip
            if given is not None:
                raise refusal(name, "", "has no meaning beside --flee", f"leave out --{name}")
        validate_instances(
            flee, without_capacities=without_capacities, replicates=replicates, seed=seed,
            people_per_agent=people_per_agent, out=out, as_json=as_json)  # fmt: skip
        return
    if without_capacities or people_per_agent is not None:
        name = "without-capacities" if without_capacities else "people-per-agent"
        raise refusal(name, "", "means something only beside --flee", "add --flee DIR")

    from experiments.posterior import EVIDENCE
    from experiments.progress import bar_on_stderr
    from experiments.progress import out as stdout
    from experiments.validation import validate as run_all
    from experiments.validation.telling import validation_table
    from experiments.validation.validating import USUAL_REPLICATES

    with bar_on_stderr("Running what the targets ask") as report:
        found = run_all(
            targets,
            ids=target or (),
            replicates=USUAL_REPLICATES if replicates is None else replicates,
            migrants=migrants,
            seed=seed,
            threads=threads,
            posterior=posterior or EVIDENCE,
            out=out,
            progress=report,
        )
    if as_json:
        options.print_json(found.to_dict())
        return
    console = stdout()
    console.print(validation_table(found))
    for words in found.words():
        console.print(words, soft_wrap=True)
    if out is not None:
        console.print(f"The table and a picture lie in {out}/.", soft_wrap=True)
