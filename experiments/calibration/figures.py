"""Figures of a calibration: the predictive check, the parameters, and how they hang together."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.behaviour import drawing
from experiments.calibration.tables import correlations
from experiments.words import MINUS

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from experiments.calibration.generation import Generation
    from experiments.calibration.task import Task

__all__ = ["NAMES", "check_figure", "pairs_figure", "parameters_figure", "save"]

NAMES = ("check", "parameters", "pairs")
BEFORE, AFTER = drawing.COLOURS[4], drawing.COLOURS[0]
_FEWEST_BINS, _MOST_BINS = 5, 20
_DARK = 0.6
_COLUMNS = 4


def check_figure(table: pd.DataFrame) -> Figure:
    """Each target with its tolerance, and what the model predicts before and after.

    Args:
        table: What `target_table` gives.
    """
    inside = int(table["inside"].sum())
    title = f"{inside} of {len(table)} targets are predicted within their tolerance"
    note = (
        "Grey: what is near enough to the figure observed (black). Points: means; lines: nine "
        "tenths of predictions, before fitting (orange, above) and after (blue, below), these with "
        "luck that was not used to fit. A target that was fitted says nothing on how well the "
        "model predicts."
    )
    figure = drawing.page(title, note, (11.0, 2.6 + 0.42 * len(table)))
    axes = drawing.axes_in(figure, title, note, left=0.42)[0, 0]
    for row, each in enumerate(table.to_dict("records")):
        axes.barh(row, each["high"] - each["low"], left=each["low"], height=0.66, color="#DDDDDD")
        axes.plot([each["observed"]] * 2, [row - 0.33, row + 0.33], color="black", linewidth=1.6)
        for kind, shift, colour in (("prior", -0.16, BEFORE), ("posterior", 0.16, AFTER)):
            axes.plot([each[f"{kind}_low"], each[f"{kind}_high"]], [row + shift] * 2,
                      color=colour, linewidth=2)  # fmt: skip
            axes.plot(each[f"{kind}_mean"], row + shift, "o", color=colour, markersize=5)
    names = [f"{each['title'] or ''} ({each['id']})" for each in table.to_dict("records")]
    axes.set_yticks(range(len(table)), ["\n".join(textwrap.wrap(n, 52)) for n in names],
                    fontsize=9)  # fmt: skip
    axes.set_ylim(len(table) - 0.4, -0.6)
    drawing.heading(axes, "", "Value of the target")
    return figure


def parameters_figure(last: Generation, table: pd.DataFrame) -> Figure:
    """The posterior of each parameter against its prior, over the whole range.

    Args:
        last: The last generation.
        table: What `parameter_table` gives.
    """
    unsure = int((table["identified"] == "hardly").sum())
    title = (
        f"The targets say hardly anything about {unsure} of {len(table)} parameters" if unsure
        else "The targets say something about every parameter"
    )
    note = (
        "Blue: what is plausible after fitting; orange: before, the same everywhere in the range. "
        "Where both look alike the targets say nothing, and the range is still all that is known."
    )
    columns = min(_COLUMNS, len(table))
    rows = -(-len(table) // columns)
    figure = drawing.page(title, note, (11.0, 2.2 + 2.1 * rows))
    panels = drawing.axes_in(figure, title, note, rows, columns, hspace=0.75, wspace=0.22)
    for k, axes in enumerate(panels.flat):
        if k >= len(table):
            axes.set_visible(False)
            continue
        _marginal(axes, last.points[:, k], last.weights, table.iloc[k])
    return figure


def pairs_figure(task: Task, last: Generation) -> Figure:
    """How the parameters hang together in the posterior."""
    title = "Which parameters make up for each other"
    note = (
        "Posterior correlation of every two parameters. Far from 0, one can rise as the other "
        "rises (blue) or falls (red) and the targets are met as well: only both together are known."
    )
    names, found = task.names, correlations(last)
    figure = drawing.page(title, note, (9.0, 3.2 + 0.4 * len(names)))
    axes = drawing.axes_in(figure, title, note, left=0.44)[0, 0]
    axes.imshow(found, cmap="RdBu", vmin=-1, vmax=1, aspect="auto")
    for row in range(len(names)):
        for column in range(len(names)):
            colour = "white" if abs(found[row, column]) > _DARK else drawing.INK
            # Adding zero makes of minus zero a plain one.
            axes.text(column, row, f"{round(found[row, column], 1) + 0.0:.1f}".replace("-", MINUS),
                      ha="center", va="center", fontsize=8, color=colour)  # fmt: skip
    numbers = range(1, len(names) + 1)
    axes.set_xticks(range(len(names)), [str(number) for number in numbers], fontsize=9)
    axes.set_yticks(range(len(names)), [f"{name}  {number}" for number, name in
                                        zip(numbers, names, strict=True)], fontsize=9)  # fmt: skip
    axes.tick_params(length=0)
    return figure


def save(figure: Figure, folder: Path, name: str, words: str) -> list[Path]:
    """Write a figure as PNG and SVG."""
    return drawing.save(figure, folder, name, words)


def _marginal(axes: Axes, places: Any, weights: Any, row: Any) -> None:
    # No more bars than there are draws to fill them.
    bins = int(np.clip(np.sqrt(1 / (weights**2).sum()), _FEWEST_BINS, _MOST_BINS))
    heights, edges = np.histogram(places, bins=bins, range=(0, 1), weights=weights)
    axes.bar(edges[:-1], heights * bins, 1 / bins, align="edge", color=AFTER, alpha=0.75)
    axes.axhline(1.0, color=BEFORE, linewidth=2)
    axes.set_xlim(0, 1)
    ends = (row["prior_low"], row["prior_high"])
    axes.set_xticks([0, 1], [f"{end:g}".replace("-", MINUS) for end in ends])
    axes.set_yticks([])
    scale = ", log scale" if row["scale"] == "log" else ""
    drawing.heading(axes, "", f"{row['unit']}{scale}")
    axes.set_title("\n".join(textwrap.wrap(row["name"].replace("_", " "), 26)), loc="left",
                   fontsize=9, color=drawing.INK)  # fmt: skip
