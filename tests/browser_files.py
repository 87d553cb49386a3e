"""Files in a real browser: opened, watched, and asked at the end what they did."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.report_world import chromium

__all__ = ["opened_files", "window"]


@contextmanager
def window(*settings: str) -> Iterator[Any]:
    """Chromium without a window of its own.

    While it is open no other test of the process can have an event loop of its own.
    """
    from playwright.sync_api import sync_playwright

    place = chromium()
    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=place, args=["--no-sandbox", *settings])
        yield found
        found.close()


@contextmanager
def opened_files(browser: Any) -> Iterator[Any]:
    """Opens files: `look(path, (1366, 768))`, each in a context of its own.

    At the end, nothing was asked of any network and nothing was complained of.
    """
    asked: list[str] = []
    complaints: list[str] = []
    contexts: list[Any] = []

    def look(file: Path, size: tuple[int, int], **settings: Any) -> Any:
        context = browser.new_context(viewport=dict(zip(("width", "height"), size, strict=True)),
                                      **settings)  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(file.as_uri())
        return page

    yield look
    for context in contexts:
        context.close()
    assert complaints == []
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert len([url for url in asked if url.startswith("file:")]) == len(contexts)
