"""What a calibration found, as tables: by parameter, by target, and everything that was kept."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from experiments.calibration.respondents import mixes
from experiments.sweep.sampling import scaled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from experiments.calibration.emulating import Learned
    from experiments.calibration.generation import Generation
    from experiments.calibration.task import Task

__all__ = [
    "correlations", "emulator_table", "parameter_table", "population_table", "posterior_table",
    "target_table",
]  # fmt: skip

ENDS = (0.05, 0.95)
"""Intervals hold nine tenths."""
_PRIOR_SD = 1 / math.sqrt(12)
_IDENTIFIED, _PARTLY = 0.5, 0.2
_EDGE, _CROWD = 0.1, 0.3


def parameter_table(task: Task, last: Generation) -> pd.DataFrame:
    """A row per parameter: its range, its posterior, and what the targets say of it.

    `contraction` is 1 less the posterior's standard deviation over the prior's, on the scale of
    the range: 0 where the targets say nothing, 1 where they fix it. `edge` names an end of the
    range, `low` or `high`, to whose outer tenth more than three tenths of the posterior press.
    """
    rows = []
    for k, each in enumerate(task.design.uncertainties):
        places = last.points[:, k]
        mean = float(np.average(places, weights=last.weights))
        spread = math.sqrt(float(np.average((places - mean) ** 2, weights=last.weights)))
        ends = scaled(quantiles(places, last.weights, (0.5, *ENDS)), each)
        contraction = 1 - spread / _PRIOR_SD
        rows.append({
            "name": each.name, "unit": _unit(each.name), "prior_low": each.low,
            "prior_high": each.high, "scale": each.scale, "median": ends[0], "low": ends[1],
            "high": ends[2], "contraction": contraction, "identified": _verdict(contraction),
            "edge": _edge(places, last.weights),
        })  # fmt: skip
    return pd.DataFrame(rows)


def target_table(
    task: Task, prior: NDArray[np.float64], posterior: NDArray[np.float64]
) -> pd.DataFrame:
    """A row per target: what was observed, and what the model predicts before and after.

    Args:
        task: The design and its targets.
        prior: What sets of parameters of the prior gave, shape [sets, targets].
        posterior: The same of equally weighted draws of the posterior, with luck that was not
            used to fit.
    """
    rows = []
    for k, target in enumerate(task.targets):
        before, after = _summary(prior[:, k]), _summary(posterior[:, k])
        rows.append({
            "id": target.id, "title": target.title, "observed": target.observed,
            "low": target.low, "high": target.high,
            **{f"prior_{name}": value for name, value in before.items()},
            **{f"posterior_{name}": value for name, value in after.items()},
            "inside": bool(target.low <= after["mean"] <= target.high),
        })  # fmt: skip
    return pd.DataFrame(rows)


def posterior_table(task: Task, points: NDArray[np.float64]) -> pd.DataFrame:
    """A row per draw, a column per parameter that was fitted, and the mix of who was asked."""
    return _values(task, points).assign(**mixes(task, len(points)))


def _values(task: Task, points: NDArray[np.float64]) -> pd.DataFrame:
    return pd.DataFrame(task.values_at(points), columns=list(task.names))


def population_table(task: Task, generations: Sequence[Generation]) -> pd.DataFrame:
    """A row per set of parameters that a generation kept, with its weight, distance and values."""
    parts = []
    for number, each in enumerate(generations):
        part = _values(task, each.points)
        part.insert(0, "generation", np.int32(number))
        part["weight"], part["distance"] = each.weights, each.distances
        for k, target in enumerate(task.targets):
            part[target.id] = each.values[:, k]
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def correlations(last: Generation) -> NDArray[np.float64]:
    """Posterior correlation of every two parameters, on the scales of their ranges."""
    covariance = np.atleast_2d(np.cov(last.points, aweights=last.weights, rowvar=False))
    spread = np.sqrt(np.diag(covariance))
    scale = np.outer(spread, spread)
    found = np.divide(covariance, scale, out=np.zeros_like(covariance), where=scale > 0)
    np.fill_diagonal(found, 1.0)
    return np.asarray(found)


def quantiles(
    values: NDArray[np.float64], weights: NDArray[np.float64], at: Sequence[float]
) -> NDArray[np.float64]:
    """Quantiles of weighted values: the least value that at least such a share does not exceed."""
    order = np.argsort(values, kind="stable")
    ends = np.cumsum(weights[order])
    # A share that rounding left just below its place counts as having reached it.
    places = np.searchsorted(ends / ends[-1], np.asarray(at) - 1e-12)
    return np.asarray(values[order][np.minimum(places, len(values) - 1)])


def _summary(values: NDArray[np.float64]) -> dict[str, float]:
    known = values[~np.isnan(values)]
    if not known.size:
        return {"mean": math.nan, "low": math.nan, "high": math.nan}
    low, high = quantiles(known, np.full(known.size, 1 / known.size), ENDS)
    return {"mean": float(known.mean()), "low": float(low), "high": float(high)}


def _verdict(contraction: float) -> str:
    if contraction >= _IDENTIFIED:
        return "yes"
    return "partly" if contraction >= _PARTLY else "hardly"


def _edge(places: NDArray[np.float64], weights: NDArray[np.float64]) -> str:
    if weights[places < _EDGE].sum() > _CROWD:
        return "low"
    return "high" if weights[places > 1 - _EDGE].sum() > _CROWD else ""


def _unit(name: str) -> str:
    from sim.parameters import REGISTRY

    return REGISTRY[name].unit


def emulator_table(task: Task, learned: Learned) -> pd.DataFrame:
    """A row per target: what its emulator foresees of sets of parameters that it was not shown.

    `explained` is the share of the variance between sets that it foresees; `error` the root mean
    square of its errors over what it expects them to be, with the chance of runs: 1 if it knows how
    unsure it is (both over tenths left out in turn).
    """
    return pd.DataFrame([
        {"id": target.id, "explained": found.explained, "error": found.with_noise}
        for target, found in zip(task.targets, learned.errors(), strict=True)
    ])  # fmt: skip
