"""What is true on every day of every run: of random networks, people and scenarios."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from numpy.typing import NDArray

import scenarios
from sim.codes import (
    ABSENT,
    DEAD,
    DETAINED,
    IN_DETENTION,
    IN_TRANSIT,
    MEASURES,
    NEEDS,
    NEVER,
    NONE,
    OUTCOMES,
    RETURNED,
    SETTLED,
    SHARE_UNITS,
    STATES,
    STAYING,
    STRANDED,
    TRAVELLING,
)
from sim.columns import KNOWN_POINTS, TIES
from sim.model import TrustModel
from sim.plan import Plan
from tests.random_worlds import plans
from tests.worlds import body, evidence, make_network, make_plan

MANY = settings(deadline=None, derandomize=True, max_examples=200,
                phases=(Phase.explicit, Phase.generate),
                suppress_health_check=list(HealthCheck))
COLUMN = {name: n for n, name in enumerate(MEASURES)}
_AT_LIBERTY = {TRAVELLING, STAYING, STRANDED, SETTLED}
MAY_BECOME = {
    TRAVELLING: {TRAVELLING, STAYING, SETTLED, DETAINED, DEAD},
    STAYING: {*_AT_LIBERTY, DETAINED, RETURNED, DEAD},
    STRANDED: {*_AT_LIBERTY, DETAINED, RETURNED, DEAD},
    SETTLED: {SETTLED, DETAINED, STAYING, RETURNED, DEAD},
    DETAINED: {DETAINED, STAYING, SETTLED, RETURNED, DEAD},
    RETURNED: {RETURNED, STAYING, STRANDED, TRAVELLING, DEAD},
    DEAD: {DEAD},
}
"""States of an evening, and those in which a person can be the evening after."""


@MANY
@given(plan=plans())
def test_everything_adds_up_on_every_day(plan: Plan) -> None:
    try:
        live_and_check(TrustModel(plan))
    finally:
        shutil.rmtree(plan.network.folder or Path("/nowhere"), ignore_errors=True)


@pytest.mark.parametrize("name", ["central_mediterranean", "central_america", "horn_of_africa"])
def test_everything_adds_up_on_a_real_route(name: str) -> None:
    plan = scenarios.load(name).plan()
    live_and_check(TrustModel(replace(plan, migrants=1_500, days=60, burn_in=60, survey_days=())))


def test_those_who_are_back_home_ask_at_a_watched_door(tmp_path: Path) -> None:
    """Everybody is sent back at once, and officers stand at the only door there is at home."""
    network = make_network(
        tmp_path,
        [{"id": "home", "journey_step": "return", "departures": 1, "mean_stay_days": 1},
         {"id": "abroad", "country": "BBB", "mean_stay_days": 1000},
         {"id": "goal", "country": "BBB", "attraction": 1, "journey_step": "arrival"}],
        [{"from": "home", "to": "abroad"}, {"from": "abroad", "to": "goal"}],
        [{"id": "desk", "node": "home", "door": 1, **dict.fromkeys(NEEDS, 1)}],
        countries=[{"country": "AAA", "detention_days": 2},
                   {"country": "BBB", "voluntary_return": 1}])
    model = TrustModel(make_plan(network, migrants=300, days=40, parameters={
        "onset_acute": 0.3, "find": 100.0, "b0": 3.0, "bf": 0.0, "door_detention": 0.3,
        "exposure_returnee": 0.5, "set_out_again": 0.01}))
    live_and_check(model)
    assert model.record.totals()["voluntary_returns"] > 100
    assert model.record.totals()["set_out_again"] > 0


def live_and_check(model: TrustModel) -> None:
    """Live all days; on each, check all that must hold."""
    world = model.world
    before = body(model)["state"].copy()
    entered, ever = 0, np.zeros(len(world.tables.points))
    while model.running:
        day = model.day
        model.step()
        ever += places_today(model)
        assert world.people >= entered
        entered = world.people
        people_are_somewhere(model, day)
        everyone_at_liberty_stands_in_line(model, before)
        held_things_make_sense(model, day)
        now = body(model)["state"].copy()
        lives_go_on(before, now)
        if day >= 0:
            counts_are_right(model, day)
            outcomes_add_up(model, day)
            service_is_within_capacity(model, day, ever)
            if day > 0:
                flows_add_up(model, day, before, now)
        before = now
    assert model.record.agent_steps >= int(model.record.counts[..., COLUMN["present"]].sum())


def lives_go_on(before: NDArray[np.uint8], now: NDArray[np.uint8]) -> None:
    """Nobody goes from one state to another that cannot follow on it; the dead stay dead."""
    lived = np.bincount(before * len(STATES) + now[: before.size], minlength=len(STATES) ** 2)
    for old, new in np.argwhere(lived.reshape(len(STATES), -1)).tolist():
        assert new in MAY_BECOME[old], f"{STATES[old]} became {STATES[new]}"


def people_are_somewhere(model: TrustModel, day: int) -> None:
    """Everyone who has entered is in one place and one state; the others are nowhere yet."""
    t, me = model.world.tables, body(model)
    assert (me["entered"] <= day).all()
    assert (t.body["entered"][model.world.people:] > day).all()
    assert (t.body["state"][model.world.people:] == ABSENT).all()
    assert ((me["state"] > ABSENT) & (me["state"] <= DEAD)).all()
    assert ((me["node"] >= 0) & (me["node"] < len(t.nodes))).all()
    going = me["state"] == TRAVELLING
    assert (me["leg"][going] >= 0).all()
    assert (me["leg"][~going & (me["state"] != DEAD)] == -1).all(), "on a leg and not travelling"
    assert (me["leg"] < len(t.legs)).all()
    assert (me["node"][going] == t.legs["start"][me["leg"][going]]).all()
    assert (me["days_left"][going] >= 1).all()
    assert (me["days_left"][going] <= t.legs["days"][me["leg"][going]]).all()
    assert (me["days_left"][me["state"] == DETAINED] >= 1).all()
    assert (me["departed"][going] > NEVER).all()
    assert ((me["status"] < 8) & (me["money"] < 3)).all()
    homes = t.nodes["return_node"][me["origin"]]
    assert (me["node"] == homes)[me["state"] == RETURNED].all()
    ended = me["state"] == SETTLED
    long_stay = model.plan.network.nodes["journey_step"].to_numpy() == "long_stay"
    assert ((me["node"] == me["destination"]) | long_stay[me["node"]])[ended].all()
    assert len(set(me["key"])) == me.size


def everyone_at_liberty_stands_in_line(model: TrustModel, before: NDArray[np.uint8]) -> None:
    """Who met whom today: each person who was at a node in the morning has one place there."""
    t = model.world.tables
    line, rank = t.order[: t.at[-1]], t.standing["rank"][: model.world.people]
    assert len(set(line)) == line.size, "somebody stands in two places"
    assert (rank[line] == np.arange(line.size)).all()
    assert (rank >= 0).sum() == line.size
    in_line = rank >= 0
    assert in_line[before.size:].all(), "those who entered today"
    away = np.isin(before, (TRAVELLING, DETAINED, DEAD))
    assert (in_line[: before.size] == ~away).all()


def held_things_make_sense(model: TrustModel, day: int) -> None:
    """Needs, evidence, registrations, known service points and ties have possible values."""
    t, me = model.world.tables, body(model)
    mind = t.mind[: model.world.people]
    assert np.isfinite(evidence(model)).all()
    assert (evidence(model) >= 0.0).all()
    assert (evidence(model) < 1e4).all()
    for touched in (mind["touched"], me["danger_touched"][:, None]):
        assert ((touched <= day) & (touched >= me["entered"][:, None])).all()
    assert np.isfinite(me["level"]).all()
    assert ((me["level"] >= 0.0) & (me["level"] <= 1.0)).all()
    assert (me["onset"][me["level"] > 0.0] <= day).all()
    filed, when = mind["filed_point"], mind["filed_day"]
    assert ((filed >= -1) & (filed < len(t.points))).all()
    there = filed >= 0
    assert (there[:, :-1] | ~there[:, 1:]).all(), "a gap in the registrations"
    assert (when[there] <= day).all()
    assert ((when[:, :-1] > when[:, 1:]) | ~there[:, 1:]).all(), "one registers once a day at most"
    if there.any():
        assert (t.points["registers"][filed[there]] > 0.0).all()
    known = me["known"] & np.uint16(0x7FFF)
    assert known.shape[1] == KNOWN_POINTS
    assert (known <= len(t.points)).all()
    sorted_ = np.sort(known, axis=1)
    twice = (sorted_[:, 1:] == sorted_[:, :-1]) & (sorted_[:, 1:] > 0)
    assert not twice.any(), "a service point is known twice"
    ties = mind["ties"]
    assert ties.shape[1] == TIES
    assert ((ties >= -1) & (ties < len(t.body))).all()
    assert (t.body["origin"][np.maximum(ties, 0)] == me["origin"][:, None])[ties >= 0].all()
    assert (t.body["entered"][np.maximum(ties, 0)] < me["entered"][:, None])[ties >= 0].all()
    live = np.bitwise_or.reduce((t.stories["live"] == 1).astype(np.uint64) << np.arange(
        64, dtype=np.uint64))
    alive = me["state"] != DEAD
    assert ((me["telling"] & ~me["heard"]) == 0).all(), "telling what one never heard"
    assert ((me["heard"][alive] & ~live) == 0).all(), "heard a story that there is not"


def counts_are_right(model: TrustModel, day: int) -> None:
    """The record of the day is what the columns say."""
    me, today = body(model), model.record.counts[day]
    assert (today >= 0).all()
    place = np.where(me["leg"] >= 0, len(model.world.tables.nodes), me["node"])
    for state, name in enumerate(STATES):
        if state == ABSENT:
            continue
        seen = np.zeros(today.shape[:2], int)
        chosen = me["state"] == state
        np.add.at(seen, (place[chosen], me["status"][chosen]), 1)
        assert (today[..., COLUMN[f"people_{name}"]] == seen).all(), name
    living = sum(today[..., COLUMN[f"people_{name}"]] for name in STATES[1:-1])
    assert (living == today[..., COLUMN["present"]]).all()
    all_of_them = living.sum() + today[..., COLUMN["people_dead_or_missing"]].sum()
    assert all_of_them == model.world.people, "people appear or vanish"


def outcomes_add_up(model: TrustModel, day: int) -> None:
    """Everyone in need has exactly one outcome, and deterrence is shared without rest."""
    me, today = body(model), model.record.counts[day]
    kinds = [COLUMN[name] for name in OUTCOMES[1:]]
    assert (today[..., kinds].sum(axis=-1) == today[..., COLUMN["in_need"]]).all()
    assert (today[..., COLUMN["asked"]] == today[..., COLUMN["served"]]
            + today[..., COLUMN["turned_away"]]).all()
    assert ((me["outcome"] >= NONE) & (me["outcome"] <= IN_DETENTION)).all(), "an open answer"
    for number, name in enumerate(OUTCOMES):
        if number != NONE:
            assert (me["outcome"] == number).sum() == today[..., COLUMN[name]].sum(), name
    assert ((me["outcome"] != NONE) == (me["need"] >= 0)).all()
    on_the_way = today[-1]
    assert (on_the_way[:, COLUMN["in_transit"]] == on_the_way[:, COLUMN["in_need"]]).all()
    assert today[:-1, :, COLUMN["in_transit"]].sum() == 0
    assert IN_TRANSIT not in me["outcome"][me["state"] == STRANDED]
    shares = model.record.shares[day]
    assert (shares >= 0).all()
    assert (shares.sum(axis=-1) == today[..., COLUMN["deterred"]].astype(np.int64)
            * SHARE_UNITS).all()
    assert model.record.channels[day].sum() == pytest.approx(
        today[..., COLUMN["deterred"]].sum(), abs=1e-9)


def places_today(model: TrustModel) -> NDArray[np.float64]:
    """Places that each service point has today, when interventions have acted."""
    points, p = model.world.tables.points, model.plan.parameters
    return np.asarray(points["capacity"] * p["capacity_scale"] * points["open"], dtype=float)


def service_is_within_capacity(model: TrustModel, day: int, ever: NDArray[np.float64]) -> None:
    """No service point gives more places than it has; all visits are counted.

    Args:
        ever: Places that each has had so far, on all days together.
    """
    today, points = model.record.counts[day], model.record.by_point[day]
    asked, served, turned_away, deterred = points.T
    assert (asked == served + turned_away).all()
    for name, by_point in (("asked", asked), ("served", served), ("turned_away", turned_away),
                           ("deterred", deterred)):
        assert today[..., COLUMN[name]].sum() == by_point.sum(), name
    places, count = places_today(model), len(ever)
    # What a day before left unused stands over, up to a limit; over the whole run none are added.
    kept = np.maximum(places, model.plan.parameters["places_kept"])
    assert (served[:count] <= kept + places).all()
    assert (model.record.by_point[: day + 1, :count, 1].sum(axis=0) <= 1 + ever).all()
    # Where nobody is excluded, no place stays empty while somebody is turned away.
    filled = served[:count] >= np.minimum(asked[:count], np.floor(places))
    assert filled[model.world.tables.points["excludes"] == 0].all()
    assert today[..., COLUMN["registrations"]].sum() <= served.sum()


def flows_add_up(model: TrustModel, day: int, before: NDArray[np.uint8],
                 now: NDArray[np.uint8]) -> None:
    """Stocks change by what is counted as flowing."""
    today = {name: int(model.record.counts[day, ..., n].sum()) for name, n in COLUMN.items()}
    then = np.r_[before, np.zeros(now.size - before.size, np.uint8)]
    assert ((now == DEAD) & (then != DEAD)).sum() == today["deaths"]
    died_at_home = ((now == DEAD) & (then == RETURNED)).sum()
    came = today["deportations"] + today["voluntary_returns"]
    home = (now == RETURNED).sum() - (then == RETURNED).sum()
    assert home == came - today["set_out_again"] - died_at_home
    taken = ((now == DETAINED) & (then != DETAINED)).sum()
    assert taken <= today["detentions"]
    on_leg = (now == TRAVELLING).sum()
    assert on_leg <= model.world.people - today["people_returned"] - today["people_detained"]
    new = (body(model)["departed"] == day).sum()
    assert new == today["departures"]
    assert (body(model)["entered"] == day).sum() == now.size - before.size
