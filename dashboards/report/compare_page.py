"""The parts of a report on a comparison."""

from __future__ import annotations

from typing import Any, NamedTuple

from markupsafe import Markup

from dashboards.languages import Language
from dashboards.report import when, where, who, why
from dashboards.report.answer import answer
from dashboards.report.change import Change
from dashboards.report.evidence import behind, cited, standing
from dashboards.report.limits import limits
from dashboards.report.moments import moments
from dashboards.report.names import route_name
from dashboards.report.phrases import NOTHING, change_words, ends_words
from dashboards.report.repairs import library_repairs, repairs_of
from dashboards.report.repeat import commands, made_with
from dashboards.report.result import CompareResult
from dashboards.report.svg import Figure
from dashboards.report.table import Table
from dashboards.report.vocabulary import BREAKDOWNS, MEASURES

__all__ = ["TEMPLATE", "compare_page", "evidence_table"]

TEMPLATE = "compare.html.j2"
_CARDS = ("episodes_lapsed_deterred", "first_deterred")


class _Card(NamedTuple):
    name: str
    value: str
    ends: str
    note: str
    arrow: str
    way: str


def compare_page(result: CompareResult, language: Language) -> dict[str, Any]:
    """What the template of a comparison shows."""
    t = language
    page: dict[str, Any] = {
        "result": result,
        "title": t.meaning(result.main.shown),
        "names": [t.meaning(each.shown) for each in result.route.scenarios],
        "network": route_name(result.route.network, t),
        "made": t.moment(result.manifest.made),
        "answer": answer(result, t),
        "cards": _cards(result, t),
        "scenarios": _scenarios(result, t),
        "numbers": {each.name: index for index, each in enumerate(result.route.scenarios)},
        "maps": where.maps(result, t),
        "map_data": where.map_data(result, t),
        "periods": where.period_words(result, t),
        "places": where.place_table(result, t),
        "time": when.time_course(result, t),
        "readings": when.readings(result, t),
        "shown_days": [t.number(day) for day in range(result.manifest.days)],
        "months": when.month_table(result, t),
        "days": when.day_table(result),
        "panels": who.panels(result, t),
        "measures": {name: t.text(words[0]) for name, words in MEASURES.items()},
        "meanings": {name: t.text(words[1]) for name, words in MEASURES.items()},
        "breakdowns": {name: t.text(words) for name, words in BREAKDOWNS.items() if name != "all"},
        "first": who.FIRST,
        "all_numbers": who.all_numbers(result),
        "channels": why.channel_figure(result, t),
        "channel_table": why.channel_table(result, t),
        "decomposition": why.decomposition_table(result, t),
        "repairs": _repairs(result, t),
        "library_repairs": library_repairs(result.main.name),
        "evidence": evidence_table(result, t),
        "limits": limits(result, t),
        "commands": commands(result),
        "made_with": made_with(result, t),
    }
    page["figures"] = _figures(page)
    page["tables"] = _tables(page)
    return page


def evidence_table(result: Any, language: Language) -> Table:
    """The parameters a result leans on most, with what stands behind each."""
    t = language
    rows: list[list[str | Markup]] = []
    records = []
    for parameter, value, reason in behind(result, t):
        sources = Markup("").join(
            Markup('<br><span lang="en" dir="ltr" class="cited"><b>{}</b> {}</span>').format(*both)
            for both in cited(parameter)
        )  # fmt: skip
        kind = standing(parameter)
        badge = Markup('<span class="badge {}">{}</span>').format(
            "assumed" if kind == "assumed" else "", t.text(kind)
        )
        meaning = Markup("{}<br><code>{}</code>").format(t.meaning(parameter.note), parameter.name)
        used = _parameter_value(value, parameter.unit, t)
        ends = [_parameter_value(end, parameter.unit, t) for end in (parameter.low, parameter.high)]
        rows.append([meaning, used, t.text("{low} to {high}", low=ends[0], high=ends[1]),
                     badge + sources, reason])  # fmt: skip
        records.append([parameter.name, value, parameter.unit, parameter.low, parameter.high,
                        parameter.source, parameter.note])  # fmt: skip
    columns = [t.text("Parameter"), t.text("Value used"), t.text("Plausible range"),
               t.text("What it rests on"), t.text("Why it matters here")]  # fmt: skip
    head = ("parameter", "value", "unit", "low", "high", "source", "meaning")
    caption = t.text("Parameters that this result leans on most")
    return Table("evidence", caption, columns, rows, head, records)


