"""What each phase of the day costs, in nanoseconds per agent-step on one core."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from benchmarks.crowd import Crowds
from benchmarks.part import Found, Part, Tables
from benchmarks.scale import Say, Scale
from sim.engine.schedule import PHASES
from sim.model import TrustModel

__all__ = ["KEEPING", "PART", "measure", "tables"]

KEEPING = "keeping"
"""What `Record.take` does; not a phase of the day, but part of every step of the model."""
_KEEPING_IN_WORDS = "Keeping the day's counts, and weekly opinions."


def measure(scale: Scale, crowds: Crowds, say: Say) -> dict[str, Any]:
    """Time every phase of some days."""
    words = {phase.method: phase.what for phase in PHASES} | {KEEPING: _KEEPING_IN_WORDS}
    sizes = []
    for migrants in scale.phases:
        model = crowds.copy(migrants)
        say(f"phases of the day, {migrants:,} migrants")
        sizes.append(_costs(model, scale))
    return {"words": words, "sizes": sizes}


def _costs(model: TrustModel, scale: Scale) -> dict[str, Any]:
    names = [*(phase.method for phase in PHASES), KEEPING]
    costs: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(scale.repeats):
        gc.collect()
        before = model.record.agent_steps
        spent = _live_clocked(model, names, scale.days)
        for name in names:
            costs[name].append(spent[name] / (model.record.agent_steps - before))
    middle = {name: median(found) for name, found in costs.items()}
    return {
        "migrants": model.plan.migrants, "days": scale.days, "nanoseconds": middle,
        "total": sum(middle.values()),
    }  # fmt: skip


def _live_clocked(model: TrustModel, names: list[str], days: int) -> dict[str, int]:
    spent = dict.fromkeys(names, 0)
    for _ in range(days):
        for phase in PHASES:
            spent[phase.method] += _clocked(getattr(model.engine, phase.method), model.day)
        spent[KEEPING] += _clocked(model.record.take, model.world, model.day)
        model.day += 1
    return spent


def _clocked(work: Callable[..., object], *arguments: object) -> int:
    started = time.perf_counter_ns()
    work(*arguments)
    return time.perf_counter_ns() - started


def tables(found: Found) -> Tables:
    """Nanoseconds per agent-step of each phase, and its share, by size."""
    sizes = found["sizes"]
    head = ["Phase"]
    for size in sizes:
        head += [f"{size['migrants']:,} migrants: ns", "share"]
    rows = []
    for name, words in found["words"].items():
        cells = [words]
        for size in sizes:
            cost = size["nanoseconds"][name]
            cells += [f"{cost:.1f}", f"{100 * cost / size['total']:.0f} %"]
        rows.append(cells)
    whole = [cell for size in sizes for cell in (f"{size['total']:.1f}", "100 %")]
    return {"phases": ("Cost of each phase per agent-step", (head, [*rows, ["Whole day", *whole]]))}


PART = Part("phases", "cost of each phase of the day", measure, tables)
