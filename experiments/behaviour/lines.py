"""Curves and bars of the figures of shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from experiments.behaviour import drawing

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from experiments.behaviour.pairs import Curve
    from experiments.intervals import Interval

__all__ = ["BARS", "bars", "curve_page", "curves"]

BARS = "Shading and bars: 95 % intervals over replicates."
_ROOM = 0.06


def curve_page(
    words: str, note: str, drawn: Mapping[str, Curve], title: str, *,
    marks: Mapping[int, str], up: str, scale: float = 100.0,
) -> Figure:
    """A page with one panel of curves, named where they end."""
    figure = drawing.page(words, note, (11.5, 6.0))
    axes = drawing.axes_in(figure, words, note, left=0.07, right=0.77)[0, 0]
    curves(axes, drawn, marks=marks, scale=scale)
    drawing.heading(axes, title, "Day", up)
    return figure


def curves(
    axes: Axes, drawn: Mapping[str, Curve], *, marks: Mapping[int, str], scale: float = 100.0
) -> None:
    """Draw changes over time, with dotted lines on the days when something happens."""
    ends = []
    for n, curve in enumerate(drawn.values()):
        low, value, high = (
            scale * np.asarray(end)
            for end in (curve.change.low, curve.change.value, curve.change.high)
        )
        axes.fill_between(curve.days, low, high, color=drawing.COLOURS[n], alpha=0.2, linewidth=0)
        axes.plot(
            curve.days, value, color=drawing.COLOURS[n], linewidth=2,
            linestyle=drawing.DASHES[n % len(drawing.DASHES)],
        )  # fmt: skip
        known = value[np.isfinite(value)]
        ends.append(float(known[-1]) if known.size else 0.0)
    axes.axhline(0, color=drawing.INK, linewidth=0.8)
    axes.set_xlim(0, max(float(curve.days[-1]) for curve in drawn.values()) or 1.0)
    bottom, top = axes.get_ylim()
    axes.set_ylim(bottom, top + 0.14 * (top - bottom))
    for place, name in zip(
        drawing.apart(ends, 1.9 * _ROOM * (top - bottom)), drawn, strict=True
    ):
        drawing.name_line(axes, name, place, drawing.COLOURS[list(drawn).index(name)], 27)
    for n, (day, happening) in enumerate(marks.items()):
        axes.axvline(day, color=drawing.QUIET, linewidth=1, linestyle=(0, (1, 2)))
        axes.annotate(
            happening, (day, 0.985 - _ROOM * (n % 2)), xycoords=("data", "axes fraction"),
            xytext=(4, 0), textcoords="offset points", fontsize=9, va="top", color=drawing.INK,
        )  # fmt: skip


def bars(axes: Axes, named: Sequence[tuple[str, Interval]], scale: float = 100.0) -> None:
    """Draw numbers with intervals, one below the other, each with its name."""
    for row, (_, each) in enumerate(reversed(named)):
        low, value, high = (scale * end for end in (each.low, each.value, each.high))
        colour = drawing.COLOURS[0]
        axes.plot([low, high], [row, row], color=colour, linewidth=2, solid_capstyle="butt")
        axes.plot([value], [row], marker="o", color=colour, markersize=7, linestyle="none")
        axes.annotate(
            f"{value:+.1f}".replace("-", "\N{MINUS SIGN}"), (value, row), xytext=(0, 8),
            textcoords="offset points", ha="center", fontsize=9.5, color=drawing.INK,
        )  # fmt: skip
    axes.axvline(0, color=drawing.INK, linewidth=0.8)
    axes.set_yticks(range(len(named)), [name for name, _ in reversed(named)], fontsize=9.5)
    axes.set_ylim(-0.7, len(named) - 0.3)
    axes.grid(axis="x", color="#DDDDDD", linewidth=0.6)
