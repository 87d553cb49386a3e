"""What a browser keeps of a session's scenarios, so that they are there again the next time.

It lies in the browser alone. What comes back from there is read like anything else that is sent.
"""

from __future__ import annotations

import json
from typing import Any

from dashboards.workshop.bounds import BOUNDS
from dashboards.workshop.shelf import Shelf, routes
from experiments.limits import refusal

__all__ = ["packed", "unpacked"]

_MOST_LETTERS = 400_000
_WRONG = "is not what this page has put there"


def packed(shelf: Shelf, chosen: str) -> str:
    """A shelf as text; empty where nothing was changed in it, or it is too much.

    Args:
        shelf: The scenarios.
        chosen: Key of the one that is worked on.
    """
    drafts = [[each.fallback, each.text] for each in shelf.drafts]
    if drafts == [[each.fallback, each.text] for each in Shelf.on(shelf.route).drafts]:
        return ""
    at = next((n for n, each in enumerate(shelf.drafts) if each.key == chosen), 0)
    text = json.dumps({"route": shelf.route, "chosen": at, "drafts": drafts}, ensure_ascii=False)
    return text if len(text) <= _MOST_LETTERS else ""


def unpacked(text: str) -> tuple[Shelf, str]:
    """The shelf that was packed, and the key of the scenario that was worked on.

    Raises:
        InputProblem: If it is not such a text.
    """
    try:
        found = _read(text)
        route, at, drafts = found["route"], found["chosen"], found["drafts"]
        if route not in routes() or not 1 <= len(drafts) <= BOUNDS.kept:
            raise ValueError
        shelf = Shelf(route, ())
        for name, words in drafts:
            if not (isinstance(name, str) and isinstance(words, str) and len(words) <= BOUNDS.text):
                raise ValueError
            shelf = shelf.with_text(words, name[:100])
        return shelf, shelf.drafts[at].key
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        raise refusal("scenarios", text[:40], _WRONG, "begin anew") from None


def _read(text: str) -> dict[str, Any]:
    if len(text) > _MOST_LETTERS:
        raise ValueError
    found = json.loads(text)
    if not isinstance(found, dict):
        raise TypeError
    return found
