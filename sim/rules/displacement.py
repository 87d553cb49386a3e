"""Which camp someone who fled heads for."""

from __future__ import annotations

import math

from sim.compiling import rule

__all__ = ["camp_utility", "share_of"]


@rule("float64(float64, float64)")
def share_of(people: float, everyone: float) -> float:
    """Share of everyone who is in a camp or on the way to it; 0 while there is nobody."""
    return people / everyone if everyone > 0.0 else 0.0


@rule("float64(float64, float64, float64, float64, float64)")
def camp_utility(distance: float, share: float, room: float, distance_weight: float,
                 independence: float) -> float:
    """Utility of a camp, before a person's own whim (Gumbel-max, as for destinations of a route).

    People choose in proportion to `exp(-distance_weight * distance) * (share + independence) *
    room`: nearer camps, camps where their own people are, camps with room. A place without room
    is not to be asked about.

    Args:
        distance: Kilometres by open roads, over the mean distance of the camps from here.
        share: Share of all who fled who are there or on the way there.
        room: Free share of its places, above 0 and at most 1.
        distance_weight: How much people mind distance.
        independence: How little people mind where the others are: with much of it, not at all.
    """
    return math.log(share + independence) + math.log(room) - distance_weight * distance
