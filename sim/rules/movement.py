"""Which way someone goes, and what befalls people on a leg."""

from __future__ import annotations

import math

from sim.compiling import rule

__all__ = ["believed_leg_danger", "burst_probability", "burst_strikes", "daily_hazard",
           "leaving_probability", "leg_utility", "room_left"]


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


@rule("float64(float64, float64)")
def room_left(present: float, capacity: float) -> float:
    """Room at a node: 1 while it is under 90 % full, falling to 0 at capacity; 1 if unlimited."""
    if capacity <= 0.0:
        return 1.0
    return min(1.0, max(0.0, (1.0 - present / capacity) / 0.1))


@rule("float64(float64, float64, float64, float64, float64, float64, float64, float64, float64)")
def leg_utility(progress: float, cost: float, money: float, danger: float, room: float,
                progress_weight: float, cost_weight: float, danger_weight: float,
                room_weight: float) -> float:
    """Utility of taking a leg, before noise.

    Args:
        progress: Kilometres nearer to the destination, over the mean length of a leg.
        cost: Dollars.
        money: Third of money (0 poorest): the cost weighs less for those who have more.
        danger: Believed chance of death or interception on the leg.
        room: Room at its end, 0 to 1.
        progress_weight: Weight of progress.
        cost_weight: Weight of 500 dollars for the poorest third.
        danger_weight: Weight of danger.
        room_weight: Weight of a full place.
    """
    paid = cost_weight * cost / 500.0 / (1.0 + money)
    return progress_weight * progress - paid - danger_weight * danger - room_weight * (1.0 - room)


@rule("float64(float64, float64, float64, float64)")
def believed_leg_danger(death: float, interception: float, stories: float, story_danger: float
                        ) -> float:
    """Listed death and interception of a leg, raised by each story of danger heard about it."""
    return (death + interception) * (1.0 + story_danger * stories)
