"""The scenarios of a session: choose, keep, load, and edit one by form and as text."""

from __future__ import annotations

from typing import Any

import solara
from markupsafe import Markup

from dashboards.app import choices
from dashboards.languages import Language
from dashboards.meanings import about
from dashboards.report.names import route_name
from dashboards.workshop import forms
from dashboards.workshop.bounds import BOUNDS
from dashboards.workshop.downloads import scenario_files
from dashboards.workshop.keeping import TOO_MUCH
from dashboards.workshop.labels import meaning_of
from dashboards.workshop.reading import Reading
from dashboards.workshop.shelf import library_of, routes
from dashboards.workshop.state import Desk
from dashboards.workshop.widgets import button, form, html, keeper, text_area
from sim.problems import Problem

__all__ = ["Editor", "Scenarios", "Yaml", "download", "problems_list"]

_SHOWN = 6


@solara.component
def Scenarios(desk: Desk) -> None:  # noqa: N802
    """The route, the scenarios on it, and the ways to get another."""
    t = choices.current()
    shelf, chosen = desk.shelf.value, desk.chosen.value

    def change(path: str, value: Any) -> None:
        if path == "route":
            desk.take_route(value)
        elif path == "scenario":
            desk.choose(value)
        elif path == "library" and value:
            desk.put(lambda each: each.from_library(value))
        elif path == "upload":
            desk.upload(value)
        elif path == "new":
            title = t.text("My scenario")
            desk.put(lambda each: each.started(title))
        elif path == "copy":
            ending = t.text("(copy)")
            desk.put(lambda each: each.copied(chosen, ending))
        elif path == "remove":
            desk.remove(chosen)

    names = [{"value": name, "name": route_name(name, t)} for name in routes()]
    drafts = [
        {"value": each.key,
         "name": t.text("Baseline: {title}", title=title) if n == 0 else title}
        for n, each in enumerate(shelf.drafts) for title in [t.meaning(each.title)]
    ]  # fmt: skip
    library = [{"value": "", "name": t.text("choose one …")},
               *({"value": each.name, "name": t.meaning(each.title)}
                 for each in library_of(shelf.route))]  # fmt: skip
    first = desk.draft is desk.base
    top = [
        {"id": "route", "type": "select", "label": t.text("Route"), "value": shelf.route,
         "options": names},
        {"id": "library", "type": "select", "label": t.text("Add one of the library"),
         "value": "", "options": library},
        {"id": "new", "type": "button", "label": t.text("New scenario")},
        {"id": "upload", "type": "file", "label": t.text("Load a file (YAML)"),
         "most": BOUNDS.text, "accept": ".yaml,.yml,text/yaml"},
    ]  # fmt: skip
    pills = [{"id": "scenario", "type": "radios", "label": t.text("Scenario to work on"),
              "value": chosen, "options": drafts}]  # fmt: skip
    tools = [
        {"id": "copy", "type": "button", "label": t.text("Copy"), "look": "ws-quiet"},
        {"id": "remove", "type": "button", "label": t.text("Remove"), "look": "ws-quiet",
         "disabled": first},
    ]  # fmt: skip
    kept = desk.kept
    with solara.v.Html(tag="section", class_="ws-scenarios",
                       attributes={"aria-label": t.text("Scenarios")}):  # fmt: skip
        form([{"id": "top", "title": "", "fields": top}], change)
        _InTheBrowser(desk, kept)
        form([{"id": "pills", "title": "", "fields": pills}], change)
        with solara.v.Html(tag="div", class_="ws-tools"):
            form([{"id": "tools", "title": "", "fields": tools}], change)
            _Downloads(desk)
            if kept:
                _BeginAnew(desk)


@solara.component
def _InTheBrowser(desk: Desk, kept: str) -> None:  # noqa: N802
    """What the browser keeps of the scenarios, and what it has kept since the last time."""
    t = choices.current()
    words = ""
    if kept == TOO_MUCH:
        words = t.text("This is more than the browser keeps until next time: download it.")
    elif kept and desk.returned.value:
        words = t.text("These are your scenarios of the last time; this browser has kept them.")
    # Always in this box: without it what keeps would be made anew whenever words come or go, and
    # might miss that it is to forget.
    with solara.v.Html(tag="div", class_="ws-keeper"):
        keeper(kept, desk.take_back)
        if words:
            html(words, "ws-note", role="status")


@solara.component
def _BeginAnew(desk: Desk) -> None:  # noqa: N802
    """Forget all that was changed, here and in the browser; asked twice."""
    t = choices.current()
    sure = solara.use_reactive(False)

    def forget() -> None:
        sure.set(False)
        desk.begin_anew()

    if sure.value:
        button(t.text("Yes, forget all changes"), forget, "ws-quiet")
        button(t.text("Keep them"), lambda: sure.set(False), "ws-quiet")
    else:
        button(t.text("Begin anew"), lambda: sure.set(True), "ws-quiet")


