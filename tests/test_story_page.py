"""The page of stories: it waits, shows a story, and goes on with another."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

solara = pytest.importorskip("solara")
pytest.importorskip("dashboards.app.choices")

from dashboards.story import Page, page  # noqa: E402
from dashboards.story.shelf import Entry, State  # noqa: E402
from tests.story_world import compared, lived  # noqa: E402


class _Shelf:
    """Hands out entries whose state the test sets."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self.left: list[str] = []

    def ask(self, story: Any) -> tuple[Entry, Any]:
        entry = self.entries.setdefault(story.id, Entry())
        return entry, lambda: self.left.append(story.id)


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> _Shelf:
    found = _Shelf()
    monkeypatch.setattr(page, "SHELF", found)
    return found


def _all(widget: Any) -> list[Any]:
    inside = [each for child in getattr(widget, "children", []) for each in _all(child)]
    return [widget, *inside]


def texts(box: Any) -> str:
    return " ".join(each for each in _all(box) if isinstance(each, str))


def test_a_story_is_waited_for_and_then_drawn(shelf: _Shelf) -> None:
    box, rendered = solara.render(Page(), handle_error=False)
    try:
        assert "The worlds are being lived" in texts(box)
        shelf.entries["leak"].state = State(lived(), 1.0, done=True)
        drawing = _drawing(box)
        told = json.loads(drawing.told)
        assert [world["title"] for world in told["worlds"]][1] == "With the leak"
        assert json.loads(drawing.stories)["chosen"] == "leak"
        assert "WaytrustStory" in drawing.code
    finally:
        rendered.close()
    assert shelf.left == ["leak"]


def test_what_goes_wrong_is_told(shelf: _Shelf) -> None:
    box, rendered = solara.render(Page(), handle_error=False)
    try:
        shelf.entries["leak"].state = State(None, 0.0, done=True, error="the model is not well")
        _until(lambda: "the model is not well" in texts(box))
    finally:
        rendered.close()


def _drawing(box: Any) -> Any:
    def found() -> list[Any]:
        return [each for each in _all(box) if hasattr(each, "told")]

    _until(found)
    return found()[0]


def _until(true: Any) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_intervals_come_later(shelf: _Shelf) -> None:
    box, rendered = solara.render(Page(), handle_error=False)
    try:
        shelf.entries["leak"].state = State(lived(), 0.25)
        _drawing(box)
        _until(lambda: "More runs are being lived" in texts(box))
        done = compared(lived(), [[1, 0.5, 0.7], [1, 0.6, 0.8]])
        shelf.entries["leak"].state = State(done, 1.0, done=True)
        _until(lambda: "95% interval" in _drawing(box).told)
    finally:
        rendered.close()
