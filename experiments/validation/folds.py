"""Folds: which targets are kept aside together when a model is fitted to the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from experiments.targets import Target

__all__ = ["FOLDS", "folds_of", "judged"]

FOLDS = ("A", "B", "C")
"""Names of the folds; each keeps a third of the targets aside."""


def judged(targets: Sequence[Target]) -> list[Target]:
    """Targets that a model can fail: not those whose figure is zero.

    No effect where there is nothing to fear holds by construction, and would flatter the mean.
    """
    return [target for target in targets if target.observed]


def folds_of(targets: Sequence[Target]) -> dict[str, str]:
    """The fold of every target that is judged, by id.

    Families (all of T15) stay together, since one number of a family says much about the others.
    Families of ordinary times are dealt out in the order of the file, and then those after
    something happened, each beginning with the first fold: so every fold has some of both, and
    nothing is left to chance.
    """
    fold: dict[str, str] = {}
    for ordinary in (True, False):
        families = dict.fromkeys(
            each.family for each in judged(targets)
            if _is_ordinary(each) == ordinary and each.family not in fold
        )  # fmt: skip
        fold |= {family: FOLDS[n % len(FOLDS)] for n, family in enumerate(families)}
    return {each.id: fold[each.family] for each in judged(targets)}


def _is_ordinary(target: Target) -> bool:
    """Whether nothing happens in any scenario that the target asks."""
    return not any(side.plan.interventions for value in target.values for side in value.sides)
