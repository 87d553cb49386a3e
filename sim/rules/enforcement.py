"""Who is detained, found or deported."""

from __future__ import annotations

import math

from sim.compiling import rule

__all__ = ["detention_chance", "detention_length", "found_chance", "raid_chance"]


@rule("float64(float64, float64, float64)")
def detention_chance(rate: float, enforcement: float, exposure: float) -> float:
    """Chance of being detained: rate at full enforcement, times enforcement and exposure."""
    return min(1.0, rate * enforcement * exposure)


@rule("float64(float64, float64)")
def raid_chance(rate: float, enforcement: float) -> float:
    """Chance of a raid at a node today."""
    return min(1.0, rate * enforcement)


@rule("float64(float64, float64, float64)")
def found_chance(rate: float, enforcement: float, exposure: float) -> float:
    """Chance that a person whose data were shared is found today, in a recipient country."""
    return min(1.0, rate * enforcement * exposure)


@rule("int64(float64, float64)")
def detention_length(u: float, mean_days: float) -> int:
    """Length of a detention in whole days, at least 1: geometric, with exactly this mean."""
    if mean_days <= 1.0:
        return 1
    return max(1, min(3000, math.ceil(math.log(u) / math.log(1.0 - 1.0 / mean_days))))
