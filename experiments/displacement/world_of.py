"""The arrays of a displacement run, from an instance of Flee."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.displacement import Camps, DisplacementWorld, People, Roads
from sim.problems import InputProblem, Problem
from sim.randomness import name_hash

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from scenarios.importing.flee import FleeInstance

__all__ = ["PEOPLE_PER_AGENT", "Crisis", "agents_by_day", "crisis_of"]

PEOPLE_PER_AGENT = 100
"""As Flee is usually run."""
MOST_AGENTS = 5_000_000
_SHUT = ("camp", "idpcamp", "location")


@dataclass(frozen=True, eq=False)
class Crisis:
    """An instance of Flee, ready to be run and compared.

    Attributes:
        instance: The instance as read.
        world: Its arrays; camps are those with counts and a location.
        camps: Names of the camps, in the order of the arrays.
        counted: People counted in them, of shape [days, camps].
        warnings: Everything that was odd, with file and line.
    """

    instance: FleeInstance
    world: DisplacementWorld
    camps: tuple[str, ...]
    counted: NDArray[np.int64]
    warnings: tuple[Problem, ...]


def crisis_of(instance: FleeInstance, people_per_agent: int = PEOPLE_PER_AGENT) -> Crisis:
    """Make an instance ready.

    Raises:
        InputProblem: If no camp with counts has a location, so that nothing can be compared.
    """
    placed = np.flatnonzero(instance.placed)
    if placed.size == 0:
        raise InputProblem(Problem(
            file=str(instance.folder / "source_data" / "data_layout.csv"),
            message="none of the camps with counts is a camp of locations.csv, so nothing can be "
                    "compared",
            suggestion="give a camp the same name in both files"))
    counted = instance.counts[:, placed]
    places = np.array([instance.camps[n].location for n in placed], np.int64)
    names = tuple(instance.camps[n].name for n in placed)
    roads, is_open, warnings = _roads(instance, places)
    capacity, unknown = _capacities(instance, places)
    _check_size(instance, people_per_agent)
    since, origin = agents_by_day(instance.departures, people_per_agent)
    start = np.floor_divide(counted[0] + people_per_agent // 2, people_per_agent)
    key = np.array([name_hash(name) for name in names], np.int64)
    world = DisplacementWorld(
        roads, Camps(places, key, capacity, is_open),
        People(start.astype(np.int64), since, origin, people_per_agent))
    more = [*warnings, *unknown, *_left_out(instance)]
    return Crisis(instance, world, names, counted, (*instance.warnings, *more))


def _check_size(instance: FleeInstance, each: int) -> None:
    people = int(instance.start_counts[instance.placed].sum() + instance.arrivals.sum())
    if people // each > MOST_AGENTS:
        raise InputProblem(Problem(
            file=str(instance.folder / "source_data"), field="people_per_agent", value=str(each),
            message=f"{people:,} people come in all, which makes more than {MOST_AGENTS:,} agents",
            suggestion=f"give {-(-people // MOST_AGENTS):,} or more people per agent"))


def agents_by_day(departures: NDArray[np.int64], each: int,
                  ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Agents who set out, from people: as many in all as people so far make, rounded.

    The place to which most people are owed gets the next agent, so that no place falls short by
    more than about one agent.

    Args:
        departures: People who set out, by day and place.
        each: People for whom one agent stands.

    Returns:
        Index of the first agent of each day, with the number of agents at the end; and the place
        of each agent.
    """
    since = np.zeros(len(departures) + 1, np.int64)
    origin: list[int] = []
    owed = np.zeros(departures.shape[1])
    total = 0
    for day, people in enumerate(departures):
        owed += people
        total += int(people.sum())
        new = (total + each // 2) // each - len(origin)
        sure = np.maximum(owed // each - 1, 0).astype(np.int64)  # at once: those beyond dispute
        if 0 < sure.sum() <= new:
            owed -= sure * each
            origin.extend(np.repeat(np.arange(len(sure)), sure).tolist())
            new -= int(sure.sum())
        for _ in range(new):
            place = int(owed.argmax())
            owed[place] -= each
            origin.append(place)
        since[day + 1] = len(origin)
    return since, np.array(origin, np.int64)


def _roads(instance: FleeInstance, places: NDArray[np.int64],
           ) -> tuple[Roads, NDArray[np.int64], list[Problem]]:
    """Ways to the camps by epoch, and which camps take people in."""
    from scenarios.importing.flee.windows import closed_windows

    windows, warnings = closed_windows(instance)
    shut = _shut_camps(instance, places)
    edges = {edge for spans in windows.values() for span in spans for edge in span}
    edges |= {edge for _, *span in shut for edge in span}
    begins = sorted({0} | {edge for edge in edges if 0 < edge < instance.length})
    km, hop, hop_km = zip(*(
        _ways(_lengths(instance, windows, day), places) for day in begins), strict=True)
    is_open = np.ones((len(begins), len(places)), np.int64)
    for camp, first, last in shut:
        is_open[[first <= day < last for day in begins], camp] = 0
    everywhere, _, _ = _ways(_lengths(instance, {}, 0), places)
    epoch = np.searchsorted(begins, np.arange(instance.length), side="right") - 1
    roads = Roads(epoch.astype(np.int64), np.stack(km), np.stack(hop), np.stack(hop_km),
                  _usual(everywhere))
    return roads, is_open, warnings


def _lengths(instance: FleeInstance, windows: dict[tuple[str, str], list[tuple[int, int]]],
             day: int) -> NDArray[np.float64]:
    """Kilometres of each open road on a day, by start and end; 0 where there is none."""
    found = np.zeros((len(instance.locations),) * 2)
    for link in instance.links:
        for way in ((link.name1, link.name2), (link.name2, link.name1)):
            if not any(first <= day < last for first, last in windows.get(way, ())):
                found[instance.index[way[0]], instance.index[way[1]]] = link.km
    return found


def _ways(lengths: NDArray[np.float64], places: NDArray[np.int64],
          ) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64]]:
    """Kilometres to each camp, the next place on the way and kilometres to that, by camp, place."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import dijkstra

    km, before = dijkstra(csr_matrix(lengths.T), indices=places, return_predecessors=True)
    here = np.broadcast_to(np.arange(len(lengths)), before.shape)
    hop = np.where(before >= 0, before, here).astype(np.int64)
    return km, hop, lengths[here, hop]


def _usual(km: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean distance of the camps that can be reached from each place; 1 where that is none."""
    finite = np.isfinite(km)
    whole = np.where(finite, km, 0.0).sum(axis=0)
    mean = np.divide(whole, finite.sum(axis=0), out=np.zeros(len(whole)), where=whole > 0)
    return np.where(mean > 0, mean, 1.0)


