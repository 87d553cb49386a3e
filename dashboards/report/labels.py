"""Names on a map, put where they do not cover each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["Label", "spread_labels"]

_LETTER, _LINE = 6.9, 13.0  # pixels; letters are 12 pixels high


class Label(NamedTuple):
    """A name that belongs to a point.

    Attributes:
        name: Id of the point.
        words: What is written.
        x: Where the point is.
        y: Where the point is.
        size: How far its sign reaches.
        important: Written even where room is short.
        weight: Those with more are placed first.
    """

    name: str
    words: str
    x: float
    y: float
    size: float
    important: bool
    weight: float


class _Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: _Box) -> float:
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(wide, 0) * max(high, 0)


def spread_labels(
    labels: Sequence[Label], width: float, height: float
) -> dict[str, tuple[float, float, str]]:
    """Where each name stands: x, y of its baseline and its anchor.

    Names are placed one after the other, the weightiest first, at whichever side of their point
    covers least. One that would cover another is left out, unless it is important.
    """
    taken = [_Box(b.x - b.size, b.y - b.size, b.x + b.size, b.y + b.size) for b in labels]
    found = {}
    for each in sorted(labels, key=lambda b: (not b.important, -b.weight, b.name)):
        ranked = [
            (_covered(box, taken, width, height), index, box, place)
            for index, (box, place) in enumerate(_sides(each))
        ]
        covered, _, box, place = min(ranked, key=lambda found: found[:2])
        if covered > (60 if each.important else 4):
            continue
        taken.append(box)
        found[each.name] = place
    return found


def _sides(each: Label) -> list[tuple[_Box, tuple[float, float, str]]]:
    long, reach = _LETTER * len(each.words) + 4, each.size + 4
    middle = each.y + 4
    spots = [
        (each.x + reach, middle, "start"),
        (each.x - reach, middle, "end"),
        (each.x, each.y - reach, "middle"),
        (each.x, each.y + reach + 9, "middle"),
        (each.x + reach * 0.7, each.y - reach * 0.8, "start"),
        (each.x + reach * 0.7, each.y + reach + 6, "start"),
        (each.x - reach * 0.7, each.y - reach * 0.8, "end"),
        (each.x - reach * 0.7, each.y + reach + 6, "end"),
    ]
    left = {"start": 0.0, "middle": long / 2, "end": long}
    return [
        (_Box(x - left[a], y - _LINE + 2, x - left[a] + long, y + 3), (x, y, a))
        for x, y, a in spots
    ]


def _covered(box: _Box, taken: Sequence[_Box], width: float, height: float) -> float:
    inside = box.covers(_Box(0, 0, width, height))
    outside = (box.right - box.left) * (box.bottom - box.top) - inside
    return sum(box.covers(other) for other in taken) + 5 * outside
