"""On which days each road is closed, each way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import networkx as nx

from scenarios.importing.flee.instance import FleeInstance
from scenarios.importing.flee.times import MOST_DAYS, Closure
from sim.problems import Problem

__all__ = ["Windows", "closed_windows", "followed_redirections"]

Way = tuple[str, str]
Window = tuple[int, int]
Windows = dict[Way, list[Window]]


def closed_windows(instance: FleeInstance) -> tuple[Windows, list[Problem]]:
    """Days on which each directed road is closed, with redirections that can be followed.

    Roads are closed both ways by closures of a border, a road or a place. A closed camp takes
    nobody in, so the roads to it are closed. Where everyone is sent on from a place, the other
    roads out of it are closed for as long.

    Returns:
        First day and first open day of each closure, by start and end of the road; and warnings
        about what could not be told in this way.
    """
    raw: Windows = {way: [] for way in _ways(instance)}
    warnings: list[Problem] = []
    for closure in instance.closures:
        window = closure.start, closure.end if closure.end is not None else MOST_DAYS
        if window[0] >= MOST_DAYS:
            continue
        for way in _closed(instance, closure, raw):
            raw[way].append(window)
    for start, end, last in followed_redirections(instance, warnings):
        for way in raw:
            if way[0] == start and way[1] != end and last > 0:
                raw[way].append((0, last))
    return {way: _merged(windows) for way, windows in raw.items()}, warnings


def followed_redirections(instance: FleeInstance, warnings: list[Problem],
                          ) -> list[tuple[str, str, int]]:
    """Redirections that the network follows: from, to, and the first day without it.

    Those out of a camp are not followed (people stay in camps), nor those that would cut a camp
    off from the places where people set out.
    """
    shown = str(instance.folder / "input_csv" / "routes.csv")
    camps = {place.name for place in instance.locations if place.is_camp}
    followed: list[tuple[str, str, int]] = []
    for link in instance.links:
        ends = link.redirection
        if ends is None:
            continue
        if ends[0] in camps:  # told when the road was read
            continue
        if cut := _cut_off(instance, [*followed, (*ends, 0)]):
            why = f"nobody would get to {', '.join(sorted(cut))}"
            warnings.append(Problem(
                file=shown, line=link.line, severity="warning", field="forced_redirection",
                message=f"the redirection from '{ends[0]}' to '{ends[1]}' is not followed in the "
                        f"network: {why}"))
        else:
            followed.append((*ends, _removed(instance, ends)))
    return followed


def _removed(instance: FleeInstance, ends: Way) -> int:
    days = [closure.start for closure in instance.closures
            if closure.kind == "remove_forced_redirection"
            and (closure.name1, closure.name2) == ends]
    return min([*days, MOST_DAYS])


def _cut_off(instance: FleeInstance, forced: list[tuple[str, str, int]]) -> set[str]:
    """Camps that people get to without redirections, but not with them."""
    free = nx.DiGraph(_ways(instance))
    bound = free.copy()
    keep: dict[str, set[str]] = {}
    for start, end, _ in forced:
        keep.setdefault(start, set()).add(end)
    bound.remove_edges_from([way for way in free.edges
                             if way[0] in keep and way[1] not in keep[way[0]]])
    camps = {place.name for place in instance.locations if place.is_camp}
    lost: set[str] = set()
    for n, place in enumerate(instance.locations):
        if place.name in free and instance.departures[:, n].any():
            lost |= (nx.descendants(free, place.name) - nx.descendants(bound, place.name)) & camps
    return lost


def _ways(instance: FleeInstance) -> Iterator[Way]:
    for link in instance.links:
        yield link.name1, link.name2
        yield link.name2, link.name1


def _closed(instance: FleeInstance, closure: Closure, ways: Iterable[Way]) -> list[Way]:
    """Directed roads that a closure closes."""
    place = {one.name: one for one in instance.locations}
    names = {closure.name1, closure.name2}
    kind = closure.kind
    if kind == "country":
        return [way for way in ways
                if {place[way[0]].country, place[way[1]].country} == names]
    if kind in ("camp", "idpcamp"):
        shut = closure.name1 if place[closure.name1].is_camp else ""
        return [way for way in ways if way[1] == shut]
    linked = [way for way in ways if set(way) == names]
    if kind == "link" or (kind == "location" and linked):
        return linked
    if kind == "location":
        return [way for way in ways if closure.name1 in way]
    return []


def _merged(windows: list[Window]) -> list[Window]:
    """Windows in order, those that touch made one."""
    found: list[Window] = []
    for start, end in sorted(windows):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found
