"""What a quick answer shows: a number, a sentence and the chart of a report."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from markupsafe import Markup

from dashboards.languages import Language
from dashboards.report.change import Change
from dashboards.report.moments import moments
from dashboards.report.phrases import NOTHING, ends_words
from dashboards.report.result import Event, Route, Scenario
from dashboards.report.svg import Figure
from dashboards.report.time_course import Line, Panel, draw_time_course
from experiments.series import after_the_shock, over_time, window

if TYPE_CHECKING:
    from dashboards.workshop.question import Answer
    from sim.plan import Plan

__all__ = ["Seen", "seen"]

_NONE = np.array([])
_BANDS_FROM = 4
"""Pairs of runs from which on the chart shows intervals: of fewer they hide the lines."""


class Seen(NamedTuple):
    """An answer as it is shown.

    Attributes:
        value: The change, large.
        way: `worse`, `better` or `unclear`, told by an arrow and words as well.
        sentence: What it means.
        state: How far the runs have come.
        figure: The chart.
    """

    value: str
    way: str
    sentence: Markup
    state: str
    figure: Figure


def seen(answer: Answer, language: Language) -> Seen:
    """What an answer shows in a language."""
    t = language
    change = Change(*after_the_shock(answer.lived, answer.lived.names[1]))
    value = t.percent(change.value, sign=True) if math.isfinite(change.value) else NOTHING
    if change[:3] == (0, 0, 0) or (change.value == 0 and answer.replicates < 2):
        value = t.percent(0.0)
    arrow = "▼" if change.value < 0 else "▲" if change.value > 0 else "="
    way = "unclear" if not change.clear else "worse" if change.value < 0 else "better"
    return Seen(
        f"{arrow} {value}", way, _sentence(answer, change, t), _state(answer, t),
        _figure(answer, change, t),
    )  # fmt: skip


def _sentence(answer: Answer, change: Change, t: Language) -> Markup:
    facts = {"title": t.written(answer.question.other.title),
             "day": t.number(window(answer.comparison)[0])}  # fmt: skip
    if answer.day is not None:
        return t.markup(
            "So far, from day {day} to day {until}: change in how often people in need ask for "
            "help with “{title}”.",
            **facts, until=t.number(answer.day),
        )  # fmt: skip
    if answer.replicates < 2:
        return t.markup(
            "From day {day} on: change in how often people in need ask for help with “{title}”, "
            "in one pair of runs. How much chance makes of it is not known yet.",
            **facts,
        )
    if change[:3] == (0, 0, 0):
        return t.markup(
            "From day {day} on, people in need ask exactly as often with “{title}” as without it, "
            "in every run.",
            **facts,
        )
    ends = ends_words(change, t)
    if not change.clear:
        return t.markup(
            "From day {day} on: change in how often people in need ask for help with “{title}”. "
            "95% interval: {ends}. Chance between runs may explain all of it.",
            **facts, ends=ends,
        )  # fmt: skip
    return t.markup(
        "From day {day} on: change in how often people in need ask for help with “{title}”. 95% "
        "interval: {ends}.",
        **facts, ends=ends,
    )  # fmt: skip


def _state(answer: Answer, t: Language) -> str:
    size = answer.question.size
    facts = {"migrants": t.number(size.migrants), "all": t.number(size.replicates)}
    if answer.day is not None:
        return t.text(
            "{migrants} simulated migrants, day {day} of {days} …", **facts,
            day=t.number(answer.day), days=t.number(size.days),
        )  # fmt: skip
    ending = "." if answer.final else " …"
    words = t.plural(
        "{n} of {all} pairs of runs with {migrants} simulated migrants",
        "{n} of {all} pairs of runs with {migrants} simulated migrants",
        answer.replicates, **facts,
    )  # fmt: skip
    return f"{words}{ending}"


def _figure(answer: Answer, change: Change, t: Language) -> Figure:
    comparison = answer.comparison
    base, other = comparison.names
    bands = over_time(comparison)
    titles = (t.text("Baseline: {title}", title=t.meaning(answer.question.base.title)),
              t.meaning(answer.question.other.title))  # fmt: skip
    days = answer.question.size.days
    if answer.replicates < _BANDS_FROM:
        bands = {name: band._replace(low=_NONE, high=_NONE) for name, band in bands.items()}
    calm, until = bands[base].value, days if answer.day is None else answer.day
    # Behind the last day that is lived, means of seven days would be those of fewer.
    moved = [[v if day < until else math.nan for day, v in enumerate(part)]
             for part in bands[other][1:]]  # fmt: skip
    still = [list(part) for part in bands[base][1:]]
    levels = [
        Line(index, title, *([1000 * v for v in part] for part in parts))
        for index, (title, parts) in enumerate(zip(titles, [still, moved], strict=True))
    ]
    gap = Line(1, titles[1], *(
        [v / b - 1 if b > 0 and math.isfinite(v) else math.nan
         for v, b in zip(part, calm, strict=False)]
        for part in moved
    ))  # fmt: skip
    panels = [
        Panel(t.text("Of 1,000 days on which somebody needs help, days on which they ask"),
              levels, False, False),
        Panel(t.text("Difference from the baseline"), [gap], True, True),
    ]  # fmt: skip
    said = t.text(
        "Two line charts over {days} days. Change from day {day} on: {changes}.",
        days=t.number(days), day=t.number(window(comparison)[0]),
        changes=t.percent(change.value, sign=True) if math.isfinite(change.value) else NOTHING,
    )  # fmt: skip
    route = _route_of(comparison.plans[0])
    events = moments([_events(*comparison.plans)], route, t)
    return draw_time_course("quick", panels, [m for m in events if m.day < days], days, t,
                            t.text("How often people in need ask for help, day by day"),
                            said)  # fmt: skip


def _events(base: Plan, other: Plan) -> Scenario:
    acts = [
        Event(id=each.id, kind=each.kind, start=each.start, end=each.end,
              announced=each.announced_day(),
              scope={kind: list(names) for kind, names in each.scope.named().items()},
              new=each not in base.interventions)
        for each in other.interventions
    ]  # fmt: skip
    return Scenario(name=other.name, title=other.title, question="", parameters={},
                    interventions=acts)  # fmt: skip


_ROUTES: dict[str, Route] = {}
"""Routes of the library by name; a session knows no others."""


def _route_of(plan: Plan) -> Route:
    from experiments.route_facts import route_facts

    name = plan.network.name
    if name not in _ROUTES:
        _ROUTES[name] = Route.model_validate(route_facts([plan], [plan.name]))
    return _ROUTES[name]
