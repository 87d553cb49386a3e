"""What a displacement crisis is made of, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Camps", "DisplacementWorld", "People", "Roads"]


class Roads(NamedTuple):
    """Ways to the camps, for each stretch of days on which the same is open ("epoch").

    Attributes:
        epoch: Epoch of each day.
        km: Kilometres by the shortest open way, by epoch, camp and place; infinite without one.
        hop: Next place on that way, by epoch, camp and place; the place itself without one.
        hop_km: Kilometres to it.
        usual: Mean kilometres to the camps that can be reached with all roads open, by place.
    """

    epoch: NDArray[np.int64]
    km: NDArray[np.float64]
    hop: NDArray[np.int64]
    hop_km: NDArray[np.float64]
    usual: NDArray[np.float64]


class Camps(NamedTuple):
    """Camps.

    Attributes:
        place: Where each stands.
        key: A number for its name, that of no other camp; its luck follows the name.
        capacity: People it can take; 0 where that is not known, so that there is no limit.
        is_open: 1 if it takes people in, by epoch and camp.
    """

    place: NDArray[np.int64]
    key: NDArray[np.int64]
    capacity: NDArray[np.float64]
    is_open: NDArray[np.int64]


class People(NamedTuple):
    """Agents, each of whom stands for as many people.

    Attributes:
        start: Agents who stand in each camp on day 0.
        since: Index of the first agent who sets out on each day; one entry more than days.
        origin: Place from which each agent sets out, in the order of days.
        each: People for whom one agent stands.
    """

    start: NDArray[np.int64]
    since: NDArray[np.int64]
    origin: NDArray[np.int64]
    each: int


@dataclass(frozen=True, eq=False)
class DisplacementWorld:
    """A crisis: roads, camps and people.

    Attributes:
        roads: Ways to the camps.
        camps: The camps.
        people: Who flees, when and from where.
    """

    roads: Roads
    camps: Camps
    people: People

    @property
    def days(self) -> int:
        """Number of days."""
        return len(self.roads.epoch)

    @property
    def agents(self) -> int:
        """Agents who ever are in it."""
        return int(self.people.start.sum()) + len(self.people.origin)

    @property
    def agent_steps(self) -> int:
        """Days of agents, from the day on which each is in it to the end."""
        left = self.days - np.arange(self.days)
        begun = np.diff(self.people.since)
        return int(self.people.start.sum()) * self.days + int((begun * left).sum())
