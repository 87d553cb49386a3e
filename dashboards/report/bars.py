"""Plain bars, one row per group, for shares that have no interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from dashboards.report.svg import GRID, QUIET, Figure, element, label
from dashboards.report.svg import group as together

__all__ = ["Bar", "draw_bars"]

_WIDTH, _NAMES, _WORDS, _HIGH = 900.0, 300.0, 150.0, 28.0


class Bar(NamedTuple):
    """A value, its name, how it is written, and whether it may be trusted."""

    name: str
    value: float
    words: str
    few: bool = False


def draw_bars(name: str, bars: Sequence[Bar], title: str, description: str) -> Figure:
    """Draw bars from zero.

    Args:
        name: Name of the figure.
        bars: The bars, from top to bottom.
        title: Title of the figure.
        description: The same in words.
    """
    most = max((bar.value for bar in bars if not bar.few), default=0.0) or 1.0
    room = _WIDTH - _NAMES - _WORDS
    parts = [label(title, 0, 20, font_size=15, font_weight=600)]
    for index, bar in enumerate(bars):
        y = 38 + _HIGH * index
        wide = 0.0 if bar.few else room * bar.value / most
        parts.append(
            together([
                label(bar.name, _NAMES - 10, y + 17, text_anchor="end"),
                element("rect", x=_NAMES, y=y + 4, width=max(wide, 0.0), height=_HIGH - 9,
                        fill="#0072b2"),
                label(bar.words, _NAMES + wide + 8, y + 17, fill=QUIET if bar.few else None),
            ])
        )  # fmt: skip
    bottom = 38 + _HIGH * len(bars)
    parts.append(element("line", x1=_NAMES, x2=_NAMES, y1=38, y2=bottom, stroke=GRID))
    return Figure(name, title, description, _WIDTH, bottom + 8, Markup("").join(parts))
