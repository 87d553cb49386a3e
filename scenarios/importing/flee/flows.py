"""Who sets out when and where, from the counts in the camps."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["arrivals", "departures", "open_days"]


def arrivals(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """People who set out on each day: the rise of the sum over all camps since the day before.

    A fall becomes a debt, which later rises pay off first: nobody leaves. On day 0 nobody sets
    out; the people of day 0 are in the camps already.

    Args:
        counts: People by day and camp.
    """
    rise = np.diff(counts.sum(axis=1), prepend=counts[:1].sum())
    found = np.zeros(len(counts), np.int64)
    debt = 0
    for day, more in enumerate(rise.tolist()):
        found[day] = max(0, more - debt)
        debt = max(0, debt - more)
    return found


def departures(people: NDArray[np.int64], conflicts: NDArray[np.float64],
               population: NDArray[np.float64]) -> NDArray[np.int64]:
    """Whole people who set out, by day and place: by population among places in conflict.

    What is lost in rounding is made up on later days, so that no place falls short by more than
    one or two people. Where no place in conflict has people listed, they count alike; on days
    without conflict anywhere, the places of the nearest day with conflict count.

    Args:
        people: People who set out on each day.
        conflicts: Strength of conflict by day and place.
        population: People who live at each place; 0 where not known.
    """
    found = np.zeros(conflicts.shape, np.int64)
    days = open_days(conflicts)
    owed = np.zeros(conflicts.shape[1])
    for day, total in enumerate(people.tolist()):
        if total == 0 or days[day] < 0:
            continue
        fighting = conflicts[days[day]] > 0
        weight = np.where(fighting, population, 0.0)
        weight = weight if weight.sum() > 0 else fighting.astype(float)
        wanted = np.where(fighting, total * weight / weight.sum() + owed, 0.0)
        whole = np.floor(np.maximum(wanted, 0.0)).astype(np.int64)
        missing = total - int(whole.sum())
        order = np.argsort(-(wanted - whole), kind="stable")
        order = order[fighting[order]]
        step = 1 if missing > 0 else -1
        while missing:  # rounds: nearly always one, with less than one person for each place
            for place in order if step > 0 else order[::-1]:
                if missing and whole[place] + step >= 0:
                    whole[place] += step
                    missing -= step
        owed[fighting] = (wanted - whole)[fighting]
        found[day] = whole
    return found


def open_days(conflicts: NDArray[np.float64]) -> NDArray[np.int64]:
    """For each day the day itself if there is conflict, or the nearest with conflict; -1: none."""
    fighting = np.flatnonzero((conflicts > 0).any(axis=1))
    if fighting.size == 0:
        return np.full(len(conflicts), -1)
    days = np.arange(len(conflicts))
    nearest = np.abs(days[:, None] - fighting[None, :]).argmin(axis=1)
    return np.asarray(fighting[nearest], np.int64)
