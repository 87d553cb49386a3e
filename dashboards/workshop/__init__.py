"""The workshop: write scenarios by forms or as YAML, compare them, and take the answer away.

`Page` is the Solara page; it is loaded when it is asked for, so that the parts that need no
browser stay light.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dashboards.workshop.page import Page

__all__ = ["Page"]


def __getattr__(name: str) -> Any:
    if name == "Page":
        from dashboards.workshop.page import Page

        return Page
    raise AttributeError(name)
