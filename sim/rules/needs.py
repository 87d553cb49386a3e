"""How needs begin, how urgent they are, how they lapse, and what help does to them."""

from __future__ import annotations

import math

from sim.compiling import rule

__all__ = ["by_urgency", "finding_chance", "lottery_ticket", "onset_chance", "places_kept",
           "relieved", "urgency_of"]


@rule("float64(float64, float64, float64, float64, float64)")
def onset_chance(rate: float, money: float, at_origin: float, poor_factor: float,
                 pressure: float) -> float:
    """Chance that a need begins today: rate, times ``poor_factor`` for the poorest third.

    Args:
        rate: Onset per person and day, all urgencies.
        money: 0 for the poorest third, 1 or 2 for others.
        at_origin: Multiplier of the place (1 on the journey).
        poor_factor: Onset among the poorest, relative to others.
        pressure: Onset with what makes single dimensions worse for this person today (a leg,
            heat or cold, a hostile place, an irregular status), relative to without.
    """
    return min(1.0, rate * at_origin * (poor_factor if money < 0.5 else 1.0) * pressure)


@rule("int64(float64, float64, float64, float64)")
def urgency_of(u: float, routine: float, pressing: float, acute: float) -> int:
    """Urgency of a need that begins: 0 routine, 1 pressing, 2 acute, in proportion to the rates."""
    total = routine + pressing + acute
    if u * total < routine:
        return 0
    return 1 if u * total < routine + pressing else 2


@rule("float64(int64, float64, float64, float64)")
def by_urgency(urgency: int, routine: float, pressing: float, acute: float) -> float:
    """The value that belongs to an urgency (0 routine, 1 pressing, 2 acute)."""
    if urgency == 0:
        return routine
    return pressing if urgency == 1 else acute


@rule("float64(float64, float64, float64, float64)")
def relieved(level: float, relief: float, quality: float, level_end: float) -> float:
    """Level of a need after help; 0 (ended) once it falls below ``level_end``."""
    left = level - relief * quality
    return left if left >= level_end else 0.0


@rule("float64(float64, float64, float64, float64)")
def finding_chance(rate: float, visibility: float, need_factor: float, hindrance: float) -> float:
    """Daily chance of finding a service point at one's node."""
    return min(1.0, rate * visibility * need_factor * hindrance)


@rule("float64(float64, float64)")
def places_kept(capacity: float, least: float) -> float:
    """Unused places that stand over to the next day: one day's, or ``least`` if that is more.

    With few simulated people a point has a fraction of a place a day and nobody or two people
    asking. Without this, chance alone would turn people away, the more the fewer are simulated.
    """
    return max(capacity, least)


@rule("float64(float64, float64)")
def lottery_ticket(u: float, weight: float) -> float:
    """Place in a lottery, small is first: twice the weight, twice the chance to be first."""
    return -math.log(u) / weight
