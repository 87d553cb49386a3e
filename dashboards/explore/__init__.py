"""Explore: sweeps and calibrations for researchers, from opening a store to code to copy."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboards.explore.page import Page

__all__ = ["Page"]


def __getattr__(name: str) -> object:
    # Solara takes seconds to load, and what asks the stores does not need it.
    if name == "Page":
        from dashboards.explore.page import Page

        return Page
    raise AttributeError(name)
