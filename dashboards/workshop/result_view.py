"""What a comparison found, with the sentences, figures and tables of the report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara
from markupsafe import Markup

from dashboards.app import choices
from dashboards.languages import Language
from dashboards.report.names import route_name
from dashboards.workshop import downloads, drawing
from dashboards.workshop.bench_view import download
from dashboards.workshop.ranking import Ranking, rank, ranking_table, verdict
from dashboards.workshop.results import Found
from dashboards.workshop.state import Desk
from dashboards.workshop.widgets import form, html

__all__ = ["ResultView"]


@solara.component
def ResultView(desk: Desk) -> None:  # noqa: N802
    """The answer, what stands behind it, and what can be taken away."""
    found = desk.found.value
    if found is None:
        return
    t = choices.current()
    page = found.page(t.code)
    part = solara.use_reactive("when")
    html(t.text("The answer in three sentences"), tag="h2")
    html(_facts(found, t), "ws-note")
    html(drawing.ordered(page["answer"]), lang=t.code)
    html(drawing.cards(page["cards"]))
    ranking = solara.use_memo(lambda: rank(found.comparison), [found])
    if ranking is not None:
        html(_ranked(ranking, found, t), "ws-ranking")
    options = [
        ("when", t.text("When")), ("who", t.text("Who")), ("where", t.text("Where")),
        ("why", t.text("Why")), ("repair", t.text("What repairs it")),
        ("limits", t.text("What this cannot say")),
    ]  # fmt: skip
    choice = {"id": "part", "type": "radios", "label": t.text("Look closer"), "value": part.value,
              "options": [{"value": v, "name": n} for v, n in options]}  # fmt: skip
    form([{"id": "parts", "title": "", "fields": [choice]}], lambda _, value: part.set(value))
    parts: dict[str, Callable[[Found, dict[str, Any]], Any]] = {
        "when": _When, "who": _Who, "where": _Where, "why": _Why, "repair": _Repair,
        "limits": _Limits,
    }  # fmt: skip
    parts[part.value](found, page)  # each is given both, whether it needs them or not
    _TakeAway(desk, found)


def _facts(found: Found, t: Language) -> Markup:
    result = found.result
    return t.plural(
        "{n} pair of runs, {days} days, {people} people on the route {network}; made on {date}",
        "{n} pairs of runs, {days} days, {people} people on the route {network}; made on {date}",
        result.manifest.replicates, days=t.number(result.manifest.days),
        people=t.number(result.route.people), network=route_name(result.route.network, t),
        date=t.moment(result.manifest.made),
    )  # fmt: skip


def _ranked(ranking: Ranking, found: Found, t: Language) -> Markup:
    titles = {name: found.result.title(name) for name in found.comparison.names}
    head = t.text("Which scenario leaves people asking most")
    note = t.text(
        "Each interval is for its pair alone: of many pairs, a few look clear by chance."
    )
    return Markup('<h3>{}</h3><p class="ws-sentence">{}</p>{}<p class="ws-note">{}</p>').format(
        head, verdict(ranking, titles, t),
        drawing.table(ranking_table(ranking, titles, t), t), note,
    )  # fmt: skip


@solara.component
def _When(found: Found, page: dict[str, Any]) -> None:  # noqa: ARG001, N802
    t = choices.current()
    words = t.text("Change in each four weeks as a table")
    html(drawing.figure_with_table(page["time"], page["months"], t, words=words))


@solara.component
def _Who(found: Found, page: dict[str, Any]) -> None:  # noqa: ARG001, N802
    t = choices.current()
    measure, by = solara.use_reactive("help_seeking_rate"), solara.use_reactive("status")

    def change(path: str, value: Any) -> None:
        (measure if path == "measure" else by).set(value)

    fields = [
        {"id": name, "type": "select", "label": label, "value": held.value,
         "options": [{"value": v, "name": n} for v, n in page[options].items()]}
        for name, label, held, options in (
            ("measure", t.text("Measure"), measure, "measures"),
            ("by", t.text("By"), by, "breakdowns"),
        )
    ]  # fmt: skip
    form([{"id": "who", "title": "", "fields": fields}], change)
    panel = next((p for p in page["panels"] if (p.measure, p.by) == (measure.value, by.value)),
                 None)  # fmt: skip
    if panel is None:
        words = t.text("This measure is not counted in this breakdown.")
        html(Markup("<p>{}</p>").format(words), "ws-wait", role="status")
        return
    note = page["meanings"][measure.value]
    html(drawing.figure_with_table(panel.figure, panel.table, t, note))


@solara.component
def _Where(found: Found, page: dict[str, Any]) -> None:  # noqa: N802
    t = choices.current()
    maps = page["maps"]
    shown = solara.use_reactive(next(iter(maps), ""))
    name = shown.value if shown.value in maps else next(iter(maps), "")
    if len(maps) > 1:
        options = [{"value": each, "name": t.meaning(found.result.title(each))} for each in maps]
        field = {"id": "map", "type": "select", "label": t.text("Scenario"), "value": name,
                 "options": options}  # fmt: skip
        form([{"id": "where", "title": "", "fields": [field]}], lambda _, v: shown.set(v))
    if name:
        note = t.text("Borders follow Natural Earth. Larger triangles mean larger changes; all "
                      "maps share one scale.")  # fmt: skip
        html(drawing.figure_with_table(maps[name], page["places"], t, note,
                                       t.text("All places as a table")))  # fmt: skip
    else:
        words = t.text("This route has no coordinates, so there is no map; the table holds every "
                       "place.")  # fmt: skip
        html(Markup("<p>{}</p>{}").format(words, drawing.table(page["places"], t)))


@solara.component
def _Why(found: Found, page: dict[str, Any]) -> None:  # noqa: ARG001, N802
    t = choices.current()
    words = t.text(
        "Each day on which somebody stays away out of fear is shared among the channels through "
        "which that fear came, in proportion to what each contributed. The parts add up to the "
        "whole."
    )
    html(Markup("<p>{}</p>").format(words))
    html(drawing.figure_with_table(page["channels"], page["channel_table"], t))
    if page["decomposition"] is not None:
        html(Markup("<h3>{}</h3>{}").format(t.text("A second answer: switching channels off"),
                                            drawing.table(page["decomposition"], t)))  # fmt: skip


@solara.component
def _Repair(found: Found, page: dict[str, Any]) -> None:  # noqa: ARG001, N802
    t = choices.current()
    title = page["title"]
    if page["repairs"] is None:
        words = t.text("No scenario in this comparison adds a repair to “{title}”, so nothing can "
                       "be said about what repairs it.", title=title)  # fmt: skip
        html(Markup("<p>{}</p>").format(words))
        return
    words = t.text("These scenarios hold everything that happens in “{title}” and add something "
                   "to it. Days count from when the addition begins.", title=title)  # fmt: skip
    html(Markup("<p>{}</p>{}").format(words, drawing.table(page["repairs"], t)))


@solara.component
def _Limits(found: Found, page: dict[str, Any]) -> None:  # noqa: ARG001, N802
    t = choices.current()
    repeat = t.text("With the same version of Waytrust, these commands, given inside the directory "
                    "of the result, make the same numbers again to the last digit:")  # fmt: skip
    code = Markup("\n").join(page["commands"])
    html(Markup('{}<h3>{}</h3><p>{}</p><pre dir="ltr" tabindex="0"><code>{}</code></pre>').format(
        drawing.unordered(page["limits"]), t.text("How to repeat it"), repeat, code))  # fmt: skip


@solara.component
def _TakeAway(desk: Desk, found: Found) -> None:  # noqa: N802
    t = choices.current()
    texts = {each.name: each.text for each in desk.compared}

    def everything() -> bytes:
        return downloads.all_as_zip(found, texts, t.code).data

    def report() -> bytes:
        return downloads.report(found, t.code).data

    def numbers() -> bytes:
        return downloads.tables(found).data

    name = "report.html" if t.code == "en" else f"report.{t.code}.html"
    html(t.text("Take it away"), tag="h3")
    with solara.v.Html(tag="div", class_="ws-tools"):
        download(report, name, "text/html", t.text("Report (HTML)"))
        download(numbers, "differences.csv", "text/csv", t.text("All numbers (CSV)"))
        download(everything, "comparison.zip", "application/zip", t.text("Everything (ZIP)"))