def _parameter_value(value: float, unit: str, language: Language) -> str:
    if unit == "share":
        return language.percent(value, 0 if round(100 * value, 6).is_integer() else 1)
    digits = next((d for d in range(5) if round(value, d) == round(value, 6)), 5)
    number = language.number(value, digits)
    words = {"days": language.text("days"), "1/day": language.text("a day")}
    return f"{number} {words[unit]}" if unit in words else number


def _cards(result: CompareResult, t: Language) -> list[_Card]:
    main = result.main.name
    day = t.number(result.series.window[0])
    note = t.text("from day {day} on, relative to the baseline", day=day)
    (asking, _), *_ = MEASURES.values()
    found = [_card(t.text(asking), result.after(main), note, t, good=1)]
    for measure in _CARDS:
        rows = result.rows(measure, "all", main)
        if rows:
            note = t.text("over the whole run, relative to the baseline")
            found.append(_card(t.text(MEASURES[measure][0]), rows[0].change, note, t, good=-1))
    return found


def _card(name: str, change: Change, note: str, t: Language, *, good: int) -> _Card:
    # `good`: 1 where more is better, -1 where less is.
    if not change.known or change.few:
        return _Card(name, NOTHING, change_words(change, t), note, "", "unclear")
    way = "unclear" if not change.clear else "worse" if change.value * good < 0 else "better"
    arrow = "▼" if change.value < 0 else "▲"
    ends = t.text("95% interval: {ends}", ends=ends_words(change, t))
    if not change.clear and change.low < change.high:
        ends = t.text("{ends}; chance may explain it", ends=ends)
    return _Card(
        name, t.percent(change.value, sign=True), ends, note, arrow if change.clear else "", way
    )


def _scenarios(result: CompareResult, t: Language) -> list[dict[str, Any]]:
    found = []
    for scenario in result.route.scenarios:
        base = scenario.name == result.base.name
        happens = moments([scenario], result.route, t, every=base)
        events = [moment.words for moment in happens]
        changed = _level(result, t) if base else change_words(result.after(scenario.name), t)
        found.append({"scenario": scenario, "base": base, "events": events, "change": changed})
    return found


def _level(result: CompareResult, t: Language) -> str:
    rows = result.rows("help_seeking_rate", "all")
    if not rows:
        return NOTHING
    return t.text("asked on {n} of 1,000 days in need", n=t.per_thousand(rows[0].base))


def _repairs(result: CompareResult, t: Language) -> Table | None:
    found = repairs_of(result, result.main.name)
    if not found:
        return None
    rows: list[list[str | Markup]] = []
    records = []
    nothing = Change(float("nan"), float("nan"), float("nan"))
    for each in found:
        back = each.brought_back or nothing
        rows.append([
            t.written(result.title(each.with_)),
            t.text("{first} to {last}", first=t.number(each.first), last=t.number(each.last)),
            change_words(each.without_repair, t), change_words(each.with_repair, t),
            change_words(back, t),
        ])  # fmt: skip
        records.append([each.with_, each.first, each.last, *each.without_repair[:3],
                        *each.with_repair[:3], *back[:3]])  # fmt: skip
    columns = [t.text("Repair"), t.text("Days"), t.text("Change without the repair"),
               t.text("Change that remains with it"), t.text(
                   "Part of the loss brought back")]  # fmt: skip
    head = ["scenario", "first_day", "last_day"]
    for name in ("without_repair", "with_repair", "brought_back"):
        head += [f"{name}_{part}" for part in ("value", "low", "high")]
    caption = t.text(
        "What each repair leaves of the change in how often people ask, with 95% intervals"
    )
    return Table("repairs", caption, columns, rows, head, records)


def _figures(page: dict[str, Any]) -> list[Figure]:
    return [*page["maps"].values(), page["time"], page["channels"],
            *(panel.figure for panel in page["panels"])]  # fmt: skip


def _tables(page: dict[str, Any]) -> list[Table]:
    named = ("places", "months", "days", "all_numbers", "channel_table", "decomposition",
             "repairs", "evidence", "made_with")  # fmt: skip
    return [page[name] for name in named if page[name] is not None]