def _shut_camps(instance: FleeInstance, places: NDArray[np.int64]) -> list[tuple[int, int, int]]:
    """Camps that take nobody in: camp, first day, first day on which it does again."""
    camp_at = {instance.locations[place].name: n for n, place in enumerate(places)}
    roads = {frozenset((link.name1, link.name2)) for link in instance.links}
    found = []
    for closure in instance.closures:
        is_road = frozenset((closure.name1, closure.name2)) in roads
        if closure.kind in _SHUT and closure.name1 in camp_at and not (
                closure.kind == "location" and is_road):
            last = instance.length if closure.end is None else closure.end
            found.append((camp_at[closure.name1], closure.start, last))
    return found


def _capacities(instance: FleeInstance, places: NDArray[np.int64],
                ) -> tuple[NDArray[np.float64], list[Problem]]:
    """Capacities; those that nobody could ever reach say nothing and count as not known."""
    everyone = int(instance.start_counts[instance.placed].sum() + instance.arrivals.sum())
    shown = str(instance.folder / "input_csv" / "locations.csv")
    found = np.zeros(len(places))
    warnings = []
    for n, index in enumerate(places):
        place = instance.locations[index]
        if place.population >= max(everyone, 1):
            what = (f"the capacity of '{place.name}', {place.population:,}, is no limit to the "
                    f"{everyone:,} people who ever come")
        elif place.population == 0:
            what = f"'{place.name}' has no capacity"
        else:
            found[n] = place.population
            continue
        warnings.append(Problem(
            file=shown, line=place.line, field="population", severity="warning",
            message=f"{what}; it has no limit, and is taken to be as full as the other camps are "
                    "on average"))
    return found, warnings


def _left_out(instance: FleeInstance) -> list[Problem]:
    """Camps without counts, to which nobody is sent."""
    shown = str(instance.folder / "input_csv" / "locations.csv")
    counted = {camp.location for camp in instance.camps}
    return [
        Problem(file=shown, line=place.line, severity="warning",
                message=f"nobody is sent to '{place.name}', which has no counts: everyone who "
                        "arrives is counted in another camp")
        for n, place in enumerate(instance.locations) if place.is_camp and n not in counted
    ]
