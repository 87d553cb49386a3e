"""What a validation shows on the terminal."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from experiments.words import MINUS

if TYPE_CHECKING:
    from rich.table import Table

    from experiments.validation.validation import Validation

__all__ = ["rows_of_words", "validation_table"]

_HEAD = ("Target", "Observed", "Near enough", "Model", "One more run (95 %)", "Inside", "Was")


def validation_table(found: Validation) -> Table:
    """A row per target."""
    from experiments.tables import plain_table

    return plain_table(_HEAD, rows_of_words(found))


def rows_of_words(found: Validation) -> list[tuple[str, ...]]:
    """The same as words."""
    return [
        (
            f"{row.target.id} {row.target.title}".strip(),
            _number(row.target.observed),
            f"{_number(row.target.low)} to {_number(row.target.high)}",
            _number(row.model.value),
            f"{_number(row.model.low)} to {_number(row.model.high)}"
            if not math.isnan(row.model.low) else "not known",
            "yes" if row.inside else "no",
            "fitted" if row.target.fitted else "kept aside",
        )
        for row in found.rows
    ]  # fmt: skip


def _number(value: float) -> str:
    return "not known" if math.isnan(value) else f"{value:.3g}".replace("-", MINUS)