@solara.component
def _Downloads(desk: Desk) -> None:  # noqa: N802
    t = choices.current()
    one = scenario_files({desk.draft.name: desk.draft.text})
    every = scenario_files(desk.shelf.value.texts())
    with solara.v.Html(tag="div", class_="ws-tools"):
        download(one.data, one.name, one.kind, t.text("Download (YAML)"))
        download(every.data, every.name, every.kind, t.text("Download all"))


def download(data: Any, name: str, kind: str, words: str) -> Any:
    """A button that gives a file away."""
    with solara.FileDownload(data, filename=name, mime_type=kind) as made:
        solara.v.Html(tag="button", class_="ws-button ws-quiet", attributes={"type": "button"},
                      children=[words])  # fmt: skip
    return made


@solara.component
def Editor(desk: Desk) -> None:  # noqa: N802
    """The form of the chosen scenario."""
    t = choices.current()
    draft = desk.draft
    reading = draft.reading
    kind = solara.use_reactive("data_breach")
    words = {"about": t.text("What this is"), "scope": t.text("Where and on whom"),
             "more": t.text("More settings")}  # fmt: skip

    def change(path: str, value: Any) -> None:
        if path == "kind":
            kind.set(value)
        elif path == "add":
            desk.add(kind.value)
        elif path.startswith("drop/"):
            desk.remove_entry(path.removeprefix("drop/"))
        else:
            desk.change(path, value)

    if not reading.readable:
        html(Markup("<p>{}</p>").format(t.text(
            "The text beside cannot be read as a scenario. Mend it there, and the form comes back."
        )), "ws-alert", role="status")  # fmt: skip
        return
    sections = _sections(reading, desk, t)
    form(sections, change, words)
    options = [{"value": each.value, "name": each.name} for each in forms.kinds(t)]
    adding = [
        {"id": "kind", "type": "select", "label": t.text("Let something else happen"),
         "value": kind.value, "options": options, "note": meaning_of(about(kind.value)[0], t)},
        {"id": "add", "type": "button", "label": t.text("Add")},
    ]  # fmt: skip
    form([{"id": "adding", "title": "", "fields": adding}], change)


def _sections(reading: Reading, desk: Desk, t: Language) -> list[dict[str, Any]]:
    network = (reading.scenario.route if reading.scenario
               else forms.network_of(desk.shelf.value.route))  # fmt: skip
    sections = forms.form_of(reading, network, t)
    acts = sections[1:]
    for number, section in enumerate(acts):
        section["folds"], section["open"] = True, number == len(acts) - 1 or len(acts) <= 2
        if section["own"]:
            drop = {"id": f"drop/{section['entry']}", "type": "button",
                    "label": t.text("Take it out"), "look": "ws-quiet"}  # fmt: skip
            section["last"] = [drop]
        else:
            section["told"] = t.text("from “{name}”", name=str(reading.whole.get("extends", "")) or
                                     t.text("what it extends"))  # fmt: skip
    if not acts:
        sections.append({"id": "none", "title": "", "fields": [],
                         "note": t.text("Nothing happens in this scenario yet.")})  # fmt: skip
    return sections


@solara.component
def Yaml(desk: Desk) -> None:  # noqa: N802
    """The chosen scenario as text, and what is wrong with it."""
    t = choices.current()
    draft = desk.draft
    reading = draft.reading
    here = f"{draft.fallback}.yaml"
    lines = [p.line for p in reading.errors if p.line is not None and p.file == here]
    problems_list(reading.problems, t, "ws-problems")
    text_area(draft.text, t.text("The scenario as text (YAML)"), lines, "", desk.write)


def problems_list(problems: tuple[Problem, ...], t: Language, name: str = "") -> Any:
    """Problems as sentences: line, field, value and what would be right."""
    items = [
        Markup('<li class="ws-{}"><strong>{}</strong> {}</li>')
        .format(each.severity, t.text("Wrong:") if each.severity == "error" else t.text("Odd:"),
                each.sentence(t.told))
        for each in problems[:_SHOWN]
    ]  # fmt: skip
    if len(problems) > _SHOWN:
        more = t.number(len(problems) - _SHOWN)
        items.append(Markup("<li>{}</li>").format(t.text("and {n} more", n=more)))
    content = Markup("<ul>{}</ul>").format(Markup("").join(items)) if items else Markup("")
    attributes = {"role": "status", "aria_live": "polite"} | ({"id": name} if name else {})
    return html(content, "ws-problems", **attributes)

