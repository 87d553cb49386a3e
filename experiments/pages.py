"""Pages of the documentation whose numbers come from runs: tables put between marks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

__all__ = ["Rows", "block", "markdown_table", "put_into"]

Rows = tuple[Sequence[str], Sequence[Sequence[str]]]
"""Names of columns, and cells."""


def markdown_table(rows: Rows, right: int = 0) -> str:
    """A table in Markdown.

    Args:
        rows: What stands in it.
        right: So many columns, counted from the last, are set flush right.
    """
    head, cells = rows
    marks = ["---:" if n >= len(head) - right else "---" for n in range(len(head))]
    return "\n".join(f"| {' | '.join(line)} |" for line in (head, marks, *cells))


def block(page: str, name: str) -> str | None:
    """What stands between `<!-- name -->` and `<!-- /name -->`; None without such marks."""
    _, begun, rest = page.partition(f"<!-- {name} -->")
    text, ended, _ = rest.partition(f"<!-- /{name} -->")
    return text.strip("\n") if begun and ended else None


def put_into(path: Path, name: str, text: str) -> None:
    """Replace what stands between the marks of a name in a file.

    Raises:
        ValueError: If the file has no such marks.
    """
    page = path.read_text(encoding="utf-8")
    if block(page, name) is None:
        raise ValueError(f"{path.name} has no place for '{name}'")
    first, last = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, rest = page.split(first, 1)
    after = rest.split(last, 1)[1]
    path.write_text(f"{before}{first}\n{text}\n{last}{after}", encoding="utf-8")
