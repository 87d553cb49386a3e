"""Why: the channels through which fear that keeps people away grew or fell."""

from __future__ import annotations

from dashboards.languages import Language
from dashboards.report.change import Change
from dashboards.report.dots import Dot, Row, draw_dots
from dashboards.report.phrases import NOTHING
from dashboards.report.result import Channel, CompareResult
from dashboards.report.svg import Figure
from dashboards.report.table import Table
from dashboards.report.vocabulary import CHANNELS, DECOMPOSED, DIRECT, word

__all__ = ["channel_figure", "channel_table", "decomposition_table"]


def channel_figure(result: CompareResult, language: Language) -> Figure:
    """Difference in days of staying away, by channel, with intervals."""
    t = language
    numbers = {each.name: index for index, each in enumerate(result.route.scenarios)}
    rows = [
        Row(t.text(CHANNELS[name][0]),
            [Dot(numbers[row.scenario], row.change, _difference(row.change, t)) for row in rows])
        for name, rows in _by_channel(result).items()
    ]  # fmt: skip
    clear = [
        f"{t.text(CHANNELS[row.channel][0])} {_difference(row.change, t)}"
        for row in result.channels if row.scenario == result.main.name and row.change.clear
    ]  # fmt: skip
    description = t.text(
        "Dots with intervals, one row for each channel. Clear changes with “{title}”: {changes}.",
        title=t.meaning(result.main.shown), changes=t.text("; ").join(clear) or t.text("none"),
    )  # fmt: skip
    return draw_dots(
        "channels", rows, t, t.text("Through which channel the fear comes that keeps people away"),
        description, axis=t.text(
            "Difference in simulated days of staying away out of fear, per run"),
        key=[(numbers[each.name], t.meaning(each.shown)) for each in result.others], percent=False,
    )  # fmt: skip


def channel_table(result: CompareResult, language: Language) -> Table:
    """The same as a table, with what each channel means."""
    t = language
    rows, records = [], []
    for name, found in _by_channel(result).items():
        by_scenario = {row.scenario: row for row in found}
        rows.append([
            t.text(CHANNELS[name][0]), t.text(CHANNELS[name][1]), t.number(found[0].base),
            *(_difference(by_scenario[each.name].change, t) if each.name in by_scenario else NOTHING
              for each in result.others),
        ])  # fmt: skip
        records += [[r.scenario, name, r.base, r.value, r.difference, r.low, r.high] for r in found]
    columns = [t.text("Channel"), t.text("What it is"), t.text("Baseline (days)"),
               *(t.meaning(each.shown) for each in result.others)]  # fmt: skip
    caption = t.text(
        "Simulated days of staying away out of fear, by channel: baseline and difference with "
        "95% intervals"
    )
    head = ("scenario", "channel", "base", "value", "difference", "low", "high")
    return Table("channels", caption, columns, rows, head, records)


def decomposition_table(result: CompareResult, language: Language) -> Table | None:
    """What removing channels in all combinations says, where the comparison holds it."""
    found = [row for row in result.decomposition if "channel" in row]
    if not found:
        return None
    t = language
    rows, records = [], []
    for row in found:
        value, low, high = (float("nan") if row.get(part) is None else float(row[part])
                            for part in ("difference", "low", "high"))  # fmt: skip
        change = Change(value, low, high)
        channel = str(row["channel"])
        names = {name: both[0] for name, both in CHANNELS.items()} | {"direct": DIRECT}
        words = word(t, names, channel)
        title = t.written(result.title(str(row.get("scenario", result.main.name))))
        rows.append(
            [words, title, word(t, DECOMPOSED, str(row.get("measure", ""))), _fine(change, t)]
        )
        records.append([row.get("scenario"), row.get("measure"), channel, *change[:3]])
    columns = [
        t.text("Channel"),
        t.text("Scenario"),
        t.text("Measure"),
        t.text("What it adds (days per run)"),
    ]
    caption = t.text(
        "A second answer, to another question: what would differ without each channel, found by "
        "switching channels off in many combinations (Shapley values); not to be added to the first"
    )
    head = ("scenario", "measure", "channel", "difference", "low", "high")
    return Table("decomposition", caption, columns, rows, head, records)


def _by_channel(result: CompareResult) -> dict[str, list[Channel]]:
    groups: dict[str, list[Channel]] = {}
    for row in result.channels:
        if row.channel in CHANNELS:
            groups.setdefault(row.channel, []).append(row)
    return {
        name: rows for name, rows in groups.items() if any(row.base or row.value for row in rows)
    }


def _difference(change: Change, language: Language) -> str:
    return _with_ends(change, language, 0)


def _fine(change: Change, language: Language) -> str:
    small = change.known and abs(change.value) < 100
    return _with_ends(change, language, 1 if small else 0)


def _with_ends(change: Change, language: Language, digits: int) -> str:
    value, low, high = (language.number(end, digits, sign=True) for end in change[:3])
    if not change.known:
        return value
    return language.text("{value} ({low} to {high})", value=value, low=low, high=high)
