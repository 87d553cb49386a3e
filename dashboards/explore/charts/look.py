"""How all charts look: colours, letters and lines, on light and on dark paper."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["DARK", "DASHES", "LIGHT", "SHAPES", "Look", "plain", "spec_text"]

DASHES = ([1, 0], [8, 3], [3, 2], [10, 3, 2, 3], [1.5, 3], [14, 4])
SHAPES = ("circle", "square", "triangle-up", "diamond", "triangle-down", "cross")
_FONT = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans Arabic', 'DejaVu Sans', sans-serif"


@dataclass(frozen=True)
class Look:
    """Colours of one kind of paper.

    Attributes:
        paper: What charts are drawn on.
        ink: Words and axes.
        quiet: Less important words.
        grid: Lines behind.
        pale: Areas behind.
        colours: For what differs, after Okabe and Ito, each standing out from the paper.
        marks: What stands in numbers before decimals, and between thousands.
    """

    paper: str
    ink: str
    quiet: str
    grid: str
    pale: str
    colours: tuple[str, ...]
    marks: tuple[str, str] = (".", ",")

    @property
    def config(self) -> dict[str, Any]:
        """The look as Vega-Lite's `config`."""
        words = {"labelColor": self.ink, "titleColor": self.ink, "labelFontSize": 12,
                 "titleFontSize": 12.5, "titleFontWeight": 500, "labelLimit": 260}  # fmt: skip
        decimal, thousands = self.marks
        return {
            "locale": {"number": {"decimal": decimal, "thousands": thousands, "grouping": [3],
                                  "currency": ["", ""]}},
            "background": self.paper, "font": _FONT, "aria": False,
            "view": {"stroke": None},
            "axis": {**words, "gridColor": self.grid, "domainColor": self.quiet,
                     "tickColor": self.quiet, "titlePadding": 10},
            "legend": {**words, "orient": "top", "titleAnchor": "start", "symbolSize": 90,
                       "symbolStrokeWidth": 2},
            "header": {"labelColor": self.ink, "titleColor": self.ink, "labelFontSize": 12.5,
                       "labelFontWeight": 600, "labelAnchor": "start"},
            "range": {"category": list(self.colours)},
            "text": {"color": self.ink},
        }  # fmt: skip


LIGHT = Look(
    "#ffffff", "#1b2733", "#55606b", "#e3e7eb", "#d9dee3",
    ("#0072b2", "#c75000", "#007d5a", "#a6528a", "#8a6500", "#1b2733"),
)  # fmt: skip
DARK = Look(
    "#1b2129", "#e8ecf0", "#a9b4bf", "#333c46", "#47525e",
    ("#56b4e9", "#e69f00", "#2fc29a", "#dd9cc4", "#f0e442", "#f2f4f6"),
)  # fmt: skip


def plain(rows: Sequence[Mapping[Any, Any]]) -> list[dict[str, Any]]:
    """Rows as JSON can hold them: what is not a number becomes null."""
    from experiments.writing import json_text

    found: list[dict[str, Any]] = json.loads(json_text(list(rows)))
    return found


def spec_text(spec: Mapping[str, Any], look: Look) -> str:
    """A chart as text for the page."""
    return json.dumps({"$schema": "https://vega.github.io/schema/vega-lite/v6.json",
                       "config": look.config, **spec})  # fmt: skip
