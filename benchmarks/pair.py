"""One paired comparison in a process that has everything loaded and compiled."""

from __future__ import annotations

from statistics import median
from typing import Any

from benchmarks.crowd import Crowds
from benchmarks.part import Found, Part, Tables
from benchmarks.scale import Say, Scale
from benchmarks.tables import in_seconds
from benchmarks.timing import seconds
from experiments import compare

__all__ = ["BASE", "OTHER", "PART", "measure", "tables"]

BASE, OTHER = "agadez_breach", "agadez_breach_firewall"
REPEATS = 3
FEWEST = 2
"""Replicates of each comparison that is timed, since fewer are refused; times are those of one."""


def measure(scale: Scale, crowds: Crowds, say: Say) -> dict[str, Any]:  # noqa: ARG001
    """Time a comparison of two scenarios, replicate by replicate."""
    migrants, days = scale.pair
    say(f"{BASE} and {OTHER}, {migrants:,} migrants, {days} days")

    def work() -> None:
        compare(BASE, OTHER, replicates=FEWEST, migrants=migrants, days=days, threads=1)

    work()  # the first loads libraries
    took = [both / FEWEST for both in seconds(work, REPEATS)]
    return {"migrants": migrants, "days": days, "seconds": took, "median_s": median(took)}


def tables(found: Found) -> Tables:
    """Seconds per comparison."""
    what = (
        f"`{BASE}` and `{OTHER}`, one replicate of {found['migrants']:,} migrants over "
        f"{found['days']} days"
    )
    rows = [[what, in_seconds(found["median_s"])]]
    return {"pair": ("One paired comparison, one thread", (["Comparison", "Time"], rows))}


PART = Part("pair", "one paired comparison in a warm process", measure, tables)
