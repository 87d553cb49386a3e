"""`waytrust demo`, which `make demo` calls."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from experiments.commands import options
from experiments.commands.options import Json, Threads
from experiments.demo import BASE, DAYS, MIGRANTS, OTHERS, OUT, REPLICATES, run_demo

__all__ = ["demo"]


def demo(
    out: Annotated[Path, typer.Option("--out", help="Directory for the results.")] = OUT,
    threads: Threads = None,
    as_json: Json = False,
) -> None:
    """Compare a data breach at Agadez, with and without a firewall after it."""
    from experiments.figures import headline
    from experiments.progress import bar_on_stderr, say
    from experiments.progress import out as stdout
    from experiments.tables import EPISODES, channel_changes, group_changes, how_to_read

    say().print(
        f"Comparing {BASE} with {' and '.join(OTHERS)}:\n"
        f"{MIGRANTS:,} simulated migrants, {DAYS} days, "
        f"{REPLICATES} paired replicates of each."
    )
    runs = REPLICATES * (1 + len(OTHERS))
    with bar_on_stderr(f"{runs} runs") as report:
        comparison = run_demo(out, threads=threads, progress=report)
    if as_json:
        options.print_json(comparison.to_dict())
        return
    console = stdout()
    console.print()
    console.print(group_changes(comparison, ("asked", "deterred", "unmet")))
    console.print()
    console.print(group_changes(comparison, EPISODES, ("all",), "Needs and people"))
    console.print()
    console.print(channel_changes(comparison))
    console.print(f"\n{how_to_read(comparison)}\n")
    console.print(headline(comparison), style="bold")
    console.print(
        f"\nThe picture: {out}/help_seeking.png (and .svg)\n"
        f"The numbers: {out}/differences.csv, {out}/channels.csv, {out}/comparison.json",
        soft_wrap=True,
    )
