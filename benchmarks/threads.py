"""What a second thread brings: in one run, and for two runs side by side."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from benchmarks.crowd import Crowds, live, timed_days
from benchmarks.part import Found, Part, Tables
from benchmarks.scale import Say, Scale
from benchmarks.tables import millions, times
from benchmarks.timing import Timed, in_turn, ratio

__all__ = ["PART", "measure", "tables"]


def measure(scale: Scale, crowds: Crowds, say: Say) -> dict[str, Any]:
    """Time one run on one and two threads, and two runs one after another and side by side."""
    return {"ways": [_one_run(scale, crowds, say), _two_runs(scale, crowds, say)]}


def _one_run(scale: Scale, crowds: Crowds, say: Say) -> dict[str, Any]:
    one, two = (
        timed_days(crowds.copy(scale.one_run, threads), scale.days, threads) for threads in (1, 2)
    )
    say(f"one run of {scale.one_run:,} migrants on one thread and on two")
    in_turn([one, two], scale.repeats)
    return _found(f"One run of {scale.one_run:,} migrants", one, two)


def _two_runs(scale: Scale, crowds: Crowds, say: Say) -> dict[str, Any]:
    say(f"two runs of {scale.side_by_side:,} migrants, one after another and side by side")
    a, b, c, d = (crowds.copy(scale.side_by_side) for _ in range(4))
    with ThreadPoolExecutor(2) as pool:
        after = Timed("one after another", lambda: live(a, scale.days) + live(b, scale.days))
        beside = Timed(
            "side by side", lambda: sum(pool.map(lambda m: live(m, scale.days), (c, d))), threads=2
        )
        in_turn([after, beside], scale.repeats)
    return _found(f"Two runs of {scale.side_by_side:,} migrants", after, beside)


def _found(what: str, one: Timed, two: Timed) -> dict[str, Any]:
    return {"what": what, "one": one.to_dict(), "two": two.to_dict(), "faster": ratio(one, two)}


def tables(found: Found) -> Tables:
    """Agent-steps per second on one thread and on two."""
    rows = [
        [way["what"], *(millions(way[n]["median_s"]) for n in ("one", "two")), times(way["faster"])]
        for way in found["ways"]
    ]
    return {"threads": ("Two threads", (["", "One thread", "Two threads", "Faster"], rows))}


PART = Part("threads", "two threads against one", measure, tables)
