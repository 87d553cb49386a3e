"""What a story keeps of one world: people, beliefs and word of what happened, by day and place."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.codes import ABSENT, DEAD, KINDS_OF_EVENT, MEASURES

if TYPE_CHECKING:
    import pandas as pd

    from sim.model import TrustModel
    from sim.plan import Plan

__all__ = ["FEARFUL", "Track", "Tracker", "struck_places"]

FEARFUL = tuple(
    KINDS_OF_EVENT.index(name)
    for name in ("data_taken", "detained_through_service", "door", "breach", "law", "broken",
                 "agenda")
)  # fmt: skip
"""Kinds of stories about a service that make people afraid to ask there."""
_COUNTED = ("in_need", "asked", "deterred")


@dataclass(frozen=True)
class Track:
    """One world, day by day. D days, P places (nodes, and last those on the way), L legs.

    Attributes:
        plan: What was lived.
        present: People at each place at the end of the day, shape [D, P].
        on_leg: People on each leg at the end of the day, shape [D, L].
        leg_days: Days that each leg takes, shape [L].
        set_off: People who took each leg on the day, shape [D, L].
        danger: Mean probability with which people hold asking for dangerous, shape [D, P]; NaN
            where nobody is.
        heard: People who have heard of what happened, shape [D, P].
        been: People who were where it happened since it became known, shape [D, P].
        in_need: Person-days in need, shape [D, P].
        asked: Person-days on which people asked, shape [D, P].
        deterred: Person-days on which fear kept people away, shape [D, P].
        surveys: The standing surveys.
    """

    plan: Plan
    present: NDArray[np.int64]
    on_leg: NDArray[np.int64]
    leg_days: NDArray[np.int64]
    set_off: NDArray[np.int64]
    danger: NDArray[np.float64]
    heard: NDArray[np.int64]
    been: NDArray[np.int64]
    in_need: NDArray[np.int64]
    asked: NDArray[np.int64]
    deterred: NDArray[np.int64]
    surveys: tuple[pd.DataFrame, ...]

    @property
    def days(self) -> int:
        """Days of the run."""
        return len(self.present)

    @property
    def under_way(self) -> NDArray[np.int64]:
        """People in the system at the end of each day, wherever they are."""
        return np.asarray(self.present.sum(axis=1))

    def share_heard(self) -> NDArray[np.float64]:
        """Share of those present who have heard, shape [D, P]; 0 where nobody is."""
        return np.asarray(self.heard / np.maximum(self.present, 1))

    def share_been(self) -> NDArray[np.float64]:
        """Share of those present who were where it happened, likewise."""
        return np.asarray(self.been / np.maximum(self.present, 1))


class Tracker:
    """Follows one run. It reads the columns of the model once a day and changes nothing.

    Args:
        model: The run, before its first day.
        struck: Rows of the nodes where something happens in any of the worlds.
        known: Day from which people there can know of it.
    """

    def __init__(self, model: TrustModel, struck: NDArray[np.int64], known: int) -> None:
        days, legs = model.plan.days, len(model.world.tables.legs)
        self._model, self._struck, self._known = model, struck, known
        self._on_leg = np.zeros((days, legs), np.int64)
        self._set_off = np.zeros((days, legs), np.int64)
        self._sums = np.zeros((days, model.world.places), np.float64)
        self._heard = np.zeros((days, model.world.places), np.int64)
        self._been = np.zeros((days, model.world.places), np.int64)
        self._was_there = np.zeros(model.plan.migrants, bool)
        self._before = np.full(model.plan.migrants, -1, np.int64)

    def of(self, branch: TrustModel) -> Tracker:
        """The same days so far, to go on with a branch of the run."""
        other = copy.copy(self)
        other._model = branch
        for name in ("_on_leg", "_set_off", "_sums", "_heard", "_been", "_was_there", "_before"):
            setattr(other, name, getattr(self, name).copy())
        return other

    def look(self) -> None:
        """Read the day that was just lived."""
        day, world = self._model.day - 1, self._model.world
        body = world.tables.body[: world.people]
        leg = body["leg"].astype(np.int64)
        alive = (body["state"] != ABSENT) & (body["state"] != DEAD)
        moving = alive & (leg >= 0)
        on, before = np.where(moving, leg, -1), self._before[: world.people]
        new = moving & (on != before)
        self._before[: world.people] = on
        if day < 0:
            return
        away = world.places - 1
        place = np.where(leg >= 0, away, body["node"].astype(np.int64))
        legs = self._on_leg.shape[1]
        self._on_leg[day] = np.bincount(leg[moving], minlength=legs)
        self._set_off[day] = np.bincount(leg[new], minlength=legs)
        self._sums[day] = self._danger(day)
        self._word(day, body, place, alive)

    def _danger(self, day: int) -> NDArray[np.float64]:
        # The model's own summary of opinions; its last cell is the probability of danger.
        from sim.engine.compiled.observing import OPINION_UNITS

        world = self._model.world
        cells = 6 * len(world.plan.network.families) + 3
        sums = np.zeros((world.places, 8, cells), np.int64)
        engine: Any = self._model.engine
        engine.sum_opinions(sums, np.zeros(64, np.uint64), day)
        return np.asarray(sums[..., -1].sum(axis=1) / OPINION_UNITS)

    def _word(self, day: int, body: np.ndarray, place: NDArray[np.int64],
              alive: NDArray[np.bool_]) -> None:  # fmt: skip
        world = self._model.world
        stories = world.tables.stories
        about = (stories["live"] == 1) & np.isin(stories["kind"], FEARFUL)
        about &= np.isin(stories["node"], self._struck)
        bits = np.bitwise_or.reduce(
            np.left_shift(np.uint64(1), np.flatnonzero(about).astype(np.uint64)),
            initial=np.uint64(0),
        )
        heard = alive & ((body["heard"] & bits) > 0)
        self._heard[day] = np.bincount(place[heard], minlength=world.places)
        if day >= self._known:
            was = self._was_there[: world.people]
            was |= alive & np.isin(place, self._struck)
            self._been[day] = np.bincount(place[alive & was], minlength=world.places)

    def track(self) -> Track:
        """All that was seen of a finished run."""
        record = self._model.record
        column = {name: MEASURES.index(name) for name in (*_COUNTED, "present")}
        counts = {
            name: record.counts[..., index].sum(axis=2, dtype=np.int64)
            for name, index in column.items()
        }
        present = counts["present"]
        danger = np.full(present.shape, np.nan)
        np.divide(self._sums, present, out=danger, where=present > 0)
        return Track(
            plan=self._model.plan, present=present, on_leg=self._on_leg, set_off=self._set_off,
            leg_days=self._model.world.tables.legs["days"].astype(np.int64),
            danger=danger, heard=self._heard, been=self._been, in_need=counts["in_need"],
            asked=counts["asked"], deterred=counts["deterred"],
            surveys=tuple(self._model.surveys),
        )  # fmt: skip


def struck_places(base: Plan, plan: Plan) -> list[str]:
    """Nodes where something happens in a plan that does not happen in its baseline.

    Of what happens first only: a remedy in a whole country comes later and strikes nobody.
    """
    new = [each for each in plan.interventions if each not in base.interventions]
    if not new:
        return []
    scope = min(new, key=lambda each: each.start).scope
    points = plan.network.points
    nodes = set(scope.node)
    chosen = points["id"].isin(scope.service_point) | (
        points["organisation"].isin(scope.organisation) & (len(scope.node) == 0)
    )
    nodes |= set(points.loc[chosen, "node"].astype(str))
    ids = plan.network.nodes["id"].astype(str)
    return [node for node in ids if node in nodes]
