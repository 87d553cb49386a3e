"""The drawing code and its style: one script, the same in the page and in a saved file."""

from __future__ import annotations

import functools
from importlib import resources

__all__ = ["script", "style"]

_PACKAGE = "dashboards.story"


@functools.cache
def script() -> str:
    """The script: `WaytrustStory.mount(element, story, options)` draws a story."""
    folder = resources.files(_PACKAGE) / "browser"
    parts = sorted(part.name for part in folder.iterdir() if part.name.endswith(".js"))
    text = "\n".join((folder / part).read_text(encoding="utf-8").strip() for part in parts)
    return f'(() => {{\n"use strict";\n{text}\nwindow.WaytrustStory = {{ mount }};\n}})();\n'


@functools.cache
def style() -> str:
    """The style of everything inside `.wt-story`."""
    folder = resources.files(_PACKAGE) / "browser"
    return (folder / "story.css").read_text(encoding="utf-8").strip() + "\n"
