"""The parts of the dashboard: what each is called, what it is for, and where its page is."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import Any

from dashboards.languages import mark

__all__ = ["PARTS", "Part"]


@dataclass(frozen=True)
class Part:
    """One part.

    Attributes:
        path: Its path, without a slash.
        name: Its name.
        what: What one does there, in a sentence.
        module: Where its component `Page` is; imported once somebody goes there.
    """

    path: str
    name: str
    what: str
    module: str

    def page(self) -> Any:
        """Its component `Page`."""
        return importlib.import_module(self.module).Page


PARTS = (
    Part("/", mark("Home"), mark("Where to go, for whom."), "dashboards.app.site.home"),
    Part("story", mark("Story"),
         mark("Watch people and fear travel along a route, with and without a firewall."),
         "dashboards.story.page"),
    Part("compare", mark("Compare"),
         mark("Change a route or a rule, and see what difference it makes, for whom, and why."),
         "dashboards.workshop.page"),
    Part("explore", mark("Explore"),
         mark("Open a sweep or a calibration, filter it, and copy each query as Python."),
         "dashboards.explore.page"),
    Part("inspect", mark("Inspect"),
         mark("Step through days with a few hundred migrants, and see what changes one's mind."),
         "dashboards.app.inspecting.page"),
)  # fmt: skip
"""All parts, in the order of the menu."""
