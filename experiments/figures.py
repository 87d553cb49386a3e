"""The picture of a comparison: help-seeking over time and along the route, read without training.

Matplotlib is used without pyplot, so pictures may be drawn from any thread.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.route import along_the_route, short_names
from experiments.series import Stop, after_the_shock, over_time, route_stops, window
from experiments.words import change_words, listed, marks, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from experiments.comparison import Comparison

__all__ = ["draw", "headline", "help_seeking_figure", "where_felt"]

# Okabe and Ito's palette, told apart with any colour vision; dashes and signs tell them apart too.
_COLOURS = ("#000000", "#D55E00", "#0072B2", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
_DASHES: tuple[Any, ...] = ("-", (0, (6, 2)), (0, (2, 1.4)), "-.")
_SIGNS = ("o", "s", "^", "D", "v", "P", "X")
_INK, _QUIET = "#222222", "#666666"
_DOTS_PER_INCH = 150
_NAMED = 3  # scenarios that the headline has room for
_LOCK = Lock()


def draw(comparison: Comparison, folder: Path) -> list[Path]:
    """Draw the picture into `help_seeking.png` and `help_seeking.svg` of a folder."""
    figure = help_seeking_figure(comparison)
    paths = [folder / "help_seeking.png", folder / "help_seeking.svg"]
    for path in paths:
        _save(figure, path, headline(comparison))
    return paths


def headline(comparison: Comparison) -> str:
    """What the picture shows, in words made from the numbers."""
    first, _ = window(comparison)
    plans = dict(zip(comparison.names, comparison.plans, strict=True))
    parts = [
        f"{change_words(after_the_shock(comparison, name))} with “{plans[name].title}”"
        for name in comparison.names[1 : 1 + _NAMED]
    ]
    when = f"From day {first} on, p" if first else "P"
    return f"{when}eople in need ask for help {listed(parts)}."


def where_felt(comparison: Comparison) -> str:
    """Where the first scenario changes most and how far it is felt, in one sentence."""
    network = comparison.plans[0].network
    names = short_names(network)
    stops = [s for s in route_stops(comparison, comparison.names[1]) if s.node in names]
    known = [s for s in stops if not s.few and not math.isnan(s.change.value)]
    clear = [s for s in known if s.change.excludes_zero]
    title = comparison.plans[1].title or comparison.names[1]
    if not clear:
        return f"With “{title}”, no single place shows a clear change."
    most = max(clear, key=lambda stop: abs(stop.change.value))
    change = percent(most.change.value, sign=True)
    return (
        f"With “{title}”, the change is largest at {names[most.node]} ({change}) and clear at "
        f"{len(clear)} of {len(known)} places."
    )


def help_seeking_figure(comparison: Comparison) -> Figure:
    """The picture: help-seeking over time above, along the route below."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(13, 10.5), facecolor="white")
    title = textwrap.wrap(headline(comparison), 105)
    felt = textwrap.wrap(where_felt(comparison), 135)
    below = 0.976 - 0.024 * len(title)
    figure.text(0.05, 0.98, "\n".join(title), fontsize=14, weight="bold", va="top", color=_INK)
    figure.text(0.05, below, "\n".join(felt), fontsize=11.5, va="top", color=_INK)
    edges = {"left": 0.05, "right": 0.83, "bottom": 0.2, "hspace": 0.38}
    edges["top"] = below - 0.02 * len(felt) - 0.032
    top, bottom = figure.subplots(2, 1, gridspec_kw=edges)
    _draw_time(top, comparison)
    _draw_route(bottom, comparison)
    figure.text(0.05, 0.012, _reading(comparison), fontsize=8.5, color=_QUIET, va="bottom")
    return figure


