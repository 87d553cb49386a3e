"""A sweep, watched: `python -m benchmarks.sweep_client OUT RUNS MIGRANTS DAYS WORKERS [HOW]`.

HOW is `instant` for runs that take no time, `short` for runs without burn-in.

Prints as JSON how long it took until the first batch was back, its efficiency, and the memory of
this process when a tenth of the runs was done and at the end.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from benchmarks.sweep_design import design_of, instant
from experiments.sweep import Progress, sweep

__all__ = ["main"]


def main(out: str, runs: int, migrants: int, days: int, workers: int, how: str) -> None:
    """Run or continue the sweep, and print what was seen."""
    from pathlib import Path

    began = time.perf_counter()
    design = design_of(runs, migrants, days, 0 if how == "short" else None)
    seen: dict[str, Any] = {"first_s": None, "begun_s": None, "memory": []}
    total = len(design.levers[0].values) * design.replicates * design.sampler.points

    def progress(now: Progress) -> None:
        if seen["begun_s"] is None:
            seen["begun_s"], seen["there"] = time.perf_counter() - began, now.done
        elif seen["first_s"] is None:
            seen["first_s"] = time.perf_counter() - began
        if now.done >= total * (len(seen["memory"]) + 1) / 10:
            seen["memory"].append(_resident(Path("/proc/self/status")))

    found = sweep(
        design, out=out, workers=workers, progress=progress,
        live=instant if how == "instant" else None,
    )  # fmt: skip
    print(json.dumps({
        **seen, "runs": found.store.runs, "done": found.done, "failed": found.failed,
        "run_s": found.run_s, "wall_s": found.wall_s, "workers": found.workers,
        "efficiency": found.efficiency, "whole_s": time.perf_counter() - began,
        "batches": found.store.batches,
    }))  # fmt: skip


def _resident(status: Any) -> int:
    """Bytes this process holds now."""
    for line in status.read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return 1024 * int(line.split()[1])
    raise ValueError("the system does not tell how much memory a process needs")


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[2:6]]
    main(sys.argv[1], numbers[0], numbers[1], numbers[2], numbers[3], (*sys.argv, "")[6])
