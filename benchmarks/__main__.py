"""`python -m benchmarks`: times the model, prints tables, keeps the results."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console

from benchmarks import phases, speed
from benchmarks.machine import describe
from benchmarks.tables import as_table, phase_rows, speed_rows
from experiments.pages import markdown_table, put_into

__all__ = ["main"]

RESULTS = Path(__file__).parent / "results"
SIZES = (10_000, 100_000, 1_000_000)
MESA_SIZES = (10_000, 100_000)
PHASE_SIZES = (100_000, 1_000_000)
SMALL = (500, 1_000)
DAYS = 7
"""Days or steps timed in each repeat, the same for all, so that all worlds are equally old."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmarks."""
    asked = _parser().parse_args(arguments)
    err = Console(stderr=True, highlight=False)

    def say(what: str) -> None:
        err.print(f"Timing: {what} ...")

    err.print("One core; other work on the machine changes the times. About three minutes.")
    speed.warm_up()
    found = _small(say) if asked.small else _usual(say, asked.repeats)
    asked.out.mkdir(parents=True, exist_ok=True)
    for name, value in found.items():
        text = json.dumps(value, indent=1, ensure_ascii=False)
        (asked.out / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    _show(found)
    if asked.page:
        _write_page(asked.page, found)
    err.print(f"Kept in {asked.out.name}/: {', '.join(f'{name}.json' for name in found)}")


def _usual(say: Callable[[str], None], repeats: int) -> dict[str, Any]:
    timed = speed.measure(SIZES, MESA_SIZES, repeats, DAYS, say)
    costs = [phases.measure(size, DAYS, repeats, say) for size in PHASE_SIZES]
    return _results(timed, costs)


def _small(say: Callable[[str], None]) -> dict[str, Any]:
    timed = speed.measure(SMALL, SMALL[:1], 2, 2, say)
    return _results(timed, [phases.measure(SMALL[0], 2, 1, say)])


def _results(timed: speed.Speed, costs: list[phases.PhaseCosts]) -> dict[str, Any]:
    machine = describe()
    plain = {
        "speed": {"machine": machine, "burn_in_days": speed.BURN_IN, **timed.to_dict()},
        "phases": {"machine": machine, "sizes": [cost.to_dict() for cost in costs]},
    }
    whole: dict[str, Any] = json.loads(json.dumps(plain))
    return whole


def _show(found: Mapping[str, Any]) -> None:
    out = Console(highlight=False)
    for title, rows in _tables(found, short=True).values():
        out.print(as_table(title, rows))
    out.print(_machine(found))


def _write_page(page: Path, found: Mapping[str, Any]) -> None:
    for name, (_, rows) in _tables(found).items():
        put_into(page, name, markdown_table(rows, right=len(rows[0]) - 1))
    put_into(page, "machine", _machine(found))


def _tables(found: Mapping[str, Any], *, short: bool = False) -> dict[str, Any]:
    return {
        "speed": ("Agent-steps per second on one core", speed_rows(found["speed"])),
        "phases": ("Cost per agent-step", phase_rows(found["phases"]["sizes"], short=short)),
    }


def _machine(found: Mapping[str, Any]) -> str:
    machine = found["speed"]["machine"]
    busy = min(pace["busy"] for pace in found["speed"]["paces"])
    words = ", ".join(f"{name} {value}" for name, value in machine.items())
    return f"Measured on: {words}. The core worked for us {100 * busy:.0f} % of the time or more."


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the results")
    parser.add_argument("--repeats", type=int, default=5, help="how often each is timed")
    parser.add_argument("--small", action="store_true", help="tiny sizes, to try it out")
    parser.add_argument("--page", type=Path, help="put the tables into this page as well")
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])
