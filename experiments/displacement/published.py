"""Errors of Flee itself, and the instances they belong to."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["FLEE", "FleeError"]


class FleeError(NamedTuple):
    """Plain average relative difference of Flee.

    Attributes:
        with_capacities: With the capacities of the instance.
        without: With all camps uncapped, in the better of two versions.
    """

    with_capacities: float
    without: float


FLEE: dict[str, FleeError] = {
    "mali2012": FleeError(0.36, 0.82),
    "burundi2015": FleeError(0.44, 0.79),
    "car2013": FleeError(0.28, 0.75),
    "tigray2020": FleeError(0.45, 0.85),
    "nigeria2022_adm2": FleeError(0.37, 0.64),
    "syria2013": FleeError(0.325, 0.385),
}
"""Single runs with one agent per 100 people and each instance's own settings (sampling standard
deviation about 0.01)."""
