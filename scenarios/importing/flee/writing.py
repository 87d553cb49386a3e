"""Writes an instance of Flee as a network with a scenario, arrivals and counts."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from scenarios.importing.flee.instance import FleeInstance
from scenarios.importing.flee.network import network_of, node_ids
from scenarios.importing.flee.provenance import licence_text, readme_text
from scenarios.importing.flee.reading import read_instance
from scenarios.importing.names import plain
from scenarios.importing.starter import Starter
from scenarios.importing.writing import Written, scenario_name, write_network
from sim.problems import InputProblem, Problem

__all__ = ["starter_of", "write_instance", "write_tables"]


def write_instance(source: Path | str, folder: Path, name: str | None = None) -> Written:
    """Read an instance and write it into a folder.

    Args:
        source: Folder of the instance, with `input_csv` and `source_data`.
        folder: An empty folder.
        name: Name of the scenario (the instance's).

    Raises:
        InputProblem: If the instance cannot be read, or nobody ever sets out.
    """
    instance = read_instance(source)
    if not instance.departures.any():
        raise InputProblem(Problem(
            file=str(instance.folder / "source_data"), message="the counts in the camps never "
            "rise while there is conflict, so nobody sets out",
            suggestion="check conflicts.csv and the counts"))
    draft, warnings = network_of(instance)
    warnings = [*instance.warnings, *warnings]
    network = write_network(draft, folder, starter_of(instance, ".", "arrivals.csv", name),
                            str(instance.folder))
    write_tables(instance, folder)
    (folder / "README.md").write_text(readme_text(instance, draft, warnings), encoding="utf-8")
    (folder / "LICENSE.txt").write_text(licence_text(), encoding="utf-8")
    return Written(network, tuple(warnings), "scenario.yaml", {
        "nodes": len(network.nodes), "legs": len(network.legs), "camps": len(instance.camps),
        "days": instance.length, "people": int(instance.arrivals.sum()),
        "present_on_day_0": int(instance.start_counts.sum())})


def write_tables(instance: FleeInstance, folder: Path) -> None:
    """Write `arrivals.csv`, `counts.csv` and `start.csv`."""
    ids = node_ids(instance)
    places = [ids[place.name] for place in instance.locations]
    days, where = np.nonzero(instance.departures)
    _write(folder / "arrivals.csv", ("day", "origin", "count"), (
        (int(day), places[n], int(instance.departures[day, n]))
        for day, n in zip(days, where, strict=True)))
    camps = [places[camp.location] if camp.location is not None
             else plain(camp.name).replace(" ", "_") for camp in instance.camps]
    _write(folder / "counts.csv", ("day", "camp", "count"), (
        (day, camp, int(instance.counts[day, n]))
        for day in range(instance.length) for n, camp in enumerate(camps)))
    _write(folder / "start.csv", ("camp", "count"), (
        (camp, int(instance.start_counts[n])) for n, camp in enumerate(camps)
        if instance.placed[n]))


def starter_of(instance: FleeInstance, network: str, arrivals: str, name: str | None = None,
               ) -> Starter:
    """The scenario of an instance."""
    own = name or scenario_name(instance.name)
    people = int(instance.departures.sum())
    words = instance.home_country.replace("_", " ")
    where = f"{words}, {instance.start.year}"
    return Starter(
        comment=[f"Flight from {words} to {len(instance.camps)} camps, {instance.length} days from "
                 f"{instance.start}: daily arrivals",
                 "from UNHCR counts, places and roads of the Flee instance "
                 f"{instance.name} (FabFlee), conflict",
                 "from ACLED. People who were in the camps on day 0 are not in the run; see",
                 "start.csv beside the network. Everybody counts as a refugee (assumed)."],
        name=own, title=f"Flight from {where}",
        question=f"Where do people who flee from {words} find shelter and help?",
        network=network, days=instance.length, people=people,
        migrants=max(1, min(20_000, people)), present=0, status={"refugee": 100}, burn_in=0,
        start_date=instance.start.isoformat(), arrivals=arrivals)


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
