"""Counting some people apart: by status, need, urgency, money, exposure, place and service point.

The standing daily tables stay small. What a design or a target asks beyond them is a *cell*, named
before the run begins and counted once a day, when everybody in need has had the day's outcome; or
a *poll*, a question of the survey asked at the end of a day.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

from sim.codes import MONEY, NEEDS, OUTCOMES, STATUSES, URGENCIES
from sim.engine.compiled.calling import Calls
from sim.engine.compiled.counting import CELL, PRESENT, count_cells

if TYPE_CHECKING:
    from sim.survey.polls import Poll
    from sim.world import World

__all__ = ["ON_THE_WAY", "Cell", "Watcher"]

ON_THE_WAY = "on_the_way"
"""The place of those who are between two nodes."""
_EVERY = 0xFF


@dataclass(frozen=True)
class Cell:
    """Whom to count, where and when. What is None is not asked about.

    Attributes:
        statuses: Statuses.
        needs: Dimensions of the most urgent need; others are not counted at all.
        urgencies: Its urgencies, likewise.
        money: Thirds by money.
        exposed: Whether exposure is at least 0.45.
        places: Nodes by id, or `on_the_way`.
        points: Service points by id: only those who asked there, or would have without fear.
        first: First day.
        stop: The day after the last.
        persons: Whether different people are told apart, too.
    """

    statuses: tuple[str, ...] | None = None
    needs: tuple[str, ...] | None = None
    urgencies: tuple[str, ...] | None = None
    money: tuple[str, ...] | None = None
    exposed: bool | None = None
    places: tuple[str, ...] | None = None
    points: tuple[str, ...] | None = None
    first: int = 0
    stop: int = 1 << 30
    persons: bool = False


class Watcher:
    """Counts cells of one run, day by day.

    Attributes:
        cells: The cells.
        counts: People by day, cell and outcome of need (the first, `none`, are those without
            need) and, last, people present; shape [days, cells, 11].
        ever: For each cell that tells people apart, a bit per outcome that a person ever had
            there, and one for having been present; shape [such cells, migrants].
        answers: The share of each poll that has been held.
    """

    def __init__(self, world: World, cells: Sequence[Cell], polls: Sequence[Poll] = ()) -> None:
        self.cells, self.polls = tuple(cells), tuple(polls)
        self.answers: dict[Poll, float] = {}
        self._rows, self._places, self._points = _compiled(world, self.cells)
        people = sum(cell.persons for cell in self.cells)
        self.counts = np.zeros((world.plan.days, len(self.cells), len(OUTCOMES) + 1), np.int64)
        self.ever = np.zeros((max(1, people), world.plan.migrants), np.uint16)
        self._call = Calls.of(world.tables)

    def copy(self) -> Self:
        """A copy that can go on by itself."""
        other = copy.copy(self)
        other.counts, other.ever = self.counts.copy(), self.ever.copy()
        other.answers = dict(self.answers)
        return other

    @property
    def nbytes(self) -> int:
        """Bytes of all that is counted."""
        return int(self.counts.nbytes + self.ever.nbytes)

    def count(self, world: World, day: int) -> None:
        """Count a day, after help was given and before anyone moves."""
        if day < 0 or not self.cells:
            return
        self._call(count_cells, world.tables, self._rows, self._places, self._points,
                   self.counts[day], self.ever, world.people, day)

    def ask(self, world: World, day: int) -> None:
        """Hold the polls of a day, at its end."""
        today = [poll for poll in self.polls if poll.day == day]
        if today:
            from sim.survey import SINCE_DEPARTURE
            from sim.survey.polls import shares

            self.answers |= zip(today, shares(world, today, day, SINCE_DEPARTURE), strict=True)

    def total(self, number: int, outcomes: Sequence[str]) -> int:
        """Person-days of a cell over its days; `present` is one of the outcomes to ask for."""
        columns = [_column(name) for name in outcomes]
        return int(self.counts[:, number, columns].sum())

    def daily(self, number: int, outcomes: Sequence[str]) -> NDArray[np.int64]:
        """The same for every day of the run."""
        return np.asarray(self.counts[:, number, [_column(name) for name in outcomes]].sum(axis=1))

    def persons(self, number: int, outcomes: Sequence[str]) -> int:
        """Different people of a cell to whom any of the outcomes happened on any of its days."""
        bits = np.uint16(sum(1 << _column(name) for name in outcomes))
        return int(np.count_nonzero(self.ever[self._rows["persons"][number]] & bits))


def _column(outcome: str) -> int:
    return PRESENT if outcome == "present" else OUTCOMES.index(outcome)


def _compiled(world: World, cells: Sequence[Cell]
              ) -> tuple[np.ndarray, NDArray[np.uint8], NDArray[np.uint8]]:
    network = world.plan.network
    places = [*network.nodes["id"], ON_THE_WAY]
    points = list(network.points["id"])
    rows = np.zeros(len(cells), CELL)
    at = np.ones((len(cells), len(places)), np.uint8)
    asking = np.ones((len(cells), len(points) + 1), np.uint8)
    person = 0
    for row, cell in enumerate(cells):
        it = rows[row]
        it["statuses"] = _bits(cell.statuses, STATUSES)
        it["needs"] = _bits(cell.needs, NEEDS)
        it["urgencies"] = _bits(cell.urgencies, URGENCIES)
        it["money"] = _bits(cell.money, MONEY)
        it["exposed"] = -1 if cell.exposed is None else int(cell.exposed)
        it["in_need"] = cell.needs is not None or cell.urgencies is not None
        it["first"], it["stop"] = cell.first, cell.stop
        it["persons"] = person if cell.persons else -1
        person += cell.persons
        if cell.places is not None:
            at[row] = [name in cell.places for name in places]
        if cell.points is not None:
            asking[row] = [*(name in cell.points for name in points), False]
    return rows, at, asking


def _bits(names: tuple[str, ...] | None, words: tuple[str, ...]) -> int:
    return _EVERY if names is None else sum(1 << words.index(name) for name in names)
