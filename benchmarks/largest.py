"""One run with as many migrants as fit into the memory that is free."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from benchmarks.children import answer_of
from benchmarks.crowd import Crowds
from benchmarks.part import Found, Part, Tables
from benchmarks.scale import Say, Scale
from benchmarks.tables import gigabytes, in_seconds, millions
from experiments.pairing import available_cores

__all__ = ["PART", "measure", "tables"]

A_MIGRANT = 512
"""Bytes of a migrant; `docs/performance.md` lists them."""
ROUND = 10_000


def measure(scale: Scale, crowds: Crowds, say: Say) -> dict[str, Any]:  # noqa: ARG001
    """Live some days of it in a process of its own, on all cores."""
    free = _free_bytes()
    migrants = max(ROUND, int(scale.largest_share * free) // A_MIGRANT // ROUND * ROUND)
    migrants = min(migrants, scale.largest_at_most)
    burn_in, days = scale.largest_days
    say(f"{migrants:,} migrants, {burn_in} days before and {days} days that are timed")
    found = answer_of("largest_run", migrants, burn_in, days, available_cores())
    return {"free": free, "migrants": migrants, "burn_in": burn_in, "days": days, **found}


def _free_bytes() -> int:
    """Memory that new processes can have."""
    try:
        for line in Path("/proc/meminfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("MemAvailable:"):
                return 1024 * int(line.split()[1])
    except OSError:
        pass
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2


def tables(found: Found) -> Tables:
    """What the run needed."""
    per_day = found["wall_s"] / found["days"]
    rows = [
        ["Memory that was free", gigabytes_of(found["free"])],
        ["Migrants", f"{found['migrants']:,}"],
        ["Memory that the process needed", gigabytes_of(found["most"])],
        ["Bytes a migrant", f"{found['most'] / found['migrants']:.1f}"],
        ["Building it", in_seconds(found["build_s"])],
        [f"A day, on {found['threads']} threads, after {found['burn_in']} days",
         in_seconds(per_day)],
        ["Agent-steps per second", millions(found["wall_s"] / found["agent_steps"])],
    ]  # fmt: skip
    return {"largest": ("As many migrants as fit", (["What", "Found"], rows))}


def gigabytes_of(size: float) -> str:
    """Bytes."""
    return gigabytes(size).removesuffix("/s")


PART = Part("largest", "one run with as many migrants as fit in memory (by name only)", measure,
            tables)
