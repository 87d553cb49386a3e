"""The picture of a validation: what was observed, how near is near enough, and the model."""

from __future__ import annotations

import math
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from experiments.behaviour import drawing
from experiments.words import three_digits

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from experiments.validation.validation import Row, Validation

__all__ = ["NAME", "draw", "validation_figure"]

NAME = "targets"
ASIDE, FITTED, MISSED = drawing.COLOURS[0], drawing.COLOURS[4], drawing.COLOURS[1]
_FARTHEST = 4.0


def draw(found: Validation, folder: Path) -> list[Path]:
    """Draw the picture into `targets.png` and `targets.svg` of a folder."""
    return drawing.save(validation_figure(found), folder, NAME, found.words()[0])


def validation_figure(found: Validation) -> Figure:
    """A line per target, all on one scale: tolerances from what was observed."""
    rows = found.rows
    inside = sum(row.inside for row in rows)
    title = f"{inside} of {len(rows)} targets lie within their tolerance"
    chance = "chance and unknown parameters" if found.posterior else "chance alone"
    note = (
        "Each target on its own scale: 0 is the figure observed, one step is half the width of "
        "what is near enough (grey). Points: the model; lines: where one more run would lie (95 %, "
        f"{chance}; {found.replicates} replicates). Full points: kept aside; hollow: fitted, which "
        "says nothing on how well the model predicts. Red: outside. An arrow stands for a point "
        f"farther off than {_FARTHEST:g}."
    )
    figure = drawing.page(title, note, (11.0, 2.7 + 0.34 * len(rows)))
    axes = drawing.axes_in(figure, title, note, left=0.45, right=0.8)[0, 0]
    for height, row in enumerate(rows):
        _draw_row(axes, height, row)
    names = [f"{row.target.id}  {row.target.title}".strip() for row in rows]
    axes.set_yticks(range(len(rows)), [textwrap.shorten(n, 68, placeholder=" …") for n in names],
                    fontsize=8.5)  # fmt: skip
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(-_FARTHEST - 0.4, _FARTHEST + 0.4)
    axes.axvline(0, color=drawing.INK, linewidth=1.2)
    drawing.heading(axes, "", "Tolerances from what was observed")
    axes.grid(visible=False)
    return figure


def _draw_row(axes: Axes, height: int, row: Row) -> None:
    target = row.target
    ends = [(end - target.observed) / target.tolerance for end in (target.low, target.high)]
    axes.barh(height, ends[1] - ends[0], left=ends[0], height=0.7, color="#DDDDDD")
    told = f"{three_digits(row.model.value)}, seen {three_digits(target.observed)}"
    axes.annotate(told, (1.012, height), xycoords=("axes fraction", "data"), fontsize=8.5,
                  va="center", color=drawing.INK, annotation_clip=False)  # fmt: skip
    if math.isnan(row.error):
        axes.text(0, height, "not known", fontsize=8.5, va="center", ha="center")
        return
    colour = MISSED if not row.inside else FITTED if target.fitted else ASIDE
    low, high = ((end - target.observed) / target.tolerance for end in row.model[1:])
    if not math.isnan(low):
        axes.plot(np.clip([low, high], -_FARTHEST, _FARTHEST), [height] * 2, color=colour,
                  linewidth=2)  # fmt: skip
    far = abs(row.error) > _FARTHEST
    sign = ("<" if row.error < 0 else ">") if far else "o"
    axes.plot(float(np.clip(row.error, -_FARTHEST, _FARTHEST)), height, sign, color=colour,
              markersize=6, markerfacecolor="white" if target.fitted else colour)  # fmt: skip
