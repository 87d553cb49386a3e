"""How far word of what happened has come, beside how far the people who were there have come."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboards.story.track import Track
from dashboards.story.worlds import Lived
from experiments.outcome import FEW

__all__ = ["REACHED", "Reach", "first_day", "reaches", "too_few"]

REACHED = 0.1
"""Share of those present from which word, or people, are said to have reached a place."""
_LEAST = 3


class Reach(NamedTuple):
    """When one place was reached.

    Attributes:
        place: Row of the place.
        word: First day on which one in ten there has heard; None: never.
        people: First day on which one in ten there has been where it happened since it became
            known; None: never.
    """

    place: int
    word: int | None
    people: int | None


def reaches(lived: Lived, world: int) -> list[Reach]:
    """When each place was reached, those that word reached first at the front.

    Places where it happens are left out, and those with too few people to say.
    """
    track = lived.tracks[world]
    few = too_few(lived.tracks[0])
    found = [
        Reach(
            place,
            first_day(track.share_heard()[:, place], REACHED, track.heard[:, place]),
            first_day(track.share_been()[:, place], REACHED, track.been[:, place]),
        )
        for place in range(track.present.shape[1] - 1)
        if place not in lived.struck and not few[place]
    ]
    return sorted(found, key=lambda each: (each.word is None, each.word, each.place))


def first_day(
    share: NDArray[np.float64], least: float, people: NDArray[np.int64] | None = None
) -> int | None:
    """First day on which a share has come so far, of at least three people."""
    enough = share >= least
    if people is not None:
        enough &= people >= _LEAST
    days = np.flatnonzero(enough)
    return int(days[0]) if days.size else None


def too_few(track: Track) -> NDArray[np.bool_]:
    """Places where there are never as many simulated people as a number needs to be told."""
    return np.asarray(track.present.max(axis=0) < FEW)
