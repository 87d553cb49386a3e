"""Why someone asks for help, or stays away. This is the heart of the model.

A frightened person stays away because ``asking_utility`` falls by ``bf`` times exposure times
believed risk, and staying away then wins against every service point.
"""

from __future__ import annotations

import math

from sim.compiling import rule

__all__ = [
    "asking_utility", "believed_danger", "believed_risk", "fear_of_danger", "fear_of_the_door",
    "identification", "share_of", "taste",
]


@rule("float64(float64, float64, float64, float64)")
def identification(registers: float, p_independence: float, omega: float, firewall: float) -> float:
    """How much a service multiplies believed danger (m in the documents, up to 1 + omega).

    A share ``omega`` depends on being registered by an organisation that is not independent, so
    an anonymous service is spared it; a known firewall removes its part of the whole.
    """
    registered = 2.0 * registers * (1.0 - p_independence)
    return (1.0 - firewall) * ((1.0 - omega) + omega * registered)


@rule("float64(float64, float64)")
def believed_danger(p_danger: float, multiplier: float) -> float:
    """Believed chance that asking here exposes one to the authorities, at most 0.99."""
    return min(0.99, p_danger * multiplier)


@rule("float64(float64, float64, float64)")
def believed_risk(danger: float, door: float, door_weight: float) -> float:
    """Believed danger and enforcement seen at the door, as independent hazards."""
    return 1.0 - (1.0 - danger) * (1.0 - door_weight * door)


@rule("float64(float64, float64, float64, float64, float64, float64, float64, float64, float64)")
def asking_utility(need: float, p_competence: float, cost: float, exposure: float, risk: float,
                   b0: float, bn: float, bc: float, bf: float) -> float:
    """Utility of asking at a service point, before noise.

    Need draws a person in, doubt about competence and cost hold back, and believed risk keeps
    away those who have something to fear: ``- bf * exposure * risk``. Staying away has utility 0.
    """
    return b0 + bn * need + bc * (p_competence - 0.5) - cost - bf * exposure * risk


@rule("float64(float64, float64)")
def fear_of_the_door(door: float, door_weight: float) -> float:
    """Hazard behind the door's part of the risk (D in the documents)."""
    return -math.log(1.0 - min(0.99, door_weight * door))


@rule("float64(float64)")
def fear_of_danger(danger: float) -> float:
    """Hazard behind the believed part of the risk (B in the documents)."""
    return -math.log(1.0 - danger)


@rule("float64(float64, float64)")
def taste(quantile: float, sd: float) -> float:
    """A person's lasting taste for a family of organisations."""
    return quantile * sd


@rule("float64(float64, float64)")
def share_of(part: float, whole: float) -> float:
    """A part's share of a whole; 0 of an empty whole, so that an empty sum falls to the prior."""
    return part / whole if whole > 0.0 else 0.0
