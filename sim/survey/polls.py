"""Polls: the share of one answer on one day, without the tables of a survey."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.codes import STATUSES
from sim.survey.questions import CELLS
from sim.survey.respondents import Cut
from sim.survey.sheets import count, fill_in
from sim.survey.tables import shares_of
from sim.survey.weighting import GROUPS, group_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.survey.sheets import Sheets, Window
    from sim.world import World

__all__ = ["Poll", "shares"]


@dataclass(frozen=True)
class Poll:
    """One answer whose share is asked for.

    Attributes:
        day: Day on which people are asked.
        question: Question of the questionnaire.
        answer: Its answer.
        statuses: Only people of these statuses; none: any.
        nodes: Only people at these nodes; none: any. Where neither statuses nor nodes are named,
            groups are mixed as in "all surveyed".
    """

    day: int
    question: str
    answer: str
    statuses: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()


def shares(world: World, polls: Sequence[Poll], day: int, window: Window) -> list[float]:
    """The share of each poll's answer among those who can be asked; NaN if nobody can.

    Args:
        world: The world as it is on that day.
        polls: Polls of this day.
        day: The day.
        window: Days since departure of those whose answers on what "ever" happened count.
    """
    if not polls:
        return []
    sheets = fill_in(world, day, Cut(), None, window)
    return [_share(world, sheets, poll) for poll in polls]


def _share(world: World, sheets: Sheets, poll: Poll) -> float:
    number = next(
        n for n, cell in enumerate(CELLS)
        if (cell.question, cell.answer) == (poll.question, poll.answer)
    )
    body = world.tables.body[sheets.people]
    if not (poll.statuses or poll.nodes):
        counts = count(sheets, group_of(body["status"]), len(GROUPS))
        return float(shares_of(counts, world.plan.parameters)[number])
    chosen: NDArray[np.bool_] = np.ones(sheets.people.size, np.bool_)
    if poll.statuses:
        chosen &= np.isin(body["status"], [STATUSES.index(name) for name in poll.statuses])
    if poll.nodes:
        known = list(world.plan.network.nodes["id"])
        chosen &= np.isin(body["node"], [known.index(name) for name in poll.nodes])
    if CELLS[number].ever:
        chosen &= sheets.timely
    asked = int(chosen.sum())
    return int((chosen & sheets.given[:, number]).sum()) / asked if asked else math.nan
