"""One route for each part, all inside the same frame."""

from __future__ import annotations

from typing import Any

import solara

from dashboards.app.site.frame import Frame
from dashboards.app.site.parts import PARTS, Part

__all__ = ["routes"]


def _component(part: Part) -> Any:
    @solara.component
    def PartPage() -> None:  # noqa: N802  (components are named like this)
        part.page()()

    return PartPage


routes = [
    solara.Route(
        part.path, component=_component(part), label="Waytrust",
        layout=Frame if part.path == "/" else None,
    )
    for part in PARTS
]  # fmt: skip
