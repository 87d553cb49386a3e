"""What the evidence says about the shape of an effect, and whether the model agrees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from experiments.facts.fact import Fact, Verdict, verdict
from experiments.intervals import Interval
from experiments.pages import Rows
from experiments.words import MINUS, percent

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "HEAD", "Pair", "Shape", "found", "judged", "kept_verdict", "rows_of", "should", "tally",
    "verdict_words",
]  # fmt: skip

HEAD = ("What", "Evidence", "Should", "Found (95 % interval)", "Verdict")
_SHOULD = {"falls": "fall", "rises": "rise", "same": "stay the same, to the last bit"}
Pair = tuple["NDArray[np.float64]", "NDArray[np.float64]"]
"""Values of all replicates without and with something."""


class Shape(NamedTuple):
    """A shape that an effect should have.

    Attributes:
        title: What it is called.
        known: What the evidence says, in words with ids, and how far it can be trusted.
    """

    title: str
    known: str


def judged(facts: Sequence[Fact], values: Mapping[str, Pair]) -> tuple[Verdict, ...]:
    """A verdict on each fact, from the values of all replicates without and with something."""
    return tuple(verdict(fact, *values[fact.id]) for fact in facts)


def kept_verdict(found: Verdict) -> dict[str, Any]:
    """A verdict as it stands in `numbers.json`."""
    fact = found.fact
    return {
        "id": fact.id,
        "what": fact.claim,
        "evidence": fact.evidence,
        "sign": fact.sign,
        "margin": fact.margin,
        "relative": fact.relative,
        **found.interval._asdict(),
        "holds": found.holds,
    }


def should(kept: Mapping[str, Any]) -> str:
    """Which way a number should go."""
    if kept["sign"] in _SHOULD:
        return _SHOULD[kept["sign"]]
    margin = kept["margin"]
    return f"change by less than {percent(margin) if kept['relative'] else f'{margin:g}'}"


def verdict_words(kept: Mapping[str, Any]) -> str:
    """The verdict in words, against the direction that the evidence (or the model) demands."""
    if kept["holds"]:
        return "as the evidence says" if kept["evidence"] else "as it must be"
    if kept["sign"] in ("same", "nothing"):
        return "**not so**: there is a change, or it cannot be ruled out"
    if not Interval(kept["value"], kept["low"], kept["high"]).excludes_zero:
        return "**not shown**: chance may explain it"
    return "**the other way**"


def rows_of(kept: Sequence[Mapping[str, Any]]) -> Rows:
    """Verdicts as a table."""
    return HEAD, [
        (each["what"], each["evidence"], should(each), found(each), verdict_words(each))
        for each in kept
    ]


def found(kept: Mapping[str, Any]) -> str:
    """The number of a verdict, with its interval."""
    ends = [kept["value"], kept["low"], kept["high"]]
    value, low, high = (_told(end, relative=kept["relative"]) for end in ends)
    return f"{value} ({low} to {high})"


def tally(kept: Sequence[Mapping[str, Any]]) -> str:
    """How many of some verdicts hold."""
    holds = sum(bool(each["holds"]) for each in kept)
    return f"{holds} of {len(kept)} hold"


def _told(value: float, *, relative: bool) -> str:
    if relative:
        return percent(value, sign=True)
    return f"{value:+.3g}".replace("-", MINUS) if np.isfinite(value) else "not known"
