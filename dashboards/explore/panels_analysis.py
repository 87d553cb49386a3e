"""Two panels with analyses of the whole sweep: which parameters matter, and when it goes wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from concurrent.futures import CancelledError, Future
from typing import TYPE_CHECKING, Any

import solara

from dashboards.app import choices
from dashboards.explore.analyses import DESK, BoxQuestion, IndexQuestion, Question, code_of
from dashboards.explore.charts.boxes import MOST_CASES, cases_chart, limited, limits_chart
from dashboards.explore.charts.indices import MOST_BARS, index_chart, panels_of
from dashboards.explore.column import OUTCOME
from dashboards.explore.showing import (
    Figure,
    buttons,
    choice,
    fields,
    heading,
    look,
    notes,
    problem,
    table_of,
    tools,
)
from sim.problems import InputProblem

if TYPE_CHECKING:
    from dashboards.explore.runs import RunTable
    from dashboards.languages import Language
    from experiments.analysis.discovery import Discovery
    from experiments.analysis.sensitivity import Sensitivity

__all__ = ["BoxPanel", "IndexPanel"]

_RELATIVE = ("falls_by", "rises_by")


@solara.component
def IndexPanel(table: RunTable) -> None:  # noqa: N802
    """Sensitivity indices of an outcome, by the method that suits the sample."""
    language = choices.current()
    outcomes = [each.name for each in table.of(OUTCOME)]
    asked, ask = solara.use_state(IndexQuestion(outcomes[0]))
    sampler = table.design.sampler.method
    heading(language.text("What it depends on"), _which(sampler, asked.method, language))
    made = [choice("outcome", language.text("Outcome"), asked.outcome, [(n, n) for n in outcomes])]
    if sampler in ("sobol", "morris"):
        own = language.text("Sobol's indices") if sampler == "sobol" else language.text(
            "Morris' elementary effects")  # fmt: skip
        made.append(
            choice(
                "method",
                language.text("Indices"),
                asked.method or "",
                [("", own), ("screening", language.text("PAWN and rank slopes"))],
            )
        )
    fields(made, lambda name, value: ask(IndexQuestion(**{**vars(asked), name: value or None})))
    _Analysis(table, asked, lambda found: _Indices(table, asked, found))


@solara.component
def _Indices(table: RunTable, asked: IndexQuestion, found: Sensitivity) -> None:  # noqa: N802
    language = choices.current()
    panels = panels_of(found)
    levers, choose = solara.use_state(panels[0] if panels else "")
    levers = levers if levers in panels else (panels[0] if panels else "")
    notes(found.sentences)
    if panels:
        if len(panels) > 1:
            fields([choice("levers", language.text("Levers"), levers, [(n, n) for n in panels])],
                   lambda _, value: choose(value))  # fmt: skip
        spec = index_chart(found, levers, look(), axis=_axis(found.method, asked.outcome, language),
                           clear=language.text("stands out from chance"),
                           unclear=language.text("not told apart from chance"),
                           tell=language.told, text=language.text)  # fmt: skip
        rows = _sourced((row for row in found.rows if row["levers"] == levers), language)
        heads = {"parameter": language.text("parameter"), "index": language.text("index"),
                 "value": language.text("value"), "low": language.text("95 % from"),
                 "high": language.text("95 % to"), "source": language.text("source of its range"),
                 "note": language.text("note")}  # fmt: skip
        label = language.text("Which parameters {outcome} depends on: a bar for each, the largest "
                              "first. The table holds the same numbers.",
                              outcome=asked.outcome)  # fmt: skip
        Figure("sensitivity", spec, label, code_of(table, asked), found.table.to_csv(index=False),
               table_of(rows, heads, levers or asked.outcome))  # fmt: skip
        heading("", language.text(
            "Lines: 95 % intervals, by bootstrap. Pale with a dashed edge: not told apart from "
            "chance. * The range is at least in part an assumption. At most {n} parameters are "
            "drawn; the table has all.", n=MOST_BARS,
        ))  # fmt: skip
        heading("", _reading(found.method, language))
    notes(found.warnings, title=language.text("Before you trust it"), warn=True)


def _which(sampler: str, method: str | None, language: Language) -> str:
    whole = language.text("The filter does not apply here: indices need the whole sample.")
    if sampler == "sobol" and method is None:
        said = language.text(
            "This sweep is a Sobol sample, so shares of the variance can be given."
        )
    elif sampler == "morris" and method is None:
        said = language.text(
            "This sweep is a Morris sample: elementary effects are given. Sobol's shares of the "
            "variance cannot be had from it.")  # fmt: skip
    elif sampler in ("sobol", "morris"):
        said = language.text("PAWN and rank slopes can be had from any sample.")
    else:
        said = language.text(
            "Sobol's shares of the variance cannot be had from this sample (its sampler is "
            "{sampler}). PAWN indices and rank slopes are given instead.",
            sampler=sampler,
        )
    return f"{said} {whole}"


def _axis(method: str, outcome: str, language: Language) -> str:
    if method == "sobol":
        return language.text("share of the variance: ST whole bar, S1 dark part")
    if method == "morris":
        return language.text("mu_star: mean change over the whole range, in units of {outcome}",
                             outcome=outcome)  # fmt: skip
    return language.text("PAWN: how far the distribution moves (0 to 1)")


def _reading(method: str, language: Language) -> str:
    from experiments.analysis.sensitivity.words import how_to_read

    return language.told(how_to_read(method))


def _sourced(rows: Iterable[dict[str, Any]], language: Language) -> list[dict[str, Any]]:
    """Rows with what their ranges rest on in words; ids of evidence stay as they are."""
    words = {"assumed": language.text("assumed"), "trial": language.text("trial"),
             "design": language.text("design")}  # fmt: skip
    return [
        {**row, "source": " ".join(words.get(each, each) for each in row["source"].split())}
        for row in rows
    ]


@solara.component
def BoxPanel(table: RunTable) -> None:  # noqa: N802
    """Boxes in the space of parameters and levers, in which an outcome is low or high (PRIM)."""
    language = choices.current()
    outcomes = [each.name for each in table.of(OUTCOME)]
    asked, ask = solara.use_state(BoxQuestion(outcomes[0]))
    searched, search = solara.use_state(None)
    heading(
        language.text("When it goes wrong"),
        language.text(
            "PRIM searches for simple conditions under which an outcome is what you ask for, and "
            "tries each on cases that it has not seen. It searches the whole sweep, whatever the "
            "filter says, and takes some seconds, up to minutes for many runs."
        ),
    )
    fields(
        _asking(table, asked, outcomes, language),
        lambda name, value: ask(_with(asked, name, value)),
    )
    buttons([("search", language.text("Search"), "strong")], lambda _: search(asked))
    if searched is not None:
        _Analysis(table, searched, lambda found: _Boxes(table, searched, found))


def _asking(
    table: RunTable, asked: BoxQuestion, outcomes: list[str], language: Language
) -> list[dict[str, Any]]:
    kinds = [("", language.text("is in its worst quarter")), ("below", language.text("is below")),
             ("above", language.text("is above")), ("falls_by", language.text("falls by (%)")),
             ("rises_by", language.text("rises by (%)"))]  # fmt: skip
    made = [
        choice("outcome", language.text("Outcome"), asked.outcome, [(n, n) for n in outcomes]),
        choice("kind", language.text("Search for cases in which it"), asked.kind, kinds),
    ]
    if asked.kind:
        percent = asked.kind in _RELATIVE
        made.append(
            {
                "name": "amount",
                "kind": "number",
                "label": language.text("Per cent") if percent else language.text("Value"),
                "value": round(100 * asked.amount, 6) if percent else asked.amount,
            }
        )
    if asked.kind in _RELATIVE and table.varied:
        ways = [
            ("median", language.text("the median of all cases")),
            ("first", language.text("the same point with the first value of every lever")),
        ]
        made.append(choice("against", language.text("Against"), asked.against, ways))
    return made


def _with(asked: BoxQuestion, name: str, value: str) -> BoxQuestion:
    given: dict[str, Any] = dict(vars(asked))
    if name == "amount":
        try:
            number = float(value)
        except ValueError:
            return asked
        given["amount"] = number / 100 if asked.kind in _RELATIVE else number
    else:
        given[name] = value
    if name == "kind" and value in _RELATIVE and asked.kind not in _RELATIVE:
        given["amount"] = 0.2
    return BoxQuestion(**given)


@solara.component
def _Boxes(table: RunTable, asked: BoxQuestion, found: Discovery) -> None:  # noqa: N802
    language = choices.current()
    notes(found.sentences)
    code = code_of(table, asked)
    if found.boxes:
        heads = {"box": language.text("box"), "words": language.text("when"),
                 "quasi_p": "quasi-p", "found_again": language.text("found again"),
                 "source": language.text("source of its range")}  # fmt: skip
        rows = table_of(_sourced(found.rows, language), heads,
                        language.text("Limits of each box"))  # fmt: skip
        Figure("boxes", limits_chart(found, look(), axis=language.text("share of the range"),
                                     box=language.text("box"), tell=language.told),
               language.text("What of each range is inside of each box. The table holds the same."),
               code, found.table.to_csv(index=False), rows)  # fmt: skip
        _cases(found, code, language)
    else:
        tools("boxes", "", code, "", "")
    from experiments.analysis.discovery.words import how_to_read

    # It names a column of the table as the terminal marks names.
    heading("", re.sub("`([^`]*)`", "“\\1”", language.told(how_to_read(found))))
    notes(found.warnings, title=language.text("Before you trust it"), warn=True)


def _cases(found: Discovery, code: str, language: Language) -> None:
    import pandas as pd

    first, *others = limited(found)
    other = others[0] if others else None
    names = [
        found.cases.dimensions[first].name,
        found.question.outcome if other is None else found.cases.dimensions[other].name,
    ]
    heading("", language.text(
        "The cases by the two conditions that count first; dashed: the boxes, seen from this side. "
        "At most {n} cases are drawn, and those with one value of a lever are spread out a little.",
        n=language.number(MOST_CASES),
    ))  # fmt: skip
    values = found.cases.values if other is None else found.cases.inputs[:, other]
    frame = pd.DataFrame({names[0]: found.cases.inputs[:, first], names[1]: values,
                          "hit": found.cases.hit})  # fmt: skip
    spec = cases_chart(found, first, other, look(), hit=language.text("what was searched for"),
                       miss=language.text("other cases"), tell=language.told)  # fmt: skip
    more = "cases = found.cases\nprint(cases.inputs, cases.hit)\n"
    label = language.text("Cases by {one} and {other}.", one=names[0], other=names[1])
    heads = {**{name: name for name in names}, "hit": language.text("hit")}
    Figure("cases", spec, label, code + more, frame.to_csv(index=False),
           table_of(frame, heads, language.text("The first 100 cases"), most=100))  # fmt: skip


@solara.component
def _Analysis(table: RunTable, asked: Question, show: Callable[[Any], None]) -> None:  # noqa: N802
    """What an analysis found, as `show` shows it; a word to the reader while it is not there."""
    language = choices.current()
    work = DESK.begin(table, asked)
    solara.use_effect(lambda: DESK.wait(table, asked), [table, asked])
    task = solara.lab.use_task(lambda: _outcome(work), dependencies=[work])
    found = task.value if task.finished else None
    if work.done():  # also by another session, or before
        found = _outcome(work)
    if found is None:
        solara.ProgressLinear(value=True)
        heading("", language.text("At work. You can look at the other tabs meanwhile."))
    elif isinstance(found, InputProblem):
        problem(found)
    elif isinstance(found, CancelledError):
        problem(language.text("It was not begun, since nobody waited. Ask again."))
    else:
        show(found)


def _outcome(work: Future[Any]) -> Any:
    try:
        return work.result()
    except (InputProblem, CancelledError) as found:
        return found
