"""People in each camp, simulated and counted: small pictures side by side."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.displacement.validation import InstanceValidation

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["camps_figure", "draw_camps"]

_SIMULATED, _COUNTED = "#D55E00", "#000000"  # Okabe and Ito; dashes tell them apart too
_COLUMNS = 4
_DOTS_PER_INCH = 120


def camps_figure(one: InstanceValidation, capacities: bool) -> Figure:
    """The picture of one crisis.

    Args:
        one: What was simulated and counted.
        capacities: Whether camps had limits.
    """
    from matplotlib.figure import Figure
    from matplotlib.ticker import FuncFormatter

    columns = min(_COLUMNS, len(one.camps))
    rows = math.ceil(len(one.camps) / columns)
    figure = Figure(figsize=(3.2 * max(columns, 2), 2.3 * rows + 1.0), facecolor="white",
                    layout="constrained")
    how = "with" if capacities else "without"
    figure.suptitle(f"{one.name}, {how} capacities: error {one.average_relative_difference:.2f}")
    panels: Any = figure.subplots(rows, columns, squeeze=False)
    days = np.arange(one.days)
    for n, axes in enumerate(panels.flat):
        if n >= len(one.camps):
            axes.axis("off")
            continue
        axes.plot(days, one.counted[:, n], color=_COUNTED, label="counted by UNHCR")
        axes.plot(days, one.simulated[:, n], color=_SIMULATED, linestyle="--",
                  label="simulated, mean of the runs")
        axes.set_title(one.camps[n].replace("_", " "), fontsize=10)
        axes.set_ylim(bottom=0)
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
        axes.tick_params(labelsize=8)
    for axes in panels[-1]:
        axes.set_xlabel("Day")
    lines, labels = panels[0][0].get_legend_handles_labels()
    figure.legend(lines, labels, loc="outside lower center", ncols=2, frameon=False)
    return figure


def draw_camps(one: InstanceValidation, capacities: bool, folder: Path) -> None:
    """Draw the picture into `NAME.png` and `NAME.svg` of a folder."""
    import matplotlib as mpl

    figure = camps_figure(one, capacities)
    settings: Any = {"svg.hashsalt": "waytrust", "svg.fonttype": "path"}
    with mpl.rc_context(settings):
        figure.savefig(folder / f"{one.name}.png", dpi=_DOTS_PER_INCH)
        figure.savefig(folder / f"{one.name}.svg", metadata={"Date": None})
