"""Who and where: each measure in each breakdown, as dots with intervals and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dashboards.languages import Language
from dashboards.report.dots import Dot, Row, draw_dots
from dashboards.report.names import Namer
from dashboards.report.phrases import NOTHING, foreign, row_words
from dashboards.report.result import CompareResult, Difference
from dashboards.report.svg import Figure
from dashboards.report.table import Table
from dashboards.report.vocabulary import BREAKDOWNS, MEASURES, SHARES

__all__ = ["FIRST", "Panel", "all_numbers", "panels"]

FIRST = ("help_seeking_rate", "status")
"""Measure and breakdown that are shown first."""


class Panel(NamedTuple):
    """One measure in one breakdown."""

    measure: str
    by: str
    figure: Figure
    table: Table


def panels(result: CompareResult, language: Language) -> list[Panel]:
    """Every measure in every breakdown in which it is counted, the first one first."""
    name = Namer(result.route, language)
    found = [
        _panel(result, measure, by, rows, name, language)
        for measure in MEASURES
        for by in BREAKDOWNS
        if by != "all" and (rows := _groups(result, measure, by))
    ]
    return sorted(found, key=lambda panel: (panel.measure, panel.by) != FIRST)


def all_numbers(result: CompareResult) -> Table:
    """Every number of the panels, and of everyone, for programs."""
    head = ("scenario", "measure", "by", "group", "base", "value", "difference", "low", "high",
            "relative", "relative_low", "relative_high", "few")  # fmt: skip
    records = [
        [getattr(row, column) if column != "few" else ("yes" if row.few else "no")
         for column in head]
        for row in result.differences
        if row.measure in MEASURES and row.by in BREAKDOWNS
    ]  # fmt: skip
    return Table("all-groups", "", [], [], head, records)


def _groups(result: CompareResult, measure: str, by: str) -> dict[str, list[Difference]]:
    groups: dict[str, list[Difference]] = {}
    for row in result.rows(measure, by):
        groups.setdefault(row.group, []).append(row)
    order = [place.id for place in result.route.places] if by == "node" else []
    known = {
        group: rows for group, rows in groups.items()
        if any(row.base or row.value for row in rows)
    }  # fmt: skip
    return dict(sorted(known.items(), key=lambda item: _rank(item[0], order)))


def _rank(name: str, order: Sequence[str]) -> int:
    return order.index(name) if name in order else len(order)


def _panel(
    result: CompareResult, measure: str, by: str, groups: dict[str, list[Difference]],
    name: Namer, language: Language,
) -> Panel:  # fmt: skip
    t = language
    numbers = {each.name: index for index, each in enumerate(result.route.scenarios)}
    what, by_words = t.text(MEASURES[measure][0]), t.text(BREAKDOWNS[by])
    title = t.text("{measure}: change by {by}", measure=what, by=by_words.lower())
    rows = [
        Row(name(by, group),
            [Dot(numbers[r.scenario], r.change, row_words(r, t)) for r in rows])
        for group, rows in groups.items()
    ]  # fmt: skip
    clear = [
        f"{name(by, row.group)} {row_words(row, t)}"
        for rows_of in groups.values() for row in rows_of
        if row.scenario == result.main.name and row.change.clear
    ]  # fmt: skip
    description = t.text(
        "Dots with intervals, one row for each group. Clear changes with “{title}”: {changes}.",
        title=t.meaning(result.main.shown), changes=t.text("; ").join(clear) or t.text("none"),
    )  # fmt: skip
    figure = draw_dots(
        f"who-{measure}-{by}".replace("_", "-"), rows, t, title, description,
        axis=t.text("Change relative to the baseline"),
        key=[(numbers[each.name], t.meaning(each.shown)) for each in result.others],
    )  # fmt: skip
    return Panel(measure, by, figure, _table(result, measure, by, groups, name, t))


def _table(
    result: CompareResult, measure: str, by: str, groups: dict[str, list[Difference]],
    name: Namer, language: Language,
) -> Table:  # fmt: skip
    t = language
    what, by_words = t.text(MEASURES[measure][0]), t.text(BREAKDOWNS[by])
    unit = t.text("of 1,000") if measure in SHARES else t.text("simulated, mean of the runs")
    columns = [by_words, t.text("Baseline ({unit})", unit=unit),
               *(t.meaning(each.shown) for each in result.others)]  # fmt: skip
    rows, records = [], []
    for group, found in groups.items():
        by_scenario = {row.scenario: row for row in found}
        level = max(row.base for row in found)
        shown = t.per_thousand(level) if measure in SHARES else t.number(level)
        cells = [
            row_words(by_scenario[each.name], t) if each.name in by_scenario else NOTHING
            for each in result.others
        ]
        words = name(by, group)
        rows.append([foreign(words) if by in ("node", "organisation") else words, shown, *cells])
        records += [
            [row.scenario, group, row.base, row.value, row.relative, row.relative_low,
             row.relative_high, "yes" if row.few else "no"]
            for row in found
        ]  # fmt: skip
    caption = t.text("{measure}, by {by}: baseline and change with 95% intervals", measure=what,
                     by=by_words.lower())  # fmt: skip
    head = ("scenario", by, "base", "value", "relative", "relative_low", "relative_high", "few")
    return Table(f"{measure}-{by}".replace("_", "-"), caption, columns, rows, head, records)
