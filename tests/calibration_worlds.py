"""Worlds that cost nothing to simulate, with posteriors that are known."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.calibration.generation import Candidate, Generation

DESIGN: dict[str, Any] = {
    "name": "cheap",
    "scenario": "central_mediterranean",
    "sampler": {"method": "lhs", "points": 10},
    "seed": 5,
    "replicates": 2,
    "constants": {"migrants": 100, "days": 30},
    "uncertainties": {
        "base_rate_danger": {"low": 0.0, "high": 1.0},
        "half_life_against": {"low": 10, "high": 1000, "scale": "log"},
    },
    "targets": ["T07", "T02"],
}


def live(parameters: dict[str, float], replicate: int) -> dict[str, float]:
    """Danger is what it is set to, but for luck; what is thought of independence tells nothing."""
    luck = np.random.default_rng(replicate).normal(0, 0.01)
    return {"T07": parameters["base_rate_danger"] + luck, "T02": 0.21}


def live_or_fail(parameters: dict[str, float], replicate: int) -> dict[str, float]:
    """The same, but half of the sets cannot be simulated."""
    if parameters["base_rate_danger"] > 0.5:
        raise RuntimeError("too much\nfear")
    return live(parameters, replicate)


def never(parameters: dict[str, float], replicate: int) -> dict[str, float]:
    raise AssertionError("this run was lived twice")


class Counted:
    """Lives runs and counts them; raises or is killed at one of them."""

    def __init__(self, stop_at: int = 0, *, kill: bool = False) -> None:
        self.runs = 0
        self._stop_at, self._kill = stop_at, kill

    def __call__(self, parameters: dict[str, float], replicate: int) -> dict[str, float]:
        self.runs += 1
        if self.runs == self._stop_at:
            if self._kill:
                os.kill(os.getpid(), signal.SIGKILL)
            raise KeyboardInterrupt
        return live(parameters, replicate)


def simulator(
    model: Callable[[NDArray[np.float64], np.random.Generator], Sequence[float]], seed: int = 0
) -> Callable[[Sequence[Candidate]], NDArray[np.float64]]:
    """Simulates candidates one by one, each with a luck of its own."""

    def evaluate(candidates: Sequence[Candidate]) -> NDArray[np.float64]:
        return np.array([
            model(np.array(each.point),
                  np.random.default_rng([seed, each.generation, each.number]))
            for each in candidates
        ])  # fmt: skip

    return evaluate


def furthest(last: Generation, column: int, known: Callable[[Any], Any]) -> tuple[float, float]:
    """Kolmogorov's distance of a parameter from a known distribution, and what chance allows.

    Args:
        last: The sample.
        column: Which parameter.
        known: Its cumulative distribution.

    Returns:
        The distance, and the distance that one sample in a thousand of that size exceeds.
    """
    order = np.argsort(last.points[:, column])
    ends = np.cumsum(last.weights[order])
    expected = np.asarray(known(last.points[order, column]))
    distance = max(abs(ends - expected).max(), abs(ends - last.weights[order] - expected).max())
    return float(distance), 1.95 / float(np.sqrt(last.effective_size))


def all_files(folder: Path) -> dict[str, bytes]:
    """What a calibration found, file by file, but for when it was made and in which order."""
    kept = ("posterior.parquet", "populations.parquet", "targets.csv", "parameters.csv",
            "summary.json")  # fmt: skip
    return {name: (folder / name).read_bytes() for name in kept}
