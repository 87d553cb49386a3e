"""The page of the protocol: prose as it stands, and what code says between marks."""

from __future__ import annotations

from pathlib import Path

from experiments.odd.blocks import BLOCKS
from experiments.pages import block

__all__ = ["PAGE", "odd_page"]

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "odd.md"


def odd_page() -> str:
    """The text of docs/odd.md, with every part that comes from code as the code is now.

    Raises:
        ValueError: If the page has no place for a part.
    """
    page = PAGE.read_text(encoding="utf-8")
    for name, made in BLOCKS.items():
        if block(page, name) is None:
            raise ValueError(f"{PAGE.name} has no place for '{name}'")
        first, last = f"<!-- {name} -->", f"<!-- /{name} -->"
        before, rest = page.split(first, 1)
        page = f"{before}{first}\n{made()}\n{last}{rest.split(last, 1)[1]}"
    return page
