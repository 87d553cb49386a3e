"""The time course: how often people ask, day by day, and how far that is from the baseline."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from dashboards.languages import Language
from dashboards.report.axis import Axis, axis_over
from dashboards.report.svg import (
    GRID,
    HALO,
    INK,
    QUIET,
    Figure,
    colour,
    dash,
    element,
    label,
    path,
    wrapped,
)
from dashboards.report.svg import group as together

__all__ = ["Line", "Moment", "Panel", "draw_time_course"]

_LETTER = 6.4  # pixels, about
_WIDTH, _LEFT, _RIGHT, _PANEL, _GAP = 900.0, 56.0, 196.0, 230.0, 54.0


class Line(NamedTuple):
    """A line over days; `low` and `high` are empty where it has no interval."""

    scenario: int
    name: str
    value: Sequence[float]
    low: Sequence[float] = ()
    high: Sequence[float] = ()


class Moment(NamedTuple):
    """Something that happens on a day."""

    day: int
    words: str


class Panel(NamedTuple):
    """One chart: its heading, its lines, whether zero must be shown, and how values are written."""

    heading: str
    lines: Sequence[Line]
    zero: bool
    percent: bool


def draw_time_course(
    name: str, panels: Sequence[Panel], moments: Sequence[Moment], days: int, language: Language,
    title: str, description: str,
) -> Figure:  # fmt: skip
    """Draw charts over the same days, one above the other.

    Args:
        name: Name of the figure.
        panels: The charts; the names of lines stand beside the first.
        moments: What happens when.
        days: Days of the run.
        language: The language of numbers.
        title: Title of the figure.
        description: The same in words.
    """
    rows = _rows_of(moments)
    top = 44.0 + 16 * max(rows.values(), default=0) + 30 * bool(moments)
    across = Axis(0, max(days - 1, 1), _LEFT, _WIDTH - _RIGHT, _day_ticks(days))
    parts = [label(title, 0, 20, font_size=15, font_weight=600)]
    bottom = top + len(panels) * _PANEL + (len(panels) - 1) * _GAP
    parts += [
        _moment(moment, across.at(moment.day), 40.0 + 16 * rows[moment], bottom, across)
        for moment in moments
    ]
    for index, panel in enumerate(panels):
        start = top + index * (_PANEL + _GAP)
        parts.append(_panel(panel, across, start, language))
        if index == 0:
            parts.append(_names(panel, start))
    parts += [_days(across, bottom, language), _cursor(across, top, bottom)]
    return Figure(name, title, description, _WIDTH, bottom + 44, Markup("").join(parts))


def _panel(panel: Panel, across: Axis, top: float, language: Language) -> Markup:
    values = [
        v for line in panel.lines for part in (line.value, line.low, line.high) for v in part
        if math.isfinite(v)
    ]  # fmt: skip
    ends = (min(values, default=0.0), max(values, default=1.0))
    if panel.zero:
        ends = (min(0.0, ends[0]), max(0.0, ends[1]))
    up = axis_over(*ends, top + _PANEL, top + 8)
    parts = [_up(up, across, language, percent=panel.percent)]
    parts += [_band(line, across, up) for line in panel.lines if len(line.low)]
    parts += [_line(line, across, up) for line in panel.lines]
    heading = label(panel.heading, _LEFT, top - 6, font_size=13, font_weight=600, **HALO)
    return together([heading, *parts])


def _up(up: Axis, across: Axis, language: Language, *, percent: bool) -> Markup:
    parts = []
    for tick in up.ticks:
        y, zero = up.at(tick), abs(tick) < 1e-12
        digits = max(0, up.digits - 2) if percent else up.digits
        words = (
            language.percent(tick, digits, sign=True) if percent else language.number(tick, digits)
        )
        parts += [
            element("line", x1=across.start, x2=across.end, y1=y, y2=y,
                    stroke=QUIET if zero and percent else GRID,
                    stroke_width=1.2 if zero and percent else 0.8),
            label(words, across.start - 8, y + 4, text_anchor="end", fill=QUIET, font_size=12),
        ]  # fmt: skip
    return together(parts)


def _band(line: Line, across: Axis, up: Axis) -> Markup:
    days = [d for d in range(len(line.low)) if _all_known(line.low[d], line.high[d])]
    edge = [(across.at(d), up.at(line.low[d])) for d in days]
    edge += [(across.at(d), up.at(line.high[d])) for d in reversed(days)]
    return element("path", d=path(edge, closed=True), fill=colour(line.scenario), opacity=0.16,
                   data_scenario=line.scenario)  # fmt: skip


def _line(line: Line, across: Axis, up: Axis) -> Markup:
    points = [(across.at(d), up.at(v)) for d, v in enumerate(line.value) if math.isfinite(v)]
    return element(
        "path", d=path(points), fill="none", stroke=colour(line.scenario), stroke_width=2,
        stroke_dasharray=dash(line.scenario), stroke_linejoin="round",
        data_scenario=line.scenario,
    )  # fmt: skip


def _names(panel: Panel, top: float) -> Markup:
    parts, y = [], top + 12
    x = _WIDTH - _RIGHT + 14
    for line in panel.lines:
        rows = wrapped(line.name, 21, 5)
        parts.append(
            element("line", x1=x, x2=x + 26, y1=y - 4, y2=y - 4, stroke=colour(line.scenario),
                    stroke_width=2.4, stroke_dasharray=dash(line.scenario))
        )  # fmt: skip
        parts += [label(row, x + 33, y + 15 * n, font_size=12.5) for n, row in enumerate(rows)]
        y += 15 * len(rows) + 12
    return together(parts)


def _moment(moment: Moment, x: float, y: float, bottom: float, across: Axis) -> Markup:
    right = x > max((across.start + across.end) / 2, _LETTER * len(moment.words))
    return together([
        element("line", x1=x, x2=x, y1=y + 4, y2=bottom, stroke=QUIET, stroke_width=1,
                stroke_dasharray="2 3"),
        label(moment.words, x - 5 if right else x + 5, y + 2, font_size=12, fill=INK,
              text_anchor="end" if right else "start"),
    ])  # fmt: skip


def _rows_of(moments: Sequence[Moment]) -> dict[Moment, int]:
    # Words of neighbouring moments stand in rows of their own.
    return {moment: index for index, moment in enumerate(sorted(moments))}


def _days(across: Axis, bottom: float, language: Language) -> Markup:
    parts = [
        label(language.number(day), across.at(day), bottom + 18, text_anchor="middle",
              font_size=12, fill=QUIET)
        for day in across.ticks
    ]  # fmt: skip
    middle = (across.start + across.end) / 2
    words = language.text("Day of the simulation")
    parts.append(label(words, middle, bottom + 37, text_anchor="middle", font_size=12.5))
    return together(parts)


def _day_ticks(days: int) -> tuple[float, ...]:
    step = next(s for s in (1, 5, 10, 20, 30, 60, 90, 180, 365, 730) if days / s <= 10 or s == 730)
    return tuple(float(day) for day in range(0, days, step))


def _cursor(across: Axis, top: float, bottom: float) -> Markup:
    # Moved by the script; without it nothing is seen.
    return element(
        "line", x1=across.start, x2=across.start, y1=top, y2=bottom, stroke=INK, stroke_width=1.4,
        opacity=0, data_cursor="", data_start=across.start, data_end=across.end,
        data_last=across.high,
    )  # fmt: skip


def _all_known(*values: float) -> bool:
    return all(math.isfinite(value) for value in values)
