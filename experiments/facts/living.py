"""Pairs of runs that live day by day side by side, and what is seen of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from experiments.facts.remembering import Remembered
from sim.codes import DETERRED, NONE, NOT_WORTH, SERVED, TURNED_AWAY, URGENCY_BITS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.interventions import Intervention
    from sim.model import TrustModel
    from sim.plan import Plan

__all__ = ["DAYS", "SHOCK", "Today", "asked_at", "lived", "ordinary", "pair", "side_by_side",
           "trust", "with_acts"]

SHOCK = 30
"""Day on which whatever is tried begins."""
DAYS, BURN_IN = 180, 300
PEOPLE_PER_MIGRANT = 10.0
_LATELY = Remembered()


def ordinary(route: str = "central_mediterranean", *, migrants: int, days: int = DAYS,
             parameters: dict[str, float] | None = None, **changes: Any) -> Plan:
    """A route in ordinary times, as short as facts allow."""
    from scenarios import load
    from sim.parameters import Parameters

    plan = load(route).plan()
    if parameters:
        changes["parameters"] = Parameters.of(parameters)
    return dataclasses.replace(
        plan, migrants=migrants, people=migrants * PEOPLE_PER_MIGRANT, days=days, burn_in=BURN_IN,
        survey_days=(), **changes,
    )  # fmt: skip


def with_acts(plan: Plan, *acts: Intervention) -> Plan:
    """The same with something happening."""
    return dataclasses.replace(plan, interventions=acts)


def pair(base: Plan, replicate: int, *others: Plan) -> list[TrustModel]:
    """Runs with the same people and luck, as they stand on the day on which they part."""
    from sim.parting import parting_day, same_life

    until = min(
        (parting_day(base, other) for other in others if same_life(base, other)), default=0
    )
    return [_LATELY.until(until, plan, replicate) for plan in (base, *others)]


def side_by_side(runs: list[TrustModel], until: int | None = None) -> Iterator[int]:
    """Live runs day by day; gives each day when all have lived it."""
    last = runs[0].plan.days if until is None else until
    while runs[0].day < last:
        day = runs[0].day
        for run in runs:
            run.step()
        yield day


def lived(base: Plan, replicate: int, *others: Plan) -> list[TrustModel]:
    """Runs with the same people and luck, lived to their last day."""
    plans = (base, *others)
    return [_LATELY.whole(plan, replicate, *plans[n + 1 :]) for n, plan in enumerate(plans)]


class Today(NamedTuple):
    """What people did today, one row per person who has entered.

    Attributes:
        need: Whether they were in need.
        asked: Whether they asked for help.
        could: Whether they could have asked: they did, or were deterred, or it was not worth it.
        served: Whether they got help.
        dimension: Which need is the most urgent.
        urgency: Its urgency: 0 routine, 1 pressing, 2 acute.
        onset: Day on which it began.
        point: Service point asked, or most wanted, or -1.
        node: Node, also of those on a leg: where it begins.
        status: Status.
    """

    need: NDArray[np.bool_]
    asked: NDArray[np.bool_]
    could: NDArray[np.bool_]
    served: NDArray[np.bool_]
    dimension: NDArray[np.int64]
    urgency: NDArray[np.int64]
    onset: NDArray[np.int64]
    point: NDArray[np.int64]
    node: NDArray[np.int64]
    status: NDArray[np.int64]

    @classmethod
    def of(cls, run: TrustModel) -> Today:
        """The day that a run has just lived."""
        body = run.world.tables.body[: run.world.people]
        outcome = body["outcome"]
        need = outcome != NONE
        most = np.maximum(body["need"], 0).astype(np.int64)
        everyone = np.arange(len(body))
        episode = body["episode"][everyone, most]
        asked = (outcome == SERVED) | (outcome == TURNED_AWAY)
        return cls(
            need=need, asked=asked, served=outcome == SERVED,
            could=asked | (outcome == DETERRED) | (outcome == NOT_WORTH), dimension=most,
            urgency=(episode & URGENCY_BITS).astype(np.int64),
            onset=body["onset"][everyone, most].astype(np.int64),
            point=body["asked"].astype(np.int64), node=body["node"].astype(np.int64),
            status=body["status"].astype(np.int64),
        )  # fmt: skip


def asked_at(run: TrustModel, points: NDArray[np.int64], first: int, last: int) -> float:
    """Visits to some service points from one day up to another (not included)."""
    return float(run.record.by_point[first:last][:, points, 0].sum())


def trust(run: TrustModel, family: str, places: NDArray[np.int64],
          facet: str = "independence") -> float:
    """Mean projected probability of a facet of a family, b + a u, among people at some places.

    It is that of the last weekly summary of opinions.
    """
    record = run.record
    names = record.opinion_names()
    cell = names.index(f"belief_{facet}_{family}")
    sums = record.opinions[-1][places].sum(axis=(0, 1))
    present = record.counts[record.opinion_days[-1]][places][..., record.present].sum()
    belief, disbelief = sums[cell] / present, sums[cell + 1] / present
    base_rate = run.plan.parameters[f"base_rate_{facet}"]
    return float(belief + base_rate * (1.0 - belief - disbelief))
