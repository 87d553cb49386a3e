"""Boxes as a table for the terminal."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from experiments.analysis.discovery.dimension import NUMBER
from experiments.analysis.discovery.words import limit_words
from experiments.tables import plain_table
from experiments.words import percent
from sim.said import Said

if TYPE_CHECKING:
    from rich.table import Table

    from experiments.analysis.discovery.dimension import Dimension
    from experiments.analysis.discovery.result import Discovery, FoundLimit

__all__ = ["box_table"]


def box_table(result: Discovery) -> Table:
    """The limits of every box, with how sure they are and what their ranges rest on."""
    rows = []
    for box in result.boxes:
        for at, each in enumerate(box.limits):
            dimension = result.cases.dimensions[each.limit.dimension]
            rows.append(
                [
                    str(box.number) if at == 0 else "",
                    limit_words(dimension, [each.limit]),
                    _again(each, dimension),
                    "< 0.001" if each.quasi_p < 0.001 else f"{each.quasi_p:.3f}",
                    dimension.source,
                ]
            )
    return plain_table(("Box", "When", "Found again", "Quasi-p", "Range from"), rows)


def _again(each: FoundLimit, dimension: Dimension) -> str:
    share = percent(each.repeat.share, 0)
    if math.isnan(each.repeat.low) or dimension.kind != NUMBER:
        return share
    low, high = (dimension.words(_short(end)) for end in (each.repeat.low, each.repeat.high))
    return Said("{share} ({low} to {high})", share=share, low=low, high=high)


def _short(value: float) -> float:
    return float(f"{value:.2g}")
