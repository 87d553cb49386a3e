"""Where: a map for each scenario, by part of the run, and the same as a table."""

from __future__ import annotations

from itertools import chain
from typing import Any

from dashboards.languages import Language
from dashboards.report.change import Change
from dashboards.report.phrases import change_words, foreign
from dashboards.report.place_map import Mark, change_mark, draw_map, located
from dashboards.report.result import CompareResult, Scenario
from dashboards.report.svg import FEWER, MORE, QUIET, Figure
from dashboards.report.table import Table
from dashboards.report.vocabulary import STEPS, word

__all__ = ["map_data", "map_key", "maps", "period_words", "place_table"]


def maps(result: CompareResult, language: Language) -> dict[str, Figure]:
    """A map of each scenario after the first shock, by name; none where no place is known."""
    if not located(result.route):
        return {}
    return {each.name: _map(result, each, language) for each in result.others}


def map_data(result: CompareResult, language: Language) -> dict[str, list[dict[str, Any]]]:
    """What a script needs to show other parts of the run: marks by scenario, period and place."""
    return {
        each.name: [
            {place: mark.data() for place, mark in _marks(result, changes, language).items()}
            for changes in _periods(result, each.name)
        ]
        for each in result.others
    }


def period_words(result: CompareResult, language: Language) -> list[str]:
    """What each period is called: first everything after the first shock."""
    first, _ = result.series.window
    words = language.text("all days from day {first} on", first=language.number(first))
    parts = [
        language.text("days {first} to {last}", first=language.number(quarter.first),
                      last=language.number(quarter.last))
        for quarter in result.series.quarters
    ]  # fmt: skip
    return [words if first else language.text("the whole run"), *parts]


def place_table(result: CompareResult, language: Language) -> Table:
    """Change of help-seeking after the first shock, by place along the route."""
    t = language
    rows, records = [], []
    along = {each.name: result.along(each.name) for each in result.others}
    unknown = Change(float("nan"), float("nan"), float("nan"))
    for place in result.route.places:
        changes = [along[each.name].get(place.id, unknown) for each in result.others]
        country = t.country(place.country, result.route.countries.get(place.country, place.country))
        step = word(t, STEPS, place.step)
        rows.append([foreign(place.name), country, step,
                     *(change_words(change, t) for change in changes)])  # fmt: skip
        numbers = [[c.value, c.low, c.high, "yes" if c.few else "no"] for c in changes]
        records.append(
            [place.id, place.name, place.country, place.step, *chain.from_iterable(numbers)]
        )
    head = ["place", "name", "country", "step"]
    for each in result.others:
        head += [f"{each.name}_{part}" for part in ("relative", "low", "high", "few")]
    caption = t.text(
        "Change in how often people in need ask for help, from day {day} on, by place in order "
        "along the route, with 95% intervals",
        day=t.number(result.series.window[0]),
    )  # fmt: skip
    columns = [t.text("Place"), t.text("Country"), t.text("Part of the journey"),
               *(t.meaning(each.shown) for each in result.others)]  # fmt: skip
    return Table("places", caption, columns, rows, head, records)


def map_key(language: Language) -> list[tuple[Mark, str]]:
    """What the signs on the map mean."""
    t = language
    return [
        (Mark("down", 7, FEWER, "#ffffff", "", ""), t.text(
            "people ask less often: the larger, the more")),
        (Mark("up", 7, MORE, "#ffffff", "", ""), t.text(
            "people ask more often: the larger, the more")),
        (Mark("circle", 3.5, QUIET, QUIET, "", ""), t.text(
            "no clear change: chance between runs may explain it")),
        (Mark("circle", 3.5, "#ffffff", QUIET, "", ""), t.text(
            "too few people to tell, or nobody asked")),
    ]  # fmt: skip


def _map(result: CompareResult, scenario: Scenario, language: Language) -> Figure:
    t = language
    day = t.number(result.series.window[0])
    title = t.text("Where people ask less or more often, from day {day} on", day=day)
    changes = result.along(scenario.name)
    clear = sum(change.clear for change in changes.values())
    description = t.text(
        "Map of the route with the change in how often people ask for help at each place with "
        "“{title}”. It is clear at {n} places; the table of places holds every number.",
        title=scenario.shown, n=t.number(clear),
    )  # fmt: skip
    struck = result.route.struck(scenario.new)
    key = [*map_key(t)]
    if struck:
        key.append(
            (
                Mark("circle", 9, "none", "#1b2733", "", ""),
                t.text("what happens in the scenario happens here"),
            )
        )
    marks = _marks(result, changes, t)
    return draw_map(f"map-{scenario.name}", result.route, marks, t, title, description,
                    struck, key)  # fmt: skip


def _marks(
    result: CompareResult, changes: dict[str, Change], language: Language
) -> dict[str, Mark]:
    largest = _largest(result)
    return {
        place.id: change_mark(changes.get(place.id), place.name, largest, language)
        for place in located(result.route)
    }


def _periods(result: CompareResult, scenario: str) -> list[dict[str, Change]]:
    quarters = [quarter.changes.get(scenario, {}) for quarter in result.series.quarters]
    return [result.along(scenario), *quarters]


def _largest(result: CompareResult) -> float:
    # One scale for every map of the report, so that they can be compared by eye.
    found = [
        abs(change.value)
        for each in result.others
        for changes in _periods(result, each.name)
        for change in changes.values()
        if change.clear
    ]
    return max(found, default=0.0)
