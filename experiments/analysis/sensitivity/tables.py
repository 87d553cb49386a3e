"""The indices as tables for the terminal."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from experiments.analysis.sensitivity.words import HEADLINE, subject
from experiments.tables import plain_table
from experiments.words import MINUS, percent
from sim.said import Said

if TYPE_CHECKING:
    from rich.table import Table

    from experiments.analysis.sensitivity.finding import Finding, Index
    from experiments.analysis.sensitivity.result import Sensitivity

__all__ = ["index_tables"]

_SHOWN = {
    "sobol": ("S1", "ST"),
    "morris": ("mu_star", "mu", "sigma"),
    "screening": ("pawn", "srrc"),
}
_MOST_ROWS = 15


def index_tables(result: Sensitivity) -> list[tuple[str, Table]]:
    """A heading and a table for every sample; the parameters that matter most come first."""
    return [
        (_heading(subject(sample), finding), _table(result, finding))
        for sample, finding in result.found
        if finding.indices
    ]


def _heading(what: str, finding: Finding) -> str:
    noise = finding.noise
    if math.isnan(noise.share):
        return Said(
            "{what}: mean {mean:.4g}, standard deviation between points {sd:.3g}",
            what=what, mean=noise.mean, sd=noise.sd,
        )  # fmt: skip
    return Said(
        "{what}: mean {mean:.4g}, standard deviation between points {sd:.3g}, of its square "
        "{share} chance", what=what, mean=noise.mean, sd=noise.sd, share=percent(noise.share, 0),
    )  # fmt: skip


def _table(result: Sensitivity, finding: Finding) -> Table:
    shown = _SHOWN[result.method]
    known = {factor.name: factor for factor in result.factors}
    by = {(i.parameter, i.index): i for i in finding.indices}
    ranked = sorted(
        (i for i in finding.indices if i.index == HEADLINE[result.method]), key=lambda i: i.rank
    )
    rows = [
        [
            each.parameter,
            *(_cell(by[each.parameter, index]) for index in shown),
            known[each.parameter].source,
            each.note,
        ]
        for each in ranked[:_MOST_ROWS]
    ]
    pairs = sorted((i for i in finding.indices if i.index == "S2"), key=lambda i: -i.value)
    rows += [[each.parameter, _cell(each), "(S2)", "", ""] for each in pairs[:3] if not each.note]
    columns = ("Parameter", *(f"{index} (95 %)" for index in shown), "Range from", "Note")
    return plain_table(columns, rows)


def _cell(index: Index) -> str:
    if math.isnan(index.value):
        return ""
    text = _number(index.value)
    if math.isnan(index.low):
        return text
    return f"{text} ({_number(index.low)} to {_number(index.high)})"


def _number(value: float) -> str:
    small = abs(value) < 10
    text = f"{value:.2f}" if small and abs(value) >= 0.01 else f"{value:.3g}"
    return "0" if text in ("0.00", "-0.00") or abs(value) < 1e-12 else text.replace("-", MINUS)
