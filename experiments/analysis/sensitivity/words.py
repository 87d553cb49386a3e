"""What a sensitivity analysis found, in plain words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from experiments.analysis.factors import assumed_words
from experiments.words import listed, percent
from sim.said import Said

if TYPE_CHECKING:
    from experiments.analysis.factors import Factor
    from experiments.analysis.samples import Sample
    from experiments.analysis.sensitivity.finding import Finding, Index
    from experiments.analysis.sensitivity.result import Sensitivity

__all__ = ["HEADLINE", "how_to_read", "sentences", "subject"]

HEADLINE = {"sobol": "ST", "morris": "mu_star", "screening": "pawn"}
"""The index by which each method ranks parameters."""

_NAMED = 5
_LEAST_SHARE = 0.05

_READING = {
    "sobol": Said(
        "S1 is the share of the variance that a parameter explains alone, ST its share together "
        "with all it interacts with; what is in ST and not in S1 is interaction. Shares ST may add "
        "up to more than 1. Intervals are 95 %."
    ),
    "morris": Said(
        "mu_star is the mean size of the change when a parameter moves over its whole range, in "
        "units of the outcome; mu the same with its sign; sigma is how much that change differs "
        "from place to place (bent effects or interactions). Intervals are 95 %."
    ),
    "screening": Said(
        "pawn says how far the outcome's distribution moves with a parameter (0 not at all, 1 "
        "wholly); srrc is the slope between ranks (-1 falls, +1 rises). Both see a parameter "
        "alone: one that acts only together with another may be missed. Intervals are 95 %."
    ),
}

_MOST = Said("{subject}: most of the spread comes from {parameters}.")
_LEADING = {
    "sobol": Said("{subject}: the spread comes from {parameters}."),
    "morris": Said("{subject}: the largest changes come from {parameters}."),
    "screening": Said("{subject}: what moves it most is {parameters}."),
}
_UP, _DOWN = Said("up by {size:.3g}"), Said("down by {size:.3g}")


def subject(sample: Sample) -> str:
    """What a sentence is about: an outcome, under a combination of levers."""
    under = sample.combination.name
    if not under:
        return sample.outcome
    return Said("{outcome}, {levers}", outcome=sample.outcome, levers=under)


def how_to_read(method: str) -> Said:
    """What the indices are."""
    return _READING[method]


def sentences(result: Sensitivity) -> list[str]:
    """For each sample what matters and what does not, and then what that rests on."""
    said: list[str] = [_sample_words(result, *each) for each in result.found]
    leading = _leading(result)
    assumed = [
        factor.name for factor in result.factors if factor.assumed and factor.name in leading
    ]
    if assumed:
        said.append(assumed_words(assumed, of_these=len(leading) > 1))
    return said


def _sample_words(result: Sensitivity, sample: Sample, finding: Finding) -> Said:
    what = subject(sample)
    if not finding.indices:
        return Said("{subject}: {warning}.", subject=what, warning=finding.warnings[0])
    clear, rest = _split(finding, HEADLINE[result.method])
    if not clear:
        return Said("{subject}: no parameter is told apart from chance.", subject=what)
    template = _LEADING[result.method]
    if result.method == "sobol" and _alone(finding, clear[:_NAMED]) > 0.5:
        template = _MOST
    shown = listed(
        [_named(each, finding, result.factors, result.method) for each in clear[:_NAMED]]
    )
    if len(clear) > _NAMED:
        shown = Said("{some} and {n} more", some=shown, n=len(clear) - _NAMED)
    leading = Said(template, subject=what, parameters=shown)
    return Said("{first} {second}", first=leading, second=_little(rest)) if rest else leading


def _split(finding: Finding, headline: str) -> tuple[list[Index], list[Index]]:
    ranked = sorted((i for i in finding.indices if i.index == headline), key=lambda i: i.rank)
    small = _LEAST_SHARE if headline == "ST" else 0.0
    clear = [each for each in ranked if not each.note and each.value >= small]
    return clear, [each for each in ranked if each not in clear]


def _named(each: Index, finding: Finding, factors: Sequence[Factor], method: str) -> str:
    factor = next(f for f in factors if f.name == each.parameter)
    size = _size(each, finding, method)
    if factor.title == factor.name:
        return Said("{name} ({size})", name=factor.name, size=size)
    return Said("{name} ({title}; {size})", name=factor.name, title=factor.title, size=size)


def _size(each: Index, finding: Finding, method: str) -> Said:
    others = {i.index: i for i in finding.indices if i.parameter == each.parameter}
    if method == "sobol":
        alone, total = percent(max(0.0, others["S1"].value), 0), percent(each.value, 0)
        return Said("{alone} alone, {total} with interactions", alone=alone, total=total)
    if method == "morris":
        mean = others["mu"].value
        if not abs(mean) > 0.9 * each.value:
            return Said("by {size:.3g}, up or down", size=each.value)
        way = _UP if mean > 0 else _DOWN
        return Said(way, size=each.value)
    slope = others["srrc"]
    if math.isnan(slope.value) or slope.low <= 0 <= slope.high:
        return Said("in no single direction")
    return Said("higher raises it") if slope.value > 0 else Said("higher lowers it")


def _alone(finding: Finding, chosen: Sequence[Index]) -> float:
    names = {each.parameter for each in chosen}
    return sum(
        max(0.0, i.value) for i in finding.indices if i.index == "S1" and i.parameter in names
    )


def _little(rest: Sequence[Index]) -> Said:
    names = [each.parameter for each in rest]
    if len(names) > 2 * _NAMED:
        return Said("Little or nothing: the other {n}.", n=len(names))
    return Said("Little or nothing: {names}.", names=listed(names))


def _leading(result: Sensitivity) -> set[str]:
    headline = HEADLINE[result.method]
    return {
        each.parameter
        for _, finding in result.found
        for each in _split(finding, headline)[0][:_NAMED]
    }
