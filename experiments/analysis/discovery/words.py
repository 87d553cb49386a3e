"""Boxes in words: `help-seeking falls by half when ...`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from experiments.analysis.discovery.dimension import LEVELS, NUMBER, Dimension
from experiments.analysis.discovery.peeling import RULE
from experiments.analysis.factors import assumed_words
from experiments.words import listed, percent
from sim.said import Said

if TYPE_CHECKING:
    from experiments.analysis.discovery.box import Limit
    from experiments.analysis.discovery.result import Discovery, FoundBox

__all__ = ["conditions", "how_to_read", "limit_words", "sentences", "subject"]

_FIRST = (
    Said(
        "{subject} when {where}: true in {density} of such cases ({hits:,} of {cases:,}), which "
        "are {coverage} of all in which it is so. Of all cases, it is so in {base}."
    ),
    Said(
        "{subject} when {where}: true in {density} of such cases ({hits:,} of {cases:,}; in cases "
        "that were not searched, {held}), which are {coverage} of all in which it is so. Of all "
        "cases, it is so in {base}."
    ),
)
"""A sentence on the first box, without and with what became of it in cases not searched."""
_FURTHER = (
    Said(
        "Apart from that, also when {where}: true in {density} of such cases ({hits:,} of "
        "{cases:,}), which are {coverage} of all in which it is so. Of the other cases, it is so "
        "in {base}."
    ),
    Said(
        "Apart from that, also when {where}: true in {density} of such cases ({hits:,} of "
        "{cases:,}; in cases that were not searched, {held}), which are {coverage} of all in which "
        "it is so. Of the other cases, it is so in {base}."
    ),
)


def subject(result: Discovery) -> Said:
    """The question as a clause, such as `asked falls by half or more against ...`."""
    return result.question.clause(result.cases.threshold)


def sentences(result: Discovery) -> list[str]:
    """One sentence for each box, or one that says plainly that there is none."""
    count, hits = len(result.cases.hit), int(result.cases.hit.sum())
    every = {
        "subject": subject(result), "share": percent(hits / count, 0), "hits": hits, "count": count,
    }  # fmt: skip
    if not result.boxes:
        return [
            Said(
                "{subject} in {share} of all cases ({hits:,} of {count:,}). When, nobody can say: "
                "{why}.", why=result.ended, **every,
            )
        ]  # fmt: skip
    said: list[str] = [Said("{subject} in {share} of all cases ({hits:,} of {count:,}).", **every)]
    said += [_box_words(result, box) for box in result.boxes]
    if result.ended:
        said.append(Said("No further box: apart from these, {why}.", why=result.ended))
    return said + _evidence(result)


def how_to_read(result: Discovery) -> Said:
    """What a case is, how a box is chosen and what the numbers of its limits are."""
    if result.design.replicates > 1:
        return Said(
            "A case is one point under one combination of levers, the mean of {n} runs. A box is "
            "chosen by rule: {rule}. `Found again`: in what share of the searches in half of the "
            "cases the same side is limited, and between which bounds (10th to 90th percentile). "
            "It says what goes together in the model, within the ranges that were explored.",
            n=result.design.replicates, rule=RULE,
        )  # fmt: skip
    return Said(
        "A case is one point under one combination of levers, one run. A box is chosen by rule: "
        "{rule}. `Found again`: in what share of the searches in half of the cases the same side "
        "is limited, and between which bounds (10th to 90th percentile). It says what goes "
        "together in the model, within the ranges that were explored.", rule=RULE,
    )  # fmt: skip


def conditions(box: FoundBox, dimensions: Sequence[Dimension]) -> list[str]:
    """The limits of a box, one text per dimension."""
    limits = sorted((each.limit for each in box.limits), key=lambda limit: limit.dimension)
    return [
        limit_words(dimensions[at], list(group))
        for at, group in groupby(limits, key=lambda limit: limit.dimension)
    ]


def limit_words(dimension: Dimension, limits: Sequence[Limit]) -> Said:
    """The limits on one dimension, such as `half_life_against is above 310 days`."""
    what: str = dimension.name
    if dimension.title != dimension.name:
        what = Said("{name} ({title})", name=dimension.name, title=dimension.title)
    ends = {limit.side: limit.value for limit in limits}
    if "among" in ends:
        (among,) = [limit.among for limit in limits]
        return _among(what, dimension, among)
    if dimension.kind == LEVELS:
        return _levels(what, dimension, ends)
    if len(ends) == 2:
        low, high = dimension.words(ends["low"]), dimension.words(ends["high"])
        return Said("{what} is between {low} and {high}", what=what, low=low, high=high)
    side, value = next(iter(ends.items()))
    if side == "low":
        return Said("{what} is above {value}", what=what, value=dimension.words(value))
    return Said("{what} is below {value}", what=what, value=dimension.words(value))


def _among(what: str, dimension: Dimension, among: frozenset[float]) -> Said:
    out = [value for value in dimension.values if value not in among]
    if len(out) == 1 and len(among) > 1:
        return Said("{what} is not {value}", what=what, value=dimension.words(out[0]))
    said, *more = [dimension.words(value) for value in sorted(among)]
    for each in more:
        said = Said("{one} or {other}", one=said, other=each)
    return Said("{what} is {value}", what=what, value=said)


def _levels(what: str, dimension: Dimension, ends: dict[str, float]) -> Said:
    low, high = ends.get("low"), ends.get("high")
    kept = [
        value
        for value in dimension.values
        if (low is None or value >= low) and (high is None or value <= high)
    ]
    first, last = dimension.words(kept[0]), dimension.words(kept[-1])
    if len(kept) == 1:
        return Said("{what} is {value}", what=what, value=first)
    if low is None:
        return Said("{what} is at most {value}", what=what, value=last)
    if high is None:
        return Said("{what} is at least {value}", what=what, value=first)
    return Said("{what} is from {low} to {high}", what=what, low=first, high=last)


def _box_words(result: Discovery, box: FoundBox) -> Said:
    values: dict[str, object] = {
        "where": listed(conditions(box, result.cases.dimensions)),
        "density": percent(box.density, 0), "coverage": percent(box.coverage, 0),
        "base": percent(box.base, 0), "hits": box.hits, "cases": box.cases,
    }  # fmt: skip
    tried = box.held.density == box.held.density
    if tried:
        values["held"] = percent(box.held.density, 0)
    if box.number == 1:
        return Said(_FIRST[tried], subject=subject(result), **values)
    return Said(_FURTHER[tried], **values)


def _evidence(result: Discovery) -> list[str]:
    used = {each.limit.dimension for box in result.boxes for each in box.limits}
    assumed = [
        dimension.name
        for at, dimension in enumerate(result.cases.dimensions)
        if at in used and dimension.kind == NUMBER and dimension.assumed
    ]
    return [assumed_words(assumed)] if assumed else []
