"""What a browser keeps of a session's scenarios, so that they are there again the next time.

It lies in the browser alone. What comes back from there is read like anything else that is sent.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from dashboards.workshop.bounds import BOUNDS
from dashboards.workshop.shelf import Shelf, routes
from experiments.limits import refusal
from sim.said import Said

__all__ = ["TOO_MUCH", "Opened", "packed", "unpacked"]

TOO_MUCH = "-"
"""Stands for more than is kept; what was kept before stays."""
_MOST_LETTERS = 400_000


class Opened(NamedTuple):
    """The scenarios on one route, and which of them is worked on.

    Attributes:
        shelf: The scenarios.
        chosen: Key of the one.
    """

    shelf: Shelf
    chosen: str

    @classmethod
    def on(cls, route: str) -> Opened:
        """A route as it is at first."""
        shelf = Shelf.on(route)
        return cls(shelf, shelf.drafts[-1].key)


def packed(opened: Mapping[str, Opened], route: str) -> str:
    """What is open on each route as text; empty where nothing was changed anywhere.

    Args:
        opened: What is open, by route.
        route: The route that is shown.
    """
    changed = {name: each for name, each in opened.items() if _changed(each.shelf)}
    if not changed:
        return ""
    shelves = {
        name: {
            "chosen": next((n for n, d in enumerate(shelf.drafts) if d.key == chosen), 0),
            "drafts": [[each.fallback, each.text] for each in shelf.drafts],
        }
        for name, (shelf, chosen) in changed.items()
    }
    text = json.dumps({"route": route, "shelves": shelves}, ensure_ascii=False)
    return text if len(text) <= _MOST_LETTERS else TOO_MUCH


def unpacked(text: str) -> tuple[dict[str, Opened], str]:
    """What was packed.

    Raises:
        InputProblem: If it is not such a text.
    """
    try:
        found = _read(text)
        opened = {name: _opened(name, each) for name, each in found["shelves"].items()}
        if found["route"] not in routes():
            raise ValueError
        return opened, found["route"]
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        message = Said("is not what this page has put there")
        raise refusal(Said("scenarios"), str(text)[:40], message, Said("begin anew")) from None


def _changed(shelf: Shelf) -> bool:
    first = [(each.fallback, each.text) for each in Shelf.on(shelf.route).drafts]
    return [(each.fallback, each.text) for each in shelf.drafts] != first


def _opened(route: str, found: Mapping[str, Any]) -> Opened:
    drafts = found["drafts"]
    if route not in routes() or not 1 <= len(drafts) <= BOUNDS.kept:
        raise ValueError
    shelf = Shelf(route, ())
    for name, text in drafts:
        if not (isinstance(name, str) and isinstance(text, str)):
            raise ValueError
        shelf = shelf.with_draft(name[:100], text)
    return Opened(shelf, shelf.drafts[found["chosen"]].key)


def _read(text: str) -> dict[str, Any]:
    if len(text) > _MOST_LETTERS:
        raise ValueError
    found = json.loads(text)
    if not isinstance(found, dict):
        raise TypeError
    return found
