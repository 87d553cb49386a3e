"""What a sensitivity analysis found, in plain words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from experiments.words import listed, percent

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
    "sobol": "S1 is the share of the variance that a parameter explains alone, ST its share "
    "together with all it interacts with; what is in ST and not in S1 is interaction. Shares ST "
    "may add up to more than 1.",
    "morris": "mu_star is the mean size of the change when a parameter moves over its whole range, "
    "in units of the outcome; mu the same with its sign; sigma is how much that change differs "
    "from place to place (bent effects or interactions).",
    "screening": "pawn says how far the outcome's distribution moves with a parameter (0 not at "
    "all, 1 wholly); srrc is the slope between ranks (-1 falls, +1 rises). Both see a parameter "
    "alone: one that acts only together with another may be missed.",
}


def subject(sample: Sample) -> str:
    """What a sentence is about: an outcome, under a combination of levers."""
    under = sample.combination.name
    return f"{sample.outcome}, {under}" if under else sample.outcome


def how_to_read(method: str) -> str:
    """What the indices are."""
    return f"{_READING[method]} Intervals are 95 %."


def sentences(result: Sensitivity) -> list[str]:
    """For each sample what matters and what does not, and then what that rests on."""
    said = [_sample_words(result, sample, finding) for sample, finding in result.found]
    leading = _leading(result)
    assumed = [
        factor.name for factor in result.factors if factor.assumed and factor.name in leading
    ]
    if assumed:
        one = len(assumed) == 1
        what = f"range of {assumed[0]} is" if one else f"ranges of {listed(assumed)} are"
        begin = "Of these, the" if len(leading) > 1 else "The"
        said.append(f"{begin} {what} at least in part {'an assumption' if one else 'assumptions'}.")
    return said


def _sample_words(result: Sensitivity, sample: Sample, finding: Finding) -> str:
    if not finding.indices:
        return f"{subject(sample)}: {finding.warnings[0]}."
    clear, rest = _split(finding, HEADLINE[result.method])
    if not clear:
        return f"{subject(sample)}: no parameter is told apart from chance."
    shown = [_named(each, finding, result.factors, result.method) for each in clear[:_NAMED]]
    begin = {
        "sobol": "the spread comes from",
        "morris": "the largest changes come from",
        "screening": "what moves it most is",
    }[result.method]
    if result.method == "sobol" and _alone(finding, clear[:_NAMED]) > 0.5:
        begin = "most of the spread comes from"
    more = f" and {len(clear) - _NAMED} more" if len(clear) > _NAMED else ""
    words = f"{subject(sample)}: {begin} {listed(shown)}{more}."
    if rest:
        words += f" Little or nothing: {_short(rest)}."
    return words


def _split(finding: Finding, headline: str) -> tuple[list[Index], list[Index]]:
    ranked = sorted((i for i in finding.indices if i.index == headline), key=lambda i: i.rank)
    small = _LEAST_SHARE if headline == "ST" else 0.0
    clear = [each for each in ranked if not each.note and each.value >= small]
    return clear, [each for each in ranked if each not in clear]


def _named(each: Index, finding: Finding, factors: Sequence[Factor], method: str) -> str:
    factor = next(f for f in factors if f.name == each.parameter)
    what = f"{each.parameter} ({factor.title}; " if factor.title != factor.name else (
        f"{each.parameter} ("
    )  # fmt: skip
    return f"{what}{_size(each, finding, method)})"


def _size(each: Index, finding: Finding, method: str) -> str:
    others = {i.index: i.value for i in finding.indices if i.parameter == each.parameter}
    if method == "sobol":
        alone, total = max(0.0, others["S1"]), each.value
        return f"{percent(alone, 0)} alone, {percent(total, 0)} with interactions"
    if method == "morris":
        way = "up" if others["mu"] > 0 else "down"
        steady = abs(others["mu"]) > 0.9 * each.value
        return f"{way} by {each.value:.3g}" if steady else f"by {each.value:.3g}, up or down"
    slope = others["srrc"]
    interval = next(
        i for i in finding.indices if i.parameter == each.parameter and i.index == "srrc"
    )
    if math.isnan(slope) or interval.low <= 0 <= interval.high:
        return "in no single direction"
    return "higher raises it" if slope > 0 else "higher lowers it"


def _alone(finding: Finding, chosen: Sequence[Index]) -> float:
    names = {each.parameter for each in chosen}
    return sum(
        max(0.0, i.value) for i in finding.indices if i.index == "S1" and i.parameter in names
    )


def _short(rest: Sequence[Index]) -> str:
    names = [each.parameter for each in rest]
    return listed(names) if len(names) <= 2 * _NAMED else f"the other {len(names)}"


def _leading(result: Sensitivity) -> set[str]:
    headline = HEADLINE[result.method]
    return {
        each.parameter
        for _, finding in result.found
        for each in _split(finding, headline)[0][:_NAMED]
    }
