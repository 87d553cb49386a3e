"""Two models that are simpler than this one, which it has to beat."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from experiments.targets import Target

__all__ = ["no_dynamics", "survey_mean"]

_UNCHANGED = {"difference": 0.0, "relative_change": 0.0, "ratio": 1.0, "remaining_share": 1.0}


def survey_mean(target: Target, known: Sequence[Target]) -> float:
    """What a model says in which everyone is the mean of those who were asked.

    A level is the mean of the known figures for the same question and answer (or the same
    measure); where there is none, for the same question; else of all known levels. Since whatever
    happens changes nobody's mean, effects are 0, and quotients of them 1.

    Args:
        target: The target that is predicted.
        known: Targets whose figures may be used; the target itself must not be one of them.
    """
    from experiments.targets import LEVELS

    if target.kind not in LEVELS:
        return _UNCHANGED[target.kind]
    levels = [each for each in known if each.kind in LEVELS]
    asked = target.quantity

    def alike(*names: str) -> list[float]:
        mine = [getattr(asked, name) for name in names]
        return [each.observed for each in levels
                if [getattr(each.quantity, name) for name in names] == mine]  # fmt: skip

    figures = (
        alike("question", "answer", "measure")
        or (alike("question") if asked.question else [])
        or [each.observed for each in levels]
    )
    return sum(figures) / len(figures) if figures else 0.5


def no_dynamics() -> dict[str, float]:
    """Parameters under which opinions never change: no channel brings any evidence.

    These are the switches of the decomposition by channels. People set out with the opinions of
    their status and keep them; needs, services, enforcement and journeys go on as before.
    """
    from sim.codes import CHANNELS
    from sim.parameters import REGISTRY

    switches = (f"channel_{name}" for name in CHANNELS)
    return {name: 0.0 for name in switches if name in REGISTRY}
