"""The map on which routes are learnt: a random geometric graph with entries and exits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from experiments.peer.inputs import INPUTS
from experiments.peer.journey import ENTRY, EXIT, MOST_CONTACTS, NONE, Journey

__all__ = ["Size", "World", "make_world"]

SETTINGS = np.dtype([(each.name, "f8") for each in INPUTS]
                    + [("departures", "f8"), ("first_contacts", "f8")])
SCALE = (1.0, 10.0)
"""Friction per unit of length of ordinary links, and of those of entries and exits."""
EXPECTED_SCALE = (1.25, 12.5)
FRICTION_RANGE = 0.5


@dataclass(frozen=True)
class Size:
    """How large a run is. The defaults are a tenth of the map that was screened, as dense.

    The screening ran 600 cities joined over up to 0.1, 6 entries, 10 exits and 20 departures a
    step, for 500 steps. Fewer cities joined over more keep the number of links per city, and
    fewer departures the number of people per city.

    Attributes:
        cities: Cities beside entries and exits.
        reach: Distance up to which two cities are joined; the map is a unit square.
        entries: Entries, on the western edge.
        exits: Exits, on the eastern edge.
        entry_reach: An entry is joined, badly, to all cities less far east than this.
        exit_reach: An exit is joined, badly, to all cities farther east than this.
        departures: Mean number of people who set out in a step.
        first_contacts: Most contacts with earlier migrants that a person sets out with.
        steps: Steps of a run.
    """

    cities: int = 60
    reach: float = 0.1 * 10**0.5
    entries: int = 3
    exits: int = 5
    entry_reach: float = 0.1
    exit_reach: float = 0.5
    departures: float = 2.0
    first_contacts: int = 3
    steps: int = 150

    @property
    def people(self) -> int:
        """Room for the people of a run: many standard deviations above the mean."""
        mean = self.departures * self.steps
        return int(mean + 8 * mean**0.5) + 1


@dataclass(frozen=True)
class World:
    """A map: places with what they are like, and the links between them.

    Attributes:
        size: How large it is.
        kind: City, entry or exit, per place.
        spot: Coordinates of each place.
        real: Resources and quality of each place.
        ends: The two places of each link.
        friction: Of each link.
        expected: Friction expected of each link before anything is known of it.
    """

    size: Size
    kind: NDArray[np.int64]
    spot: NDArray[np.float64]
    real: NDArray[np.float64]
    ends: NDArray[np.int64]
    friction: NDArray[np.float64]
    expected: NDArray[np.float64]

    def journey(self, inputs: Mapping[str, float]) -> Journey:
        """A run on this map that has yet to begin."""
        places, links, people = len(self.kind), len(self.ends), self.size.people
        p = np.zeros(1, SETTINGS)
        for name, value in inputs.items():
            p[name] = value
        p["departures"], p["first_contacts"] = self.size.departures, self.size.first_contacts
        # Each link is listed at both of its ends.
        start = np.concatenate([self.ends[:, 0], self.ends[:, 1]])
        end = np.concatenate([self.ends[:, 1], self.ends[:, 0]])
        order = np.argsort(start, kind="stable")
        at = np.concatenate([[0], np.cumsum(np.bincount(start, minlength=places))])

        def numbers(*shape: int) -> NDArray[np.int64]:
            return np.zeros(shape, np.int64)

        return Journey(
            p=p, kind=self.kind, east=self.spot[:, 0].copy(), real=self.real,
            friction=self.friction, expected=self.expected, ends=self.ends,
            at=at.astype(np.int64), way=(order % links).astype(np.int64), beyond=end[order],
            traffic=np.zeros(places), arrivals=numbers(places), through=numbers(places),
            taken=numbers(links), place=numbers(people), moving=numbers(people),
            target=numbers(people), arrived=numbers(people), capital=np.full(people, 2000.0),
            steps=numbers(people), planned=numbers(people),
            knows=np.zeros((people, places), np.uint8),
            place_is=np.zeros((people, places, 2, 2), np.float32),
            knows_link=np.zeros((people, links), np.uint8),
            link_is=np.zeros((people, links, 2), np.float32),
            contacts=np.zeros((people, MOST_CONTACTS), np.int32), known_contacts=numbers(people),
            first=np.full(places, NONE), after=numbers(people), before=numbers(people),
            under_way=numbers(people), luck=np.zeros(1, np.uint64), cost=np.zeros(places),
            behind=numbers(places),
            done=np.zeros(places, np.uint8))


def make_world(size: Size, seed: int) -> World:
    """A random geometric graph: cities anywhere, joined where they are near one another.

    Args:
        size: How large.
        seed: Of the map; all runs of a screening share one map.
    """
    luck = np.random.default_rng(seed)
    kind = np.repeat([0, ENTRY, EXIT], [size.cities, size.entries, size.exits]).astype(np.int64)
    spot = luck.random((len(kind), 2))
    spot[kind == ENTRY, 0] = 0.0
    spot[kind == EXIT, 0] = 0.99
    real = luck.random((len(kind), 2))
    real[kind == ENTRY] = 0.0
    real[kind == EXIT] = 1.0
    apart = np.linalg.norm(spot[:, None] - spot[None], axis=2)
    city = kind == 0
    near = np.triu((apart < size.reach) & city[:, None] & city[None], 1)
    east = spot[:, 0]
    badly = ((kind == ENTRY)[:, None] & (city & (east < size.entry_reach))[None]) | (
        (kind == EXIT)[:, None] & (city & (east > size.exit_reach))[None])
    ends = np.concatenate([np.argwhere(near), np.argwhere(badly)])
    slow = np.repeat([0, 1], [int(near.sum()), int(badly.sum())])
    length = apart[ends[:, 0], ends[:, 1]]
    rough = 1.0 + luck.random(len(ends)) * FRICTION_RANGE
    return World(size, kind, spot, real, ends, length * np.array(SCALE)[slow] * rough,
                 length * np.array(EXPECTED_SCALE)[slow])
