"""The parts of a report on one run: shorter, since one run has nothing to be compared with."""

from __future__ import annotations

import math
from typing import Any

from markupsafe import Markup

from dashboards.languages import Language, mark
from dashboards.report.bars import Bar, draw_bars
from dashboards.report.compare_page import evidence_table
from dashboards.report.limits import limits
from dashboards.report.moments import moments
from dashboards.report.names import Namer, route_name
from dashboards.report.phrases import NOTHING, foreign, sentence
from dashboards.report.place_map import Mark, draw_map, located
from dashboards.report.repeat import commands, made_with
from dashboards.report.result import RunResult
from dashboards.report.svg import QUIET, Figure
from dashboards.report.table import Table
from dashboards.report.time_course import Line, Moment, Panel, draw_time_course
from dashboards.report.vocabulary import BREAKDOWNS, OUTCOMES
from experiments.outcome import FEW

__all__ = ["TEMPLATE", "run_page"]

TEMPLATE = "run.html.j2"

_QUESTIONS = {
    ("danger", "agree"): mark("Asking for help may lead to detention or deportation: agree"),
    ("independent_here", "independent"): mark(
        "The Red Cross or Red Crescent here is independent of the authorities: yes"),
    ("independent_here", "dont_know"): mark(
        "The Red Cross or Red Crescent here is independent of the authorities: do not know"),
    ("unmet_need_ever", "yes"): mark("Ever had a need that nobody met: yes"),
    ("know_where", "no"): mark("Know where to ask for help: no"),
    ("ever_assisted", "yes"): mark("Ever helped by an organisation: yes"),
}  # fmt: skip


def run_page(result: RunResult, language: Language) -> dict[str, Any]:
    """What the template of a run shows."""
    t = language
    page: dict[str, Any] = {
        "result": result,
        "title": t.meaning(result.scenario.shown),
        "network": route_name(result.route.network, t),
        "made": t.moment(result.manifest.made),
        "answer": _answer(result, t),
        "events": [moment.words for moment in _moments(result, t)],
        "map": _map(result, t),
        "places": _groups(result, "node", result.by_place, t),
        "time": _time(result, t),
        "days": _days(result),
        "outcomes": _outcomes(result, t),
        "outcome_table": _outcome_table(result, t),
        "status": _groups(result, "status", result.by_status, t),
        "survey": _survey(result, t),
        "evidence": evidence_table(result, t),
        "limits": limits(result, t),
        "commands": commands(result),
        "made_with": made_with(result, t),
    }  # fmt: skip
    page["figures"] = [each for each in (page["map"], page["time"], page["outcomes"]) if each]
    named = ("places", "days", "outcome_table", "status", "survey", "evidence", "made_with")
    page["tables"] = [page[name] for name in named if page[name] is not None]
    return page


def _answer(result: RunResult, t: Language) -> list[Markup]:
    totals = result.totals
    need = totals["in_need"]
    if need <= 0:
        return [t.markup("Nobody needed help in this run.")]
    shares = {name: totals.get(name, 0) / need for name in OUTCOMES}
    others = {n: s for n, s in shares.items() if n not in ("served", "turned_away")}
    most = max(others, key=lambda name: others[name])
    first = t.markup(
        "With “{title}”, people ask for help on {n} of 1,000 days on which they need it, over "
        "{days} days",
        title=t.written(result.scenario.shown), n=t.per_thousand(totals.get("asked", 0) / need),
        days=t.number(result.manifest.days),
    )  # fmt: skip
    second = t.markup(
        "The commonest reason for not asking is “{reason}” ({share} of days in need); fear keeps "
        "people away on {fear}",
        reason=t.text(OUTCOMES[most]), share=t.percent(others[most]),
        fear=t.percent(shares["deterred"]),
    )  # fmt: skip
    return [sentence(t, [first]), sentence(t, [second]), sentence(t, [_lowest(result, t)])]


def _lowest(result: RunResult, t: Language) -> Markup:
    rates = {
        place.id: _rate(result.by_place.get(place.id, {}))
        for place in result.route.places
        if not _few(result.by_place.get(place.id, {}))
    }
    rates = {node: rate for node, rate in rates.items() if math.isfinite(rate)}
    if len(rates) < 2:
        return t.markup("At too few places enough people ask to compare places")
    ends = [min(rates, key=lambda n: rates[n]), max(rates, key=lambda n: rates[n])]
    names = [next(p.name for p in result.route.places if p.id == node) for node in ends]
    return t.markup(
        "Among places with enough people to tell, they ask least often at {least} ({low} of "
        "1,000 days) and most often at {most} ({high}); one run says nothing of chance, so read "
        "no difference into small gaps",
        least=foreign(names[0]), most=foreign(names[1]), low=t.per_thousand(rates[ends[0]]),
        high=t.per_thousand(rates[ends[1]]),
    )  # fmt: skip


def _map(result: RunResult, t: Language) -> Figure | None:
    places = located(result.route)
    if not places:
        return None
    rates = {p.id: _rate(result.by_place.get(p.id, {})) for p in places}
    largest = max((r for r in rates.values() if math.isfinite(r)), default=0.0) or 1.0
    marks = {}
    for place in places:
        sums, rate = result.by_place.get(place.id, {}), rates[place.id]
        if _few(sums) or not math.isfinite(rate):
            tip = t.text("too few to trust")
            marks[place.id] = Mark("circle", 3.5, "#ffffff", QUIET, "", f"{place.name}: {tip}")
        else:
            size = 3 + 10 * math.sqrt(rate / largest)
            words = t.per_thousand(rate)
            marks[place.id] = Mark(
                "circle", size, "#0072b2", "#ffffff", words, f"{place.name}: {words}"
            )
    title = t.text("Where people in need ask for help: on how many of 1,000 days")
    key = [(Mark("circle", 7, "#0072b2", "#ffffff", "", ""), t.text(
        "the larger, the more often people ask")),
           (Mark("circle", 3.5, "#ffffff", QUIET, "", ""), t.text(
               "too few people to tell, or nobody asked"))]  # fmt: skip
    description = t.text(
        "Map of the route with how often people in need ask at each place; the table of places "
        "holds every number."
    )
    struck = result.route.struck(result.scenario.interventions)
    return draw_map("map", result.route, marks, t, title, description, struck, key)


