"""One paired comparison in a process that has everything loaded and compiled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks.crowd import Crowds
from benchmarks.part import Found, Part, Tables
from benchmarks.scale import Say, Scale
from benchmarks.tables import in_seconds
from benchmarks.timing import seconds
from experiments import compare
from experiments.inputs import ScenarioLike
from experiments.memory import Memory
from experiments.posterior import NONE
from scenarios import load

if TYPE_CHECKING:
    from sim.plan import Plan

__all__ = ["BASE", "OTHER", "PART", "measure", "tables"]

BASE, OTHER = "agadez_breach", "agadez_breach_firewall"
REPEATS = 5
FEWEST = 2
"""Replicates of each comparison that is timed, since fewer are refused; times are those of one."""
WAYS = {
    "first": "`{base}` and `{other}`, nothing remembered",
    "moved": "the same after moving the firewall's compliance, from day {wall} on",
    "from_day_0": "the same after moving the compliance of a firewall that begins on day 0",
}


class _Moved:
    """The other scenario with its firewall kept by another share, and begun on another day."""

    def __init__(self, plan: Plan, compliance: float, start: int | None = None) -> None:
        changes = {"compliance": compliance} | ({} if start is None else {"start": start})
        moved = [
            act.model_copy(update=changes) if act.kind == "firewall" else act
            for act in plan.interventions
        ]
        self._plan = replace(plan, interventions=tuple(moved))

    def plan(self) -> Plan:
        return self._plan


def measure(scale: Scale, crowds: Crowds, say: Say) -> dict[str, Any]:  # noqa: ARG001
    """Time a comparison of two scenarios, replicate by replicate."""
    migrants, days = scale.pair
    say(f"{BASE} and {OTHER}, {migrants:,} migrants, {days} days")
    warm = Memory()
    base, other = load(BASE), load(OTHER).plan()  # once, as a dashboard does
    positions = _positions()

    def pair(changed: ScenarioLike, memory: Memory) -> None:
        compare(
            base, changed, replicates=FEWEST, migrants=migrants, days=days, threads=1,
            memory=memory, posterior=NONE,
        )  # fmt: skip

    def anew() -> None:
        pair(OTHER, Memory())

    def moved() -> None:
        pair(_Moved(other, next(positions)), warm)

    def from_day_0() -> None:
        pair(_Moved(other, next(positions), start=0), warm)

    took = {}
    for way, work in (("first", anew), ("moved", moved), ("from_day_0", from_day_0)):
        work()  # loads libraries, or lives what is remembered from then on
        took[way] = median(seconds(work, REPEATS)) / FEWEST
    starts = [act.start for act in load(OTHER).plan().interventions if act.kind == "firewall"]
    return {"migrants": migrants, "days": days, "wall": starts[0], "median_s": took}


def _positions() -> Iterator[float]:
    """Positions of a slider, none of them twice."""
    yield from (0.5 + step / 1000 for step in range(500))


def tables(found: Found) -> Tables:
    """Seconds per comparison."""
    rows = [
        [words.format(base=BASE, other=OTHER, wall=found["wall"]), in_seconds(found["median_s"][w])]
        for w, words in WAYS.items()
    ]
    what = f"One replicate of {found['migrants']:,} migrants over {found['days']} days"
    return {"pair": ("One paired comparison, one thread", ([what, "Time"], rows))}


PART = Part("pair", "one paired comparison in a warm process", measure, tables)
