"""How people choose ways and destinations, what a journey costs, and where it ends."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sim.codes import DETAINED, IRREGULAR, REGULAR, SETTLED, STAYING, STRANDED, TRAVELLING
from sim.interventions import Rumour, Scope
from sim.model import TrustModel
from sim.network import RouteNetwork
from tests.engines_in_step import in_step, twins
from tests.worlds import ALWAYS, QUIET, Row, body, counted, make_network, make_plan

GOING = QUIET | {"stay_poor": 1.0, "interception_detained": 0.0}
HOME: Row = {"id": "home", "country": "AAA", "journey_step": "origin", "departures": 1,
             "mean_stay_days": 1}


def lived(network: RouteNetwork, days: int, **plan: Any) -> TrustModel:
    parameters = GOING | plan.pop("parameters", {})
    return TrustModel(make_plan(network, days=days, parameters=parameters, **plan)).run()


def two_goals(folder: Path, pulls: tuple[float, float] = (3.0, 1.0), **near: Any) -> RouteNetwork:
    """From home there are two goals abroad, one after the other; the way to the first may close."""
    return make_network(
        folder,
        [HOME, {"id": "first", "country": "BBB", "journey_step": "arrival",
                "attraction": pulls[0]},
         {"id": "second", "country": "CCC", "journey_step": "arrival", "attraction": pulls[1]}],
        [{"from": "home", "to": "first", **near}, {"from": "home", "to": "second"}])


# --- ways ----------------------------------------------------------------------------------------

def test_a_longer_way_is_taken_less_by_the_logit(tmp_path: Path) -> None:
    """Two ways to the same goal, one twice as long: the odds follow the weight of length."""
    people = 30_000
    network = make_network(
        tmp_path,
        [HOME, {"id": "goal", "journey_step": "arrival", "attraction": 1}, {"id": "near"},
         {"id": "far"}],
        [{"from": "home", "to": "near", "km": 100}, {"from": "near", "to": "goal", "km": 300},
         {"from": "home", "to": "far", "km": 200}, {"from": "far", "to": "goal", "km": 300}])
    weights = {"progress_weight": 0.0, "length_weight": 1.5}
    model = lived(network, 1, migrants=people, parameters=weights)
    legs = list(network.legs["id"])
    taken = body(model)["leg"]
    near, far = ((taken == legs.index(f"home>{way}")).sum() for way in ("near", "far"))
    mean = network.legs["km"].mean()
    share = 1.0 / (1.0 + math.exp(-1.5 * (200 - 100) / mean))
    assert near + far == people
    assert abs(near / people - share) < 4.5 * math.sqrt(share * (1 - share) / people)


def test_a_leg_believed_impassable_is_taken_by_nobody(tmp_path: Path) -> None:
    """Listed danger lies below the limit; a story doubles it for those who heard the story."""
    network = two_goals(tmp_path, interception=0.4, closed="0-1")
    danger = Rumour(id="danger", topic="leg_danger", reach=0.5, start=1,
                    scope=Scope(leg=("home>first",)))
    model = lived(network, 2, migrants=4_000, interventions=[danger],
                  parameters={"impassable": 0.6, "change_destination": 0.0, "story_danger": 1.0})
    # The others went to the second goal before the story began.
    waited = body(model)["destination"] == 1
    heard = body(model)["heard"][waited] > 0
    assert 0.4 < heard.mean() < 0.6
    assert ((body(model)["state"][waited] == STRANDED) == heard).all()


# --- destinations --------------------------------------------------------------------------------

def test_destinations_are_chosen_in_proportion_to_attraction(tmp_path: Path) -> None:
    people = 40_000
    model = lived(two_goals(tmp_path), 1, migrants=people)
    first = (body(model)["destination"] == 1).mean()
    assert abs(first - 0.75) < 4.5 * math.sqrt(0.75 * 0.25 / people)


def test_more_attraction_moves_only_towards_it(tmp_path: Path) -> None:
    """The whim for a place is a person's own, so a stronger pull takes from others alone."""
    before = body(lived(two_goals(tmp_path / "a"), 1, migrants=5_000))["destination"]
    after = body(lived(two_goals(tmp_path / "b", (3.0, 2.0)), 1, migrants=5_000))["destination"]
    assert (before != after).any()
    assert (after[before == 2] == 2).all()


def test_who_finds_the_way_barred_may_head_for_another_place(tmp_path: Path) -> None:
    closed = two_goals(tmp_path, closed=ALWAYS)
    stay = lived(closed, 10, migrants=2_000, parameters={"change_destination": 0.0})
    turn = lived(closed, 10, migrants=2_000, parameters={"change_destination": 0.5})
    aimed = body(stay)["destination"] == 1
    assert (body(stay)["state"][aimed] == STRANDED).all()
    assert (body(stay)["state"][~aimed] == SETTLED).all()
    assert counted(turn, "new_destinations") == (
        aimed & (body(turn)["destination"] == 2)).sum()
    # Each day half of those who wait turn away: of ten days' worth next to nobody is left.
    assert (body(turn)["state"] == SETTLED).mean() > 0.99
    assert (body(turn)["node"][body(turn)["state"] == SETTLED] == 2).all()


