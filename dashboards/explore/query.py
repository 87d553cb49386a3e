"""Queries: SQL on the table of runs, as it is asked here and as somebody can copy it.

What is shown and what is asked is one text; only the place of the runs is written in.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dashboards.explore.column import text_of

__all__ = ["RUNS", "Query", "python", "shuffled"]

RUNS = "RUNS"
"""Stands for the runs of a sweep in the text of a query."""


def shuffled(number: str) -> str:
    """SQL for an order that looks random and is always the same (Knuth 1998, section 6.4).

    Args:
        number: Column of whole numbers.
    """
    return f"({number} * 2654435761) % 4294967296"  # multiplicative hashing


@dataclass(frozen=True)
class Query:
    """A question to the table of runs.

    Attributes:
        sql: Its text, in which RUNS stands for the runs.
        after: Python that goes on with its answer, which it finds as a pandas table under `name`.
        imports: Modules that `after` needs besides duckdb, as lines.
        name: What the answer is called.
    """

    sql: str
    after: str = ""
    imports: tuple[str, ...] = ()
    name: str = "found"

    def asked(self, source: str) -> str:
        """The text with the place of the runs in it."""
        return self.sql.replace(RUNS, source)


def python(folder: Path, queries: Sequence[Query]) -> str:
    """Short runnable code that gives what queries gave here.

    Args:
        folder: Directory of the sweep.
        queries: What was asked.
    """
    from dashboards.explore.runs import parts_of

    source = text_of(parts_of(folder))
    imports = sorted({"import duckdb", *(line for each in queries for line in each.imports)},
                     key=lambda line: (line.startswith("from"), line))  # fmt: skip
    pieces = ["\n".join(imports)]
    for each in queries:
        sql = textwrap.indent(each.asked(source).strip(), "    ")
        pieces.append(f'{each.name} = duckdb.sql("""\n{sql}\n""").df()')
        pieces += [each.after.strip()] if each.after else []
    last = queries[-1].name if queries else ""
    return "\n\n".join([*pieces, f"print({last})"]).replace('""").df()\n\n', '""").df()\n') + "\n"
