"""Small pieces of SVG: elements, colours and signs that all figures share.

Figures carry everything in attributes, so that they look the same alone as in the page. Nothing
in them is told by colour only: lines differ in dashes, signs in shape, and both are named.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

__all__ = ["FEWER", "FONT", "GRID", "HALO", "INK", "MORE", "PAPER", "QUIET", "Figure", "colour",
           "dash", "element", "group", "label", "path", "sign", "sign_path", "wrapped"]  # fmt: skip

INK, QUIET, GRID, PAPER = "#1b2733", "#55606b", "#d9dee3", "#ffffff"
FEWER, MORE = "#b84a00", "#0063a6"
# After Okabe and Ito, darkened until each stands out from white by 3 to 1.
_COLOURS = ("#1b2733", "#0072b2", "#c75000", "#007d5a", "#a6528a", "#8a6500", "#5b5bd6")
_DASHES = ("", "8 3", "3 2.5", "10 3 2 3", "1.5 3", "14 4", "6 2 2 2 2 2")
_SIGNS = ("circle", "square", "up", "diamond", "down", "plus", "cross")
HALO: dict[str, Any] = {"stroke": PAPER, "stroke_width": 3, "stroke_opacity": 0.85,
        "paint_order": "stroke", "stroke_linejoin": "round"}  # fmt: skip
"""Attributes of a text that must be read over lines."""
FONT = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans Arabic', 'DejaVu Sans', sans-serif"


# Figures run from left to right; Arabic words in them keep their own order.
_ARABIC = re.compile("[\u0600-\u08ff]")
_RIGHT_TO_LEFT, _END = "\N{RIGHT-TO-LEFT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


@dataclass(frozen=True)
class Figure:
    """A figure that stands by itself.

    Attributes:
        name: Its name, for files and links.
        title: What it shows, in a line.
        description: The same in words, for those who cannot see it.
        width: Width (pixels).
        height: Height (pixels).
        content: What is drawn.
    """

    name: str
    title: str
    description: str
    width: float
    height: float
    content: Markup

    def svg(self, *, alone: bool = False) -> Markup:
        """The SVG element; `alone`: as a file of its own."""
        facts: dict[str, object] = {
            "viewBox": f"0 0 {_short(self.width)} {_short(self.height)}",
            "role": "img", "aria-labelledby": f"{self.name}-title {self.name}-text",
            "font-family": FONT, "font-size": 13, "fill": INK, "direction": "ltr",
            "data-name": self.name, "width": self.width, "height": self.height,
        }  # fmt: skip
        if alone:
            facts["xmlns"] = "http://www.w3.org/2000/svg"
        return element(
            "svg",
            element("title", self.title, id=f"{self.name}-title"),
            element("desc", self.description, id=f"{self.name}-text"),
            element("rect", width=self.width, height=self.height, fill=PAPER),
            self.content,
            **facts,
        )


def element(tag: str, *content: str | Markup, **attributes: object) -> Markup:
    """An element; `_` in the names of attributes stands for `-`, None leaves one out."""
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(_short(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    inside = Markup("").join(escape(part) for part in content)
    return Markup(f"<{tag}{written}>{inside}</{tag}>")


def group(parts: Iterable[Markup], **attributes: object) -> Markup:
    """Elements together."""
    return element("g", *parts, **attributes)


def label(text: str | Markup, x: float, y: float, **attributes: object) -> Markup:
    """A text that begins (or ends, or has its middle) at a point."""
    words = Markup("{}{}{}").format(_RIGHT_TO_LEFT, text, _END) if _ARABIC.search(text) else text
    return element("text", words, x=x, y=y, **attributes)


def path(points: Iterable[tuple[float, float]], *, closed: bool = False) -> str:
    """The data of a path through points, with one digit after the point."""
    at = [f"{x:.1f} {y:.1f}" for x, y in points]
    return f"M{'L'.join(at)}{'Z' if closed else ''}" if at else ""


def colour(index: int) -> str:
    """The colour of a scenario; 0 is the baseline."""
    return _COLOURS[index % len(_COLOURS)]


def dash(index: int) -> str | None:
    """The dashes of a scenario's line."""
    return _DASHES[index % len(_DASHES)] or None


def sign(index: int, x: float, y: float, size: float = 4.5, *, hollow: bool = False) -> Markup:
    """The sign of a scenario, `size` pixels from the middle to the edge."""
    shape = _SIGNS[index % len(_SIGNS)]
    thin = hollow or shape in ("plus", "cross")
    return element(
        "path", d=sign_path(shape, x, y, size), fill=PAPER if thin else colour(index),
        stroke=colour(index), stroke_width=1.6,
    )  # fmt: skip


def sign_path(shape: str, x: float, y: float, size: float) -> str:
    """The data of a path that draws a sign around a point."""
    s = size
    if shape == "circle":
        half = f"a{s:.1f} {s:.1f} 0 1 0"
        return f"M{x - s:.1f} {y:.1f}{half} {2 * s:.1f} 0{half} {-2 * s:.1f} 0Z"
    if shape in ("plus", "cross"):
        a, b = (s, 0.0) if shape == "plus" else (s * 0.8, s * 0.8)
        ends = [(x - a, y - b), (x + a, y + b)], [(x - b, y + a), (x + b, y - a)]
        return "".join(path(end) for end in ends)
    corners = {
        "square": [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
        "diamond": [(0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)],
        "up": [(0, -1.15), (1.1, 0.85), (-1.1, 0.85)],
        "down": [(0, 1.15), (1.1, -0.85), (-1.1, -0.85)],
    }[shape]
    return path([(x + s * dx, y + s * dy) for dx, dy in corners], closed=True)


def wrapped(text: str, width: int, most: int) -> list[str]:
    """A text in lines of so many letters, and not more than so many lines."""
    return textwrap.wrap(text, width, max_lines=most, placeholder=" …")


def _short(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
