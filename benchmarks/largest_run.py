"""`python -m benchmarks.largest_run MIGRANTS BURN_IN DAYS THREADS`: what a very large run needs."""

from __future__ import annotations

import json
import sys
import time

from benchmarks.crowd import live, plan_of, warm_up
from benchmarks.resident import most_so_far

__all__ = ["main"]


def main(migrants: int, burn_in: int, days: int, threads: int) -> None:
    """Build it, live through the days before, time the rest, and print what was found."""
    from sim.model import TrustModel

    warm_up()
    started = time.perf_counter()
    model = TrustModel(plan_of(burn_in, days), migrants=migrants, threads=threads)
    built = time.perf_counter()
    while model.day < 0:
        model.step()
    begun = time.perf_counter()
    steps = live(model, days)
    wall = time.perf_counter() - begun
    print(json.dumps({
        "threads": threads, "build_s": built - started, "before_s": begun - built, "wall_s": wall,
        "agent_steps": steps, "most": most_so_far(),
    }))  # fmt: skip


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
