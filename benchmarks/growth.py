"""How the time of other things grows: each is done once at a size, and once ten times as large."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.crowd import SCENARIO, Crowds
from benchmarks.pair import BASE, OTHER
from benchmarks.part import Found, Part, Tables
from benchmarks.scale import Say, Scale
from benchmarks.synthetic_network import LEGS_PER_NODE, write_network
from benchmarks.tables import in_seconds, times
from benchmarks.timing import seconds
from experiments import compare, run
from experiments.memory import Memory
from experiments.posterior import NONE
from sim.network import compile_network, load_network
from sim.parameters import Parameters
from sim.survey import standing_survey

__all__ = ["PART", "TIMES", "measure", "tables"]

_Prepare = Callable[[int], Callable[[], object]]
"""From a size to something that can be timed."""
TIMES = 10
REPEATS = 3
KEPT_MIGRANTS = 500
COMPARED = (100, 10)
"""Migrants and days of each run of a comparison."""


def measure(scale: Scale, crowds: Crowds, say: Say) -> dict[str, Any]:
    """Time everything at both sizes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        things = (
            ("Loading a network", scale.nodes, "nodes", REPEATS, lambda n: _loading(folder, n)),
            ("Writing results", scale.kept_days, "days", REPEATS, lambda n: _writing(folder, n)),
            ("The survey", scale.surveyed, "people", REPEATS, lambda n: _asking(crowds, n)),
            ("Comparing", scale.replicates, "replicates", REPEATS, _comparing),
        )
        return {"things": [_both_sizes(say, *thing) for thing in things]}


def _both_sizes(
    say: Say, what: str, small: int, unit: str, repeats: int, prepare: _Prepare
) -> dict[str, Any]:
    sizes = (small, TIMES * small)
    works = [prepare(size) for size in sizes]
    say(f"{what.lower()}: {sizes[0]:,} and {sizes[1]:,} {unit}")
    took = [median(seconds(work, repeats)) for work in works]
    return {"what": what, "unit": unit, "sizes": sizes, "seconds": took}


def _loading(folder: Path, nodes: int) -> Callable[[], object]:
    place = folder / f"network_{nodes}"
    write_network(place, nodes)
    parameters = Parameters.of()
    return lambda: compile_network(load_network(place), parameters, 1.0)


def _writing(folder: Path, days: int) -> Callable[[], object]:
    result = run(SCENARIO, migrants=KEPT_MIGRANTS, days=days)
    return lambda: result.write(folder / f"results_{days}")


def _asking(crowds: Crowds, people: int) -> Callable[[], object]:
    model = crowds.copy(people)
    return lambda: standing_survey(model.world, day=model.day)


def _comparing(replicates: int) -> Callable[[], object]:
    migrants, days = COMPARED
    return lambda: compare(
        BASE, OTHER, replicates=replicates, migrants=migrants, days=days, threads=1,
        memory=Memory(), posterior=NONE,
    )  # fmt: skip


def tables(found: Found) -> Tables:
    """Times at both sizes, and how they grow; in proportion is ten."""
    rows = []
    for one in found["things"]:
        small, large = one["seconds"]
        cells = [f"{size:,} {one['unit']}" for size in one["sizes"]]
        if one["unit"] == "nodes":
            cells = [
                f"{size:,} nodes, {LEGS_PER_NODE * size:,} legs" for size in one["sizes"]
            ]
        rows.append(
            [one["what"], cells[0], in_seconds(small), cells[1], in_seconds(large),
             times(large / small)]
        )  # fmt: skip
    head = ["What", "Size", "Time", "Ten times as much", "Time", "Grows"]
    return {"growth": ("Ten times as much", (head, rows))}


PART = Part("growth", "how loading, writing, asking and comparing grow", measure, tables)
