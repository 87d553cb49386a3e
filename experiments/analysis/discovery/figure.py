"""The figures of a search: the way to each box, and its limits."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.analysis.discovery.dimension import NUMBER, WORDS
from experiments.analysis.discovery.words import how_to_read, limit_words, subject
from experiments.behaviour.drawing import COLOURS, DASHES, INK, QUIET, axes_in, heading, page, save
from experiments.words import percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from experiments.analysis.discovery.result import Discovery, FoundBox

__all__ = ["draw"]

_SIGNS = ("o", "s", "^", "D", "v")


def draw(result: Discovery, folder: Path) -> list[Path]:
    """Draw `trajectory` and `boxes`, PNG and SVG; nothing where no box was found."""
    if not result.boxes:
        return []
    return _draw_way(result, folder) + _draw_limits(result, folder)


def _draw_way(result: Discovery, folder: Path) -> list[Path]:
    title = f"How pure, against how complete: {subject(result)}"
    note = (
        "Each mark is a box. From right to left, boxes get smaller: more of their cases are hits, "
        "and fewer of all hits are inside. Large marks: the boxes that were chosen, once limits "
        "that add nothing are gone. Dotted: the "
        f"share of hits among all cases. {how_to_read(result)}"
    )
    figure = page(title, note)
    ((axes,),) = axes_in(figure, title, note)
    for at, box in enumerate(result.boxes):
        _draw_steps(axes, box, at)
    axes.axhline(100 * float(np.mean(result.cases.hit)), color=QUIET, linewidth=1, linestyle=":")
    axes.set_xlim(0, 103)
    axes.set_ylim(0, 103)
    axes.legend(frameon=False, fontsize=9.5, loc="lower left")
    heading(axes, "", "coverage: of all hits, inside (%)", "density: of cases inside, hits (%)")
    return save(figure, folder, "trajectory", title)


def _draw_steps(axes: Axes, box: FoundBox, at: int) -> None:
    colour, sign = COLOURS[at % len(COLOURS)], _SIGNS[at % len(_SIGNS)]
    # In shares of all hits, also for the boxes after the first.
    across = [100 * box.searched * step.coverage for step in box.steps]
    up = [100 * step.density for step in box.steps]
    axes.plot(
        across, up, color=colour, linestyle=DASHES[at % len(DASHES)], marker=sign, markersize=3.5,
        linewidth=1.2, label=f"box {box.number}",
    )  # fmt: skip
    axes.plot(
        [100 * box.coverage], [100 * box.density], color=colour, marker=sign, markersize=11,
        markeredgecolor=INK, linestyle="none",
    )  # fmt: skip


def _draw_limits(result: Discovery, folder: Path) -> list[Path]:
    title = f"When {subject(result)}"
    note = (
        "Grey: the range that was explored. Coloured: inside the box. Thin line at an end: where "
        "that bound lies in four fifths of the searches in half of the cases. Per cent: in what "
        "share of them the same side is limited. * the range is at least in part an assumption."
    )
    rows = [len({each.limit.dimension for each in box.limits}) for box in result.boxes]
    height = 2.3 + sum(0.9 + 0.55 * count for count in rows)
    figure = page(title, note, (11.0, height))
    drawn: Any = axes_in(
        figure, title, note, len(rows), hspace=0.5, left=0.36,
        height_ratios=[1 + count for count in rows],
    )  # fmt: skip
    for at, (axes, box) in enumerate(zip(drawn[:, 0], result.boxes, strict=True)):
        _draw_box(axes, result, box, COLOURS[at % len(COLOURS)])
    return save(figure, folder, "boxes", title)


def _draw_box(axes: Axes, result: Discovery, box: FoundBox, colour: str) -> None:
    shown = sorted({each.limit.dimension for each in box.limits})
    labels = []
    for height, at in enumerate(shown):
        dimension = result.cases.dimensions[at]
        column = result.cases.inputs[:, at]
        ends = float(column.min()), float(column.max())
        axes.plot([0, 1], [height, height], color="#DDDDDD", linewidth=9, solid_capstyle="butt")
        mine = [each for each in box.limits if each.limit.dimension == at]
        inside = np.ones(len(column), dtype=bool)
        for each in mine:
            inside &= each.limit.holds(result.cases.inputs)
        _draw_inside(axes, height, _placed(column[inside], ends), dimension.kind, colour)
        for each in mine:
            _draw_again(axes, height, each, ends, dimension.kind)
        star = " *" if dimension.assumed else ""
        words = limit_words(dimension, [each.limit for each in mine])
        labels.append("\n".join(textwrap.wrap(words + star, 52)))
    axes.set_yticks(range(len(shown)), labels, fontsize=8.5, color=INK)
    axes.set_xticks([0, 1], ["lowest explored", "highest explored"], fontsize=8.5)
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(len(shown) - 0.4, -0.6)
    share, held = percent(box.density, 0), percent(box.coverage, 0)
    title = f"Box {box.number}: so in {share} of its cases; it holds {held} of all such cases"
    heading(axes, title)
    axes.grid(visible=False)


def _draw_inside(
    axes: Axes, height: int, inside: NDArray[np.float64], kind: str, colour: str
) -> None:
    if kind == WORDS or len(np.unique(inside)) == 1:
        axes.plot(
            np.unique(inside), [height] * len(np.unique(inside)), color=colour, marker="s",
            markersize=10, linestyle="none",
        )  # fmt: skip
        return
    axes.plot(
        [inside.min(), inside.max()], [height, height], color=colour, linewidth=9,
        solid_capstyle="butt",
    )  # fmt: skip


def _draw_again(axes: Axes, height: int, each: Any, ends: tuple[float, float], kind: str) -> None:
    if kind == NUMBER and each.repeat.low == each.repeat.low:
        again = _placed(np.array([each.repeat.low, each.repeat.high]), ends)
        axes.plot(again, [height + 0.22] * 2, color=INK, linewidth=1.2, marker="|", markersize=6)
    at = 0.0 if each.limit.side == "high" else 1.0
    place = float(np.clip(_placed(np.array([each.limit.value]), ends)[0], 0, 1))
    axes.annotate(
        f"{100 * each.repeat.share:.0f} %", (at if np.isnan(place) else place, height - 0.3),
        fontsize=8, ha="center", color=INK,
    )  # fmt: skip


def _placed(values: NDArray[np.float64], ends: tuple[float, float]) -> NDArray[np.float64]:
    return np.asarray((values - ends[0]) / (ends[1] - ends[0]))
