"""Boxes in words: `help-seeking falls by half when ...`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from experiments.analysis.discovery.dimension import LEVELS, NUMBER, Dimension
from experiments.analysis.discovery.peeling import RULE
from experiments.words import listed, percent

if TYPE_CHECKING:
    from experiments.analysis.discovery.box import Limit
    from experiments.analysis.discovery.result import Discovery, FoundBox

__all__ = ["conditions", "how_to_read", "limit_words", "sentences", "subject"]


def subject(result: Discovery) -> str:
    """The question as the begin of a sentence."""
    return f"{result.question.outcome} {result.question.words(result.cases.threshold)}"


def sentences(result: Discovery) -> list[str]:
    """One sentence for each box, or one that says plainly that there is none."""
    count, hits = len(result.cases.hit), int(result.cases.hit.sum())
    every = f"in {percent(hits / count, 0)} of all cases ({hits:,} of {count:,})"
    if not result.boxes:
        return [f"{subject(result)} {every}. When, nobody can say: {result.ended}."]
    said = [f"{subject(result)} {every}."]
    said += [_box_words(result, box) for box in result.boxes]
    if result.ended:
        said.append(f"No further box: apart from these, {result.ended}.")
    return said + _evidence(result)


def how_to_read(result: Discovery) -> str:
    """What a case is, how a box is chosen and what the numbers of its limits are."""
    replicates = result.design.replicates
    runs = f"the mean of {replicates} runs" if replicates > 1 else "one run"
    return (
        f"A case is one point under one combination of levers, {runs}. A box is chosen by rule: "
        f"{RULE}. `Found again`: in what share of the searches in half of the cases the same side "
        "is limited, and between which bounds (10th to 90th percentile). It says what goes "
        "together in the model, within the ranges that were explored."
    )


def conditions(box: FoundBox, dimensions: Sequence[Dimension]) -> list[str]:
    """The limits of a box, one text per dimension."""
    limits = sorted((each.limit for each in box.limits), key=lambda limit: limit.dimension)
    return [
        limit_words(dimensions[at], list(group))
        for at, group in groupby(limits, key=lambda limit: limit.dimension)
    ]


def limit_words(dimension: Dimension, limits: Sequence[Limit]) -> str:
    """The limits on one dimension, such as `half_life_against is above 310 days`."""
    name = dimension.name
    if dimension.title != name:
        name = f"{name} ({dimension.title})"
    ends = {limit.side: limit.value for limit in limits}
    if "among" in ends:
        (among,) = [limit.among for limit in limits]
        out = [value for value in dimension.values if value not in among]
        if len(out) == 1 and len(among) > 1:
            return f"{name} is not {dimension.words(out[0])}"
        texts = [dimension.words(value) for value in sorted(among)]
        return f"{name} is {' or '.join(texts)}"
    if dimension.kind == LEVELS:
        return f"{name} {_levels(dimension, ends)}"
    if len(ends) == 2:
        low, high = dimension.words(ends["low"]), dimension.words(ends["high"])
        return f"{name} is between {low} and {high}"
    side, value = next(iter(ends.items()))
    return f"{name} is {'above' if side == 'low' else 'below'} {dimension.words(value)}"


def _levels(dimension: Dimension, ends: dict[str, float]) -> str:
    low, high = ends.get("low"), ends.get("high")
    kept = [
        value
        for value in dimension.values
        if (low is None or value >= low) and (high is None or value <= high)
    ]
    if len(kept) == 1:
        return f"is {dimension.words(kept[0])}"
    if low is None:
        return f"is at most {dimension.words(kept[-1])}"
    if high is None:
        return f"is at least {dimension.words(kept[0])}"
    return f"is from {dimension.words(kept[0])} to {dimension.words(kept[-1])}"


def _box_words(result: Discovery, box: FoundBox) -> str:
    first = box.number == 1
    begin = f"{subject(result)} when" if first else "Apart from that, also when"
    where = listed(conditions(box, result.cases.dimensions))
    held = (
        f"; in cases that were not searched, {percent(box.held.density, 0)}"
        if box.held.density == box.held.density
        else ""
    )
    return (
        f"{begin} {where}: true in {percent(box.density, 0)} of such cases ({box.hits:,} of "
        f"{box.cases:,}{held}), which are {percent(box.coverage, 0)} of all in which it is so. "
        f"Of {'all cases' if first else 'the other cases'}, it is so in {percent(box.base, 0)}."
    )


def _evidence(result: Discovery) -> list[str]:
    used = {each.limit.dimension for box in result.boxes for each in box.limits}
    assumed = [
        dimension.name
        for at, dimension in enumerate(result.cases.dimensions)
        if at in used and dimension.kind == NUMBER and dimension.assumed
    ]
    if not assumed:
        return []
    if len(assumed) == 1:
        return [f"The range of {assumed[0]} is at least in part an assumption."]
    return [f"The ranges of {listed(assumed)} are at least in part assumptions."]
