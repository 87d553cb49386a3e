"""The page of the workshop."""

from __future__ import annotations

from importlib import resources

import solara
from markupsafe import Markup

from dashboards.app import choices
from dashboards.workshop.bench_view import Editor, Scenarios, Yaml
from dashboards.workshop.quick_view import QuickView, Tally
from dashboards.workshop.result_view import ResultView
from dashboards.workshop.run_view import RunView
from dashboards.workshop.state import Desk, desk_of_this_session
from dashboards.workshop.widgets import form, html

__all__ = ["Page"]

_STYLE = (resources.files("dashboards.workshop") / "style.css").read_text(encoding="utf-8")


@solara.component
def Page() -> None:  # noqa: N802
    """Write scenarios, compare them, and take the answer away."""
    t = choices.current()
    desk = desk_of_this_session()
    solara.Style(_STYLE)
    dark = "ws-dark" if choices.dark.value else "ws-light"
    with solara.v.Html(tag="div", class_=f"ws {dark}", attributes={"dir": t.direction}):
        html(Markup("<h1>{}</h1><p>{}</p>").format(
            t.text("Compare"),
            t.text("Change what happens on a route and see what it does to asking for help."),
        ), "ws-head")  # fmt: skip
        Scenarios(desk)
        with solara.v.Html(tag="div", class_="ws-bench"):
            with solara.v.Html(tag="section", class_="ws-left",
                               attributes={"aria-label": t.text("What happens")}):  # fmt: skip
                Editor(desk)
            with solara.v.Html(tag="section", class_="ws-right",
                               attributes={"aria-label": t.text("What it does")}):  # fmt: skip
                _Beside(desk)
        with solara.v.Html(tag="section", class_="ws-run",
                           attributes={"aria-label": t.text("Comparison")}):  # fmt: skip
            html(t.text("Compare thoroughly"), tag="h2")
            RunView(desk)
        with solara.v.Html(tag="section", class_="ws-result", attributes={
            "aria-label": t.text("Result"), "aria-live": "off",
        }):  # fmt: skip
            ResultView(desk)
        Tally(desk)


@solara.component
def _Beside(desk: Desk) -> None:  # noqa: N802
    """The quick answer and the text, one of both at a time where room is short."""
    t = choices.current()
    shown = solara.use_reactive("answer")
    options = [{"value": "answer", "name": t.text("Quick look")},
               {"value": "text", "name": t.text("As text (YAML)")}]  # fmt: skip
    field = {"id": "beside", "type": "radios", "label": t.text("Beside the form"),
             "value": shown.value, "options": options}  # fmt: skip
    form([{"id": "beside", "title": "", "fields": [field]}], lambda _, value: shown.set(value))
    wrong = desk.draft.reading.scenario is None
    if shown.value == "text" or (wrong and not desk.draft.reading.readable):
        Yaml(desk)
    else:
        QuickView(desk)
