"""What befalls people on a leg, against the rates that the network lists."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.codes import SETTLED, STAYING, STRANDED, TRAVELLING
from sim.model import TrustModel
from sim.network import RouteNetwork
from tests.worlds import QUIET, body, counted, daily, make_network, make_plan

GOING: dict[str, float] = QUIET | {
    "stay_poor": 1.0, "interception_detained": 0.0, "impassable": 1.0}
"""Everybody leaves a node on the first evening whatever the danger; nobody is detained."""


def one_leg(folder: Path, **leg: Any) -> RouteNetwork:
    """A place to set out from, a place to go to, and one leg."""
    return make_network(
        folder,
        [{"id": "start", "journey_step": "origin", "departures": 1, "mean_stay_days": 1},
         {"id": "goal", "journey_step": "arrival", "attraction": 1}],
        [{"from": "start", "to": "goal", **leg}])


def lived(network: RouteNetwork, days: int, **plan: Any) -> TrustModel:
    parameters = GOING | plan.pop("parameters", {})
    return TrustModel(make_plan(network, days=days, parameters=parameters, **plan)).run()


def at_goal(model: TrustModel) -> np.ndarray:
    return np.asarray(body(model)["state"] == SETTLED)


# --- time ----------------------------------------------------------------------------------------

@pytest.mark.parametrize(("days", "whole"), [(0.5, 1), (1, 1), (2, 2), (3.5, 4), (11, 11)])
def test_people_arrive_after_exactly_the_days_of_the_leg(
        tmp_path: Path, days: float, whole: int) -> None:
    plan = make_plan(one_leg(tmp_path, days=days), migrants=50, days=20, parameters=GOING)
    model = TrustModel(plan)
    for _ in range(whole):
        model.step()
        assert (body(model)["state"] == TRAVELLING).all()
        assert (body(model)["node"] == 0).all()
    model.step()
    assert at_goal(model).all()
    assert (body(model)["node"] == 1).all()
    assert (body(model)["since"] == whole).all()
    assert list(daily(model, "people_travelling")[: whole + 1]) == [50] * whole + [0]


def test_a_journey_of_two_legs_takes_both_and_the_stay_between(tmp_path: Path) -> None:
    network = make_network(
        tmp_path,
        [{"id": "start", "journey_step": "origin", "departures": 1, "mean_stay_days": 1},
         {"id": "halt", "mean_stay_days": 1},
         {"id": "goal", "journey_step": "arrival", "attraction": 1}],
        [{"from": "start", "to": "halt", "days": 3}, {"from": "halt", "to": "goal", "days": 4}])
    model = lived(network, 12, migrants=40)
    arrived = np.flatnonzero(daily(model, "people_settled") == 40)
    # Off on the evening of day 0, at the halt on day 3, off on day 4, at the goal on day 8.
    assert arrived[0] == 8
    assert list(daily(model, "people_staying")) == [0, 0, 0, 40, *[0] * 8]


def test_people_leave_at_the_rate_of_the_mean_stay(tmp_path: Path) -> None:
    people, stay = 20_000, 8.0
    network = make_network(
        tmp_path,
        [{"id": "start", "journey_step": "origin", "departures": 1, "mean_stay_days": stay},
         {"id": "goal", "journey_step": "arrival", "attraction": 1}],
        [{"from": "start", "to": "goal"}])
    model = lived(network, 10, migrants=people, parameters={"stay_poor": 1.5})
    poor = body(model)["money"] == 0
    assert poor.mean() == pytest.approx(1 / 3, abs=0.015)
    for who, mean in ((poor, 1.5 * stay), (~poor, stay)):
        left = (body(model)["departed"][who] >= 0).mean()
        share = 1.0 - (1.0 - 1.0 / mean) ** 10
        assert abs(left - share) < 4.5 * math.sqrt(share * (1 - share) / who.sum())


# --- interception --------------------------------------------------------------------------------

@pytest.mark.parametrize(("chance", "days"), [
    (0.02, 1), (0.3, 1), (0.02, 5), (0.3, 5), (0.8, 12), (1.0, 3)])
def test_a_leg_reproduces_its_interception_rate(
        tmp_path: Path, chance: float, days: int) -> None:
    people = 8_000
    model = lived(one_leg(tmp_path, days=days, interception=chance), days + 1, migrants=people)
    # Whoever was intercepted set out again at the earliest a day later, and has not arrived yet.
    caught = 1.0 - at_goal(model).mean()
    error = math.sqrt(chance * (1 - chance) / people)
    assert abs(caught - chance) <= 4.5 * error
    if days == 1:
        assert counted(model, "interceptions") == round(caught * people)


def test_interception_comes_on_every_day_of_a_leg(tmp_path: Path) -> None:
    people, chance, days = 20_000, 0.6, 4
    model = TrustModel(make_plan(one_leg(tmp_path, days=days, interception=chance),
                                 migrants=people, days=days + 1, parameters=GOING))
    still, hazard = people, 1.0 - (1.0 - chance) ** (1 / days)
    model.step()
    for _ in range(days):
        model.step()
        caught = still - int((body(model)["told_day"] < 0).sum())
        assert abs(caught - still * hazard) < 4.5 * math.sqrt(still * hazard * (1 - hazard))
        still -= caught


def test_the_intercepted_are_back_where_the_leg_began(tmp_path: Path) -> None:
    model = lived(one_leg(tmp_path, days=1, interception=1.0), 2, migrants=300)
    assert (body(model)["node"] == 0).all()
    assert (body(model)["leg"] == -1).all()
    assert (body(model)["state"] == STAYING).all()
    detained = lived(one_leg(tmp_path, days=1, interception=1.0), 2, migrants=2_000,
                     parameters={"interception_detained": 0.25})
    assert counted(detained, "detentions") / 2_000 == pytest.approx(0.25, abs=0.045)


# --- death ---------------------------------------------------------------------------------------

@pytest.mark.parametrize(("chance", "days", "burst"), [
    (0.02, 1, 0.2), (0.1, 1, 0.05), (0.05, 6, 0.2), (0.3, 3, 0.2)])
def test_a_leg_reproduces_its_death_rate_in_bursts(
        tmp_path: Path, chance: float, days: int, burst: float) -> None:
    """Deaths a day are a martingale: given who is on the leg, mean and variance are known.

    With hazard h and incidents that strike a share ``b`` of the m people on the leg (with chance
    h / b, if h < b), the mean is m h and the variance m E[B (1 - B)] + m^2 Var B.
    """
    length = 2000
    model = lived(one_leg(tmp_path, days=days, death=chance), length, migrants=6_000,
                  at_once=False, parameters={"burst_share": burst})
    deaths = daily(model, "deaths")
    on_leg = np.r_[0, daily(model, "people_travelling")[:-1]].astype(float)
    hazard = 1.0 - (1.0 - chance) ** (1.0 / days)
    strike = max(hazard, burst)
    of_share = hazard * strike - hazard**2
    variance = on_leg * (hazard - hazard * strike) + on_leg**2 * of_share
    error = math.sqrt(variance.sum())
    assert abs(deaths.sum() - hazard * on_leg.sum()) < 4.0 * error
    assert error < 0.2 * deaths.sum(), "the test is too weak to say anything"
    # Per crossing: those who died, of those who died or arrived.
    crossings = deaths.sum() + at_goal(model).sum()
    assert deaths.sum() / crossings == pytest.approx(chance, abs=4.0 * error / crossings + 0.003)
    # In bursts: incidents are as frequent and as deadly as they should be.
    many = on_leg >= 3 / strike
    incidents = (deaths > 0) & many
    likely = hazard / strike * (1.0 - (1.0 - strike) ** on_leg[many])
    spread = math.sqrt((likely * (1 - likely)).sum())
    assert abs(incidents.sum() - likely.sum()) < 4.0 * spread + 1e-9
    alone = on_leg * hazard * (1.0 - hazard)
    scatter = ((deaths - hazard * on_leg) ** 2).sum() / alone.sum()
    assert scatter == pytest.approx((variance / alone.clip(1e-12)).mean(), rel=1.0)
    if strike > 3 * hazard:
        assert scatter > 1.3, "deaths do not come in bursts"


def test_the_dead_stay_where_they_died_and_do_nothing_more(tmp_path: Path) -> None:
    model = TrustModel(make_plan(one_leg(tmp_path, days=4, death=0.9), migrants=500, days=30,
                                 parameters=GOING))
    for _ in range(8):
        model.step()
    dead = body(model)["state"] == 7
    assert 300 < dead.sum() < 500
    before = body(model)[dead].copy()
    model.run()
    assert (body(model)[dead] == before).all()
    assert counted(model, "people_dead_or_missing", 29) == dead.sum() == counted(model, "deaths")


# --- ways that are open or closed ----------------------------------------------------------------

def test_a_closed_leg_stops_everybody_and_reopens(tmp_path: Path) -> None:
    network = one_leg(tmp_path, days=3, closed="5-12;20-21")
    model = lived(network, 40, migrants=3_000, at_once=False)
    departures = daily(model, "departures")
    closed = [*range(5, 12), 20]
    assert (departures[closed] == 0).all()
    assert (np.delete(departures, closed) > 0).all()
    # Those already on the leg go on: they arrive up to two days after it has closed.
    settled = np.diff(daily(model, "people_settled"), prepend=0)
    assert (settled[[5, 6, 7]] > 0).all()
    assert (settled[8:15] == 0).all()
    # Whoever wanted to go is stranded, and leaves on the first day it is open again.
    stranded = daily(model, "people_stranded")
    assert stranded[11] > 7 * 40
    assert departures[12] > stranded[11] * 0.9
    assert stranded[12] == 0


def fork(folder: Path, closed: str) -> RouteNetwork:
    """Three ways to the goal of about the same worth, the first of which may be closed."""
    ways = ("by_sea", "by_road", "on_foot")
    return make_network(
        folder,
        [{"id": "start", "journey_step": "origin", "departures": 1, "mean_stay_days": 2},
         *({"id": way} for way in ways),
         {"id": "goal", "journey_step": "arrival", "attraction": 1}],
        [*({"from": "start", "to": way, "km": 100 + 10 * n, "closed": closed if n == 0 else ""}
           for n, way in enumerate(ways)),
         *({"from": way, "to": "goal"} for way in ways)])


def test_closing_a_leg_moves_only_those_who_would_have_taken_it(tmp_path: Path) -> None:
    taken = []
    for name, closed in (("open", ""), ("closed", "0-30000")):
        model = TrustModel(make_plan(fork(tmp_path / name, closed), migrants=4_000, days=1,
                                     parameters=GOING))
        model.step()
        taken.append(body(model)["leg"].copy())
    with_all, without = taken
    legs = list(fork(tmp_path / "again", "").legs["id"])
    first = legs.index("start>by_sea")
    others = with_all != first
    assert 500 < (with_all == first).sum() < 1_700
    assert (with_all == -1).sum() > 1_000, "some stay another day"
    assert (without[others] == with_all[others]).all()
    assert not (without == first).any()
    assert (without[~others] >= 0).all()


def test_shares_of_the_ways_follow_the_logit(tmp_path: Path) -> None:
    """Gumbel-max: odds of two ways are exp of the difference of their utilities."""
    people = 30_000
    network = make_network(
        tmp_path,
        [{"id": "start", "journey_step": "origin", "departures": 1, "mean_stay_days": 1},
         {"id": "goal", "journey_step": "arrival", "attraction": 1}, {"id": "halt"}],
        [{"from": "start", "to": "goal", "km": 300, "cost": 0, "interception": 0.2},
         {"from": "start", "to": "halt", "km": 120}, {"from": "halt", "to": "goal", "km": 180}])
    weights = {"progress_weight": 2.0, "danger_weight": 3.0, "length_weight": 0.0}
    model = lived(network, 1, migrants=people, parameters=weights)
    assert (body(model)["state"] == TRAVELLING).all()
    # Progress over the mean leg of 200 km: 1.5 at once, 0.6 by the halt.
    odds = math.exp(2.0 * (1.5 - 0.6) - 3.0 * 0.2)
    direct = float((body(model)["leg"] == list(network.legs["id"]).index("start>goal")).mean())
    share = odds / (1 + odds)
    assert abs(direct - share) < 4.5 * math.sqrt(share * (1 - share) / people)


def test_the_poorest_cannot_pay_and_are_stranded(tmp_path: Path) -> None:
    plan = make_plan(one_leg(tmp_path, cost=500), migrants=900, days=5,
                     parameters=GOING | {"stranded_cost": 300.0})
    model = TrustModel(plan)
    poor = model.world.tables.body["money"] == 0
    model.run()
    assert (body(model)["state"][poor] == STRANDED).all()
    assert at_goal(model)[~poor].all()