def _draw_time(axes: Axes, comparison: Comparison) -> None:
    ends = []
    for index, (name, band) in enumerate(over_time(comparison).items()):
        colour = _colour(index)
        axes.fill_between(
            band.days, 100 * np.maximum(band.low, 0), 100 * band.high,
            color=colour, alpha=0.15, linewidth=0,
        )  # fmt: skip
        axes.plot(band.days, 100 * band.value, color=colour, linewidth=1.8, linestyle=_dash(index))
        ends.append((float(100 * band.value[-1]), comparison.names.index(name)))
    last = comparison.settings.days - 1
    axes.set_xlim(0, last)
    _name_lines(axes, comparison, ends)
    _mark_events(axes, comparison)
    _heading(axes, "Over time: of 100 days on which a person needs help, days on which they ask")
    axes.set_xlabel("Day", color=_INK)


def _draw_route(axes: Axes, comparison: Comparison) -> None:
    network = comparison.plans[0].network
    order = along_the_route(network)
    names = short_names(network)
    others = comparison.names[1:]
    ends = [0.0]
    for index, name in enumerate(others):
        stops = {stop.node: stop for stop in route_stops(comparison, name)}
        ends += [end for s in stops.values() if not s.few for end in s.change if end == end]
        shift = 0.26 * (index - (len(others) - 1) / 2)
        for place, node in enumerate(order):
            _draw_stop(axes, stops[node], place + shift, index + 1)
    axes.axhline(0, color=_INK, linewidth=0.8)
    axes.set_xlim(-0.7, len(order) - 0.3)
    room = 0.12 * (max(ends) - min(ends)) or 0.01
    axes.set_ylim(100 * (min(ends) - room), 100 * (max(ends) + room))
    axes.set_xticks(range(len(order)), [names[node] for node in order])
    axes.tick_params(axis="x", labelrotation=55, labelsize=8.5)
    for label in axes.get_xticklabels():
        label.set_horizontalalignment("right")
        label.set_rotation_mode("anchor")
    _mark_places(axes, comparison, order)
    first, last = window(comparison)
    _heading(
        axes,
        "Along the route: by how many per cent that number differs from the baseline, "
        f"days {first} to {last} (bars: 95 % intervals)",
    )
    axes.set_xlabel("where people set out  →  where they want to be", color=_INK)
    _name_signs(axes, comparison)


def _draw_stop(axes: Axes, stop: Stop, at: float, index: int) -> None:
    if math.isnan(stop.change.value):
        return
    colour = "#999999" if stop.few else _colour(index)
    low, high = 100 * stop.change.low, 100 * stop.change.high
    axes.plot([at, at], [low, high], color=colour, linewidth=1.6, solid_capstyle="butt")
    axes.plot(
        [at], [100 * stop.change.value], marker=_sign(index), color=colour, markersize=5.5,
        markerfacecolor="white" if stop.few else colour, linestyle="none",
    )  # fmt: skip


def _mark_events(axes: Axes, comparison: Comparison) -> None:
    base = comparison.plans[0]
    events: dict[int, list[str]] = {}
    for plan in comparison.plans[1:]:
        for mark in marks(base, plan):
            words = events.setdefault(mark.day, [])
            if mark.words not in words:
                words.append(mark.words)
    low, high = axes.get_ylim()
    axes.set_ylim(low, high + 0.16 * (high - low))
    for number, (day, words) in enumerate(sorted(events.items())):
        axes.axvline(day, color=_QUIET, linewidth=1, linestyle=(0, (1, 2)))
        axes.annotate(
            f"day {day}: " + "; ".join(words), (day, 0.985 - 0.06 * (number % 2)),
            xycoords=("data", "axes fraction"), xytext=(4, 0), textcoords="offset points",
            fontsize=9, va="top", color=_INK,
        )  # fmt: skip


def _mark_places(axes: Axes, comparison: Comparison, order: Sequence[str]) -> None:
    base = comparison.plans[0]
    struck: dict[str, list[str]] = {}
    for plan in comparison.plans[1:]:
        for mark in marks(base, plan):
            for node in mark.nodes:
                what = mark.words.split(",")[0]
                if what not in struck.setdefault(node, []):
                    struck[node].append(what)
    for node, words in struck.items():
        if node in order:
            at = order.index(node)
            axes.axvspan(at - 0.5, at + 0.5, color="#F0E442", alpha=0.35, linewidth=0, zorder=0)
            axes.annotate(
                " and ".join(words) + " here", (at + 0.5, 0.03), xytext=(4, 0),
                xycoords=("data", "axes fraction"), textcoords="offset points", fontsize=9,
                color=_INK, bbox={"facecolor": "white", "alpha": 0.8, "linewidth": 0, "pad": 1},
            )  # fmt: skip


