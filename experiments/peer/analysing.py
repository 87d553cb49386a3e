"""From the runs of a screening to shares of variance, errors of emulators and findings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from experiments.emulation import Emulator, cross_validated
from experiments.peer.anova import anova
from experiments.peer.emulating import shares
from experiments.peer.inputs import INFORMATION, INPUTS
from experiments.peer.outputs import Seen, seen

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["analyse", "slopes", "unit_cube"]

NAMES = [each.name for each in INPUTS]
_RESAMPLES = 2000
_SIGNIFICANT = 6


def analyse(design: pd.DataFrame, runs: pd.DataFrame,
            progress: Callable[[int, int], None] = lambda _done, _of: None) -> dict[str, Any]:
    """All numbers of a screening, as plain data.

    Points where nobody arrives in some run are left out, as in theirs.

    Args:
        design: A row per point.
        runs: A row per run.
        progress: Told how many outputs are done, of how many.

    Returns:
        `points` (those that are used), `repeats`, and for each output (`outputs`) its errors and
        shares of variance in per cent; for each output about predictability (`slopes`) what
        information does to it; and mean `var_n_link` of the third of points with least, middling
        and most social information (`thirds`).
    """
    used = (runs.groupby("point")["n_arrived"].min() > 0).to_numpy()
    runs = runs[runs["point"].isin(np.flatnonzero(used))]
    design = design[used]
    inputs = unit_cube(design)
    outputs = seen(runs)
    found: dict[str, Any] = {
        "points": len(design), "repeats": int(runs["repeat"].nunique()), "outputs": {}}
    for n, output in enumerate(outputs.values()):
        found["outputs"][output.name] = _of_output(inputs, output)
        progress(n + 1, len(outputs))
    found["slopes"] = {
        name: slopes(design, outputs[name].mean) for name in ("prop_stdd", "prop_chance")}
    found["thirds"] = _thirds(design, runs)
    rounded: dict[str, Any] = _rounded(found)
    return rounded


def unit_cube(design: pd.DataFrame) -> NDArray[np.float64]:
    """Points of a design with every input between 0 and 1 over its range."""
    low = np.array([each.low for each in INPUTS])
    high = np.array([each.high for each in INPUTS])
    return np.asarray((design[NAMES].to_numpy(np.float64) - low) / (high - low))


def _of_output(inputs: NDArray[np.float64], output: Seen) -> dict[str, Any]:
    emulator = Emulator(inputs, output.mean, output.noise)
    error = cross_validated(inputs, output.mean, output.noise, emulator)
    alone, together = shares(emulator, NAMES)
    return {
        "within": 100.0 * output.within, "error": error._asdict(), "main": alone,
        "total": together, "anova": anova(inputs, output, NAMES),
    }


def slopes(design: pd.DataFrame, values: NDArray[np.float64], seed: int = 1) -> dict[str, Any]:
    """How an output rises with information: Spearman's rank correlation over the points.

    Args:
        design: A row per point.
        values: [points] the output.
        seed: Of the bootstrap over points.

    Returns:
        For each input about information, and for `social`, the product of how often people talk
        and how much they pass on, the correlation and its 95 % interval; for `social` also where
        people learn slowly and fast by looking for themselves (`slow`, `fast`: the lower and upper
        half of `speed_expl_stay`).
    """
    social = _social(design)
    fast = (design["speed_expl_stay"] > design["speed_expl_stay"].median()).to_numpy(bool)
    luck = np.random.default_rng(seed)
    found = {name: _rank(design[name].to_numpy(np.float64), values, luck) for name in INFORMATION}
    found["social"] = _rank(social, values, luck)
    found["slow"] = _rank(social[~fast], values[~fast], luck)
    found["fast"] = _rank(social[fast], values[fast], luck)
    return found


def _social(design: pd.DataFrame) -> NDArray[np.float64]:
    """How often people talk, times how much they pass on."""
    talk = design["p_info_mingle"] + design["p_info_contacts"]
    return (talk * design["p_transfer_info"]).to_numpy(np.float64)


def _thirds(design: pd.DataFrame, runs: pd.DataFrame) -> list[float]:
    by_point = runs.groupby("point")["var_n_link"].mean().to_numpy(np.float64)
    order = np.argsort(_social(design), kind="stable")
    return [float(by_point[third].mean()) for third in np.array_split(order, 3)]


def _rank(one: NDArray[np.float64], other: NDArray[np.float64], luck: np.random.Generator
          ) -> list[float]:
    """Spearman's correlation, and a bootstrap interval of 95 %."""
    rows = luck.integers(0, len(one), (_RESAMPLES, len(one)))
    again = _rank_correlations(one[rows], other[rows])
    low, high = np.quantile(again, [0.025, 0.975])
    return [float(_rank_correlations(one[None], other[None])[0]), float(low), float(high)]


def _rank_correlations(one: NDArray[np.float64], other: NDArray[np.float64]
                       ) -> NDArray[np.float64]:
    """Spearman's correlation of each row of one with that of the other."""
    from scipy.stats import rankdata

    a, b = (np.asarray(rankdata(each, axis=1), np.float64) for each in (one, other))
    a -= a.mean(axis=1, keepdims=True)
    b -= b.mean(axis=1, keepdims=True)
    size = np.sqrt((a**2).sum(axis=1) * (b**2).sum(axis=1))
    return np.asarray((a * b).sum(axis=1) / np.maximum(size, 1e-12))


def _rounded(value: Any) -> Any:
    # Six digits say all there is to say, and are the same on every machine.
    if isinstance(value, dict):
        return {name: _rounded(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_rounded(each) for each in value]
    return float(f"{value:.{_SIGNIFICANT}g}") if isinstance(value, float) else value