def test_both_engines_turn_away_alike(tmp_path: Path) -> None:
    network = two_goals(tmp_path, interception=0.3, closed="3-9", cost=400)
    plan = make_plan(network, migrants=150, days=20, at_once=False, parameters={
        **GOING, "money_third": 1000.0, "story_birth": 0.3, "meetings_per_day": 1.0,
        "impassable": 0.5, "change_destination": 0.3})
    compiled, reference = twins(plan)
    for _ in in_step(compiled, reference):
        pass
    assert counted(compiled, "new_destinations") > 5


# --- what it costs -------------------------------------------------------------------------------

def test_a_journey_is_paid_for(tmp_path: Path) -> None:
    """Over many people a third is lost for every ``money_third`` dollars, and never below none."""
    people = 20_000
    network = two_goals(tmp_path, (1.0, 0.0), cost=600)
    before = body(lived(two_goals(tmp_path / "free", (1.0, 0.0)), 3, migrants=people))["money"]
    after = body(lived(network, 3, migrants=people, parameters={
        "money_third": 2000.0, "stranded_cost": 1000.0}))["money"]
    lost = before.astype(int) - after
    assert set(np.unique(lost)) == {0, 1}
    assert not lost[before == 0].any()
    share = lost[before > 0].mean()
    assert abs(share - 0.3) < 4.5 * math.sqrt(0.3 * 0.7 / (before > 0).sum())


# --- where it ends -------------------------------------------------------------------------------

def stopover(folder: Path, nodes: Sequence[Row] = ()) -> RouteNetwork:
    return make_network(
        folder,
        [HOME, {"id": "stay", "country": "BBB", "journey_step": "long_stay", "mean_stay_days": 1,
                "enforcement": 1},
         {"id": "goal", "country": "CCC", "journey_step": "arrival", "attraction": 1}, *nodes],
        [{"from": "home", "to": "stay", "two_way": "yes"},
         {"from": "stay", "to": "goal", "two_way": "yes"}])


def test_who_settled_on_the_way_is_settled_after_detention_too(tmp_path: Path) -> None:
    model = TrustModel(make_plan(stopover(tmp_path), migrants=500, days=60, parameters={
        **GOING, "long_stay": 1.0, "detention_rate": 0.05}))
    detained = False
    for _ in range(60):
        model.step()
        there = body(model)["node"] == 1
        detained |= bool((body(model)["state"] == DETAINED).any())
        assert np.isin(body(model)["state"][there & (body(model)["leg"] < 0)],
                       (SETTLED, DETAINED)).all()
    assert detained
    assert counted(model, "detentions") > 50
    assert (body(model)["destination"][body(model)["state"] == SETTLED] == 1).all()


def test_who_settled_on_the_way_can_be_sent_home_and_find_the_way_back(tmp_path: Path) -> None:
    network = stopover(tmp_path)
    countries = network.countries.assign(deportation=1.0, detention_days=1.0)
    network = dataclasses.replace(network, countries=countries)
    model = lived(network, 200, migrants=300, parameters={
        "long_stay": 1.0, "detention_rate": 0.05, "set_out_again": 0.2})
    assert counted(model, "set_out_again") > 50
    assert np.isin(body(model)["state"], (SETTLED, STAYING, TRAVELLING, DETAINED, 6)).all()
    assert counted(model, "deportations") > 300, "nobody came back to be sent home again"


def test_nobody_loses_the_right_to_stay_at_home(tmp_path: Path) -> None:
    needs = {"regulatory": 1, "financial": 0, "physical": 0, "human": 0, "social": 0, "natural": 0}
    network = make_network(
        tmp_path,
        [{**HOME, **needs, "mean_stay_days": 20},
         {"id": "away", "country": "BBB", "journey_step": "arrival", "attraction": 1, **needs}],
        [{"from": "home", "to": "away"}])
    model = lived(network, 40, migrants=2_000, status={"regular": 1.0}, parameters={
        "onset_routine": 0.3, "lapse_routine": 0.3, "cost_regulatory": 1.0, "onset_origin": 1.0})
    home = body(model)["departed"] < 0
    away = body(model)["state"] == SETTLED
    assert 50 < home.sum() < 1_900
    assert (body(model)["status"][home] == REGULAR).all()
    assert (body(model)["status"][away] == IRREGULAR).mean() > 0.5
