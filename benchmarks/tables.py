"""Numbers in words, and tables for the terminal."""

from __future__ import annotations

from rich import box
from rich.table import Table

from experiments.pages import Rows

__all__ = ["as_table", "gigabytes", "in_seconds", "millions", "nanoseconds", "numbers",
           "one_decimal", "times"]


def as_table(title: str, rows: Rows) -> Table:
    """A table for the terminal."""
    table = Table(title=title, title_justify="left", box=box.SIMPLE, pad_edge=False)
    words = len(rows[0]) - numbers(rows)
    for n, name in enumerate(rows[0]):
        table.add_column(name, justify="left" if n < words else "right")
    for cells in rows[1]:
        table.add_row(*cells)
    return table


def numbers(rows: Rows) -> int:
    """How many columns, counted from the last, hold numbers; they are set flush right."""
    head, cells = rows
    for n in range(len(head) - 1, -1, -1):
        column = [line[n] for line in cells if line[n]]
        if not column or not all(cell[0].isdigit() or cell == "not measured" for cell in column):
            return len(head) - 1 - n
    return len(head)


def millions(cost: float) -> str:
    """Seconds per agent-step as agent-steps per second."""
    return f"{1e-6 / cost:.2f} million/s"


def nanoseconds(cost: float) -> str:
    """Seconds as nanoseconds."""
    return f"{cost * 1e9:.0f}"


def times(ratio: float) -> str:
    """A ratio."""
    return f"{ratio:.2f} x" if ratio < 10 else f"{ratio:.1f} x"


def one_decimal(amount: float) -> str:
    """A number with one decimal."""
    return f"{amount:,.1f}"


def gigabytes(rate: float) -> str:
    """Bytes per second."""
    return f"{rate / 1e9:.1f} GB/s"


def in_seconds(time: float) -> str:
    """A time."""
    return f"{time:.2f} s" if time < 10 else f"{time:.1f} s"
