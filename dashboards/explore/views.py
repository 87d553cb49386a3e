"""The two kinds of stores as a reader sees them: a sweep, and a calibration."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import solara
from markupsafe import Markup

from dashboards.app import choices
from dashboards.explore.column import LEVER, OUTCOME, PARAMETER
from dashboards.explore.elements import Filters, Tabs
from dashboards.explore.panels_analysis import BoxPanel, IndexPanel
from dashboards.explore.panels_curve import CurvePanel
from dashboards.explore.panels_fit import PairPanel, ParameterPanel, TargetPanel
from dashboards.explore.panels_runs import LinesPanel, RunsPanel
from dashboards.explore.selection import Selection
from dashboards.explore.showing import heading, notes
from dashboards.explore.table import bars_of, count_of
from dashboards.telling import fault
from sim.problems import InputProblem

if TYPE_CHECKING:
    from dashboards.explore.fit import Fit
    from dashboards.explore.runs import RunTable
    from dashboards.languages import Language

__all__ = ["FitView", "SweepView"]


@solara.component
def SweepView(table: RunTable) -> None:  # noqa: N802
    """A sweep: what it is, a filter, and its figures.

    Args:
        table: The runs.
    """
    language = choices.current()
    tab, choose = solara.use_state("lines")
    text, pick = solara.use_state("{}")
    _about(table, language)
    selection, wrong = _read(text, table, language)
    kept = count_of(table, selection)
    with solara.Div(classes=["wtx-two"]):
        with solara.Div(classes=["wtx-side"]):
            _filter(table, selection, text, kept, wrong, pick)
        with solara.Div(classes=["wtx-main"]):
            tabs = [("lines", language.text("Parallel coordinates")),
                    ("curves", language.text("Response curves"))]  # fmt: skip
            if table.of(PARAMETER):
                tabs.append(("indices", language.text("What it depends on")))
            tabs += [
                ("boxes", language.text("When it goes wrong")),
                ("runs", language.text("Runs")),
            ]
            Tabs(
                tabs=json.dumps(tabs),
                chosen=tab,
                label=language.text("Figures"),
                event_chose=choose,
            )
            with solara.Div(classes=["wtx-panel"]):
                if not kept and tab in ("lines", "curves", "runs"):
                    heading("", language.text("No run is left. Widen the filter."))
                elif tab == "lines":
                    LinesPanel(table, selection, text, kept, pick)
                elif tab == "curves":
                    CurvePanel(table, selection)
                elif tab == "indices":
                    IndexPanel(table)
                elif tab == "boxes":
                    BoxPanel(table)
                else:
                    RunsPanel(table, selection, kept)


@solara.component
def FitView(fit: Fit) -> None:  # noqa: N802
    """A calibration: targets, parameters, and pairs of them.

    Args:
        fit: What it found.
    """
    language = choices.current()
    tab, choose = solara.use_state("targets")
    summary = fit.summary
    heading(fit.place.design, language.text(
        "A calibration of {design}: {parameters} parameters fitted to {targets} targets by "
        "{runs} runs; {draws} draws of the posterior.", design=fit.place.design,
        parameters=len(fit.parameters), targets=len(fit.targets),
        runs=language.number(int(summary["simulations"])), draws=language.number(len(fit.draws)),
    ))  # fmt: skip
    notes(fit.words, title=language.text("What it says of itself"))
    tabs = [("targets", language.text("Targets")), ("parameters", language.text("Parameters")),
            ("pairs", language.text("Pairs"))]  # fmt: skip
    Tabs(tabs=json.dumps(tabs), chosen=tab, label=language.text("Figures"), event_chose=choose)
    with solara.Div(classes=["wtx-panel"]):
        if tab == "targets":
            TargetPanel(fit)
        elif tab == "parameters":
            ParameterPanel(fit)
        else:
            PairPanel(fit)


def _about(table: RunTable, language: Language) -> None:
    design, (there, failed) = table.design, table.counts
    from scenarios.designing.telling import about, counts

    lines = [language.told(about(design)), language.told(counts(design))]
    if design.question:
        lines.insert(0, language.written(design.question))
    heading(language.written(design.title or design.name), Markup(" ").join(lines))
    said = []
    if there < table.expected:
        said.append(language.text(
            "The sweep is not finished: {there} of {expected} runs are there. All figures are of "
            "these.", there=language.number(there), expected=language.number(table.expected),
        ))  # fmt: skip
    if failed:
        said.append(language.text("{failed} runs failed and are left out.",
                                  failed=language.number(failed)))  # fmt: skip
    notes(said, warn=True)


def _read(text: str, table: RunTable, language: Language) -> tuple[Selection, str]:
    try:
        return Selection.read(text, table.columns), ""
    except InputProblem as problem:
        return Selection(), fault(problem, language)


def _filter(
    table: RunTable, selection: Selection, text: str, kept: int, wrong: str,
    pick: Callable[[str], None],
) -> None:  # fmt: skip
    language = choices.current()
    texts = {
        "title": language.text("Filter"), "clear": language.text("Take all runs again"),
        "limited": language.text("limited"), "from": language.text("from"),
        "to": language.text("to"),
        "help": language.text("Bars: all runs; dark: those that are kept."),
    }  # fmt: skip
    titles = ((OUTCOME, language.text("Outcomes")), (LEVER, language.text("Levers")),
              (PARAMETER, language.text("Parameters")))  # fmt: skip
    groups = [
        {"kind": kind, "title": title, "columns": [
            _column(table, each, selection, language) for each in table.of(kind)
            if not each.values or len(each.values) > 1
        ]}
        for kind, title in titles
    ]  # fmt: skip
    well = table.counts[0] - table.counts[1]
    said = language.text("{kept} of {all} runs", kept=language.number(kept),
                         all=language.number(well))  # fmt: skip
    Filters(texts=json.dumps(texts), selection=text, kept=said, problem=wrong,
            columns=json.dumps([each for each in groups if each["columns"]]),
            event_picked_changed=pick)  # fmt: skip


def _column(
    table: RunTable, column: Any, selection: Selection, language: Language
) -> dict[str, Any]:
    bars, kept = bars_of(table, column, selection)
    found = {"name": column.name, "title": language.told(column.title),
             "unit": language.told(column.unit), "bars": bars, "kept": kept}  # fmt: skip
    if column.values:
        return {**found, "texts": list(column.texts)}
    low, high = table.ends[column.name]
    return {**found, "low": language.amount(low), "high": language.amount(high)}
