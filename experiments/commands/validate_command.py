"""`waytrust validate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from experiments.commands.options import Json, Out, Seed

__all__ = ["validate"]


def validate(
    flee: Annotated[
        Path | None,
        typer.Option("--flee", metavar="DIR", help="Move people to camps in an instance of Flee, "
                     "or in a folder of them, and compare with UNHCR's counts."),
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
        int | None, typer.Option("--replicates", help="Runs of each instance (10).")
    ] = None,
    seed: Seed = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Compare what the model says with what was counted."""
    from experiments.commands.flee_validation import validate_instances
    from experiments.limits import refusal

    if flee is None:
        raise refusal("flee", "", "is missing",
                      "name the folder of an instance of Flee, or of several")
    validate_instances(
        flee, without_capacities=without_capacities, replicates=replicates, seed=seed,
        people_per_agent=people_per_agent, out=out, as_json=as_json)
