"""The two views of the Inspect page: everyone today, and the mind of one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import solara
from markupsafe import Markup
from mesa.visualization.utils import update_counter

from dashboards.app import choices
from dashboards.app.inspecting.model import InspectedModel
from dashboards.app.inspecting.watched import DANGER, Moment
from dashboards.app.inspecting.words import (
    about_person,
    about_words,
    moment_words,
    shift_words,
)
from dashboards.languages import Language
from dashboards.report.vocabulary import OUTCOMES, STATUSES, word
from sim.population_view import Opinion

__all__ = ["CrowdView", "MindView"]

_SHOWN_MOMENTS = 8

chosen: solara.Reactive[int] = solara.reactive(0)
"""The migrant that is looked at, in this session."""


@solara.component
def CrowdView(model: InspectedModel) -> None:  # noqa: N802
    """Everyone today: how many are where, and what came of their needs."""
    update_counter.get()
    language = choices.current()
    migrants = model.migrants
    outcomes = migrants.groupby("outcome").count()
    places = migrants.select(state=["staying", "stranded", "detained"]).groupby("node").count()
    names = dict(zip(model.plan.network.nodes["id"], model.plan.network.nodes["name"], strict=True))
    common = sorted(places.items(), key=lambda item: -item[1])[:8]
    with solara.v.Html(tag="section", class_="wt-card"):
        solara.HTML(tag="h2", unsafe_innerHTML=str(language.written(model.plan.title)))
        solara.HTML(tag="p", unsafe_innerHTML=str(language.written(model.plan.question)))
        solara.v.Html(tag="h3", children=[_day_words(model, language)])
        _table(
            language.text("What came of people's most urgent need on the last day"),
            [(word(language, OUTCOMES, name), outcomes[name])
             for name in OUTCOMES if outcomes.get(name)], language,
        )  # fmt: skip
        _table(language.text("Where most people are"),
               [(names[place], count) for place, count in common], language)  # fmt: skip


@solara.component
def MindView(model: InspectedModel) -> None:  # noqa: N802
    """The mind of one migrant: opinions, and what changed them."""
    update_counter.get()
    language = choices.current()
    index = min(chosen.value, len(model.migrants) - 1)
    someone = model.migrants[index]
    network = model.plan.network
    with solara.v.Html(tag="section", class_="wt-card"):
        solara.v.Html(tag="h2", children=[language.text("One migrant")])
        _Chooser(
            people=_people(model, language), chosen=index,
            words=json.dumps({"who": language.text("Which"), "latest": language.text(
                "Whose mind changed last")}),
            event_choose=lambda number: chosen.set(int(number)),
            event_latest=lambda _: chosen.set(_latest(model, index)),
        )  # fmt: skip
        solara.v.Html(tag="p", children=[about_person(someone, network, language)])
        opinions = [(about_words(family, language), someone.opinion(family))
                    for family in network.families]  # fmt: skip
        opinions.append((about_words(DANGER, language), someone.danger))
        solara.HTML(tag="div", unsafe_innerHTML=_opinions(opinions, language))
        solara.v.Html(tag="h3", children=[language.text("What changed this mind, latest first")])
        solara.HTML(tag="div", unsafe_innerHTML=_moments(model.diary(index), model, language))


@solara.component_vue("chooser.vue")
def _Chooser(  # noqa: N802
    people: str, chosen: int, words: str, event_choose: Any, event_latest: Any
) -> None:
    pass


def _latest(model: InspectedModel, otherwise: int) -> int:
    found = model.last_changed()
    return otherwise if found is None else found


def _day_words(model: InspectedModel, language: Language) -> str:
    lived = model.day - 1
    if lived < 0:
        return language.text("Before day 0: nothing of the scenario has happened yet")
    return language.text("The end of day {day} of {days}", day=language.number(lived),
                         days=language.number(model.plan.days))  # fmt: skip


def _people(model: InspectedModel, language: Language) -> str:
    nodes = model.plan.network.nodes
    names = dict(zip(nodes["id"], nodes["name"], strict=True))
    rows = model.migrants.to_frame(["status", "node"])
    return json.dumps([
        f"{number} · {word(language, STATUSES, str(row.status))} · {names[row.node]}"
        for number, row in zip(rows.index, rows.itertuples(), strict=True)
    ])  # fmt: skip


def _table(title: str, rows: Sequence[tuple[str, int]], language: Language) -> None:
    most = max((count for _, count in rows), default=1)
    cells = Markup("").join(
        Markup('<tr><th scope="row">{name}</th><td>{count}</td>'
               '<td class="wt-bar" aria-hidden="true"><i style="inline-size:{width}%"></i></td>'
               "</tr>")
        .format(name=name, count=language.number(count), width=round(100 * count / most))
        for name, count in rows
    )  # fmt: skip
    solara.HTML(tag="div", unsafe_innerHTML=Markup(
        '<table class="wt-counts"><caption>{title}</caption><tbody>{cells}</tbody></table>'
    ).format(title=title, cells=cells))  # fmt: skip


def _opinions(rows: Sequence[tuple[str, Opinion]], language: Language) -> Markup:
    heads = {"belief": language.text("Belief"), "disbelief": language.text("Disbelief"),
             "uncertainty": language.text("Uncertainty"), "expected": language.text("Expected")}
    head = Markup("").join(
        Markup('<th scope="col"><i class="wt-key wt-{kind}" aria-hidden="true"></i>{name}</th>')
        .format(kind=kind, name=name) for kind, name in heads.items()
    )  # fmt: skip
    body = Markup("").join(_opinion(about, held, language) for about, held in rows)
    return Markup(
        '<table class="wt-opinions"><caption>{title}</caption><thead><tr>{head}</tr></thead>{body}'
        "</table>"
    ).format(title=language.text(
                 "Opinions today; belief, disbelief and uncertainty add up to 100%"),
             head=head, body=body)  # fmt: skip


def _opinion(about: str, held: Opinion, language: Language) -> Markup:
    bar = Markup("").join(
        Markup('<i class="wt-{kind}" style="inline-size:{width:.1f}%"></i>')
        .format(kind=kind, width=100 * share)
        for kind, share in (("belief", held.belief), ("disbelief", held.disbelief),
                            ("uncertainty", held.uncertainty))
    )  # fmt: skip
    cells = Markup("").join(Markup("<td>{}</td>").format(language.percent(share, 0))
                            for share in held)  # fmt: skip
    return Markup(
        '<tbody><tr><th scope="rowgroup" colspan="4">{about}<span class="wt-triple" '
        'aria-hidden="true">{bar}</span></th></tr><tr>{cells}</tr></tbody>'
    ).format(about=about, bar=bar, cells=cells)  # fmt: skip


def _moments(diary: Sequence[Moment], model: InspectedModel, language: Language) -> Markup:
    if not diary:
        return Markup("<p>{}</p>").format(language.text(
            "Nothing yet since day 0. Between events, opinions fade slowly."))  # fmt: skip
    network = model.plan.network
    return Markup('<ol class="wt-moments" reversed>{}</ol>').format(Markup("").join(
        Markup("<li><b>{day}</b> {what}<ul>{shifts}</ul></li>").format(
            day=language.text("Day {day}.", day=language.number(moment.day)),
            what=moment_words(moment, network, language),
            shifts=Markup("").join(Markup("<li>{}</li>").format(shift_words(shift, language))
                                   for shift in moment.shifts),
        )
        for moment in diary[:_SHOWN_MOMENTS]
    ))  # fmt: skip
