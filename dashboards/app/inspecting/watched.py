"""Migrants of the reference engine who keep a diary of what changed their minds.

Nothing in the run changes: what is learnt is learnt by the engine's own rules, and only noted here.
"""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.codes import CHANNELS, KINDS_OF_EVENT, NOWHERE
from sim.engine.reference.engine import ReferenceEngine
from sim.engine.reference.migrant import Migrant
from sim.population_view import MigrantView, Opinion

if TYPE_CHECKING:
    from sim.model import TrustModel
    from sim.scene import Person

__all__ = ["DANGER", "KEPT", "Moment", "Shift", "WatchedEngine"]

KEPT = 40
"""So many of the latest moments are kept of everyone."""

DANGER = "danger"
"""Stands among families of organisations for the danger of asking for help."""

_NOTICED = 0.0005
_BORDER, _TALK = "border", "talk"


@dataclass(frozen=True)
class Shift:
    """How an opinion moved: on the independence of a family, or on `DANGER`."""

    about: str
    before: Opinion
    after: Opinion


@dataclass(frozen=True)
class Moment:
    """Something that changed one person's mind.

    Attributes:
        day: When.
        channel: How it came, one of `CHANNELS`; empty where it came by none.
        kind: What it was, one of `KINDS_OF_EVENT`, or `border`, or `talk` (where a scenario has
            people exchange what they believe).
        point: The service point it was about, if any.
        node: Where the person was.
        shifts: The opinions that moved.
    """

    day: int
    channel: str
    kind: str
    point: str | None
    node: str
    shifts: tuple[Shift, ...]


@dataclass
class _Note:
    # What is being learnt just now, and about which service point.
    open: bool = False
    point: int = NOWHERE


class WatchedEngine(ReferenceEngine):
    """The reference engine, whose migrants keep diaries.

    Attributes:
        diaries: The latest moments of each migrant, the newest last.
    """

    def __init__(self, model: TrustModel) -> None:
        self.diaries: list[deque[Moment]] = []
        super().__init__(model)

    def _let_in(self) -> list[Migrant]:
        known = len(self.migrants)
        new: list[Migrant] = []
        for index in range(known, self.world.people):
            diary: deque[Moment] = deque(maxlen=KEPT)
            self.diaries.append(diary)
            someone = _Watched(self.model, self.scene, self.cells, index)
            someone.diary = diary
            new.append(someone)
        self.migrants += new
        return new


class _Watched(Migrant):
    """A migrant who notes what is learnt; the rules are those of the engine."""

    diary: deque[Moment]

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._note = _Note()

    def absorb(self, kind: int, point: int, day: int, channel: int, *, weight: float = 1.0,
               trust: float = 1.0) -> None:
        with self._about(point):
            super().absorb(kind, point, day, channel, weight=weight, trust=trust)

    def hear_story(self, slot: int, day: int, *, first_hand: bool) -> None:
        with self._about(self.scene.stories[slot].point):
            super().hear_story(slot, day, first_hand=first_hand)

    def absorb_about(self, kind: int, family: int, promised: float, registers: float, day: int,
                     channel: int, weight: float = 1.0, trust: float = 1.0) -> None:
        with self._noting(day, CHANNELS[channel], KINDS_OF_EVENT[kind]):
            super().absorb_about(kind, family, promised, registers, day, channel, weight, trust)

    def absorb_on_family(self, kind: int, family: int, promised: float, registers: float,
                         day: int, channel: int, weight: float, trust: float) -> None:
        with self._noting(day, CHANNELS[channel], KINDS_OF_EVENT[kind]):
            super().absorb_on_family(kind, family, promised, registers, day, channel, weight,
                                     trust)  # fmt: skip

    def exchange(self, other: Person, contact: int, day: int) -> None:
        with self._noting(day, "hearsay", _TALK):
            super().exchange(other, contact, day)

    def cross_border(self, day: int) -> None:
        with self._noting(day, "", _BORDER):
            super().cross_border(day)

    @contextlib.contextmanager
    def _about(self, point: int) -> Iterator[None]:
        self._note.point = point
        try:
            yield
        finally:
            self._note.point = NOWHERE

    @contextlib.contextmanager
    def _noting(self, day: int, channel: str, kind: str) -> Iterator[None]:
        if self._note.open:  # part of something that is being noted
            yield
            return
        self._note.open = True
        before = self._opinions(day)
        try:
            yield
        finally:
            self._note.open = False
        after = self._opinions(day)
        shifts = tuple(
            Shift(about, before[about], after[about]) for about in before
            if _distance(before[about], after[about]) > _NOTICED
        )  # fmt: skip
        if shifts:
            point = self._note.point
            name = self.scene.point_ids[point] if point >= 0 else None
            self.diary.append(
                Moment(day, channel, kind, name, self.scene.node_ids[self.node], shifts)
            )

    def _opinions(self, day: int) -> dict[str, Opinion]:
        view = MigrantView(self.scene, self.index, day)
        view.row = self  # the same migrant, who need not be looked up again
        found = {family: view.opinion(family) for family in self.scene.family_names}
        return {**found, DANGER: view.danger}


def _distance(one: Opinion, other: Opinion) -> float:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))
