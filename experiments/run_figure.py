"""The picture of one run: what became of each day on which a person needed help, week by week."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from experiments.tables import MEASURE_WORDS
from sim.codes import OUTCOMES

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

__all__ = ["outcome_figure", "weekly_shares"]

_DAYS = 7
# Okabe and Ito's palette, told apart with any colour vision; hatching tells neighbours apart too.
_COLOURS = (
    "#009E73", "#E69F00", "#D55E00", "#56B4E9", "#999999", "#CC79A7", "#F0E442", "#0072B2",
    "#000000",
)  # fmt: skip
_HATCHES = ("", "//", "", "..", "", "\\\\", "", "xx", "")


def weekly_shares(daily: pd.DataFrame) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Of all days in need of a week, the share that had each outcome.

    Args:
        daily: The daily table of a run, as `RunResult.daily`.

    Returns:
        The first day of each week, and shares of shape [outcomes, weeks]; they add up to 1, or are
        0 in a week without need.
    """
    names = OUTCOMES[1:]
    rows = daily[(daily["channel"] == "all") & daily["measure"].isin(names)]
    weeks = int(daily["day"].max()) // _DAYS + 1
    counts = np.zeros((len(names), weeks))
    place = np.array([names.index(str(name)) for name in rows["measure"]], np.int64)
    np.add.at(counts, (place, rows["day"].to_numpy(np.int64) // _DAYS), rows["value"].to_numpy())
    whole = counts.sum(axis=0)
    shares = np.divide(counts, whole, out=np.zeros(counts.shape), where=whole > 0)
    return np.arange(weeks) * _DAYS, shares


def outcome_figure(daily: pd.DataFrame, title: str) -> Figure:
    """Shares of the outcomes of need over time, stacked."""
    from matplotlib.figure import Figure

    days, shares = weekly_shares(daily)
    figure = Figure(figsize=(10, 5), facecolor="white", layout="constrained")
    axes = figure.subplots()
    base = np.zeros(len(days))
    # Steps, not slopes: a week's share holds for the whole week.
    edges = np.append(days, days[-1] + _DAYS)
    for number, name in enumerate(OUTCOMES[1:]):
        top = base + shares[number]
        axes.fill_between(
            edges, 100 * np.append(base, base[-1]), 100 * np.append(top, top[-1]), step="post",
            facecolor=_COLOURS[number], edgecolor="white", linewidth=0.2, hatch=_HATCHES[number],
            label=MEASURE_WORDS[name],
        )  # fmt: skip
        base = top
    axes.set_xlim(0, edges[-1])
    axes.set_ylim(0, 100)
    axes.set_xlabel("Day")
    axes.set_ylabel("Of 100 days in need")
    axes.set_title(title, loc="left", weight="bold")
    figure.legend(loc="outside right center", reverse=True, frameon=False)
    return figure
