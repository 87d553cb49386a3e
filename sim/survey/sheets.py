"""Filled-in questionnaires, and how many people of a group gave each answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.survey.answering import ask
from sim.survey.questions import CELLS, NUMBER
from sim.survey.respondents import Cut, left_within, respondents

if TYPE_CHECKING:
    from sim.world import World

__all__ = ["Count", "Sheets", "count", "fill_in"]

Window = tuple[int, int] | None


class Sheets(NamedTuple):
    """The answers of everyone who was asked.

    Attributes:
        people: Their indices.
        given: Whether each person gave each answer, columns as in :data:`CELLS`.
        timely: Whether the person left long enough ago, but not too long, for what "ever" happened.
    """

    people: NDArray[np.int64]
    given: NDArray[np.bool_]
    timely: NDArray[np.bool_]


class Count(NamedTuple):
    """People by group (rows) and answer (columns as in :data:`CELLS`)."""

    yes: NDArray[np.float64]
    asked: NDArray[np.float64]


def fill_in(world: World, day: int, cut: Cut, sample: int | None, window: Window) -> Sheets:
    """Ask people, and keep what each answered."""
    people = respondents(world, day, cut, sample)
    timely = left_within(world, people, day, window)
    codes = ask(world.tables, people, day)
    given = np.empty((people.size, len(CELLS)), np.bool_)
    for n, cell in enumerate(CELLS):
        column = codes[:, NUMBER[cell.question]]
        given[:, n] = (column >> cell.code) & 1 if cell.several else column == cell.code
    return Sheets(people, given, timely)


def count(sheets: Sheets, group: NDArray[np.integer], groups: int) -> Count:
    """Count answers by group; each person belongs to one.

    Args:
        sheets: What people answered.
        group: Group of each person asked.
        groups: How many groups there are.
    """
    yes = np.zeros((groups, len(CELLS)))
    asked = np.zeros((groups, len(CELLS)))
    all_of = np.bincount(group, minlength=groups)
    timely_of = np.bincount(group[sheets.timely], minlength=groups)
    for n, cell in enumerate(CELLS):
        said = sheets.given[:, n] & sheets.timely if cell.ever else sheets.given[:, n]
        yes[:, n] = np.bincount(group[said], minlength=groups)
        asked[:, n] = timely_of if cell.ever else all_of
    return Count(yes, asked)
