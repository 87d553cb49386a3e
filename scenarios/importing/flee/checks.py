"""Oddities between the files of an instance."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import numpy as np

from scenarios.importing.flee.counts import TOTAL, Layout
from scenarios.importing.flee.instance import FleeInstance
from scenarios.importing.flee.told import Told
from sim.problems import nearest

__all__ = ["tell_oddities"]

USED = {"closures.csv", "conflicts.csv", "locations.csv", "registration_corrections.csv",
        "routes.csv", "sim_period.csv", "data_layout.csv"}
ABSURD = 10


def tell_oddities(instance: FleeInstance, layout: tuple[Layout, ...], inputs: Path, source: Path,
                  told: Told) -> None:
    """Warn of all that does not fit together."""
    places = str(inputs / "locations.csv")
    _tell_layout(instance, layout, str(source / "data_layout.csv"), told)
    _tell_camps(instance, places, told)
    _tell_roads(instance, places, told)
    _tell_redirections(instance, inputs, told)
    _tell_total(instance, layout, source, told)
    _tell_unused(layout, inputs, source, told)


def _tell_layout(instance: FleeInstance, layout: tuple[Layout, ...], shown: str,
                 told: Told) -> None:
    lines = {row.name: row.line for row in layout}
    for n, camp in enumerate(instance.camps):
        if camp.location is not None:
            continue
        start, line = int(instance.counts[0, n]), lines[camp.name]
        if camp.name in instance.index:
            what = "is in locations.csv but not as a camp"
        else:
            near = nearest(camp.name, instance.index)
            what = "is not in locations.csv" + (f" (where there is '{near}')" if near else "")
        told.warn(shown, line, f"'{camp.name}' has counts but {what}: its counts are part of the "
                  f"sum from which arrivals come, but nobody can go there, and its {start:,} "
                  "people of day 0 stand nowhere")


def _tell_camps(instance: FleeInstance, shown: str, told: Told) -> None:
    counted = {camp.location: n for n, camp in enumerate(instance.camps)}
    for index, place in enumerate(instance.locations):
        if not place.is_camp:
            continue
        if index not in counted:
            told.warn(shown, place.line, f"'{place.name}' is a camp without counts")
            continue
        most = int(instance.counts[:, counted[index]].max())
        if 0 < place.population < most:
            told.warn(shown, place.line, f"the capacity of '{place.name}', "
                      f"{place.population:,}, is below the largest count, {most:,}",
                      field="population")
        elif place.population > ABSURD * max(most, 1):
            told.warn(shown, place.line, f"the capacity of '{place.name}', "
                      f"{place.population:,}, is more than {ABSURD} times the largest count, "
                      f"{most:,}", field="population")


def _tell_roads(instance: FleeInstance, shown: str, told: Told) -> None:
    graph = nx.Graph((link.name1, link.name2) for link in instance.links)
    graph.add_nodes_from(place.name for place in instance.locations)
    camps = {place.name for place in instance.locations if place.is_camp}
    zones = [place.name for n, place in enumerate(instance.locations)
             if (instance.conflicts[:, n] > 0).any()]
    without_camps = graph.subgraph(set(graph) - camps)
    direct: set[str] = set()
    anyhow: set[str] = set()
    for zone in zones:
        anyhow |= nx.node_connected_component(graph, zone)
        inside = nx.node_connected_component(without_camps, zone)
        direct |= inside | {other for name in inside for other in graph[name]}
    for index, place in enumerate(instance.locations):
        if graph.degree(place.name) == 0:
            people = int(instance.departures[:, index].sum())
            more = f"; {people:,} people set out there and get nowhere" if people else ""
            told.warn(shown, place.line, f"no road leads to '{place.name}'{more}")
        elif zones and place.name not in anyhow:
            told.warn(shown, place.line, f"no way leads from any place in conflict to "
                                         f"'{place.name}'")
        elif place.is_camp and place.name not in direct:
            through = sorted(set(graph[place.name]) & camps)
            told.warn(shown, place.line, f"'{place.name}' is reached only through another camp"
                      + (f" ({', '.join(through)})" if through else ""))


def _tell_redirections(instance: FleeInstance, inputs: Path, told: Told) -> None:
    shown = str(inputs / "routes.csv")
    kinds = {place.name: place.is_camp for place in instance.locations}
    for link in instance.links:
        ends = link.redirection
        if ends is None:
            continue
        odd = "; that leads out of a camp, where people stay" if kinds[ends[0]] else ""
        told.warn(shown, link.line, f"{link.forced} is read as: whoever comes to '{ends[0]}' is "
                  f"sent on to '{ends[1]}', as Flee's program reads it{odd}. Flee's "
                  "documentation says the opposite", field="forced_redirection")
    forced = {link.redirection for link in instance.links}
    for closure in instance.closures:
        if closure.kind == "remove_forced_redirection" and (
            closure.name1, closure.name2) not in forced:
            told.warn(str(inputs / "closures.csv"), closure.line,
                      f"there is no redirection from '{closure.name1}' to '{closure.name2}' to "
                      "remove")
    _tell_closures(instance, inputs, told)


def _tell_closures(instance: FleeInstance, inputs: Path, told: Told) -> None:
    """Closures with two linked names, and closures that close nothing."""
    shown = str(inputs / "closures.csv")
    links = {frozenset((link.name1, link.name2)) for link in instance.links}
    country = {place.name: place.country for place in instance.locations}
    borders = {frozenset(country[name] for name in link) for link in links}
    for closure in instance.closures:
        ends = frozenset((closure.name1, closure.name2))
        if closure.kind == "location" and closure.name2 and ends in links:
            told.warn(shown, closure.line, f"this location closure names both ends of a road; it "
                      f"closes the road from '{closure.name1}' to '{closure.name2}', not the "
                      "place")
        elif closure.kind == "location" and closure.name2:
            told.warn(shown, closure.line, f"no road leads from '{closure.name1}' to "
                      f"'{closure.name2}'; '{closure.name1}' is closed as a whole")
        elif (closure.kind == "link" and ends not in links) or (
            closure.kind == "country" and ends not in borders):
            told.warn(shown, closure.line, f"no road leads from '{closure.name1}' to "
                      f"'{closure.name2}', so this closes nothing")
        elif closure.kind in ("camp", "idpcamp") and not instance.locations[
            instance.index[closure.name1]].is_camp:
            told.warn(shown, closure.line, f"'{closure.name1}' is not a camp, so this closes "
                      "nothing")


def _tell_total(instance: FleeInstance, layout: tuple[Layout, ...], source: Path,
                told: Told) -> None:
    row = next((row for row in layout if row.name == TOTAL), None)
    if instance.total is None or row is None:
        return
    more = instance.total - instance.counts.sum(axis=1)
    day = int(np.abs(more).argmax())
    if more[day] == 0:
        return
    word = "more" if more[day] > 0 else "fewer"
    told.warn(str(source / row.files[0]), None, f"counts {abs(int(more[0])):,} people "
              f"{'more' if more[0] >= 0 else 'fewer'} than the camps together on day 0, and "
              f"{abs(int(more[day])):,} {word} on day {day}; arrivals come from the camps, not "
              "from this file")


def _tell_unused(layout: tuple[Layout, ...], inputs: Path, source: Path, told: Told) -> None:
    used = USED | {file for row in layout for file in row.files}
    if not (inputs / "sim_period.csv").is_file():
        used.add("conflict_period.csv")
    for folder in (inputs, source):
        for path in sorted(folder.iterdir()):
            if path.name not in used:
                told.warn(str(path), None, "nobody uses this file; it is not read")
