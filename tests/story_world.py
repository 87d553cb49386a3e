"""A small story for tests: the leak of Agadez, lived by a few hundred people for some months."""

from __future__ import annotations

import dataclasses
import functools
from types import SimpleNamespace
from typing import Any

import numpy as np

from dashboards.languages import Language, language_of
from dashboards.story.stories import STORIES
from dashboards.story.track import Track
from dashboards.story.worlds import Lived, live_worlds, plans_of
from experiments.comparing.method import Method
from experiments.outcome import DAILY

MIGRANTS, DAYS = 600, 172
LEAK = STORIES["leak"]


@functools.cache
def lived() -> Lived:
    """The worlds, lived once for all tests."""
    return live_worlds(LEAK, plans_of(LEAK, MIGRANTS, DAYS))


def english() -> Language:
    return language_of("en", "report")


def with_track(number: int, **changes: Any) -> Lived:
    """The story with other numbers in one world."""
    tracks = list(lived().tracks)
    tracks[number] = dataclasses.replace(tracks[number], **changes)
    return dataclasses.replace(lived(), tracks=tuple(tracks))


def without_effect() -> Lived:
    """A story in which what happens changes nothing."""
    base = lived().tracks[0]
    plans = [track.plan for track in lived().tracks]
    tracks = [dataclasses.replace(base, plan=plan, heard=0 * base.heard) for plan in plans]
    return dataclasses.replace(lived(), tracks=tuple(tracks))


def compared(story: Lived, factors: list[list[float]]) -> Lived:
    """The same with a comparison in which world w asks `factors[r][w]` times as often in luck r."""

    def outcomes(name: str) -> list[Any]:
        world = int(name)
        return [_outcome(story.tracks[0], row[world]) for row in factors]

    names = tuple(str(number) for number in range(len(story.tracks)))
    comparison: Any = SimpleNamespace(names=names, outcomes=outcomes, method=Method())
    return dataclasses.replace(story, comparison=comparison)


def _outcome(track: Track, factor: float) -> Any:
    by_day = np.zeros((track.days, len(DAILY)))
    by_day[:, DAILY.index("in_need")] = 1000
    by_day[:, DAILY.index("asked")] = 100 * factor
    by_day[:, DAILY.index("deterred")] = 50 * factor
    return SimpleNamespace(by_day=by_day)
