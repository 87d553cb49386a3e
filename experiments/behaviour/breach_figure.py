"""The picture of the breach: when it is felt at each distance, and how much."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from experiments.behaviour import drawing

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from experiments.behaviour.breach import Group, Place
    from experiments.comparison import Comparison

__all__ = ["draw"]

_NAMED = 12
_NOTE = (
    "{replicates} paired replicates of {migrants:,} simulated migrants; bars and shading: 95 % "
    "intervals of the difference between pairs; one that does not touch zero is not chance. Each "
    "point on the left holds 4 weeks. Behind: nearer to where people set out, and places of "
    "return. Days of travel: the quickest way by the network's legs, without stays. Hollow grey: "
    "fewer than 30 simulated people at a time."
)


def draw(groups: list[Group], places: list[Place], words: str, found: Comparison) -> Figure:
    """Draw the groups over time on the left, and every place by distance on the right."""
    note = _NOTE.format(replicates=found.replicates, migrants=found.migrants)
    figure = drawing.page(words, note, (13.0, 9.2))
    panels = drawing.axes_in(
        figure, words, note, len(groups), 2, width_ratios=(1, 1.25), hspace=0.5, wspace=0.22,
        left=0.07, right=0.97,
    )  # fmt: skip
    lowest = min((c.low for g in groups for c in g.change if c.low == c.low), default=-0.1)
    highest = max((c.high for g in groups for c in g.change if c.high == c.high), default=0.1)
    for row, group in enumerate(groups):
        _draw_group(panels[row, 0], group, row, (max(lowest, -0.4), min(highest, 0.2)))
    panels[-1, 0].set_xlabel("Day", color=drawing.INK)
    grid = panels[0, 1].get_gridspec()
    for axes in panels[:, 1]:
        axes.remove()
    _draw_places(figure.add_subplot(grid[:, 1]), places)
    return figure


def _draw_group(axes: Axes, group: Group, row: int, limits: tuple[float, float]) -> None:
    from experiments.behaviour.breach import LEAK, NEWS

    colour = drawing.COLOURS[1] if group.name.startswith("at ") else drawing.COLOURS[0]
    low, value, high = (
        100 * np.array([getattr(c, end) for c in group.change]) for end in ("low", "value", "high")
    )
    axes.fill_between(group.days, low, high, color=colour, alpha=0.2, linewidth=0)
    axes.plot(group.days, value, color=colour, linewidth=1.8, marker="o", markersize=3)
    axes.axhline(0, color=drawing.INK, linewidth=0.8)
    for day in (LEAK, NEWS):
        axes.axvline(day, color=drawing.QUIET, linewidth=1, linestyle=(0, (1, 2)))
    if row == 0:
        axes.annotate(
            f"records leak on day {LEAK}, news of it from day {NEWS}", (NEWS, 1.0),
            xycoords=("data", "axes fraction"), xytext=(4, -2), textcoords="offset points",
            fontsize=8.5, va="top", color=drawing.INK,
        )  # fmt: skip
    axes.set_ylim(100 * limits[0] - 2, 100 * limits[1] + 3)
    axes.set_xlim(0, None)
    named = ", ".join(group.nodes[:4]) + (f" and {len(group.nodes) - 4} more" * (len(group.nodes) > 4))
    drawing.heading(axes, "", "", "change (%)")
    axes.set_title(f"{group.name.capitalize()}: {named}", loc="left", fontsize=9.5, color=colour)


def _draw_places(axes: Axes, places: list[Place]) -> None:
    shown = sorted((p for p in places if not math.isinf(p.days)), key=lambda p: p.days)
    at = _beside([place.days for place in shown])
    for place, days in zip(shown, at, strict=True):
        here = place.days == 0
        colour = "#999999" if place.few else drawing.COLOURS[1 if here else 0]
        axes.plot([days, days], [100 * place.change.low, 100 * place.change.high], color=colour,
                  linewidth=1.5, solid_capstyle="butt", alpha=0.9)
        axes.plot([days], [100 * place.change.value], marker="o", markersize=5, color=colour,
                  markerfacecolor="white" if place.few else colour, linestyle="none")
    clear = sorted((p for p in shown if not p.few), key=lambda p: p.change.high - p.change.low)
    for place in clear[:_NAMED]:
        axes.annotate(
            place.name, (at[shown.index(place)], 100 * place.change.low), xytext=(0, -3),
            textcoords="offset points", rotation=90, fontsize=8, ha="center", va="top",
            color=drawing.INK,
        )  # fmt: skip
    axes.axhline(0, color=drawing.INK, linewidth=0.8)
    values = [100 * end for p in clear for end in (p.change.low, p.change.high)]
    if values:
        room = max(values) - min(values)
        axes.set_ylim(min(values) - 0.3 * room, max(values) + 0.08 * room)
    drawing.heading(
        axes, "At each place, over all the time after the news: change in how often people ask",
        "behind   ←   days of travel from Agadez   →   ahead", "",
    )  # fmt: skip


def _beside(days: list[float]) -> list[float]:
    # Places at the same distance stand beside one another.
    at: list[float] = []
    for n, value in enumerate(days):
        same = [k for k, other in enumerate(days) if other == value]
        at.append(value + 0.16 * (same.index(n) - (len(same) - 1) / 2))
    return at
