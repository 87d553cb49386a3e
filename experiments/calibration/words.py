"""What a calibration found and how far to trust it, in sentences made from its numbers alone.

They need nothing but what is stored with it, so that whoever reads the files can tell them in
another language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from experiments.calibration.working import KILLED
from sim.said import Said

__all__ = ["STRONG", "first_failure", "sentences"]

STRONG = 0.5
"""Correlation from which on two parameters are told to make up for each other."""
_POOR = 0.5  # share of the variance
_FEW = 50  # draws: fewer do not show the ends of a distribution

_NOT_FITTED = {
    "generations": Said("Nothing was fitted: this is a sample of the prior, since no more "
                        "generations were asked for."),
    "budget": Said("Nothing was fitted: this is a sample of the prior, since the budget of runs "
                   "was used up."),
    "patience": Said("Nothing was fitted: this is a sample of the prior, since hardly any set of "
                     "parameters came nearer."),
    # Where no set of parameters gave a number for every target, whatever ended it.
    "waves": Said("Nothing was fitted: this is a sample of the prior."),
    "epsilon": Said("Nothing was fitted: this is a sample of the prior."),
}  # fmt: skip
_ENDED = {
    "generations": Said("Sets of parameters miss by up to {epsilon:.2f} tolerances on average. It "
                        "looked for {wanted:g} and ended there, since no more generations were "
                        "asked for."),
    "budget": Said("Sets of parameters miss by up to {epsilon:.2f} tolerances on average. It "
                   "looked for {wanted:g} and ended there, since the budget of runs was used up."),
    "patience": Said("Sets of parameters miss by up to {epsilon:.2f} tolerances on average. It "
                     "looked for {wanted:g} and ended there, since hardly any set of parameters "
                     "came nearer."),
}  # fmt: skip
_PRESSES = {
    "low": Said("{name} presses against the low end of its range: ask whether the range, a target "
                "or the model is wrong."),
    "high": Said("{name} presses against the high end of its range: ask whether the range, a "
                 "target or the model is wrong."),
}  # fmt: skip
_NOBODY = Said("there was nobody to count for some target")
_REASONS = {str(each): each for each in (_NOBODY, KILLED)}
_FIRST = "; the first: "


def sentences(facts: Mapping[str, Any]) -> list[str]:
    """What was found and how far to trust it.

    Args:
        facts: What `Calibration.to_dict` gives but for its `words`, and `why_unusable`: why the
            first set of parameters failed that did, empty if none failed.

    Raises:
        KeyError: If a fact is missing that is needed.
    """
    return [*_on_the_fit(facts), *_on_the_parameters(facts), *_on_the_sample(facts)]


def first_failure(told: Sequence[str]) -> str:
    """Why the first set of parameters failed, which only the sentences tell.

    Args:
        told: The sentences of a calibration some of whose sets were unusable.

    Raises:
        KeyError: If they do not tell it.
    """
    for sentence in reversed(told):
        _, found, why = sentence.partition(_FIRST)
        if found:
            return why.removesuffix(".")
    raise KeyError("why_unusable")


def _on_the_fit(facts: Mapping[str, Any]) -> list[str]:
    targets, epsilon, stopped = facts["targets"], facts["epsilon"], facts["stopped"]
    outside = [row["id"] for row in targets if not row["inside"]]
    words: list[str] = [Said(
        "{inside} of {targets} targets lie within their tolerance, with luck that was not used to "
        "fit.", inside=len(targets) - len(outside), targets=len(targets),
    )]  # fmt: skip
    if outside:
        words.append(Said("Outside: {targets}.", targets=", ".join(outside)))
    if epsilon is None:
        words.append(_NOT_FITTED[stopped])
    elif facts["emulators"]:
        words += _on_the_emulators(facts)
    elif stopped != "epsilon":
        wanted = facts["settings"]["epsilon"]
        words.append(Said(_ENDED[stopped], epsilon=epsilon, wanted=wanted))
    return words


def _on_the_emulators(facts: Mapping[str, Any]) -> list[str]:
    # Every set of parameters that was lived was tried in one of the generations.
    lived = sum(each["tried"] for each in facts["generations"])
    explained = {row["id"]: row["explained"] for row in facts["emulators"]}
    # JSON has no NaN: what is not known stands as null.
    poor = [name for name, share in explained.items() if share is not None and share < _POOR]
    words: list[str] = [
        Said("Emulators learned from {sets:,} sets of parameters what the model gives.", sets=lived)
    ]
    if poor:
        words.append(Said(
            "For {targets} they foresee less than half of what differs between sets: chance hides "
            "what parameters do there, and the posterior allows for that.",
            targets=", ".join(poor),
        ))  # fmt: skip
    return words


def _on_the_parameters(facts: Mapping[str, Any]) -> list[str]:
    rows = facts["parameters"]
    words: list[str] = []
    hardly = [row["name"] for row in rows if row["identified"] == "hardly"]
    if hardly:
        words.append(Said("The targets say hardly anything about {parameters}: the range is still "
                          "all that is known.", parameters=", ".join(hardly)))  # fmt: skip
    pressed = [(row["name"], row["edge"]) for row in rows if row["edge"]]
    words += [Said(_PRESSES[edge], name=name) for name, edge in pressed]
    words += [
        Said("{one} and {other} make up for each other (correlation {correlation:.2f}): only both "
             "together are known.", one=pair["one"], other=pair["other"],
             correlation=pair["correlation"])
        for pair in facts["together"]
    ]  # fmt: skip
    return words


def _on_the_sample(facts: Mapping[str, Any]) -> list[str]:
    words: list[str] = []
    if facts["effective_size"] < _FEW:
        words.append(Said("The sample is worth only {size:.0f} draws that weigh the same: its ends "
                          "are not to be trusted.", size=facts["effective_size"]))  # fmt: skip
    words.append(Said("A target that was fitted no longer tests the model; others still do."))
    if facts["unusable"]:
        why = facts["why_unusable"] or _NOBODY
        words.append(Said(
            "{n:,} sets of parameters could not be simulated and count as far from every target; "
            "the first: {why}.", n=facts["unusable"], why=_REASONS.get(why, why),
        ))  # fmt: skip
    return words
