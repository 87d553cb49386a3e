"""`python -m experiments.displacement DIR`: fits the parameters, and leaves out each crisis."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from experiments.displacement.fitting import KEPT, REPLICATES, Fit, fit, search
from experiments.displacement.page import write_page
from experiments.displacement.validation import instances_in
from experiments.displacement.world_of import crisis_of
from experiments.progress import out, say
from experiments.writing import write_json
from scenarios.importing.flee import read_instance
from sim.problems import InputProblem

__all__ = ["main"]

FEWEST = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Search the grid, say what was found and perhaps keep it; exit code 2 for wrong input."""
    asked = _parser().parse_args(arguments)
    try:
        crises = [crisis_of(read_instance(place)) for place in instances_in(asked.folder)]
    except InputProblem as problem:
        print(problem, file=sys.stderr)
        return 2
    if len(crises) < FEWEST or asked.replicates < 1:
        print("to leave one out takes at least two instances, and a replicate", file=sys.stderr)
        return 2
    errors = search(crises, asked.replicates, told=lambda words: say().print(words))
    found = fit([crisis.instance.name for crisis in crises], errors)
    _tell(found)
    if asked.keep:
        write_json(KEPT, {"replicates": asked.replicates, **asdict(found)})
        write_page(asked.folder)
    return 0


def _tell(found: Fit) -> None:
    console = out()
    console.print(
        f"All: distance weight {found.best[0]:g}, independence {found.best[1]:g}; mean error "
        f"{found.with_capacities:.3f} with capacities, {found.without:.3f} without")
    for row in found.left_out:
        console.print(
            f"{row.name} left out: {row.distance_weight:g}, {row.independence:g}; its error "
            f"{row.with_capacities:.3f} with capacities, {row.without:.3f} without")
    count = len(found.left_out)
    console.print(f"Mean of those left out: "
                  f"{sum(row.with_capacities for row in found.left_out) / count:.3f} with "
                  f"capacities, {sum(row.without for row in found.left_out) / count:.3f} without")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m experiments.displacement",
                                     description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR", help="folder of instances of Flee")
    parser.add_argument("--replicates", type=int, default=REPLICATES,
                        help=f"runs of each crisis at each point ({REPLICATES})")
    parser.add_argument("--keep", action="store_true",
                        help="keep what was found, and write docs/movement.md again")
    return parser


if __name__ == "__main__":
    sys.exit(main())
