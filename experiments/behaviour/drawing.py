"""How the figures look: the palette and habits of the demo's picture, and a page around the axes.

Colours are Okabe and Ito's, told apart with any colour vision; dashes tell lines apart too, and
names stand beside them.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "COLOURS",
    "DASHES",
    "INK",
    "QUIET",
    "apart",
    "axes_in",
    "heading",
    "name_line",
    "page",
    "save",
]

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
DASHES: tuple[Any, ...] = ("-", (0, (6, 2)), (0, (2, 1.4)), "-.")
INK, QUIET = "#222222", "#666666"
_DOTS_PER_INCH = 150
_LOCK = Lock()


def page(title: str, note: str, size: tuple[float, float] = (11.0, 6.2)) -> Figure:
    """An empty page with a title in words above and a note on how to read it below."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=size, facecolor="white")
    figure.text(
        0.04, 1 - 0.22 / size[1], "\n".join(_title_lines(title, size[0])), fontsize=14,
        weight="bold", va="top", color=INK,
    )  # fmt: skip
    figure.text(
        0.04, 0.12 / size[1], "\n".join(_note_lines(note, size[0])), fontsize=9, va="bottom",
        color=QUIET,
    )  # fmt: skip
    return figure


def axes_in(
    figure: Figure, title: str, note: str, rows: int = 1, columns: int = 1, **spacing: Any
) -> Any:
    """Axes that fill the page between its title and its note; `spacing` as in GridSpec."""
    width, height = figure.get_size_inches()
    lines, below = len(_title_lines(title, width)), len(_note_lines(note, width))
    edges = {
        "left": 0.08, "right": 0.95, "top": 1 - (0.62 + 0.27 * lines) / height,
        "bottom": (0.82 + 0.155 * below) / height,
    }  # fmt: skip
    return figure.subplots(rows, columns, squeeze=False, gridspec_kw={**edges, **spacing})


def heading(axes: Axes, words: str, across: str = "", up: str = "") -> None:
    """Title of one panel, names of its axes, and quiet lines."""
    axes.set_title(words, loc="left", fontsize=11, color=INK, pad=7)
    axes.set_xlabel(across, color=INK)
    axes.set_ylabel(up, color=INK)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color="#DDDDDD", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(colors=INK)


def name_line(axes: Axes, words: str, height: float, colour: str, width: int = 24) -> None:
    """Name a line where it ends, to the right of the axes."""
    axes.annotate(
        "\n".join(textwrap.wrap(words, width)), (1.012, height),
        xycoords=("axes fraction", "data"), fontsize=9.5, va="center", color=colour,
        annotation_clip=False,
    )  # fmt: skip


def save(figure: Figure, folder: Path, name: str, words: str) -> list[Path]:
    """Write a figure as PNG and SVG, the same bytes for the same figure."""
    import matplotlib as mpl

    settings: Any = {"svg.hashsalt": "waytrust", "svg.fonttype": "path"}
    paths = [folder / f"{name}.png", folder / f"{name}.svg"]
    for path in paths:
        facts: dict[str, str | None] = {"Title": name, "Description": words}
        if path.suffix == ".svg":
            facts["Date"] = None
        with _LOCK, mpl.rc_context(settings):
            figure.savefig(path, dpi=_DOTS_PER_INCH, metadata=facts)
    return paths


def apart(heights: Sequence[float], gap: float) -> list[float]:
    """Heights of names, moved apart until neighbours are `gap` from each other."""
    order = sorted(range(len(heights)), key=lambda n: heights[n])
    placed = list(heights)
    for below, above in pairwise(order):
        placed[above] = max(placed[above], placed[below] + gap)
    shift = sum(placed) / len(placed) - sum(heights) / len(heights) if heights else 0.0
    return [height - shift for height in placed]


def _title_lines(title: str, width: float) -> list[str]:
    return textwrap.wrap(title, int(width * 7.8))


def _note_lines(note: str, width: float) -> list[str]:
    return textwrap.wrap(note, int(width * 13))
