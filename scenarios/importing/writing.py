"""Writes an imported network: five CSV files, a README, a scenario, and whatever else belongs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scenarios.importing.completing import complete
from scenarios.importing.draft import Draft
from scenarios.importing.given import Given
from scenarios.importing.names import plain
from scenarios.importing.starter import Starter
from sim.network import RouteNetwork, load_network
from sim.problems import InputProblem, Problem

__all__ = ["Written", "scenario_name", "write_given", "write_network"]

LONGEST_NAME = 64


@dataclass(frozen=True)
class Written:
    """What an import wrote.

    Attributes:
        network: The network, as it was written and read again.
        warnings: What was odd or assumed.
        scenario: Name of the scenario's file.
        facts: Numbers worth telling, by name.
    """

    network: RouteNetwork
    warnings: tuple[Problem, ...]
    scenario: str
    facts: dict[str, object]


def write_given(given: Given, folder: Path, kind: str, name: str) -> Written:
    """Complete what a file says and write it into a folder.

    Args:
        given: What the file says.
        folder: An empty folder.
        kind: The format, as people write it: `GeoJSON`.
        name: Name of the network.

    Raises:
        InputProblem: If the file cannot become a network.
    """
    draft, warnings = complete(given)
    file = Path(given.file).name
    today = dt.datetime.now(dt.UTC).date().isoformat()
    (folder / "README.md").write_text(
        _readme(draft, warnings, file, kind, name, today), encoding="utf-8")
    starter = Starter(
        comment=[f"Ordinary times on the route imported from {file}. Everything here is assumed;",
                 "change it to what you know."],
        name=scenario_name(name), title=f"The route of {file} in ordinary times".rstrip("."),
        question="Who asks for help along this route, who goes without, and why?",
        network=".", days=180, people=10_000, migrants=2_000, present=50,
        status={"irregular": 55, "asylum_seeker": 15, "regular": 25, "other": 5})
    network = write_network(draft, folder, starter, given.file)
    return Written(network, tuple(warnings), "scenario.yaml", {
        "nodes": len(network.nodes), "legs": len(network.legs),
        "assumed": sum(draft.assumed().values())})


def write_network(draft: Draft, folder: Path, starter: Starter, file: str) -> RouteNetwork:
    """Write the five files and the scenario, and read the network again as anybody would.

    Raises:
        InputProblem: If what was written is no network that can be used; it names the input.
    """
    draft.write(folder)
    (folder / "scenario.yaml").write_text(starter.text(), encoding="utf-8")
    try:
        return load_network(folder)
    except InputProblem as problem:
        raise InputProblem([
            one.model_copy(update={
                "file": file, "line": None,
                "message": f"in {Path(one.file).name} made of it, {one.message}"})
            for one in problem.problems]) from None


def scenario_name(text: str) -> str:
    """A name in ASCII snake case."""
    name = plain(text).replace(" ", "_")[:LONGEST_NAME].strip("_")
    return name if name and name[0].isalpha() else f"route_{name}".strip("_")


def _readme(draft: Draft, warnings: Sequence[Problem], file: str, kind: str, name: str,
            today: str) -> str:
    counts = draft.assumed()
    lines = [
        f"# {name}", "",
        f"Imported from the {kind} file `{file}` on {today} by `waytrust import`: "
        f"{len(draft.nodes)} places in {len(draft.countries)} countries, {len(draft.legs)} rows "
        f"of legs, {len(draft.organisations)} organisations and {len(draft.points)} service "
        "points.", "",
        "## Where the numbers come from", "",
        "Every row says it in `source`. The name of the file stands for numbers that it gives, "
        "`computed` for lengths from coordinates (great circle times `detour`, or along the line "
        "of the way), and `assumed` for everything else.", "",
        "## What is assumed", "",
        *(f"- {count:,} numbers in `{table}`" for table, count in counts.items() if count), "",
        "These are placeholders of plausible size, the same everywhere. They say nothing about "
        "the real places, ways and organisations. Replace what you know better, and give its "
        "source.", "",
        "## What was told on import", "",
        *(f"- {problem.sentence()}" for problem in warnings), "",
        "## Licence", "",
        f"That of `{file}`; write it here.", "",
    ]
    return "\n".join(lines)
