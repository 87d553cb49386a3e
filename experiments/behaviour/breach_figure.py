"""The picture of the breach: when it is felt at each distance, and how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from experiments.behaviour import drawing
from experiments.behaviour.waves import LEAK, NEWS, SPAN, Group, Place

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from experiments.comparison import Comparison

__all__ = ["draw"]

_ELSEWHERE, _HERE, _FEW = drawing.COLOURS[0], drawing.COLOURS[1], "#999999"
_MOST_NAMED = 3
_NOTE = (
    f"{{replicates}} paired replicates of {{migrants:,}} simulated migrants, with and without the "
    f"leak. On the left each point is the middle of {SPAN} weeks. Bars and shading: 95 % "
    "intervals; where they do not touch zero, chance between replicates does not explain the "
    "difference. Days of travel: on the quickest way, without stays; behind Agadez towards it, "
    "else from it. Hollow grey: fewer than 30 simulated people there or asking, too few to trust. "
    "Places without a service point are left out on the right."
)


def draw(groups: list[Group], places: list[Place], words: str, found: Comparison) -> Figure:
    """Draw groups of places over time on the left, and every place by distance on the right."""
    note = _NOTE.format(replicates=found.replicates, migrants=found.migrants)
    figure = drawing.page(words, note, (13.0, 10.4))
    panels = drawing.axes_in(
        figure, words, note, len(groups), 2, width_ratios=(1.15, 1), hspace=0.62, wspace=0.42,
        left=0.07, right=0.97,
    )  # fmt: skip
    limits = _limits(groups)
    for row, group in enumerate(groups):
        _draw_group(panels[row, 0], group, limits)
    panels[0, 0].annotate(
        f"records leak on day {LEAK}; news of it from day {NEWS}", (NEWS, 0.98),
        xycoords=("data", "axes fraction"), xytext=(5, 0), textcoords="offset points",
        fontsize=8.5, va="top", color=drawing.INK,
    )  # fmt: skip
    panels[-1, 0].set_xlabel("Day", color=drawing.INK)
    grid = panels[0, 1].get_gridspec()
    for axes in panels[:, 1]:
        axes.remove()
    _draw_places(figure.add_subplot(grid[:, 1]), places)
    return figure


def _limits(groups: list[Group]) -> tuple[float, float]:
    lows = [c.value for g in groups for c in g.change if c.value == c.value]
    least, most = min([*lows, -0.05]), max([*lows, 0.0])
    room = most - least
    return 100 * (least - 0.55 * room), 100 * (most + 0.35 * room)


def _draw_group(axes: Axes, group: Group, limits: tuple[float, float]) -> None:
    colour = _HERE if group.name == "at Agadez" else _ELSEWHERE
    low, value, high = (
        100 * np.array([getattr(c, end) for c in group.change]) for end in ("low", "value", "high")
    )
    axes.fill_between(group.days, low, high, color=colour, alpha=0.2, linewidth=0)
    axes.plot(group.days, value, color=colour, linewidth=2)
    axes.axhline(0, color=drawing.INK, linewidth=0.8)
    for day in (LEAK, NEWS):
        axes.axvline(day, color=drawing.QUIET, linewidth=1, linestyle=(0, (1, 2)))
    if group.clear_from is not None:
        axes.plot([group.clear_from], [0], marker="v", color=colour, markersize=7, clip_on=False)
    axes.annotate(
        _when(group), (0.98, 0.06), xycoords="axes fraction", fontsize=8.5, ha="right",
        color=colour,
    )  # fmt: skip
    axes.set_ylim(*limits)
    axes.set_xlim(0, None)
    drawing.heading(axes, "", "", "change (%)")
    name = group.name[0].upper() + group.name[1:]
    axes.set_title(f"{name}: {_some(group.nodes)}", loc="left", fontsize=9.5, color=colour)


def _when(group: Group) -> str:
    if group.half_by is None:
        return ""
    words = f"half of the largest fall by day {group.half_by}"
    return words if group.clear_from is None else f"▼ clear from day {group.clear_from}; {words}"


def _some(nodes: tuple[str, ...]) -> str:
    more = len(nodes) - _MOST_NAMED
    return ", ".join(nodes[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _draw_places(axes: Axes, places: list[Place]) -> None:
    for row, place in enumerate(places):
        colour = _FEW if place.few else _HERE if place.here else _ELSEWHERE
        value, low, high = (100 * end for end in place.change)
        axes.plot([low, high], [row, row], color=colour, linewidth=1.6, solid_capstyle="butt")
        axes.plot(
            [value], [row], marker="o", markersize=5, color=colour, linestyle="none",
            markerfacecolor="white" if place.few else colour,
        )  # fmt: skip
    axes.axvline(0, color=drawing.INK, linewidth=0.8)
    sure = [100 * end for p in places if not p.few for end in (p.change.low, p.change.high)]
    if sure:
        axes.set_xlim(max(min(sure), -40) - 1, min(max(sure), 20) + 1)
    axes.set_ylim(-0.8, len(places) - 0.2)
    names = [f"{p.name}, {_away(p)}" for p in places]
    axes.set_yticks(range(len(places)), names, fontsize=8.5)
    begin = 7 * -(-LEAK // 7)
    drawing.heading(
        axes, f"At each place, from day {begin} on", "change in how often people ask (%)"
    )
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", color="#DDDDDD", linewidth=0.6)


def _away(place: Place) -> str:
    if place.here:
        return "the leak"
    days = f"{place.away.days:g} day{'s' if place.away.days != 1 else ''}"
    return f"{days} back" if place.away.side == "place of return" else f"{days} {place.away.side}"
