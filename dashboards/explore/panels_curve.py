"""The panel with response curves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import solara

from dashboards.app import choices
from dashboards.explore.charts.curves import curve_chart
from dashboards.explore.column import LEVER, OUTCOME, Column
from dashboards.explore.curve import ALL, DOTS, NONE, Curve, CurveAsked, curve_of
from dashboards.explore.query import python
from dashboards.explore.showing import Figure, choice, fields, heading, look, table_of

if TYPE_CHECKING:
    from dashboards.explore.runs import RunTable
    from dashboards.explore.selection import Selection
    from dashboards.languages import Language

__all__ = ["CurvePanel", "curve_names"]

_PARTS = ("5", "10", "20", "40")
_MOST = 6


@solara.component
def CurvePanel(table: RunTable, selection: Selection) -> None:  # noqa: N802
    """An outcome against one parameter, by lever.

    Args:
        table: The runs.
        selection: Which of them.
    """
    language = choices.current()
    across = [each for each in table.columns
              if each.kind != OUTCOME and each.numeric
              and (each.high > each.low or len(each.values) > 1)]  # fmt: skip
    if not across:
        heading(language.text("Response curves"),
                language.text("Nothing in this design varies in numbers."))  # fmt: skip
        return
    outcomes = [each.name for each in table.of(OUTCOME)]
    first = CurveAsked(outcomes[0], across[0].name,
                       table.varied[0].name if table.varied else NONE)  # fmt: skip
    asked, ask = solara.use_state(first)

    def changed(name: str, value: str) -> None:
        given: dict[str, Any] = {**vars(asked), name: int(value) if name == "parts" else value}
        if given["by"] == given["across"]:
            given["by"] = NONE
        ask(CurveAsked(**given))

    heading(language.text("Response curves"))
    fields([
        choice("outcome", language.text("Outcome"), asked.outcome, [(n, n) for n in outcomes]),
        choice("across", language.text("Against"), asked.across,
               [(each.name, each.name) for each in across]),
        choice("by", language.text("A curve for each"), asked.by, _ways(table, asked, language)),
        choice("parts", language.text("Parts of the range"), str(asked.parts),
               [(n, n) for n in _PARTS]),
    ], changed)  # fmt: skip
    curve = curve_of(table, asked, selection)
    if not len(curve.means):
        heading("", language.text("No run of this selection has a value of {outcome}.",
                                  outcome=asked.outcome))  # fmt: skip
        return
    column = table.column(asked.across)
    names = curve_names(table, curve)
    scale = language.text("log scale") if column.scale == "log" else ""
    words = ", ".join(filter(None, (language.told(column.unit), scale)))
    spec = curve_chart(curve, column, names, look(), legend=_legend(asked, language),
                       across=f"{column.name} ({words})" if words else column.name,
                       text=language.text)  # fmt: skip
    means = curve.means.assign(curve=[names[each] for each in curve.means["curve"]])
    label = language.text("Mean of {outcome} against {parameter}, with 95 % intervals. "
                          "The table holds the same numbers.",
                          outcome=asked.outcome, parameter=column.name)  # fmt: skip
    Figure("response_curves", spec, label, python(table.folder, curve.queries),
           means.to_csv(index=False), _table(means, names, column, language))  # fmt: skip
    heading("", *_words(table, curve, column, language))


def curve_names(table: RunTable, curve: Curve) -> dict[Any, str]:
    """What each curve is called, in the order of the lever's values."""
    found = list(dict.fromkeys(curve.means["curve"]))
    if curve.asked.by in (NONE, ALL):
        return {each: str(each) for each in found}
    column = table.column(curve.asked.by)
    ordered = [value for value in column.values if value in found]
    return {value: column.words(value) for value in ordered}


def _ways(table: RunTable, asked: CurveAsked, language: Language) -> list[tuple[str, str]]:
    levers = [each for each in table.varied if each.name != asked.across]
    ways = [(NONE, language.text("nothing (all together)")),
            *((each.name, each.name) for each in levers)]  # fmt: skip
    size = 1
    for each in levers:
        size *= len(each.values)
    if len(levers) > 1 and size <= _MOST:
        ways.append((ALL, language.text("every combination of levers")))
    return ways


def _legend(asked: CurveAsked, language: Language) -> str:
    return language.text("levers") if asked.by == ALL else asked.by


def _table(means: Any, names: dict[Any, str], column: Column, language: Language) -> str:
    heads = {"curve": language.text("curve"), "x": f"{column.name} ({language.text('mean')})",
             "mean": language.text("mean"), "low": language.text("95 % from"),
             "high": language.text("95 % to"), "p10": language.text("10th percentile"),
             "p90": language.text("90th percentile"), "cases": language.text("cases"),
             "runs": language.text("runs")}  # fmt: skip
    if len(names) < 2:
        del heads["curve"]
    return table_of(means, heads, language.text("Means of each part of the range"))


def _words(table: RunTable, curve: Curve, column: Column, language: Language) -> list[str]:
    cases, design = curve.means["cases"], table.design
    fewest, most = language.number(int(cases.min())), language.number(int(cases.max()))
    said = [
        language.text(
            "Each mark is the mean of all cases with that value ({fewest} to {most}); lines only "
            "lead the eye, nothing is smoothed.", fewest=fewest, most=most,
        ) if curve.levels else language.text(
            "The range is cut into {parts} equal parts. Each mark is the mean of the cases in one "
            "({fewest} to {most}), drawn at their mean; lines only lead the eye, nothing is "
            "smoothed.", parts=curve.asked.parts, fewest=fewest, most=most,
        ),
        _case(table, language),
        language.text(
            "Bars: 95 % intervals of the mean. Pale bands: between the 10th and the 90th "
            "percentile of cases, which differ in all other parameters too. Dots: {dots} of "
            "{cases} cases.",
            dots=language.number(min(DOTS, len(curve.dots))), cases=language.number(curve.cases),
        ),
    ]  # fmt: skip
    if design.sampler.method in ("sobol", "morris"):
        said.append(language.text(
            "Points that the sampler made together share values, and the intervals allow for that."
        ))  # fmt: skip
    if column.kind != LEVER:
        said.append(language.text(
            "It shows what goes with {parameter} while all else varies over the ranges that were "
            "explored.", parameter=column.name,
        ))  # fmt: skip
    return [" ".join(said)]


def _case(table: RunTable, language: Language) -> str:
    replicates = table.design.replicates
    if replicates == 1:
        return language.text("A case is one run: the design has one replicate, so nobody can say "
                             "how much is luck.")  # fmt: skip
    return language.text(
        "A case is the mean of the {n} replicates of a point (and of levers that are not told "
        "apart). Replicates share their luck at all points, so luck that lifts a whole curve is "
        "not in its intervals.", n=replicates,
    )  # fmt: skip
