"""The picture of the screening: whose variance is whose, theirs and here, and predictability."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.behaviour import drawing
from experiments.peer.findings import NAMES, published

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["draw"]

NAME = "peer"
_PANELS = {
    "var_n_link": "differences in what people know",
    "n_arrived": "how many arrive",
    "mean_cap": "what people have left",
}


def draw(results: Mapping[str, Any], design: pd.DataFrame, spread: np.ndarray, folder: Path
         ) -> list[Path]:
    """Draw `peer.png` and `peer.svg`.

    Args:
        results: As stored.
        design: A row per point.
        spread: [points] `prop_stdd` as it is, not in standard deviations.
        folder: Where to.
    """
    title = "What people pass on matters most for what they know and reach: the screening, repeated"
    note = (
        "Bars: per cent of the variance of each output that an input makes alone; diamonds: with "
        "other inputs. Theirs as "
        "published (GEM-SA), ours from a Gaussian process over 400 points x 6 repeats of the same "
        "17 inputs on a map a tenth as large. Dots: each point of the design; how much the share "
        "leaving by an exit differs between six runs that differ in chance alone.")
    figure = drawing.page(title, note, (12.5, 7.2))
    axes = drawing.axes_in(figure, title, note, 1, 4, left=0.12, wspace=0.3)[0]
    table = published()["GEM_SA_pct_variance"]
    for place, (name, words) in enumerate(_PANELS.items()):
        theirs = [float(table[name, each]) for each in NAMES]
        ours = results["routes"]["outputs"][name]
        _bars(axes[place], words, theirs, ours, first=place == 0)
    talk = (design["p_info_mingle"] + design["p_info_contacts"]) * design["p_transfer_info"]
    axes[3].plot(talk, spread, "o", markersize=2.6, color=drawing.COLOURS[1], alpha=0.6)
    drawing.heading(axes[3], "how much runs differ", "talk x how much is passed on")
    figure.axes[0].legend(loc="lower right", fontsize=8.5, frameon=False)
    return drawing.save(figure, folder, NAME, note)


def _bars(axes: Axes, words: str, theirs: list[float], ours: Mapping[str, Any], *, first: bool
          ) -> None:
    rows = np.arange(len(NAMES))[::-1]
    axes.barh(rows + 0.2, theirs, 0.38, color="#999999", label="theirs")
    alone = [max(0.0, ours["main"][each]) for each in NAMES]
    axes.barh(rows - 0.2, alone, 0.38, color=drawing.COLOURS[0], hatch="///", edgecolor="white",
              linewidth=0.0, label="here")
    axes.plot([ours["total"][each] for each in NAMES], rows - 0.2, "D", markersize=3.5,
              color=drawing.COLOURS[0], label="here, with others")
    drawing.heading(axes, words, "% of variance")
    axes.grid(axis="y", visible=False)
    axes.set_yticks(rows, NAMES if first else [""] * len(NAMES), fontsize=8.5)
