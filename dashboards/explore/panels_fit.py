"""The panels of a calibration: targets, parameters before and after, and pairs of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import solara

from dashboards.app import choices
from dashboards.explore.charts.fits import (
    correlation_chart,
    pair_chart,
    parameter_chart,
    target_chart,
)
from dashboards.explore.showing import Figure, choice, fields, heading, look, table_of
from experiments.analysis.factors import UNITS

if TYPE_CHECKING:
    import pandas as pd

    from dashboards.explore.fit import Fit
    from dashboards.languages import Language

__all__ = ["PairPanel", "ParameterPanel", "TargetPanel"]


@solara.component
def TargetPanel(fit: Fit) -> None:  # noqa: N802
    """What was observed, and what the model predicts before and after fitting."""
    language = choices.current()
    targets = fit.targets
    inside = int(targets["inside"].sum())
    heading(
        language.text("Posterior against target"),
        language.text(
            "{inside} of {all} targets are predicted within their tolerance. Grey: what is near "
            "enough to the figure observed (black line). Marks: means of predictions; lines: nine "
            "tenths of them, before fitting and after, with luck that was not used to fit. A "
            "target that was fitted says nothing on how well the model predicts.",
            inside=inside, all=len(targets),
        ),
    )  # fmt: skip
    told = _told_targets(targets, language)
    spec = target_chart(told, look(), axis=language.text("value of the target"),
                        before=language.text("before fitting"),
                        after=language.text("after fitting"), text=language.text)  # fmt: skip
    heads = {"id": "id", "title": language.text("target"), "observed": language.text("observed"),
             "low": language.text("near enough from"), "high": language.text("to"),
             "prior_mean": language.text("before fitting"),
             "posterior_mean": language.text("after fitting"),
             "posterior_low": language.text("nine tenths from"),
             "posterior_high": language.text("nine tenths to"),
             "inside": language.text("within")}  # fmt: skip
    Figure("targets", spec, language.text("Targets and predictions. The table holds the same."),
           fit.code("targets"), targets.to_csv(index=False),
           table_of(told, heads, language.text("Targets")))  # fmt: skip


@solara.component
def ParameterPanel(fit: Fit) -> None:  # noqa: N802
    """The posterior of each parameter over its range."""
    language = choices.current()
    table = fit.parameters
    unsure = int((table["identified"] == "hardly").sum())
    heading(
        language.text("Parameters before and after"),
        language.text(
            "Bars: how likely each part of the range is after fitting, against before (1, the "
            "dashed line). Where bars follow the line, the targets say nothing and the range is "
            "still all that is known: so it is for {unsure} of {all} parameters.",
            unsure=unsure, all=len(table),
        ),
    )  # fmt: skip
    spec = parameter_chart(fit, look(), before=language.text("before fitting"),
                           after=language.text("after fitting"),
                           text=language.text)  # fmt: skip
    heads = {
        "name": language.text("parameter"),
        "unit": language.text("unit"),
        "prior_low": language.text("range from"),
        "prior_high": language.text("range to"),
        "median": language.text("median"),
        "low": language.text("nine tenths from"),
        "high": language.text("nine tenths to"),
        "contraction": language.text("contraction"),
        "identified": language.text("identified"),
        "edge": language.text("presses against"),
    }
    Figure("parameters", spec,
           language.text("A histogram of each parameter. The table holds a summary."),
           fit.code("parameters"), fit.histograms().to_csv(index=False),
           table_of(_told_parameters(table, language), heads,
                    language.text("Parameters")))  # fmt: skip


@solara.component
def PairPanel(fit: Fit) -> None:  # noqa: N802
    """Which parameters make up for each other."""
    language = choices.current()
    found = fit.correlations()
    names = list(found.columns)
    closest = _closest(found)
    pair, choose = solara.use_state(closest)
    heading(language.text("Which parameters make up for each other"))
    if len(names) < 2:
        heading("", language.text("Only one parameter was fitted."))
        return
    heading("", language.text(
        "Correlations in the posterior. Far from 0, one can rise as the other rises or falls and "
        "the targets are met as well: only both together are known. Use the draws, never medians "
        "of single parameters side by side.",
    ))  # fmt: skip
    heads = {"parameter": language.text("parameter"), **{name: name for name in names}}
    rows = found.round(2).rename_axis("parameter").reset_index()
    Figure("correlations", correlation_chart(fit, look(), language.text),
           language.text("Correlation of every two parameters. The table holds the same."),
           fit.code("correlations"), found.to_csv(),
           table_of(rows, heads, language.text("Correlations")))  # fmt: skip
    one, other = pair
    options = [(name, name) for name in names]
    heading(language.text("Draws of two parameters"))
    fields(
        [
            choice("one", language.text("Across"), one, options),
            choice("other", language.text("Upwards"), other, options),
        ],
        lambda name, value: choose((value, other) if name == "one" else (one, value)),
    )
    if one == other:
        heading("", language.text("Choose two different parameters."))
        return
    draws = fit.pair(one, other)
    Figure("pair", pair_chart(fit, one, other, look()),
           language.text("Draws of {one} and {other}.", one=one, other=other),
           fit.code("pair", one, other), draws.to_csv(index=False),
           table_of(draws, {one: one, other: other}, language.text("The first 100 draws"),
                    most=100))  # fmt: skip


def _closest(found: pd.DataFrame) -> tuple[str, str]:
    names, values = list(map(str, found.columns)), found.to_numpy(dtype=float)
    pairs = [(abs(values[k, n]), names[k], names[n]) for k in range(len(names)) for n in range(k)]
    return max(pairs)[1:] if pairs else (names[0], names[0])


def _told_targets(targets: pd.DataFrame, language: Language) -> pd.DataFrame:
    words = {True: language.text("yes"), False: language.text("no")}
    told = targets.assign(inside=[words[bool(each)] for each in targets["inside"]])
    if "title" in told:
        told["title"] = [language.meaning(str(each)) for each in told["title"]]
    return told


def _told_parameters(table: pd.DataFrame, language: Language) -> pd.DataFrame:
    """The words of a table that was read from a file, which knows English only."""
    identified = {"yes": language.text("yes"), "partly": language.text("partly"),
                  "hardly": language.text("hardly")}  # fmt: skip
    edges = {"low": language.text("low"), "high": language.text("high")}
    units = {name: language.told(words) for name, words in UNITS.items()}
    words = {"identified": identified, "edge": edges, "unit": units}
    return table.assign(**{
        column: [known.get(each, each) for each in table[column]]
        for column, known in words.items() if column in table
    })  # fmt: skip
