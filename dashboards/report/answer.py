"""The answer in three sentences: how much and who; where, how long and why; what repairs it."""

from __future__ import annotations

from markupsafe import Markup

from dashboards.languages import Language, mark
from dashboards.report.change import Change
from dashboards.report.phrases import ends_words, foreign, sentence
from dashboards.report.repairs import library_repairs, repairs_of
from dashboards.report.result import CompareResult, Repair
from dashboards.report.vocabulary import CHANNELS, STATUSES, word

__all__ = ["answer", "overall"]

_MOST_REPAIRS, _MOST_GROUPS = 2, 2


def answer(result: CompareResult, language: Language) -> list[Markup]:
    """Three sentences made from the numbers of a comparison, with their uncertainty."""
    return [
        sentence(language, [overall(result, result.main.name, language), _who(result, language)]),
        sentence(language, [_where(result, language), *_how_long(result, language),
                            _why(result, language)]),
        sentence(language, _repair(result, language)),
    ]  # fmt: skip


def overall(result: CompareResult, scenario: str, language: Language) -> Markup:
    """How much a scenario changes help-seeking, as a clause."""
    change = result.after(scenario)
    facts = {"title": language.written(result.title(scenario)),
             "day": language.number(result.series.window[0])}  # fmt: skip
    if not change.known:
        return language.markup(
            "How often people in need ask for help cannot be compared for “{title}”", **facts
        )
    if change[:3] == (0, 0, 0):
        return language.markup(
            "From day {day} on, people in need ask for help exactly as often with “{title}” as "
            "without it, in every run",
            **facts,
        )
    if not change.clear:
        return language.markup(
            "From day {day} on, chance between runs may explain all of the change in how often "
            "people in need ask for help with “{title}” (95% interval: {ends})",
            **facts, ends=ends_words(change, language),
        )  # fmt: skip
    text = (
        mark(
            "From day {day} on, people in need ask for help {value} less often with “{title}” "
            "than without it (95% interval: {low} to {high})")
        if change.value < 0
        else mark(
            "From day {day} on, people in need ask for help {value} more often with “{title}” "
            "than without it (95% interval: {low} to {high})")
    )  # fmt: skip
    return language.markup(text, **facts, **_sizes(change, language))


def _who(result: CompareResult, language: Language) -> Markup:
    rows = [r for r in result.rows("help_seeking_rate", "status", result.main.name)
            if _same_way(r.change, result.after(result.main.name))]  # fmt: skip
    if not rows:
        return language.markup("no group by legal status shows a clear change of its own")
    rows.sort(key=lambda row: -abs(row.relative))
    groups = [
        language.markup("“{group}” ({value}; {ends})", group=word(language, STATUSES, row.group),
                        ends=ends_words(row.change, language),
                        value=language.percent(row.relative, sign=True))
        for row in rows[:_MOST_GROUPS]
    ]  # fmt: skip
    return language.markup("over the whole run, the change is largest for {groups}",
                           groups=language.listed(groups))  # fmt: skip


def _where(result: CompareResult, language: Language) -> Markup:
    name = result.main.name
    trusted = {n: c for n, c in result.along(name).items() if c.known and not c.few}
    clear = {n: c for n, c in trusted.items() if _same_way(c, result.after(name))}
    if not clear:
        return language.markup("No single place shows a clear change of its own")
    most = max(clear, key=lambda node: abs(clear[node].value))
    place = result.route.place(most)
    return language.plural(
        "The change is largest at {place} ({value}; {ends}) and clear at {n} of {all} places "
        "with enough people to tell",
        "The change is largest at {place} ({value}; {ends}) and clear at {n} of {all} places "
        "with enough people to tell",
        len(clear), all=language.number(len(trusted)), place=foreign(place.name if place else most),
        value=language.percent(clear[most].value, sign=True),
        ends=ends_words(clear[most], language),
    )  # fmt: skip


