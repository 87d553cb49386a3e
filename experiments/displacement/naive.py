"""Naive rules on the same arrivals, as a yardstick: no people, no company, only shares.

Each spreads those who set out over the open camps that are not full, and they walk as in a run.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from experiments.displacement.world_of import Crisis
from sim.displacement import DisplacementParameters

__all__ = ["RULES", "naive_people"]

Weights = Callable[[NDArray[np.float64]], NDArray[np.float64]]


def _nearest(km: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(km == km.min(axis=0, keepdims=True), 1.0, 0.0)


RULES: dict[str, Weights] = {
    "uniform": np.ones_like,
    "nearest": _nearest,
    "gravity": lambda km: 1.0 / np.maximum(km, 1.0),
    "gravity_squared": lambda km: 1.0 / np.maximum(km, 1.0) ** 2,
}
"""Weights of camps from kilometres, of shape [camps, places]."""


def naive_people(crisis: Crisis, rule: str, *, capacities: bool = True) -> NDArray[np.float64]:
    """People in each camp at the end of each day, of shape [days, camps].

    Args:
        crisis: The crisis.
        rule: One of `RULES`.
        capacities: Whether camps have limits.
    """
    roads, camps = crisis.world.roads, crisis.world.camps
    departures = crisis.instance.departures.astype(float)
    days, walk = crisis.world.days, DisplacementParameters().km_a_day
    limit = np.where(camps.capacity > 0, camps.capacity, np.inf)
    limit = limit if capacities else np.full(len(limit), np.inf)
    wait = np.zeros(departures.shape[1])
    present, heading = crisis.counted[0].astype(float), np.zeros(len(limit))
    last = days - 1
    arrive = np.zeros((days + 1, len(limit)))  # the last row: after the end
    found = np.zeros((days, len(limit)))
    for day in range(days):
        wait += departures[day]
        free = np.maximum(limit - present - heading, 0.0)
        if wait.any():
            epoch = roads.epoch[day]
            km = np.where((camps.is_open[epoch] > 0)[:, None] & (free > 0)[:, None],
                          roads.km[epoch], np.inf)
            go = _spread(wait, km, RULES[rule], free)
            wait = wait - go.sum(axis=0)
            heading += go.sum(axis=1)
            far = np.where(np.isfinite(km), np.ceil(km / walk) - 1, 0).clip(0).astype(int)
            when = np.minimum(day + far, last + 1)
            np.add.at(arrive, (when, np.arange(len(limit))[:, None]), go)
        present = present + arrive[day]
        heading = heading - arrive[day]
        found[day] = present
    return found


def _spread(wait: NDArray[np.float64], km: NDArray[np.float64], rule: Weights,
            free: NDArray[np.float64]) -> NDArray[np.float64]:
    """People from each place to each camp, no more than there is room for."""
    open_ = np.isfinite(km)
    weight = np.where(open_, rule(km), 0.0)
    whole = weight.sum(axis=0)
    go = wait * np.divide(weight, whole, out=np.zeros(weight.shape), where=whole > 0)
    asked = go.sum(axis=1)
    part = np.ones(len(free))
    np.divide(free, asked, out=part, where=asked > free)
    return np.asarray(go * part[:, None])
