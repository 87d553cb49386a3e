"""Story: what happens to trust along a route, drawn day by day for people who never saw a model."""

from __future__ import annotations

from typing import Any

__all__ = ["Page"]


def __getattr__(name: str) -> Any:
    # Solara is needed for the page alone; stories can be lived, told and saved without it.
    if name == "Page":
        from dashboards.story.page import Page

        return Page
    raise AttributeError(name)
