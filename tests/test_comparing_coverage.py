"""How often intervals hold the truth, on cases whose truth is known; the page says the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from experiments.comparing.method import METHODS, Method
from experiments.intervals import Intervals, mean_intervals

PAGE = Path(__file__).resolve().parent.parent / "docs" / "comparing.md"
TRIALS = 2_000
Draw = Callable[[np.random.Generator, tuple[int, int]], NDArray[np.float64]]


def _bell(luck: np.random.Generator, shape: tuple[int, int]) -> NDArray[np.float64]:
    return luck.normal(-100.0, 20.0, shape)


def _skewed(luck: np.random.Generator, shape: tuple[int, int]) -> NDArray[np.float64]:
    return -luck.exponential(100.0, shape)


DIFFERENCES = {"bell-shaped differences": _bell, "skewed differences": _skewed}
RATIOS = {"relative change, bell-shaped": _bell, "relative change, skewed": _skewed}
REPLICATES = (8, 10, 30)


def _found(case: str, n: int, method: Method) -> tuple[Intervals, float]:
    luck, shape = np.random.default_rng(7), (n, TRIALS)
    base = 1000 + luck.normal(0, 150, shape)  # what both runs of a pair share
    other = base + (DIFFERENCES | RATIOS)[case](luck, shape)
    if case in RATIOS:
        return method.ratio(base, other), -0.1
    return method.mean(other - base), -100.0


def _covered(found: Intervals, truth: float) -> float:
    return float(np.mean((found.low <= truth) & (truth <= found.high)))


def _written() -> dict[tuple[str, str], list[float]]:
    rows = re.findall(r"^\| (.+?) \| `(\w+)` \| (.+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    return {
        (case, name): [float(share.strip(" %")) / 100 for share in shares.split("|")]
        for case, name, shares in rows
    }


@pytest.mark.parametrize("case", [*DIFFERENCES, *RATIOS])
@pytest.mark.parametrize("name", METHODS)
def test_intervals_cover_the_truth_as_the_page_says(case: str, name: str) -> None:
    covered = [_covered(*_found(case, n, Method(name, seed=1))) for n in REPLICATES]
    assert covered == pytest.approx(_written()[case, name], abs=0.0015)
    if name == "bootstrap" or "bell-shaped" in case:
        assert covered == pytest.approx([0.95] * len(REPLICATES), abs=0.016)


def test_stopping_when_narrow_enough_costs_little_coverage() -> None:
    # As `--until-half-width` does: the first n of at least 5 whose interval is narrow enough.
    sample = np.random.default_rng(3).normal(0.0, 1.0, (100, TRIALS))
    open_, held, runs = np.ones(TRIALS, dtype=bool), 0, 0
    for n in range(5, 101):
        found = mean_intervals(sample[:n])
        stops = open_ & (found.half_width <= 0.5)
        held += int((stops & (found.low <= 0) & (found.high >= 0)).sum())
        runs += n * int(stops.sum())
        open_ &= ~stops
    assert not open_.any()
    assert 14 < runs / TRIALS < 18  # with the spread known, 18 would do
    written = float(re.search(r"still cover the truth in ([\d.]+) %", PAGE.read_text("utf-8"))[1])
    assert held / TRIALS == pytest.approx(written / 100, abs=0.0015)
