"""When: help-seeking day by day in every scenario, and how far it is from the baseline."""

from __future__ import annotations

import math
from itertools import chain

from dashboards.languages import Language
from dashboards.report.moments import moments
from dashboards.report.names import scenario_names
from dashboards.report.phrases import change_words
from dashboards.report.result import CompareResult
from dashboards.report.svg import Figure
from dashboards.report.table import Table
from dashboards.report.time_course import Line, Panel, draw_time_course

__all__ = ["day_table", "month_table", "readings", "time_course"]


def time_course(result: CompareResult, language: Language) -> Figure:
    """Two charts over the same days: how often people ask, and how that differs."""
    t = language
    names = scenario_names(result, t)
    series = result.series.over_time
    base = series[result.base.name]
    levels = [
        Line(index, names[each.name],
             *([1000 * v for v in part] for part in _parts(result, each.name)))
        for index, each in enumerate(result.route.scenarios)
    ]  # fmt: skip
    gaps = [
        Line(index, names[each.name],
             *([_relative(v, b) for v, b in zip(part, base.value, strict=True)]
               for part in _parts(result, each.name)))
        for index, each in enumerate(result.others, start=1)
    ]  # fmt: skip
    panels = [
        Panel(t.text("Of 1,000 days on which somebody needs help, days on which they ask"),
              levels, False, False),
        Panel(t.text("Difference from the baseline"), gaps, True, True),
    ]  # fmt: skip
    changes = [
        t.text("{title}: {change}", title=t.meaning(each.shown),
               change=change_words(result.after(each.name), t))
        for each in result.others
    ]  # fmt: skip
    description = t.text(
        "Two line charts over {days} days. Change from day {day} on: {changes}.",
        days=t.number(result.manifest.days), day=t.number(result.series.window[0]),
        changes=t.text("; ").join(changes),
    )  # fmt: skip
    title = t.text("How often people in need ask for help, day by day")
    return draw_time_course("time", panels, moments(result.others, result.route, t),
                            result.manifest.days, t, title, description)  # fmt: skip


def readings(result: CompareResult, language: Language) -> list[list[str]]:
    """For each day: what every scenario shows, in the order of the scenarios."""
    t = language
    lines = [_parts(result, each.name) for each in result.route.scenarios]
    return [
        [
            t.text("{value} ({low} to {high})", value=t.per_thousand(value[day]),
                   low=t.per_thousand(low[day]), high=t.per_thousand(high[day]))
            for value, low, high in lines
        ]
        for day in range(len(lines[0][0]))
    ]  # fmt: skip


def month_table(result: CompareResult, language: Language) -> Table:
    """Change of help-seeking in each four weeks."""
    t = language
    rows, records = [], []
    for month in result.series.months:
        changes = [month.changes[each.name] for each in result.others]
        days = t.text("{first} to {last}", first=t.number(month.first), last=t.number(month.last))
        rows.append([days, *(change_words(change, t) for change in changes)])
        numbers = [[c.value, c.low, c.high, "yes" if c.few else "no"] for c in changes]
        records.append([month.first, month.last, *chain.from_iterable(numbers)])
    head = ["first_day", "last_day"]
    for each in result.others:
        head += [f"{each.name}_{part}" for part in ("relative", "low", "high", "few")]
    caption = t.text(
        "Change in how often people in need ask for help, in each four weeks, with 95% intervals"
    )
    columns = [t.text("Days"), *(t.meaning(each.shown) for each in result.others)]
    return Table("four-weeks", caption, columns, rows, head, records)


def day_table(result: CompareResult) -> Table:
    """Every day, for programs: asked / in need as a mean of the last seven days."""
    names = [each.name for each in result.route.scenarios]
    head = ["day", *(f"{name}_{part}" for name in names for part in ("rate", "low", "high"))]
    lines = [part for name in names for part in _parts(result, name)]
    records = [[day, *(line[day] for line in lines)] for day in range(len(lines[0]))]
    return Table("days", "", [], [], head, records)


def _parts(result: CompareResult, name: str) -> tuple[list[float], list[float], list[float]]:
    line = result.series.over_time[name]
    return line.value, line.low, line.high


def _relative(value: float, base: float) -> float:
    return value / base - 1 if base > 0 and math.isfinite(value) else math.nan
