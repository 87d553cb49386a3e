"""What the screening looks at: numbers of each run, and how far runs of one point differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["BY_POINT", "BY_RUN", "Seen", "between_repeats", "seen"]

BY_RUN = ("mean_cap", "var_n_link", "n_arrived", "mean_freq_plan", "stdd_link_c")
"""Counted in every run."""
BY_POINT = ("prop_var", "prop_stdd", "prop_chance")
"""About the runs of a point together: how far the share that leaves by each exit differs."""


class Seen:
    """One output at every point of the design, in standard deviations over all runs.

    Attributes:
        name: Name of the output.
        mean: [points] its mean over the repeats.
        noise: [points] variance of that mean, from the repeats; None for an output of a point.
        within: Share of the variance over all runs that lies between repeats of a point.
        runs: [points, repeats or 1] every value.
    """

    def __init__(self, name: str, values: NDArray[np.float64]) -> None:
        spread = values.std(ddof=1)
        self.name = name
        self.runs = (values - values.mean()) / (spread if spread > 0.0 else 1.0)
        self.mean = self.runs.mean(axis=1)
        repeats = self.runs.shape[1]
        self.noise = self.runs.var(axis=1, ddof=1) / repeats if repeats > 1 else None
        self.within = float(self.runs.var(axis=1, ddof=1).mean()) if repeats > 1 else 0.0


def seen(runs: pd.DataFrame) -> dict[str, Seen]:
    """All outputs of a screening.

    Args:
        runs: A row per run, as :func:`experiments.peer.running.run_design` makes them.

    Returns:
        By name. `stdd_link_c` is the standard deviation of traffic over links. `prop_var` is the
        variance, between the repeats of a point, of the share of people who left by an exit, a mean
        over exits; `prop_stdd` its root; `prop_chance` the logarithm of how many times as large it
        is as if everybody had drawn an exit by lot, so that fewer arrivals alone do not count.
    """
    runs = runs.assign(stdd_link_c=np.sqrt(runs["var_links"]))
    points = runs["point"].nunique()
    found = {name: runs[name].to_numpy(np.float64).reshape(points, -1) for name in BY_RUN}
    found["prop_var"], found["prop_stdd"], found["prop_chance"] = (
        values[:, None] for values in between_repeats(runs))
    return {name: Seen(name, values) for name, values in found.items()}


def between_repeats(runs: pd.DataFrame) -> tuple[NDArray[np.float64], ...]:
    """How far runs of one point differ in the share of people who leave by each exit.

    Args:
        runs: A row per run.

    Returns:
        `prop_var`, `prop_stdd` and `prop_chance` at every point; see :func:`seen`.
    """
    points = runs["point"].nunique()
    names = [name for name in runs.columns if str(name).startswith("exit_")]
    exits = runs[names].to_numpy(np.float64)
    counts = exits.reshape(points, -1, exits.shape[1])
    left = np.maximum(counts.sum(axis=2, keepdims=True), 1.0)
    share = counts / left
    between = share.var(axis=1, ddof=1).mean(axis=1)
    mean = share.mean(axis=1)
    by_lot = (mean * (1.0 - mean) * (1.0 / left).mean(axis=1)).mean(axis=1)
    return between, np.sqrt(between), np.log((between + 1e-9) / (by_lot + 1e-9))
