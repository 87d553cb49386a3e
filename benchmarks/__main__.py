"""`python -m benchmarks`: measures the model, prints tables, keeps the results."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console

from benchmarks import (
    dashboard,
    growth,
    largest,
    memory,
    pair,
    phases,
    queries,
    shell,
    sizes,
    speed,
    sweeps,
    threads,
)
from benchmarks.crowd import Crowds, warm_up
from benchmarks.headlines import headline_table
from benchmarks.machine import describe
from benchmarks.part import Found, Part
from benchmarks.scale import SMALL, USUAL, Say, Scale
from benchmarks.tables import as_table, numbers
from experiments.pages import Rows, markdown_table, put_into

__all__ = ["PARTS", "RESULTS", "aims_of", "least_busy", "machine_text", "main", "read_results"]

RESULTS = Path(__file__).parent / "results"
MODULES = (speed, sizes, phases, threads, memory, shell, pair, sweeps, queries, growth, largest,
           dashboard)
PARTS: dict[str, Part] = {module.PART.name: module.PART for module in MODULES}
USUALLY = [name for name in PARTS if name not in (largest.PART.name, dashboard.PART.name)]
"""Parts that run unless some are named: of the others one takes all memory for ten minutes, and one
needs Chromium."""
LARGE = 5_000_000
BEFORE = "before"
"""Folder, among the results, of those that later ones replaced."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmarks."""
    asked = _parser().parse_args(arguments)
    err = Console(stderr=True, highlight=False)
    began = time.perf_counter()

    def say(what: str) -> None:
        err.print(f"{time.perf_counter() - began:5.0f} s  {what}")

    err.print("Other work on the machine changes the times. All parts take about ten minutes.")
    found = _measure(asked.only, _scale(asked), say)
    _keep(found, asked.out)
    _show(found)
    if asked.page:
        _write_page(asked.page, found, asked.out)
    say(f"kept in {asked.out.name}/: {', '.join(f'{name}.json' for name in found)}")


def read_results(folder: Path) -> dict[str, Found]:
    """The results that a folder holds, by part, in the order of the parts."""
    files = {name: folder / f"{name}.json" for name in PARTS}
    return {
        name: json.loads(file.read_text(encoding="utf-8"))
        for name, file in files.items() if file.exists()
    }  # fmt: skip


def machine_text(results: dict[str, Found]) -> str:
    """The machine, or machines, and how much of it other work took, part by part."""
    parts: dict[str, list[str]] = {}
    for name, result in results.items():
        words = ", ".join(f"{key} {value}" for key, value in result["machine"].items())
        busy = least_busy(result)
        shown = name if busy is None else f"{name} {100 * min(1.0, busy):.0f} %"
        parts.setdefault(words, []).append(shown)
    return "\n\n".join(
        f"Measured on: {words}. Share of the time in which the core worked for us, at the least: "
        f"{', '.join(names)}." for words, names in parts.items()
    )  # fmt: skip


def least_busy(result: Any) -> float | None:
    """The least share of the time in which a core worked for us, over what one thread did."""
    return min(_shares(result), default=None)


def _shares(result: Any) -> Iterator[float]:
    if isinstance(result, dict):
        if result.get("threads") == 1:
            yield result["busy"]
        result = list(result.values())
    if isinstance(result, list):
        for part in result:
            yield from _shares(part)


def _measure(names: Sequence[str], scale: Scale, say: Say) -> dict[str, Found]:
    say("everything is compiled, if it is not yet")
    warm_up()
    crowds = Crowds(scale.burn_in, say)
    machine = describe()
    when = time.strftime("%Y-%m-%d %H:%M", time.gmtime())
    found = {}
    for number, name in enumerate(names, 1):
        part = PARTS[name]
        say(f"part {number} of {len(names)}, {name}: {part.what}")
        result = {"machine": machine, "when": when, **part.measure(scale, crowds, say)}
        found[name] = json.loads(json.dumps(result))
    return found


def _show(found: dict[str, Found]) -> None:
    out = Console(highlight=False)
    for name, result in found.items():
        for title, rows in PARTS[name].tables(result).values():
            out.print(as_table(title, rows))
    out.print(machine_text(found))


def _keep(found: dict[str, Found], folder: Path) -> None:
    """Write results; those of the run before are kept beside them."""
    (folder / BEFORE).mkdir(parents=True, exist_ok=True)
    for name, result in found.items():
        file = folder / f"{name}.json"
        if file.exists():
            file.replace(folder / BEFORE / file.name)
        text = json.dumps(result, indent=1, ensure_ascii=False)
        file.write_text(text + "\n", encoding="utf-8")


def aims_of(folder: Path) -> Rows:
    """The aims, as the run before and the last one found them."""
    runs = [read_results(place) for place in (folder / BEFORE, folder)]
    return headline_table([results for results in runs if results])


def _write_page(page: Path, found: dict[str, Found], folder: Path) -> None:
    for name, result in found.items():
        for mark, (_, rows) in PARTS[name].tables(result).items():
            put_into(page, mark, markdown_table(rows, right=numbers(rows)))
    put_into(page, "machine", machine_text(read_results(folder)))
    put_into(page, "aims", markdown_table(aims_of(folder)))


def _scale(asked: argparse.Namespace) -> Scale:
    scale = SMALL if asked.small else USUAL
    if asked.repeats:
        scale = dataclasses.replace(scale, repeats=asked.repeats)
    return dataclasses.replace(scale, sizes=(*scale.sizes, LARGE)) if asked.large else scale


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="parts:\n" + "\n".join(f"  {p.name:<9} {p.what}" for p in PARTS.values()),
    )  # fmt: skip
    parser.add_argument(
        "--only", type=_some_parts, default=USUALLY, metavar="PART,PART",
        help="some parts instead of all",
    )  # fmt: skip
    parser.add_argument(
        "--large", action="store_true", help=f"{LARGE:,} migrants too; takes some 5 GB of memory"
    )
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the results")
    parser.add_argument("--repeats", type=_count, help="how often each is timed")
    parser.add_argument("--small", action="store_true", help="tiny sizes, to try it out")
    parser.add_argument("--page", type=Path, help="put the tables into this page as well")
    return parser


def _some_parts(text: str) -> list[str]:
    asked = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in asked if name not in PARTS]
    if unknown or not asked:
        what = f"there is no part '{unknown[0]}'" if unknown else "no part is named"
        raise argparse.ArgumentTypeError(f"{what}; there are {', '.join(PARTS)}")
    return [name for name in PARTS if name in asked]


def _count(text: str) -> int:
    number = int(text) if text.isdigit() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is no whole number of 1 or more")
    return number


if __name__ == "__main__":
    main(sys.argv[1:])
