"""The figures that were aimed at, from the results of one run of the benchmarks or of several."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import Any, NamedTuple

from benchmarks.part import Found
from experiments.pages import Rows

__all__ = ["HEADLINES", "Headline", "headline_table"]

Results = Mapping[str, Found]
"""Results by part."""


class Headline(NamedTuple):
    """One aim.

    Attributes:
        what: What is measured, and what is aimed at.
        find: The figure, from the results of all parts.
        shown: How it is written.
        reached: Whether the aim is reached.
    """

    what: str
    find: Callable[[Results], float]
    shown: str
    reached: Callable[[float], bool]


def _whole_over_mesa(results: Results) -> float:
    size = results["speed"]["sizes"][-1]
    minimal = next(m for m in size["models"] if m["name"] == "Minimal Mesa model")
    return float(minimal["whole_model_over_it"])


def _cost(migrants: int) -> Callable[[Results], float]:
    def find(results: Results) -> float:
        sizes = results["sizes"]["sizes"]
        return float(next(s["cost"] for s in sizes if s["migrants"] == migrants))

    return find


def _beside(engine: str) -> Callable[[Results], float]:
    def find(results: Results) -> float:
        both = results["sweeps"]["beside"][engine]
        mine, theirs = (both[way]["runs"] / both[way]["wall_s"] for way in ("sweep", "batch_run"))
        return float(mine / theirs)

    return find


def _faster(way: int) -> Callable[[Results], float]:
    return lambda results: float(results["threads"]["ways"][way]["faster"])


def _slowest_page(results: Results) -> float:
    return max(float(median(took)) for took in results["dashboard"]["ready_s"].values())


def _slider(way: str, what: str) -> Callable[[Results], float]:
    return lambda results: float(
        median(each[what] for each in results["dashboard"]["slider_s"][way]))


def _at_least(aim: float) -> Callable[[float], bool]:
    return lambda found: found >= aim


def _at_most(aim: float) -> Callable[[float], bool]:
    return lambda found: found <= aim


HEADLINES = (
    Headline("at least 20 times the minimal Mesa model, 100,000 agents, one thread",
             _whole_over_mesa, "{:.1f} x", _at_least(20)),
    Headline("cost per agent-step at 1,000,000 at most twice that at 100,000",
             _cost(1_000_000), "{:.2f} x", _at_most(2)),
    Headline("cost per agent-step at 5,000,000 at most three times that at 100,000",
             _cost(5_000_000), "{:.2f} x", _at_most(3)),
    Headline("at most 512 bytes a migrant", lambda r: round(float(r["memory"]["per_migrant"]), 1),
             "{:.1f}", _at_most(512)),
    Headline("two threads at least 1.6 times one, one run of 1,000,000",
             _faster(0), "{:.2f} x", _at_least(1.6)),
    Headline("two runs of 100,000 side by side at least 1.8 times one after another",
             _faster(1), "{:.2f} x", _at_least(1.8)),
    Headline("10,000 migrants over 180 days from the shell under 4 s",
             lambda r: float(r["shell"]["median_s"]), "{:.1f} s", _at_most(4)),
    Headline("first compilation under 40 s",
             lambda r: float(r["shell"]["empty_cache_s"] - r["shell"]["median_s"]), "{:.0f} s",
             _at_most(40)),
    Headline("a pair of 5,000 migrants over a year, after moving a slider, under 0.5 s",
             lambda r: float(r["pair"]["median_s"]["moved"]), "{:.2f} s", _at_most(0.5)),
    Headline("the same where the scenarios differ from day 0 on",
             lambda r: float(r["pair"]["median_s"]["from_day_0"]), "{:.2f} s", _at_most(0.5)),
    Headline("run time at least 0.9 of the workers' time, 2,000 runs on 2 workers",
             lambda r: float(r["sweeps"]["whole"]["efficiency"]), "{:.3f}", _at_least(0.9)),
    Headline("at least 5 times the runs a second of Mesa's batch_run, plain Mesa agents",
             _beside("reference"), "{:.1f} x", _at_least(5)),
    Headline("the same where batch_run is given our compiled engine", _beside("compiled"),
             "{:.1f} x", _at_least(5)),
    Headline("every page of the dashboard ready within 3 s of opening", _slowest_page, "{:.1f} s",
             _at_most(3)),
    Headline("slider to changed chart within 0.5 s, 5,000 migrants, paired, one year",
             _slider("alone", "changed"), "{:.2f} s", _at_most(0.5)),
    Headline("the same, to a chart of the whole year", _slider("alone", "whole"), "{:.2f} s",
             _at_most(0.5)),
    Headline("a story of 60 nodes over 365 days at 25 frames a second, the least of two ways",
             lambda r: min(r["dashboard"]["frames"].values()), "{:.0f}", _at_least(25)),
)  # fmt: skip
"""What was aimed at."""


def headline_table(runs: Sequence[Results]) -> Rows:
    """One row per aim, one column per run of the benchmarks."""
    head = ["Aim", *(_when(results) for results in runs)]
    return head, [[one.what, *(_cell(one, results) for results in runs)] for one in HEADLINES]


def _cell(one: Headline, results: Results) -> str:
    try:
        found = one.find(results)
    except (KeyError, StopIteration, TypeError):
        return "not measured"
    return f"{one.shown.format(found)}, {'reached' if one.reached(found) else 'missed'}"


def _when(results: Results) -> str:
    times: Any = sorted({str(result["when"]) for result in results.values() if "when" in result})
    return f"Begun {times[0]}" if times else "Earlier"
