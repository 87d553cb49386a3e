"""The Inspect page: Mesa's SolaraViz on the reference engine, and one migrant's mind."""

from __future__ import annotations

from typing import Any

import solara
from solara.components.applayout import appbar_portal, apptitle_portal, sidebar_portal

from dashboards.app import choices
from dashboards.app.inspecting.model import FEWEST, MOST, InspectedModel
from dashboards.app.inspecting.views import CrowdView, MindView
from dashboards.telling import fault
from sim.problems import InputProblem

__all__ = ["Page"]

SCENARIO, MIGRANTS, SEED = "agadez_breach", 300, 1
_SEEDS = list(range(1, 21))
_MILLISECONDS = 200


@solara.component
def Page() -> None:  # noqa: N802
    """The Inspect page."""
    language = choices.current()
    made = solara.lab.use_task(_first, dependencies=[], prefer_threaded=True)
    solara.v.Html(tag="h1", children=[language.text("Inspect")])
    solara.v.Html(tag="p", class_="wt-lead wt-lead-small", children=[language.text(
        "A few hundred migrants in the reference engine: plain Python, one person after another, "
        "the same results as the fast engine. Live a day with Step, then look at one migrant.")])
    if made.finished:
        _Inspector(model=made.value)
    elif made.error:
        _Refused(problem=made.exception)
    else:
        solara.v.Html(tag="p", attributes={"role": "status"}, children=[language.text(
            "Living the days before the scenario begins. The first time after installing, the "
            "model is compiled, which takes a minute or two.")])  # fmt: skip


@solara.component
def _Refused(problem: Exception) -> None:  # noqa: N802
    language, attributes = choices.current(), {"role": "alert"}
    if isinstance(problem, InputProblem):
        words = fault(problem, language)
    else:  # nobody has foreseen it: as Python says it, in English
        words, attributes = str(problem), {**attributes, "lang": "en"}
    solara.v.Html(tag="p", attributes=attributes, children=[words])


def _first() -> InspectedModel:
    return InspectedModel(scenario=SCENARIO, migrants=MIGRANTS, seed=SEED)


@solara.component
def _Inspector(model: InspectedModel) -> None:  # noqa: N802
    from mesa.visualization import SolaraViz

    controls = sidebar_portal.use_portal()
    for bar in (appbar_portal, apptitle_portal):  # the frame has a menu and a title of its own
        bar.use_portal()
    shown = solara.use_reactive(model)
    parameters = solara.use_memo(lambda: _parameters(choices.current()), [choices.language.value])
    with solara.v.Html(tag="div", class_="wt-inspect"):
        # Mesa's own words, in English in every language.
        solara.v.Html(tag="div", class_="wt-controls", children=controls,
                      attributes={"lang": "en", "dir": "ltr"})  # fmt: skip
        with solara.v.Html(tag="div", class_="wt-views"):
            SolaraViz(
                shown, components=[(CrowdView, 0), (MindView, 0)], model_params=parameters,
                name="Waytrust", play_interval=_MILLISECONDS,
            )  # fmt: skip


def _parameters(language: Any) -> dict[str, Any]:
    from scenarios import library_names

    return {
        "scenario": {"type": "Select", "value": SCENARIO, "values": library_names(),
                     "label": language.text("Scenario (then Reset)")},
        "migrants": {"type": "SliderInt", "value": MIGRANTS, "min": FEWEST, "max": MOST,
                     "step": 50, "label": language.text("Migrants (then Reset)")},
        "seed": {"type": "Select", "value": SEED, "values": _SEEDS,
                 "label": language.text("Seed of all chance (then Reset)")},
    }  # fmt: skip
