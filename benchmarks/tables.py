"""The results as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich import box
from rich.table import Table

from benchmarks.speed import MESA, WHOLE
from experiments.pages import Rows

__all__ = ["as_table", "phase_rows", "speed_rows"]


def speed_rows(speed: Mapping[str, Any]) -> Rows:
    """Agent-steps per second by size, and the ratio between the models."""
    head = ("Agents", WHOLE.capitalize(), MESA, "Ratio")
    middle = {(p["model"], p["agents"]): p["median_per_second"] for p in speed["paces"]}
    ratios = {int(k): v for k, v in speed["whole_model_over_minimal_mesa"].items()}
    rows = []
    for agents in sorted({agents for _, agents in middle}):
        cells = [_millions(middle.get((model, agents))) for model in (WHOLE, MESA)]
        ratio = f"{ratios[agents]:.1f}" if agents in ratios else ""
        rows.append([f"{agents:,}", *cells, ratio])
    return head, rows


def phase_rows(phases: Sequence[Mapping[str, Any]], *, short: bool = False) -> Rows:
    """Nanoseconds per agent-step of each phase, and its share, by size; `short`: names only."""
    words = phases[0]["words"]
    sizes = [f"{found['agents']:,} migrants" for found in phases]
    rows = []
    for name in phases[0]["nanoseconds"]:
        costs = [found["nanoseconds"][name] for found in phases]
        shares = [
            f"{100 * c / found['total']:.0f} %" for c, found in zip(costs, phases, strict=True)
        ]
        cells = [cell for pair in zip(map(_one, costs), shares, strict=True) for cell in pair]
        rows.append([name if short else words[name], *cells])
    totals = [cell for found in phases for cell in (_one(found["total"]), "100 %")]
    rows.append(["Whole day", *totals])
    return ("Phase", *(cell for size in sizes for cell in (f"{size}: ns", "share"))), rows


def as_table(title: str, rows: Rows) -> Table:
    """A table for the terminal."""
    table = Table(title=title, title_justify="left", box=box.SIMPLE, pad_edge=False)
    for n, name in enumerate(rows[0]):
        table.add_column(name, justify="left" if n == 0 and name == "Phase" else "right")
    for cells in rows[1]:
        table.add_row(*cells)
    return table


def _millions(rate: float | None) -> str:
    return "" if rate is None else f"{rate / 1e6:.2f} million/s"


def _one(cost: float) -> str:
    return f"{cost:.1f}"
