"""Parameters in the shape in which the loops read them: tables by kind of event, status, age."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.codes import CHANNELS, KINDS_OF_EVENT, STATUSES
from sim.rules.encounter import told_probability
from sim.rules.opinion import fading

__all__ = ["evidence_amounts", "exposure_table", "fading_table", "gates", "most_pressure",
           "telling_table"]

_COLUMNS = (
    "competence_for", "competence_against", "integrity_for", "integrity_against",
    "integrity_against_if_promised", "independence_for", "independence_against", "danger_bad",
    "danger_safe",
)


def evidence_amounts(p: Mapping[str, float]) -> NDArray[np.float64]:
    """Evidence left by each kind of event, shape [kinds, 9]; parameters not declared count as 0."""
    table = np.zeros((len(KINDS_OF_EVENT), len(_COLUMNS)))
    for row, kind in enumerate(KINDS_OF_EVENT):
        event = "detained" if kind.startswith("detained") else kind
        for column, name in enumerate(_COLUMNS):
            table[row, column] = p.get(f"{event}_{name}", 0.0)
    # Who finds a firewall broken has been detained through a service, and more.
    broken, through = KINDS_OF_EVENT.index("broken"), KINDS_OF_EVENT.index(
        "detained_through_service")
    table[broken] += table[through]
    return table


def exposure_table(p: Mapping[str, float], zero: tuple[str, ...]) -> NDArray[np.float64]:
    """Exposure by status, shape [8, 2]; the second column is for mixed-status households."""
    table = np.zeros((len(STATUSES), 2))
    for row, status in enumerate(STATUSES):
        alone = p.get(f"exposure_{status}", p["exposure_regular"])
        mixed = p["exposure_mixed"] if status in ("regular", "other") else alone
        table[row] = (0.0, 0.0) if status in zero else (alone, mixed)
    return table


def fading_table(half_life: float, span: int) -> NDArray[np.float64]:
    """What is left of evidence after 0, 1, 2 ... days."""
    return np.array(_faded(half_life, span))


def telling_table(half_life: float, span: int) -> NDArray[np.float64]:
    """Chance that an experience is told in a meeting after 0, 1, 2 ... days."""
    return np.array(_told(half_life, span))


@lru_cache(maxsize=64)
def _faded(half_life: float, span: int) -> tuple[float, ...]:
    return tuple(fading(float(age), half_life) for age in range(span))


@lru_cache(maxsize=64)
def _told(half_life: float, span: int) -> tuple[float, ...]:
    return tuple(told_probability(float(age), half_life) for age in range(span))


def gates(p: Mapping[str, float]) -> NDArray[np.float64]:
    """1 for each channel that is switched on (the prior always is)."""
    return np.array([p.get(f"channel_{name}", 1.0) for name in CHANNELS])


def most_pressure(p: Mapping[str, float]) -> float:
    """The most by which an irregular status, a hostile place, the elements or a leg raise onset."""
    on_legs = max(1.0, p["onset_on_legs"])
    return max(1.0, p["onset_regulatory_irregular"], 1.0 + p["onset_hostility"],
               (1.0 + p["onset_elements"]) * on_legs)
