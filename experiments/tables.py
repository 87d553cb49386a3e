"""Tables for the terminal."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table

from experiments.comparing.decomposing import DIRECT
from experiments.outcome import FEW, RATES
from experiments.words import MINUS, percent

if TYPE_CHECKING:
    import pandas as pd

    from experiments.comparison import Comparison

__all__ = [
    "EPISODES",
    "channel_changes",
    "comparison_tables",
    "decomposed_changes",
    "group_changes",
    "how_to_read",
    "one_more_run",
    "plain_table",
    "summary_table",
    "survey_table",
    "survey_words",
]

_TOO_FEW = "too few to trust"
_NO_INTERVAL = "(interval not known)"

MEASURE_WORDS = {
    "in_need": "In need",
    "asked": "Asked for help",
    "served": "Were helped",
    "turned_away": "Were turned away",
    "deterred": "Deterred by fear",
    "unaware": "Knew of no service",
    "no_service": "No service for it there",
    "excluded": "Excluded for their status",
    "not_worth": "Not worth it to them",
    "in_transit": "On the way",
    "detained": "In detention",
    "unmet": "Need left unmet",
    "episodes_begun": "Needs that began",
    "episodes_relieved": "Needs that help ended",
    "episodes_delayed": "Helped late, out of fear",
    "episodes_lapsed": "Needs that lapsed",
    "episodes_lapsed_deterred": "Never helped, out of fear",
    "first_deterred": "People deterred, first time",
    "help_seeking_rate": "Asked, of days in need",
    "willingness": "Asked, where possible",
    "detentions": "Detentions",
    "dead_or_missing": "Dead or missing",
    "settled": "Settled",
    "returned": "Returned",
}
EPISODES = ("episodes_begun", "episodes_delayed", "episodes_lapsed_deterred", "first_deterred")
"""Measures that count needs and people instead of days."""


def number(value: float, *, sign: bool = False) -> str:
    """A number with thousands apart and a true minus sign."""
    text = f"{value:{'+' if sign else ''},.0f}"
    return text[1:] if text in ("-0", "+0") else text.replace("-", MINUS)


def changed(row: Mapping[Hashable, Any]) -> str:
    """Relative change with its interval; the plain difference where the baseline is zero."""
    relative = [row["relative"], row["relative_low"], row["relative_high"]]
    if math.isnan(relative[0]):
        return _plain_change(row)
    if any(math.isnan(end) for end in relative):
        return f"{percent(relative[0], sign=True)} {_NO_INTERVAL}"
    low, high = (percent(end, sign=True, bare=True) for end in relative[1:])
    return f"{percent(relative[0], sign=True)} ({low} to {high})"


def group_changes(
    comparison: Comparison,
    measures: Sequence[str],
    by: Sequence[str] = ("all", "status"),
    heading: str = "Person-days",
) -> Table:
    """Each measure for everyone and by group: baseline, and change in each scenario."""
    table = _table()
    table.add_column(heading)
    table.add_column("Baseline", justify="right")
    for name in comparison.names[1:]:
        table.add_column(_column(name, "change"), justify="right")
    frame = comparison.differences
    for measure in measures:
        chosen = frame[(frame["measure"] == measure) & frame["by"].isin(by)]
        for group, rows in chosen.groupby("group", sort=False):
            if rows["base"].max() == 0 and rows["value"].max() == 0:
                continue
            whole = group == "all"
            words = MEASURE_WORDS[measure] if whole else f"  {str(group).replace('_', ' ')}"
            cells = [_TOO_FEW if row["few"] else changed(row) for row in rows.to_dict("records")]
            table.add_row(
                words, _level(measure, rows["base"].iloc[0]), *cells, style="bold" if whole else ""
            )
        table.add_section()
    return table


def one_more_run(comparison: Comparison, measures: Sequence[str]) -> Table:
    """Where one more pair of runs would lie, for everyone."""
    table = _table()
    sure = "One more run" if comparison.posterior is None else "One plausible world"
    table.add_column(sure)
    for name in comparison.names[1:]:
        table.add_column(f"{name}\nchange, 95 % of them", justify="right")
    frame = comparison.differences.query("by == 'all'")
    for measure in measures:
        rows = frame[frame["measure"] == measure].to_dict("records")
        table.add_row(MEASURE_WORDS[measure], *map(_band, rows))
    return table


def channel_changes(comparison: Comparison) -> Table:
    """Change in deterred person-days by the channel through which people came to be afraid."""
    table = _table()
    table.add_column("Deterred by")
    table.add_column("Baseline", justify="right")
    for name in comparison.names[1:]:
        table.add_column(_column(name, "change"), justify="right")
    for channel, rows in comparison.channels.groupby("channel", sort=False):
        cells = [_plain_change(row) for row in rows.to_dict("records")]
        table.add_row(str(channel), number(rows["base"].iloc[0]), *cells)
    return table


def decomposed_changes(comparison: Comparison) -> Table:
    """What each channel adds to the differences in deterred and asked person-days."""
    table = _table()
    table.add_column("What a channel adds")
    others = comparison.names[1:]
    for name in others:
        table.add_column(_column(name, "person-days"), justify="right")
    differences = comparison.differences.query("by == 'all'")
    for measure, rows in comparison.decomposition.groupby("measure", sort=False):
        whole = differences[differences["measure"] == measure].to_dict("records")
        table.add_row(MEASURE_WORDS[str(measure)], *map(_plain_change, whole), style="bold")
        for channel, each in rows.groupby("channel", sort=False):
            found = {row["scenario"]: _plain_change(row) for row in each.to_dict("records")}
            words = "needs no channel" if channel == DIRECT else str(channel)
            table.add_row(f"  {words}", *(found.get(name, "off") for name in others))
        table.add_section()
    return table


def comparison_tables(comparison: Comparison) -> list[Table]:
    """What a comparison shows on the terminal."""
    return [
        group_changes(comparison, ("asked", "deterred", "unmet"), ("all",)),
        one_more_run(comparison, ("help_seeking_rate", "asked", "deterred", "unmet")),
        group_changes(
            comparison, ("help_seeking_rate", "willingness"), ("all", "status", "step"), "Shares"
        ),
        group_changes(comparison, EPISODES, ("all",), "Needs and people"),
        channel_changes(comparison),
        *([] if comparison.parts is None else [decomposed_changes(comparison)]),
    ]


def how_to_read(comparison: Comparison) -> str:
    """What the numbers are, in words."""
    represents = comparison.plans[0].people / comparison.migrants
    return (
        f"Each number is the mean of {comparison.replicates} runs of {comparison.settings.days} "
        f"days; one simulated migrant stands for {_people(represents)}. Intervals are 95 % "
        f"{comparison.method.short} intervals of that mean: one whose ends have the same sign is a "
        f"difference that chance between replicates does not explain. {_how_sure(comparison)}"
    )


def _how_sure(comparison: Comparison) -> str:
    """What replicates differ by."""
    if comparison.posterior is None:
        return (
            "All runs have the same parameters: what is not known of them is in no interval "
            "(--posterior evidence)."
        )
    return (
        "Each replicate has another set of the parameters that were fitted, all of them plausible: "
        "95 % of such sets, each with luck of its own, lie within “one plausible world”. What is "
        "not known of all other parameters is in no interval."
    )


def summary_table(summary: Mapping[str, Any]) -> Table:
    """The totals of a run."""
    table = _table()
    table.add_column("Over the whole run")
    table.add_column("Person-days or people", justify="right")
    for name, value in summary["totals"].items():
        table.add_row(_words(name), _level(name, value))
    return table


def survey_table(answers: pd.DataFrame) -> Table:
    """Answers to the questionnaire."""
    table = _table()
    groups = answers["group"].nunique() > 1
    for column in ("Question", "Answer", "Group") if groups else ("Question", "Answer"):
        table.add_column(column)
    for column in ("Share", "95 % interval", "Asked", "Published"):
        table.add_column(column, justify="right")
    last = None
    for row in answers.to_dict("records"):
        if last is not None and row["question"] != last:
            table.add_section()
        published = row["published"]
        table.add_row(
            "" if row["question"] == last else str(row["question"]).replace("_", " "),
            str(row["answer"]).replace("_", " "),
            *([str(row["group"]).replace("_", " ")] if groups else []),
            percent(row["share"], 0),
            _TOO_FEW
            if row["n"] < FEW
            else f"{percent(row['low'], 0, bare=True)} to {percent(row['high'], 0)}",
            number(row["n"]),
            percent(published, 0) if published is not None and published == published else "",
        )
        last = row["question"]
    return table


def survey_words(answers: pd.DataFrame) -> list[str]:
    """Who was asked, how answers are weighted, and what the intervals say."""
    first = answers.iloc[0]
    ever = answers.loc[answers["since"] != "", "since"]
    weighted = str(first["weighting"])
    words = [
        f"Day {first['day']}, {str(first['group']).replace('_', ' ')}. "
        f"Asked: {number(first['n'])} people, {first['respondents']}.",
        "Shares are of these people as they are." if weighted == "none"
        else f"Shares are of a stated mix, as in the real survey: {weighted}.",
    ]  # fmt: skip
    if len(ever):
        words.append(f"What ever happened counts for those who left {ever.iloc[0]} ago.")
    words.append("Intervals say how sure a sample of this size is, not how right the model is.")
    return words


def plain_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    """A table of words."""
    table = _table()
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(str(cell) for cell in row))
    return table


def _table() -> Table:
    return Table(box=box.SIMPLE, show_edge=False, pad_edge=False)


def _words(name: str) -> str:
    return MEASURE_WORDS.get(name, name.replace("_", " ").capitalize())


def _plain_change(row: Mapping[Hashable, Any]) -> str:
    value, low, high = (row[key] for key in ("difference", "low", "high"))
    if math.isnan(low) or math.isnan(high):
        return f"{number(value, sign=True)} {_NO_INTERVAL}"
    low, high = number(low, sign=True), number(high, sign=True)
    return f"{number(value, sign=True)} ({low} to {high})"


def _band(row: Mapping[Hashable, Any]) -> str:
    """Ends between which one more run would lie, as relative change where there is one."""
    ends = [row["relative_one_low"], row["relative_one_high"]]
    if not any(map(math.isnan, ends)):
        low, high = percent(ends[0], sign=True, bare=True), percent(ends[1], sign=True)
        return f"{low} to {high}"
    low, high = (number(row[key], sign=True) for key in ("one_low", "one_high"))
    return _NO_INTERVAL if math.isnan(row["one_low"]) else f"{low} to {high}"


def _column(name: str, what: str) -> str:
    return f"{name}\n{what} (95 % interval)"


def _level(measure: str, value: float) -> str:
    return percent(value) if measure in RATES else number(value)


def _people(number: float) -> str:
    return f"{number:,.0f} people" if number >= 100 else f"{number:.3g} people"
