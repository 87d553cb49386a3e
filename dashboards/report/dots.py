"""Dots with intervals, one row per group: who, where and why, at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from dashboards.languages import Language
from dashboards.report.axis import Axis, axis_over
from dashboards.report.change import Change
from dashboards.report.svg import GRID, INK, QUIET, Figure, colour, element, label, sign, wrapped
from dashboards.report.svg import group as together

__all__ = ["Dot", "Row", "draw_dots"]

_WIDTH, _NAMES, _WORDS, _LINE = 900.0, 224.0, 216.0, 20.0


class Dot(NamedTuple):
    """A change and how it is written beside its dot."""

    scenario: int
    change: Change
    words: str


class Row(NamedTuple):
    """A group and its dots."""

    name: str
    dots: Sequence[Dot]


def draw_dots(
    name: str, rows: Sequence[Row], language: Language, title: str, description: str, *,
    axis: str, key: Sequence[tuple[int, str]], percent: bool = True,
) -> Figure:  # fmt: skip
    """Draw rows of dots with intervals around a line at zero.

    Args:
        name: Name of the figure.
        rows: Groups and their dots.
        language: The language of numbers.
        title: Title of the figure.
        description: The same in words.
        axis: What the axis shows.
        key: Number and name of each scenario.
        percent: Whether values are shares.
    """
    lines = max((len(row.dots) for row in rows), default=1)
    high = _LINE * lines + 8
    head = 34.0 + 19 * len(key) + 10
    bottom = head + high * len(rows)
    trusted = [d.change for row in rows for d in row.dots if d.change.known and not d.change.few]
    ends = [0.0, *(end for change in trusted for end in change[1:3])]
    across = axis_over(min(ends), max(ends), _NAMES + 12, _WIDTH - _WORDS - 12, 7)
    parts = [label(title, 0, 20, font_size=15, font_weight=600), _key(key)]
    parts.append(_across(across, head, bottom, language, percent=percent))
    parts.append(
        label(axis, (across.start + across.end) / 2, bottom + 38, text_anchor="middle",
              font_size=12.5)
    )  # fmt: skip
    parts += [_row(row, across, head + high * index, high) for index, row in enumerate(rows)]
    return Figure(name, title, description, _WIDTH, bottom + 48, Markup("").join(parts))


def _key(key: Sequence[tuple[int, str]]) -> Markup:
    parts = []
    for index, (scenario, words) in enumerate(key):
        y = 42 + 19 * index
        parts += [sign(scenario, 8, y - 4), label(words, 22, y, font_size=12.5)]
    return together(parts)


def _across(
    across: Axis, top: float, bottom: float, language: Language, *, percent: bool
) -> Markup:
    parts = []
    for tick in across.ticks:
        x, zero = across.at(tick), abs(tick) < 1e-12
        digits = max(0, across.digits - 2) if percent else across.digits
        words = (
            language.percent(tick, digits, sign=True)
            if percent
            else language.number(tick, digits, sign=True)
        )
        parts += [
            element("line", x1=x, x2=x, y1=top, y2=bottom, stroke=INK if zero else GRID,
                    stroke_width=1.2 if zero else 0.8),
            label(words, x, bottom + 17, text_anchor="middle", font_size=12, fill=QUIET),
        ]  # fmt: skip
    return together(parts)


def _row(row: Row, across: Axis, top: float, high: float) -> Markup:
    middle = top + high / 2
    parts = [
        element("line", x1=0, x2=_WIDTH, y1=top, y2=top, stroke=GRID, stroke_width=0.6),
        *_name(row.name, middle),
    ]
    first = middle - _LINE * (len(row.dots) - 1) / 2
    for index, dot in enumerate(row.dots):
        parts.append(_dot(dot, across, first + _LINE * index))
    return together(parts)


def _name(name: str, middle: float) -> list[Markup]:
    lines = wrapped(name, 33, 2)
    start = middle + 4.5 - 7.5 * (len(lines) - 1)
    return [
        label(words, _NAMES, start + 15 * index, text_anchor="end", font_size=13)
        for index, words in enumerate(lines)
    ]


def _dot(dot: Dot, across: Axis, y: float) -> Markup:
    change, shown = dot.change, dot.change.known and not dot.change.few
    parts = [
        label(dot.words, _WIDTH - _WORDS + 4, y + 4, font_size=12,
              fill=INK if change.clear else QUIET, font_weight=600 if change.clear else None)
    ]  # fmt: skip
    if shown:
        low, high = across.at(change.low), across.at(change.high)
        parts += [
            element("line", x1=low, x2=high, y1=y, y2=y, stroke=colour(dot.scenario),
                    stroke_width=2),
            sign(dot.scenario, across.at(change.value), y, hollow=not change.clear),
        ]  # fmt: skip
    return together(parts, data_scenario=dot.scenario)
