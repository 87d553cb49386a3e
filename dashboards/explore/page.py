"""The page for researchers: open a sweep or a calibration, ask it, and take the answers away."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path
from typing import Any

import solara
import solara.lab

from dashboards.app import choices
from dashboards.explore import vega
from dashboards.explore.elements import Stores
from dashboards.explore.example import EXAMPLE, State
from dashboards.explore.fit import Fit
from dashboards.explore.place import SWEEP, opened, places, shipped
from dashboards.explore.runs import RunTable, opened_runs
from dashboards.explore.showing import buttons, heading, problem
from dashboards.explore.views import FitView, SweepView
from dashboards.languages import Language
from dashboards.telling import fault
from sim.problems import InputProblem

__all__ = ["Page"]

_OFTEN_S = 0.5


@solara.component
def Page() -> None:  # noqa: N802
    """Explore: for researchers."""
    language = choices.current()
    solara.use_memo(_serve_vega, [])
    (named, turn), name = solara.use_state(("", 0))  # one state: a place is opened once
    task = solara.lab.use_task(lambda: _opened(named), dependencies=[named, turn])
    solara.Style(Path(__file__).parent / "parts" / "explore.css")
    with solara.Div(classes=["wtx", "wtx-dark" if choices.dark.value else "wtx-light"]):
        solara.HTML(tag="h1", unsafe_innerHTML=language.text("Explore"))
        heading("", language.text(
            "Look into many runs at once: what was varied, what came of it, and what that depends "
            "on. This is a simulation: it says what the model does, not what will happen to anyone."
        ))  # fmt: skip
        found = task.value if named and task.finished else None
        wrong = fault(found, language) if isinstance(found, InputProblem) else ""

        def choose(text: str) -> None:
            name((text, turn + 1))

        _Opening(named, wrong, isinstance(found, RunTable | Fit), choose)
        if named and task.pending:
            solara.ProgressLinear(value=True)
            heading("", language.text("Opening {place} …", place=named))
        elif isinstance(found, RunTable):
            SweepView(found).key(f"{found.folder}-{turn}")
        elif isinstance(found, Fit):
            FitView(found).key(f"{found.folder}-{turn}")


@solara.component
def _Opening(named: str, wrong: str, there: bool, choose: Any) -> None:  # noqa: N802
    language = choices.current()
    seen, look_again = solara.use_state(0)
    listed = solara.use_memo(places, [seen, named])
    kinds = {SWEEP: language.text("sweep")}
    stores = [
        {"folder": str(each.folder), "kind": kinds.get(each.kind, language.text("calibration")),
         "made": language.moment(each.made) if each.made else ""}
        for each in listed
    ]  # fmt: skip
    texts = {
        "place": language.text("Directory of a sweep or a calibration"),
        "open": language.text("Open"),
        "title": language.text("Open a sweep or a calibration"),
        "opened": language.text("Open:"),
        "found": language.text("Found in results/"),
        "none": language.text("Nothing was found in results/ where the dashboard was started."),
    }
    with solara.Div(classes=["wtx-card"]):
        Stores(texts=json.dumps(texts), stores=json.dumps(stores), chosen=named, problem=wrong,
               there=there, event_open=choose)  # fmt: skip
        if not there:
            label = language.text("Open the calibration that ships with Waytrust")
            note = language.text("The fit to the evidence: comparisons draw parameters from it.")
            buttons([("shipped", label), ("", note)], lambda _: choose(str(shipped().folder)))
            _Try(lambda: look_again(seen + 1), choose)


@solara.component
def _Try(changed: Any, choose: Any) -> None:  # noqa: N802
    """A button that makes the example, and how far it is."""
    language = choices.current()
    state, know = solara.use_state(EXAMPLE.state)
    asked, ask = solara.use_state(0)

    def watch() -> Any:
        EXAMPLE.watch()
        return EXAMPLE.leave

    def follow(cancelled: threading.Event) -> None:
        while not cancelled.is_set():
            now = EXAMPLE.state
            know(now)
            if now.kind != "running":
                if now.kind == "done" and asked:
                    changed()
                return
            time.sleep(_OFTEN_S)

    solara.use_effect(watch, [])
    solara.use_thread(follow, dependencies=[asked])

    def start() -> None:
        EXAMPLE.start()
        ask(asked + 1)

    _show(state, language, start, choose)


def _show(state: State, language: Language, start: Any, choose: Any) -> None:
    if state.kind == "running":
        solara.ProgressLinear(value=max(1.0, 100 * state.share))
        heading("", language.text("Running the example: {share} of its runs are done.",
                                  share=language.percent(state.share, 0)))  # fmt: skip
        buttons([("stop", language.text("Stop"))], lambda _: EXAMPLE.stop())
        return
    if state.kind == "failed":
        if state.why:  # as the command said it
            problem(state.why, lang="en")
        else:
            problem(language.text("The example could not be run."))
    if state.kind == "done":
        buttons([("example", language.text("Open the example"), "strong")],
                lambda _: choose(str(EXAMPLE.folder)))  # fmt: skip
        return
    label = language.text("Go on with the example") if state.share else language.text(
        "Run a small example")  # fmt: skip
    note = language.text("320 small runs on this machine, about a minute; written to {place}.",
                         place=str(EXAMPLE.folder))  # fmt: skip
    buttons([("run", label), ("", note)], lambda _: start())


def _opened(named: str) -> RunTable | Fit | InputProblem | None:
    if not named:
        return None
    try:
        place = opened(named)
        if place.kind == SWEEP:
            table = opened_runs(place)
            _ = table.counts, table.ends
            return table
        fit = Fit(place)
        _ = fit.summary, fit.targets, fit.parameters, fit.draws
        return fit
    except InputProblem as problem_found:
        return problem_found


def _serve_vega() -> None:
    """Let the server give out Vega's file; Solara looks up its list for every request."""
    from solara.server import settings

    place = str(vega.folder())
    if place not in settings.assets.extra_locations:
        settings.assets.extra_locations.append(place)