def _how_long(result: CompareResult, language: Language) -> list[Markup]:
    name = result.main.name
    whole = result.after(name)
    months = [(m, m.changes[name]) for m in result.series.months if name in m.changes]
    clear = [(month, change) for month, change in months if _same_way(change, whole)]
    if not whole.clear or not clear:
        return []
    month, change = clear[-1]
    facts = {"first": language.number(month.first), "last": language.number(month.last),
             "value": language.percent(change.value, sign=True),
             "ends": ends_words(change, language)}  # fmt: skip
    text = (
        mark("it can still be seen when the run ends (days {first} to {last}: {value}; {ends})")
        if month is months[-1][0]
        else mark("it is last clearly seen on days {first} to {last} ({value}; {ends})")
    )
    return [language.markup(text, **facts)]


def _why(result: CompareResult, language: Language) -> Markup:
    name = result.main.name
    row = next(iter(result.rows("deterred", "all", name)), None)
    found = row.change if row else None
    if row is not None and row.base == 0 and row.plain.clear and row.difference > 0:
        return language.markup("fear keeps people away, which it did not in the baseline")
    if found is None or not found.clear:
        return language.markup("how often fear keeps people away shows no clear change")
    rows = [row for row in result.channels
            if row.scenario == name and _same_way(row.change, found)]  # fmt: skip
    facts = {"value": language.percent(found.value, sign=True),
             "ends": ends_words(found, language)}  # fmt: skip
    if not rows:
        return language.markup(
            "days of staying away out of fear change by {value} ({ends}), through no single "
            "channel clearly", **facts
        )  # fmt: skip
    most = max(rows, key=lambda row: abs(row.difference))
    return language.markup(
        "days of staying away out of fear change by {value} ({ends}), above all through the "
        "channel “{channel}”",
        **facts, channel=language.text(CHANNELS[most.channel][0]),
    )  # fmt: skip


def _repair(result: CompareResult, language: Language) -> list[Markup]:
    if not result.after(result.main.name).clear or result.after(result.main.name).value > 0:
        return [language.markup("Nothing was clearly lost, so there is nothing to repair")]
    tested = repairs_of(result, result.main.name)
    if tested:
        return [_brought_back(result, each, language) for each in tested[:_MOST_REPAIRS]]
    known = library_repairs(result.main.name)
    if not known:
        return [language.markup("No repair was tested in this comparison")]
    names = language.listed([Markup("<code>{}</code>").format(name) for name in known])
    return [language.markup(
        "No repair was tested in this comparison; the library holds scenarios that would test "
        "one: {names}",
        names=names,
    )]  # fmt: skip


def _brought_back(result: CompareResult, repair: Repair, language: Language) -> Markup:
    facts = {"title": language.written(result.title(repair.with_)),
             "day": language.number(repair.first)}  # fmt: skip
    if repair.brought_back is None:
        return language.markup(
            "From day {day} on, the loss itself is not clear, so nothing can be said about what "
            "“{title}” repairs",
            **facts,
        )
    back, left = repair.brought_back, repair.with_repair
    if not back.clear:
        return language.markup(
            "From day {day} on, whether “{title}” brings back any of the lost asking is not "
            "clear ({ends} of it)",
            **facts, ends=ends_words(back, language),
        )  # fmt: skip
    if back.value < 0:
        return language.markup(
            "From day {day} on, “{title}” makes the loss larger, by {value} of it ({low} to "
            "{high})",
            **facts, **_sizes(back, language),
        )  # fmt: skip
    part = language.markup(
        "From day {day} on, “{title}” brings back {value} of the lost asking ({low} to {high})",
        **facts, **_sizes(back, language),
    )  # fmt: skip
    rest = (
        language.markup("{value} less asking than in the baseline remains ({low} to {high})",
                        **_sizes(left, language))
        if left.clear and left.value < 0
        else language.markup("no clear loss remains")
    )  # fmt: skip
    return language.markup("{part}, and {rest}", part=part, rest=rest)


def _sizes(change: Change, language: Language) -> dict[str, str]:
    near, far = change.ends_by_size
    return {"value": language.percent(abs(change.value)), "low": language.percent(near),
            "high": language.percent(far)}  # fmt: skip


def _same_way(change: Change, whole: Change) -> bool:
    return change.clear and change.value * whole.value > 0