def _name_lines(axes: Axes, comparison: Comparison, ends: list[tuple[float, int]]) -> None:
    low, high = axes.get_ylim()
    gap = 0.2 * (high - low)
    ends = sorted((value, index) for value, index in ends if not math.isnan(value))
    heights = _spread(np.array([value for value, _ in ends]), gap)
    for (_, index), height in zip(ends, heights, strict=True):
        axes.annotate(
            _label(comparison, index), (1.01, height), xycoords=("axes fraction", "data"),
            fontsize=9.5, va="center", color=_colour(index), annotation_clip=False,
        )  # fmt: skip


def _name_signs(axes: Axes, comparison: Comparison) -> None:
    for index in range(1, len(comparison.names)):
        height = 0.85 - 0.26 * (index - 1)
        axes.plot(
            [1.018], [height], marker=_sign(index), color=_colour(index), markersize=6,
            transform=axes.transAxes, clip_on=False,
        )  # fmt: skip
        axes.annotate(
            _label(comparison, index, 26), (1.03, height), xycoords="axes fraction",
            fontsize=9.5, va="center", color=_colour(index), annotation_clip=False,
        )  # fmt: skip


def _spread(values: np.ndarray, gap: float) -> np.ndarray:
    # Sorted heights moved apart until neighbours are `gap` from each other, around the same middle.
    if len(values) < 2:
        return values
    apart = values.copy()
    for index in range(1, len(apart)):
        apart[index] = max(apart[index], apart[index - 1] + gap)
    return np.asarray(apart - (apart.mean() - values.mean()))


def _label(comparison: Comparison, index: int, width: int = 29) -> str:
    title = comparison.plans[index].title or comparison.names[index]
    if index == 0:
        title = f"Baseline: {title}"
    return "\n".join(textwrap.wrap(title, width, max_lines=4, placeholder=" …"))


def _heading(axes: Axes, words: str) -> None:
    axes.set_title(words, loc="left", fontsize=11.5, color=_INK, pad=8)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color="#DDDDDD", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(colors=_INK)


def _reading(comparison: Comparison) -> str:
    people = comparison.plans[0].people
    notes = [
        f"{comparison.replicates} paired replicates of {comparison.migrants:,} simulated migrants, "
        f"standing for {people:,.0f} people. Lines are means of the last 7 days. Shaded: 95 % "
        "intervals, of the mean for the baseline and of the difference from it for the others.",
        "A bar that does not touch zero is a difference that chance between replicates does not "
        "explain. Hollow grey: fewer than 30 simulated people there or asking, too few to trust.",
    ]
    if comparison.posterior is not None:
        notes[0] += " Each replicate has another plausible set of the fitted parameters."
    return "\n".join(line for note in notes for line in textwrap.wrap(note, 185))


def _colour(index: int) -> str:
    return _COLOURS[index % len(_COLOURS)]


def _dash(index: int) -> Any:
    return _DASHES[index % len(_DASHES)]


def _sign(index: int) -> str:
    return _SIGNS[(index - 1) % len(_SIGNS)]


def _save(figure: Figure, path: Path, description: str) -> None:
    import matplotlib as mpl

    settings: Any = {"svg.hashsalt": "waytrust", "svg.fonttype": "path"}
    facts: dict[str, str | None] = {"Title": "Help-seeking", "Description": description}
    if path.suffix == ".svg":
        facts["Date"] = None
    with _LOCK, mpl.rc_context(settings):
        figure.savefig(path, dpi=_DOTS_PER_INCH, metadata=facts)
