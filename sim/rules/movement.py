"""Which way someone goes, and what befalls people on a leg."""

from __future__ import annotations

import math

from sim.compiling import rule

__all__ = ["believed_leg_danger", "burst_probability", "burst_strikes", "cost_felt", "daily_hazard",
           "destination_utility", "leaving_probability", "leg_utility", "passable",
           "paying_chance", "room_left"]


@rule("float64(float64, float64)")
def daily_hazard(per_crossing: float, days: float) -> float:
    """Daily chance that adds up to ``per_crossing`` over a crossing of so many days."""
    return 1.0 - math.pow(1.0 - per_crossing, 1.0 / days)


@rule("float64(float64, float64)")
def burst_probability(hazard: float, share: float) -> float:
    """Chance of a deadly incident on a leg today, if each strikes ``share`` of those on it."""
    return hazard / max(hazard, share) if hazard > 0.0 else 0.0


@rule("float64(float64, float64)")
def burst_strikes(hazard: float, share: float) -> float:
    """Share of those on the leg whom an incident strikes; the mean over days is the hazard."""
    return max(hazard, share)


@rule("float64(float64, float64, float64)")
def leaving_probability(mean_stay: float, money: float, poor_factor: float) -> float:
    """Daily chance of moving on from a node."""
    return min(1.0, 1.0 / (mean_stay * (poor_factor if money < 0.5 else 1.0)))


@rule("float64(float64, float64, float64)")
def room_left(present: float, capacity: float, margin: float) -> float:
    """Room at a node: 1 until ``margin`` of it is free, falling to 0 when full; 1 if unlimited.

    Args:
        present: People there.
        capacity: People it can hold; 0 if unlimited.
        margin: Free share of the capacity from which people begin to notice.
    """
    if capacity <= 0.0:
        return 1.0
    return min(1.0, max(0.0, (1.0 - present / capacity) / margin))


@rule("float64(float64, float64)")
def cost_felt(dollars: float, money: float) -> float:
    """What a cost means to a person: thousands of dollars, a half or a third of it with more money.

    Args:
        dollars: Cost of a leg.
        money: Third of money (0 poorest): the cost weighs less for those who have more.
    """
    return dollars / 1000.0 / (1.0 + money)


@rule("float64(float64, float64)")
def paying_chance(dollars: float, third: float) -> float:
    """Chance that paying a leg moves a person into the next poorer third.

    Money is known in thirds only, so a cost is paid in chances: over many legs a person loses a
    third for every ``third`` dollars.
    """
    return min(1.0, dollars / third)


@rule("int64(float64, float64)")
def passable(danger: float, limit: float) -> int:
    """1 if a leg is believed passable: its believed danger (at most 1) is within the limit."""
    return 1 if min(1.0, danger) <= limit else 0


@rule("float64(float64, float64)")
def destination_utility(attraction: float, whim: float) -> float:
    """Pull of a destination: people choose each in proportion to its attraction (Gumbel-max).

    The whim is a person's own for good, so one whose first choice is barred turns to the second.
    """
    return math.log(attraction) + whim


@rule("float64(" + ", ".join(["float64"] * 10) + ")")
def leg_utility(progress: float, length: float, cost: float, danger: float, room: float,
                progress_weight: float, length_weight: float, cost_weight: float,
                danger_weight: float, room_weight: float) -> float:
    """Utility of taking a leg, before noise.

    Args:
        progress: Kilometres nearer to the destination, over the mean length of a leg.
        length: Kilometres of the leg, over the mean length of a leg.
        cost: What the leg costs, as it is felt (`cost_felt`).
        danger: Believed chance of death or interception on the leg.
        room: Room at its end, 0 to 1.
        progress_weight: Weight of progress.
        length_weight: Weight of length.
        cost_weight: Weight of cost.
        danger_weight: Weight of danger.
        room_weight: Weight of a full place.
    """
    drawbacks = length_weight * length + cost_weight * cost + danger_weight * danger
    return progress_weight * progress - drawbacks - room_weight * (1.0 - room)


@rule("float64(float64, float64, float64, float64)")
def believed_leg_danger(death: float, interception: float, stories: float, story_danger: float
                        ) -> float:
    """Listed death and interception of a leg, raised by each story of danger heard about it."""
    return (death + interception) * (1.0 + story_danger * stories)
