"""What a validation shows on the terminal."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rich.table import Table

from experiments.words import three_digits

if TYPE_CHECKING:
    from experiments.validation.validation import Row, Validation

__all__ = ["validation_table"]

_HEAD = ("Observed\n(near enough)", "Model\n(one more run, 95 %)", "Inside")


def validation_table(found: Validation) -> Table:
    """A row per target, narrow enough for 80 columns."""
    from rich import box

    table = Table(box=box.SIMPLE, show_edge=False, pad_edge=False)
    table.add_column("Target", overflow="fold")
    for words in _HEAD:
        table.add_column(words, no_wrap=True)
    for row in found.rows:
        table.add_row(f"{row.target.id} {row.target.title}".strip(), *_cells(row))
    return table


def _cells(row: Row) -> tuple[str, str, str]:
    target, model = row.target, row.model
    return (
        f"{three_digits(target.observed)} ({_ends(target.low, target.high)})",
        f"{three_digits(model.value)} ({_ends(model.low, model.high)})",
        f"{'yes' if row.inside else 'no'} ({'fitted' if target.fitted else 'kept aside'})",
    )


def _ends(low: float, high: float) -> str:
    return "not known" if math.isnan(low) else f"{three_digits(low)} to {three_digits(high)}"
