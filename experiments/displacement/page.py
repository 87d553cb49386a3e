"""The tables of docs/movement.md, from runs and from the kept search."""

from __future__ import annotations

import json
from pathlib import Path

from experiments.displacement.fitting import KEPT
from experiments.displacement.telling import HEAD, error_rows
from experiments.displacement.validation import validate_flee
from experiments.pages import Rows, markdown_table, put_into

__all__ = ["PAGE", "left_out_rows", "write_page"]

PAGE = Path(__file__).parents[2] / "docs" / "movement.md"
_SHOWN = len(HEAD) - 3  # not the sizes, nor the speed, which is the machine's


def write_page(folder: Path, page: Path = PAGE) -> None:
    """Run the instances of a folder both ways and put the tables into the page.

    Raises:
        InputProblem: If the folder holds no instance.
    """
    for without in (False, True):
        rows = error_rows(validate_flee(folder, without_capacities=without))
        table = HEAD[:_SHOWN], [row[:_SHOWN] for row in rows]
        name = "without" if without else "with"
        put_into(page, name, markdown_table(table, right=_SHOWN - 1))
    put_into(page, "left_out", markdown_table(left_out_rows(), right=4))


def left_out_rows() -> Rows:
    """What the kept search found for each instance left out."""
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    rows = [
        (row["name"], f"{row['distance_weight']:g}", f"{row['independence']:g}",
         f"{row['with_capacities']:.3f}", f"{row['without']:.3f}") for row in kept["left_out"]]
    count = len(rows)
    means = [sum(row[key] for row in kept["left_out"]) / count
             for key in ("with_capacities", "without")]
    rows += [
        ("mean of those left out", "", "", f"{means[0]:.3f}", f"{means[1]:.3f}"),
        ("none (mean of all)", f"{kept['best'][0]:g}", f"{kept['best'][1]:g}",
         f"{kept['with_capacities']:.3f}", f"{kept['without']:.3f}")]
    return ("Left out", "Distance weight", "Independence", "Error with", "Error without"), rows
