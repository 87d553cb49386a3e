"""`python -m experiments.peer`: repeats the screening of Routes and Rumours.

`run` lives its 2,400 runs and as many of Waytrust, `analyse` emulates them, `page` puts the
numbers into docs/peer.md and draws its figure; without a word all three.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.pages import put_into
from experiments.peer.analysing import analyse
from experiments.peer.design import POINTS, REPEATS, make_design
from experiments.peer.figure import draw
from experiments.peer.ours import run_ours
from experiments.peer.outputs import between_repeats
from experiments.peer.page import tables
from experiments.peer.rules import compare_rules
from experiments.peer.running import run_design
from experiments.progress import bar_on_stderr

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["RESULTS", "main"]

RESULTS = Path(__file__).resolve().parent / "results"
PAGE = Path(__file__).resolve().parents[2] / "docs" / "peer.md"
MODELS = ("routes", "waytrust")


def main(arguments: Sequence[str] | None = None) -> int:
    """Repeat the screening, or a part of it; always exit code 0."""
    asked = _parser().parse_args(arguments)
    folder: Path = asked.results
    folder.mkdir(parents=True, exist_ok=True)
    if asked.part in (None, "run"):
        _run(folder, asked.points, asked.repeats)
    if asked.part in (None, "analyse"):
        _analyse(folder)
    if asked.part in (None, "page"):
        _page(folder, asked.page)
    return 0


def _run(folder: Path, points: int, repeats: int) -> None:
    design = make_design(points)
    # To the last digit: a point that is nearly the same may give quite another run.
    design.to_csv(folder / "design.csv", index=False, lineterminator="\n")
    with bar_on_stderr(f"{points * repeats} runs (routes)") as report:
        _write(run_design(design, repeats, progress=report), folder / "routes.csv")
    with bar_on_stderr(f"{points * repeats} runs (waytrust)") as report:
        _write(run_ours(design, repeats, progress=report), folder / "waytrust.csv")
    with bar_on_stderr("Both rules") as report:
        rules = compare_rules(progress=report)
    (folder / "rules.json").write_text(json.dumps(rules, indent=1) + "\n", encoding="utf-8")


def _analyse(folder: Path) -> None:
    import pandas as pd

    design = pd.read_csv(folder / "design.csv")
    rules = json.loads((folder / "rules.json").read_text(encoding="utf-8"))
    results: dict[str, Any] = {"rules": rules}
    for model in MODELS:
        with bar_on_stderr(f"Emulating ({model})") as report:
            results[model] = analyse(design, pd.read_csv(folder / f"{model}.csv"), report)
    text = json.dumps(results, indent=1)
    (folder / "results.json").write_text(text + "\n", encoding="utf-8")


def _page(folder: Path, page: Path) -> None:
    import pandas as pd

    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    for name, table in tables(results).items():
        put_into(page, name, table)
    figures = page.parent / "figures"
    if figures.is_dir():
        design, runs = (pd.read_csv(folder / f"{name}.csv") for name in ("design", "routes"))
        draw(results, design, between_repeats(runs)[1], figures)


def _write(table: pd.DataFrame, path: Path) -> None:
    table.to_csv(path, index=False, float_format="%.6g", lineterminator="\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m experiments.peer", description=__doc__)
    parser.add_argument("part", nargs="?", choices=("run", "analyse", "page"))
    parser.add_argument("--points", type=int, default=POINTS, help="points of the design")
    parser.add_argument("--repeats", type=int, default=REPEATS, help="runs of each point")
    parser.add_argument("--results", type=Path, default=RESULTS, help="folder of the results")
    parser.add_argument("--page", type=Path, default=PAGE, help="page with places for the tables")
    return parser


if __name__ == "__main__":
    sys.exit(main())
