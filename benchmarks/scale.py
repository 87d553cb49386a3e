"""How large everything is that is measured: as usual, with five million migrants, or tiny."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["SMALL", "USUAL", "Say", "Scale"]

Say = Callable[[str], None]
"""Told what is being done."""


@dataclass(frozen=True)
class Scale:
    """Sizes of all parts.

    Attributes:
        repeats: How often each thing is timed.
        days: Days or steps in each repeat; whole weeks, since opinions are summarised once a week.
        burn_in: Days that a world lives before it is timed.
        beside_mesa: Agents of the whole model and of the Mesa models beside it.
        sizes: Migrants, for the cost per agent-step; the first is what others are related to.
        phases: Migrants, for the cost of each phase.
        one_run: Migrants of one run on one and on two threads.
        side_by_side: Migrants of each of two runs side by side.
        in_memory: Migrants of the run whose arrays are counted.
        traced: Migrants of the run whose every read and write is noted, in plain Python.
        copied: Bytes of the array that is copied to find the bandwidth.
        shell: Migrants and days of the run that is started from the shell.
        first_compilation: Whether compiling into an empty cache is timed; it takes a minute.
        pair: Migrants and days of the paired comparison.
        nodes: Nodes of the smaller synthetic network; all that grows is also done ten times larger.
        surveyed: People of the smaller survey.
        kept_days: Days of the shorter run that is written.
        replicates: Replicates of the smaller comparison.
        sweep: Runs of a sweep, and migrants and days of each.
        short_sweep: Runs of a sweep of shorter runs, and migrants of each.
        beside_batch_run: Runs given to sweep and to Mesa's batch_run, by the compiled engine and,
            of which each takes much longer, by plain Mesa agents.
        stored_runs: Runs of the store that questions are asked.
        sessions: Sessions of the dashboard that are open at once.
        story: Nodes, migrants and days of the story that is played.
        played_s: Seconds over which its frames are counted.
        largest_share: Share of the free memory that the largest run may take.
        largest_at_most: Migrants of the largest run, however much memory there is.
        largest_days: Days that the largest run lives before it is timed, and after that.
    """

    repeats: int = 5
    days: int = 7
    burn_in: int = 120
    beside_mesa: tuple[int, ...] = (10_000, 100_000)
    sizes: tuple[int, ...] = (100_000, 1_000_000)
    phases: tuple[int, ...] = (100_000, 1_000_000)
    one_run: int = 1_000_000
    side_by_side: int = 100_000
    in_memory: int = 1_000_000
    traced: int = 2_000
    copied: int = 1 << 29
    shell: tuple[int, int] = (10_000, 180)
    first_compilation: bool = True
    pair: tuple[int, int] = (5_000, 365)
    nodes: int = 500
    surveyed: int = 10_000
    kept_days: int = 36
    replicates: int = 10
    sweep: tuple[int, int, int] = (2_000, 500, 200)
    short_sweep: tuple[int, int] = (1_000, 300)
    beside_batch_run: tuple[int, int] = (400, 10)
    stored_runs: int = 50_000
    sessions: int = 20
    story: tuple[int, int, int] = (60, 20_000, 365)
    played_s: float = 10.0
    largest_share: float = 0.85
    largest_at_most: int = 10**9
    largest_days: tuple[int, int] = (40, 7)


USUAL = Scale()
SMALL = Scale(
    repeats=2, days=1, burn_in=20, beside_mesa=(500,), sizes=(500, 1_000), phases=(500,),
    one_run=1_000, side_by_side=500, in_memory=1_000, traced=200, copied=1 << 20, shell=(200, 2),
    first_compilation=False, pair=(200, 10), nodes=40, surveyed=100, kept_days=3, replicates=2,
    sweep=(20, 30, 2), short_sweep=(20, 30), beside_batch_run=(10, 10), stored_runs=600,
    sessions=2, story=(20, 300, 120), played_s=0.5, largest_at_most=300, largest_days=(2, 1),
)  # fmt: skip
