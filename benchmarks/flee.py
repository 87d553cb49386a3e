"""`python -m benchmarks.flee`: agent-steps a second of displacement, beside Flee itself.

The same instance, days and people per agent, in turn, so that a busy moment of the machine hits
both; ratios are taken turn by turn. Flee (https://github.com/djgroen/flee) is no dependency: put it
into an environment of its own and name that environment's Python.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.machine import describe
from experiments.displacement.world_of import PEOPLE_PER_AGENT, crisis_of
from scenarios.importing.flee import read_instance
from sim.displacement import run_displacement

__all__ = ["beside_flee", "main"]

ROOT = Path(__file__).parent.parent
CHILD = Path(__file__).with_name("flee_days.py")
RESULTS = Path(__file__).parent / "results" / "flee.json"
INSTANCE = ROOT / "tests" / "data" / "flee" / "mali2012"


def main(arguments: Sequence[str] | None = None) -> int:
    """Time both, print and keep what was found; exit code 2 where there is no Flee."""
    asked = _parser().parse_args(arguments)
    if not _has_flee(asked.python, asked.path):
        print(f"There is no Flee for {asked.python}; install it into an environment of its own "
              "and name that environment's Python with --python, or a checkout of Flee with "
              "--path.", file=sys.stderr)
        return 2
    found = []
    for place in asked.instances or [INSTANCE]:
        one = beside_flee(Path(place), asked.python, asked.path, asked.repeats)
        found.append(one)
        print(f"{one['instance']}: {one['agents']:,} agents, {one['days']:,} days; Flee "
              f"{one['flee']:,.0f} agent-steps a second, this {one['ours']:,.0f}, "
              f"{one['ratio']:,.0f} times as many (least of {asked.repeats} turns "
              f"{one['least_ratio']:,.0f}); of agents under way alone {one['moving']:,.0f}",
              flush=True)
    if asked.keep:
        RESULTS.write_text(json.dumps({"machine": describe(), "instances": found}, indent=1)
                           + "\n", encoding="utf-8")
    return 0


def beside_flee(instance: Path, python: str, path: str, repeats: int) -> dict[str, Any]:
    """Medians over turns: agent-steps a second of Flee and of this model, and their ratio."""
    crisis = crisis_of(read_instance(instance))
    theirs, ours, moving, agents = [], [], [], 0
    with tempfile.TemporaryDirectory(prefix="waytrust-") as folder:
        settings = _settings(instance, Path(folder))
        for turn in range(repeats):
            told = _flee(instance, settings, crisis.world.days, python, path)
            run = run_displacement(crisis.world, replicate=turn)
            theirs.append(told["agent_steps"] / told["seconds"])
            ours.append(run.agent_steps / run.seconds)
            moving.append(run.moving_steps / run.seconds)
            agents = int(told["agents"])
    ratios = [mine / flee for mine, flee in zip(ours, theirs, strict=True)]
    return {
        "instance": instance.name, "days": crisis.world.days, "agents": crisis.world.agents,
        "flee_agents": agents, "flee": statistics.median(theirs), "ours": statistics.median(ours),
        "moving": statistics.median(moving), "ratio": statistics.median(ratios),
        "least_ratio": min(ratios),
    }


def _settings(instance: Path, folder: Path) -> Path:
    """Flee's settings of the instance, with as many people per agent as we have."""
    text = (instance / "simsetting.yml").read_text(encoding="utf-8")
    text, count = re.subn(r"hasten:.*", f"hasten: {PEOPLE_PER_AGENT}", text)
    if not count:
        text += f"\noptimisations:\n  hasten: {PEOPLE_PER_AGENT}\n"
    file = folder / "simsetting.yml"
    file.write_text(text, encoding="utf-8")
    return file


def _flee(instance: Path, settings: Path, days: int, python: str, path: str) -> dict[str, float]:
    done = subprocess.run(
        [python, "-W", "ignore", str(CHILD), str(instance.resolve()), str(settings), str(days)],
        capture_output=True, text=True, check=False, env=_environment(path))
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["no message"]
        raise RuntimeError(f"Flee ended with an error: {last[0]}")
    told: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return told


def _has_flee(python: str, path: str) -> bool:
    # Not from this folder, where this very file could be taken for Flee.
    try:
        done = subprocess.run([python, "-c", "import flee.flee"], capture_output=True, check=False,
                              env=_environment(path), cwd=tempfile.gettempdir())
    except OSError:
        return False
    return done.returncode == 0


def _environment(path: str) -> dict[str, str]:
    rest = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    # `-P` by variable: the folder of the child must not stand before Flee's.
    safe = {**rest, "PYTHONSAFEPATH": "1"}
    return {**safe, "PYTHONPATH": str(Path(path).resolve())} if path else safe


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.flee", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("instances", nargs="*", metavar="DIR",
                        help="instances of Flee (mali2012)")
    parser.add_argument("--python", default=sys.executable, help="a Python that has Flee")
    parser.add_argument("--path", default="", help="a checkout of Flee, where it is not installed")
    parser.add_argument("--repeats", type=int, default=3, help="turns (3)")
    parser.add_argument("--keep", action="store_true", help="keep what was found in results/")
    return parser


if __name__ == "__main__":
    sys.exit(main())