def _time(result: RunResult, t: Language) -> Figure:
    need, asked = result.by_day["in_need"], result.by_day["asked"]
    line = []
    for day in range(len(need)):
        first = max(0, day - 6)
        whole = sum(need[first : day + 1])
        line.append(1000 * sum(asked[first : day + 1]) / whole if whole else math.nan)
    title = t.text("How often people in need ask for help, day by day")
    heading = t.text("Of 1,000 days on which somebody needs help, days on which they ask")
    description = t.text("A line chart over {days} days: the mean of the last seven days.",
                         days=t.number(len(need)))  # fmt: skip
    panel = Panel(heading, [Line(0, result.scenario.shown, line)], False, False)
    return draw_time_course("time", [panel], _moments(result, t), len(need), t, title, description)


def _moments(result: RunResult, t: Language) -> list[Moment]:
    return moments([result.scenario], result.route, t, every=True)


def _days(result: RunResult) -> Table:
    lines = zip(result.by_day["in_need"], result.by_day["asked"], strict=True)
    records = [[day, *both] for day, both in enumerate(lines)]
    return Table("days", "", [], [], ("day", "in_need", "asked"), records)


def _outcomes(result: RunResult, t: Language) -> Figure:
    need = result.totals["in_need"] or math.nan
    bars = []
    for name, words in OUTCOMES.items():
        share = result.totals.get(name, 0) / need
        shown = t.percent(share)
        bars.append(Bar(t.text(words), share if math.isfinite(share) else 0.0, shown))
    title = t.text("What happens on days on which somebody needs help")
    description = t.text("; ").join(f"{bar.name}: {bar.words}" for bar in bars)
    return draw_bars("outcomes", bars, title, description)


def _outcome_table(result: RunResult, t: Language) -> Table:
    need = result.totals["in_need"] or math.nan
    rows, records = [], []
    for name, words in OUTCOMES.items():
        value = result.totals.get(name, 0)
        rows.append([t.text(words), t.number(value), t.percent(value / need)])
        records.append([name, value, value / need])
    columns = [t.text("What happens"), t.text("Simulated days in need"), t.text("Share")]
    caption = t.text("What happens on days on which somebody needs help")
    return Table("outcomes", caption, columns, rows, ("outcome", "days", "share"), records)


def _groups(result: RunResult, by: str, groups: dict[str, dict[str, float]], t: Language) -> Table:
    name = Namer(result.route, t)
    order = [place.id for place in result.route.places] if by == "node" else list(groups)
    rows: list[list[str | Markup]] = []
    records = []
    for group in order:
        sums = groups.get(group, {})
        if not sums.get("in_need"):
            continue
        few = _few(sums)
        shown = t.text("too few to trust") if few else t.per_thousand(_rate(sums))
        words = name(by, group)
        rows.append([foreign(words) if by == "node" else words, t.number(sums["in_need"]), shown])
        records.append([group, sums["in_need"], sums.get("asked", 0), "yes" if few else "no"])
    columns = [t.text(BREAKDOWNS[by]), t.text("Simulated days in need"),
               t.text("Days on which they ask, of 1,000")]  # fmt: skip
    caption = t.text(
        "How often people in need ask for help, by {by}", by=t.text(BREAKDOWNS[by]).lower()
    )
    return Table(f"by-{by}", caption, columns, rows, (by, "in_need", "asked", "few"), records)


def _survey(result: RunResult, t: Language) -> Table | None:
    rows, records = [], []
    for answer in result.survey:
        question = (str(answer.get("question")), str(answer.get("answer")))
        if question not in _QUESTIONS or answer.get("group") not in ("all", None):
            continue
        share, low, high, published = (
            math.nan if answer.get(name) is None else float(answer[name])
            for name in ("share", "low", "high", "published")
        )
        shown = [t.percent(value, 0) for value in (share, low, high)]
        said = t.text("{value} ({low} to {high})", value=shown[0], low=shown[1], high=shown[2])
        rows.append([
            t.text(_QUESTIONS[question]),
            t.text("too few to trust") if answer["n"] < FEW else said,
            t.percent(published, 0) if math.isfinite(published) else NOTHING,
        ])  # fmt: skip
        records.append([*question, share, low, high, answer["n"], published])
    if not rows:
        return None
    columns = [
        t.text("Answer"),
        t.text("In the simulation, of the surveyed mix"),
        t.text("In real surveys (2022)"),
    ]
    head = ("question", "answer", "share", "low", "high", "n", "published")
    caption = t.text(
        "What the simulated people would answer on the last day of asking, beside what real "
        "people answered"
    )
    return Table("survey", caption, columns, rows, head, records)


def _rate(sums: dict[str, float]) -> float:
    need = sums.get("in_need", 0)
    return sums.get("asked", 0) / need if need else math.nan


def _few(sums: dict[str, float]) -> bool:
    return min(sums.get("present", 0), sums.get("asked", 0)) < FEW
