"""What an agent-step costs in a large world, relative to one of 100,000 migrants."""

from __future__ import annotations

from typing import Any

from benchmarks.crowd import Crowds, timed_days
from benchmarks.part import Found, Part, Tables
from benchmarks.scale import Say, Scale
from benchmarks.tables import millions, nanoseconds, times
from benchmarks.timing import in_turn, ratio

__all__ = ["PART", "measure", "tables"]


def measure(scale: Scale, crowds: Crowds, say: Say) -> dict[str, Any]:
    """Time each size in turn with the first."""
    first, *others = scale.sizes
    return {"sizes": [_beside_the_first(first, n, scale, crowds, say) for n in others]}


def _beside_the_first(
    first: int, migrants: int, scale: Scale, crowds: Crowds, say: Say
) -> dict[str, Any]:
    small = timed_days(crowds.copy(first), scale.days)
    large = timed_days(crowds.copy(migrants), scale.days)
    say(f"{migrants:,} migrants beside {first:,}")
    in_turn([small, large], scale.repeats)
    return {
        "first": first, "migrants": migrants, "small": small.to_dict(), "large": large.to_dict(),
        "cost": ratio(large, small),
    }  # fmt: skip


def tables(found: Found) -> Tables:
    """Cost per agent-step by size."""
    sizes = found["sizes"]
    first = sizes[0]
    head = ["Migrants", "Agent-steps per second", "ns per agent-step", "Relative cost"]
    rows = [_row(first["first"], first["small"], 1.0)]
    rows += [_row(size["migrants"], size["large"], size["cost"]) for size in sizes]
    return {"sizes": ("Cost per agent-step by size, one thread", (head, rows))}


def _row(migrants: int, timed: Found, cost: float) -> list[str]:
    middle = timed["median_s"]
    return [f"{migrants:,}", millions(middle), nanoseconds(middle), times(cost)]


PART = Part("sizes", "cost per agent-step in large worlds", measure, tables)
