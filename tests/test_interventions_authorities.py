"""Raids, laws, notice before police visits, diplomacy, and what is asked of those who help."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from sim.codes import DETERRED, IRREGULAR, REFUSED_HERE, REGULAR, STATUSES
from sim.columns import OWN_STORIES
from sim.interventions import KINDS, Intervention
from sim.model import TrustModel
from sim.network import RouteNetwork
from tests.worlds import (
    NO_BACKGROUND,
    NO_EVIDENCE,
    ONE_NEED,
    QUIET,
    act,
    body,
    counted,
    crowd,
    daily,
    heard_by,
    make_network,
    make_plan,
    model_of,
    of_danger,
    route,
)


def of(kind: str, scope: dict[str, Any], **fields: Any) -> Intervention:
    return KINDS[kind].model_validate({"id": fields.pop("id", kind), "scope": scope, **fields})


def by_day(model: TrustModel, table: str, column: str, row: int = 0) -> list[float]:
    """A cell of a table of the world on each day of the run."""
    seen = []
    while model.running:
        model.step()
        seen.append(round(float(getattr(model.world.tables, table)[column][row]), 9))
    return seen


def lived_here(folder: Path, acts: list[Intervention], *, status: dict[str, float] | None = None,
               migrants: int = 2_000, days: int = 12, points: tuple[dict[str, Any], ...] = (),
               node: dict[str, Any] | None = None, **parameters: float) -> TrustModel:
    """Everyone at one node, and nothing happens there but what is asked for."""
    network = crowd(folder, points, **(node or {}))
    return TrustModel(make_plan(network, migrants=migrants, days=days, interventions=acts,
                                status=status, parameters=QUIET | parameters))


# --- raids ---------------------------------------------------------------------------------------

def test_a_raid_takes_its_share_of_those_with_most_to_fear_on_its_day(tmp_path: Path) -> None:
    """Nobody enforces anything here otherwise."""
    raid = act("raid", node="here", start=4, share=0.2)
    model = lived_here(tmp_path, [raid], status={"irregular": 0.5, "refugee": 0.5})
    model.run()
    taken = daily(model, "detentions")
    assert taken[:4].sum() == taken[5:].sum() == 0
    column = model.record.measures.index("detentions")
    by_status = model.record.counts[4, ..., column].sum(axis=0)
    for status, exposure in (("irregular", 1.0), ("refugee", 0.3)):
        expected = 1_000 * 0.2 * exposure
        assert abs(by_status[STATUSES.index(status)] - expected) < 4.5 * np.sqrt(expected)


def test_a_raid_comes_again_if_it_is_to(tmp_path: Path) -> None:
    raid = act("raid", node="here", start=2, every=4, end=9, share=0.05, strength=0.5)
    taken = daily(lived_here(tmp_path, [raid]).run(), "detentions")
    assert [day for day, count in enumerate(taken) if count] == [2, 6]
    assert abs(taken[2] - 50) < 4.5 * np.sqrt(50)


def test_a_raid_on_some_is_seen_by_all(tmp_path: Path) -> None:
    raid = of("raid", {"node": "here", "status": "irregular"}, start=3, share=0.1,
              announced="never")
    model = lived_here(tmp_path, [raid], status={"irregular": 0.5, "refused": 0.5},
                       raid_seen=0.4).run()
    taken = (body(model)["ever"] & 32) > 0
    assert taken.sum() > 60
    assert set(body(model)["first_status"][taken]) == {IRREGULAR}
    saw = (of_danger(model)[:, 1] > 0) & ~taken
    for status in ("irregular", "refused"):
        mine = body(model)["first_status"] == STATUSES.index(status)
        assert abs(saw[mine & ~taken].mean() - 0.4) < 0.07


def test_raids_of_ordinary_times_go_on_beside_a_planned_one(tmp_path: Path) -> None:
    raid = act("raid", node="here", start=4, share=0.3, announced="never")
    usual = {"raid_rate": 1.0, "raid_share": 0.01}
    calm = lived_here(tmp_path, [], node={"enforcement": 1}, **usual).run()
    raided = lived_here(tmp_path, [raid], node={"enforcement": 1}, **usual).run()
    before, after = daily(calm, "detentions"), daily(raided, "detentions")
    assert (before[:4] == after[:4]).all()
    assert before[:4].min() > 5
    assert after[4] > 15 * before[4]
    none = act("raid", node="here", start=4, share=0.001, announced="never")
    weak = lived_here(tmp_path, [none], node={"enforcement": 1}, **usual).run()
    assert (daily(weak, "detentions") == before).all(), "a weaker one does not spare anybody"


def test_a_raid_at_a_service_point_is_a_raid_at_its_place(tmp_path: Path) -> None:
    model = model_of(route(tmp_path), [act("raid", point="clinic", start=8, share=0.5)])
    raids = []
    while model.running:
        model.step()
        raids.append(list(model.world.tables.nodes["raid"]))
    assert [day for day, nodes in enumerate(raids) if any(nodes)] == [8]
    assert raids[8] == [0, 2, 0]


# --- laws ----------------------------------------------------------------------------------------

def test_a_law_raises_enforcement_towards_the_full(tmp_path: Path) -> None:
    law = of("enforcement_law", {"country": "AAA"}, start=3, end=20, ramp=1, increase=0.5)
    network = route(tmp_path)
    assert by_day(model_of(network, [law]), "nodes", "enforcement") == (
        [0.0] * 3 + [0.25] + [0.5] * 16 + [0.0] * 20)
    assert set(by_day(model_of(network, [law]), "nodes", "enforcement", 1)) == {1.0}
    second = of("enforcement_law", {"all": True}, id="second", start=3, increase=0.2)
    assert by_day(model_of(network, [law, second]), "nodes", "enforcement")[10] == 0.6


def test_news_of_a_law_is_heard_in_its_country_most(tmp_path: Path) -> None:
    law = of("enforcement_law", {"country": "BBB"}, start=20, announced="only")
    model = model_of(route(tmp_path), [law], migrants=3_000, days=26, parameters={
        "meetings_per_day": 0.0, "news_here": 1.0, "news_abroad": 0.1, "news_reach": 0.05}).run()
    story = model.world.tables.stories[OWN_STORIES]
    assert int(story["family"]) == -1
    heard, node = heard_by(model, OWN_STORIES), body(model)["node"]
    at_home, abroad = heard[node == 1].mean(), heard[node == 2].mean()
    assert at_home > 0.15
    assert at_home > 2 * abroad > 0
    assert (of_danger(model)[heard, 3] > 0).all()


# --- notice before visits ------------------------------------------------------------------------

def visited(folder: Path, *, notice: float, days: int = 30) -> TrustModel:
    """Officers at a clinic on every fifth day; everybody has a need and knows it."""
    officers = act("co_located_enforcement", point="clinic", start=3, every=5, strength=0.8)
    warned = act("police_notification", point="clinic", start=0, strength=notice)
    clinic = {"id": "clinic", "physical": 0.01, "registers": 0.2}
    needs = dict.fromkeys(("regulatory", "financial", "human", "social", "natural"), 0)
    return TrustModel(make_plan(
        crowd(folder, [clinic], **needs), migrants=3_000, days=days,
        interventions=[officers, warned] if notice else [officers],
        parameters={**QUIET, **NO_BACKGROUND, **ONE_NEED, "b0": 0.0, "door_detention": 0.2,
                    "witness_neighbours": 0.0, "level_routine": 0.9}))


def test_notice_keeps_people_from_being_caught_but_they_stay_away_all_the_same(
        tmp_path: Path) -> None:
    none, half, all_ = (visited(tmp_path / str(n), notice=n).run() for n in (0.0, 0.5, 1.0))
    caught = [counted(model, "detentions") for model in (none, half, all_)]
    assert caught[0] > 1.6 * caught[1] > 0
    assert caught[2] == 0
    asked = [daily(model, "asked")[3] for model in (none, half, all_)]
    assert asked[0] == asked[1] == asked[2] > 0, "the first visit keeps as many away"
    assert daily(none, "deterred")[3] == daily(all_, "deterred")[3] > 100
    left = [of_danger(model)[:, 1].sum() for model in (none, half, all_)]
    assert left[0] > 1.5 * left[1] > 0, "who does not come upon officers keeps less of it in mind"
    assert left[2] == 0
    later = [daily(model, "asked")[4::5].sum() for model in (none, half, all_)]
    assert later[0] < later[1] < later[2], "so more ask on other days"


def test_notice_of_no_visits_changes_nothing(tmp_path: Path) -> None:
    network = route(tmp_path)
    calm = model_of(network).run()
    warned = model_of(network, [act("police_notification", point="clinic")]).run()
    assert calm.state_hash() == warned.state_hash()


# --- diplomacy -----------------------------------------------------------------------------------

def test_diplomacy_takes_its_time_and_is_not_talked_of(tmp_path: Path) -> None:
    talks = act("humanitarian_diplomacy", point="clinic", start=5, end=30, ramp=9, reached=0.6,
                lowers=0.2)
    network = route(tmp_path)
    kept = by_day(model_of(network, [talks]), "points", "kept")
    assert kept == pytest.approx([0.0] * 5 + [0.06 * n for n in range(1, 11)] + [0.6] * 15
                                 + [0.0] * 10)
    model = model_of(network, [talks])
    assert by_day(model, "nodes", "enforcement", 1)[15:30] == [0.8] * 15
    assert not model.world.tables.stories["live"].any()


def test_only_those_who_heard_of_it_feel_safer(tmp_path: Path) -> None:
    secret = act("humanitarian_diplomacy", point="clinic", ramp=0, reached=1.0)
    told = act("humanitarian_diplomacy", point="clinic", ramp=0, reached=1.0, announced=0)
    parameters = {**NO_EVIDENCE, "channel_rumour": 1.0, "b0": 0.0, "bf": 7.0, "news_here": 20.0}
    network = route(tmp_path, stay=1000)
    kept_away = [counted(model_of(network, acts, parameters=parameters).run(), "deterred")
                 for acts in ([], [secret], [told])]
    assert kept_away[0] == kept_away[1] > 1.2 * kept_away[2]


def test_diplomacy_builds_on_a_firewall_that_people_know(tmp_path: Path) -> None:
    wall = act("firewall", point="clinic", start=2, compliance=0.3)
    talks = act("humanitarian_diplomacy", point="clinic", start=5, ramp=0, reached=0.8)
    for acts in ([wall, talks], [talks, wall]):
        model = model_of(route(tmp_path), acts)
        for _ in range(10):
            model.step()
        clinic = model.world.tables.points[0]
        assert clinic["kept"] == pytest.approx(0.8)
        assert clinic["firewall_story"] == OWN_STORIES, "quiet talks make no firewall unknown"


# --- those who help ------------------------------------------------------------------------------

def helpers(folder: Path, ngos: int = 40) -> RouteNetwork:
    helps = {"physical": 1, "registers": 0.3, "capacity_per_day": 10}
    owners = [{"id": "ngo", "kind": "ngo", "family": "ngo", "outreach": 0.8},
              {"id": "un", "kind": "un", "family": "un", "outreach": 0.8},
              {"id": "state", "kind": "government", "family": "government", "outreach": 0.8}]
    points = [{"id": f"n{n}", "node": "here", "organisation": "ngo", **helps} for n in range(ngos)]
    points += [{"id": name, "node": "here", "organisation": name, **helps}
               for name in ("un", "state")]
    return make_network(
        folder, [{"id": "here", "departures": 1}, {"id": "far", "attraction": 1}],
        [{"from": "here", "to": "far", "closed": "0-30000"}], points, owners)


def stepped(network: RouteNetwork, acts: list[Intervention], days: int = 3) -> TrustModel:
    model = model_of(network, acts, migrants=100)
    for _ in range(days):
        model.step()
    return model


def test_aid_that_is_a_crime_closes_some_and_shrinks_others(tmp_path: Path) -> None:
    network = helpers(tmp_path)
    calm = stepped(network, []).world.tables.points
    closed = {}
    for share in (0.2, 0.5):
        law = act("criminalised_aid", node="here", closes=share, fewer_places=0.25,
                  less_outreach=0.5)
        points = stepped(network, [law]).world.tables.points
        closed[share] = set(np.flatnonzero(points["open"] == 0))
        assert (points[40:] == calm[40:]).all(), "the UN and government are not at risk"
        assert points["capacity"][:40] == pytest.approx(calm["capacity"][:40] * 0.75)
        assert points["outreach"][:40] == pytest.approx(calm["outreach"][:40] * 0.5)
    assert closed[0.2] < closed[0.5]
    assert 10 <= len(closed[0.5]) <= 30


def test_criminalised_aid_cuts_campaigns_whatever_the_order(tmp_path: Path) -> None:
    campaign = act("outreach", node="here", reach=0.1)
    law = act("criminalised_aid", node="here", closes=0.0, less_outreach=0.5)
    for acts in ([campaign, law], [law, campaign]):
        points = stepped(helpers(tmp_path, 2), acts).world.tables.points
        assert list(points["campaign"]) == pytest.approx([0.05, 0.05, 0.1, 0.1])


def test_help_in_government_premises(tmp_path: Path) -> None:
    network = helpers(tmp_path)
    moved = act("government_premises", node="here", officers=0.3, detention=0.4, strength=0.5)
    points = stepped(network, [moved]).world.tables.points
    calm = stepped(network, []).world.tables.points
    there = (points["door"] > 0.0) & (np.arange(42) != 41)
    assert 8 < there.sum() < 33
    assert (points["government"][there] == 1).all()
    assert points["capacity"][there] == pytest.approx(calm["capacity"][there] * 0.6)
    stayed = ~there & (np.arange(42) != 41)
    assert (points[stayed]["government"] == 0).all()
    assert (points[stayed]["capacity"] == calm[stayed]["capacity"]).all()
    inside = act("government_premises", node="here", detention=1.0)
    assert (stepped(network, [inside]).world.tables.points["open"] == 0).all()


def test_fewer_ask_in_government_premises(tmp_path: Path) -> None:
    network = route(tmp_path, stay=1000)
    calm = model_of(network).run()
    moved = model_of(network, [act("government_premises", point="clinic", start=15,
                                   officers=0.5)]).run()
    points = calm.record.by_point[..., 0], moved.record.by_point[..., 0]
    assert (points[0][:15] == points[1][:15]).all()
    assert points[1][15:, 0].sum() < 0.9 * points[0][15:, 0].sum()


# --- status --------------------------------------------------------------------------------------

def test_a_precondition_keeps_out_the_statuses_it_names_and_no_others(tmp_path: Path) -> None:
    rule = of("status_precondition", {"service_point": "clinic", "status": ["irregular"]},
              start=10, end=25, announced="never")
    model = model_of(route(tmp_path, stay=1000), [rule], migrants=1_500,
                     status={"irregular": 0.5, "regular": 0.5})
    while model.running:
        model.step()
        excluded = model.world.tables.points["excludes"]
        there = 10 <= model.day - 1 < 25
        assert list(excluded) == [1 << IRREGULAR if there else 0, 0]
    refused = (body(model)["known"] == 1 + REFUSED_HERE).any(axis=1)
    assert refused.sum() > 100
    assert REGULAR not in body(model)["status"][refused]
    assert (body(model)["ever"][body(model)["status"] == REGULAR] & 1).sum() > 100


def test_where_status_must_be_shown_everyone_is_registered(tmp_path: Path) -> None:
    rule = act("status_precondition", point="clinic", must_show=True, start=6, end=12)
    model = model_of(route(tmp_path, registers=0.1), [rule])
    assert by_day(model, "points", "registers") == [0.1] * 6 + [1.0] * 6 + [0.1] * 28


def test_a_precondition_says_whom_or_what_it_asks(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="say whom it keeps out"):
        act("status_precondition", point="clinic")


def test_a_part_of_the_service_points_keeps_to_it(tmp_path: Path) -> None:
    rules = [of("status_precondition", {"node": "here", "status": "irregular"}, id="rule",
                compliance=share, announced="never") for share in (0.3, 0.7)]
    kept = [set(np.flatnonzero(stepped(helpers(tmp_path), [rule]).world.tables.points["excludes"]))
            for rule in rules]
    assert kept[0] < kept[1]
    assert 3 < len(kept[0]) < 24


def test_news_that_people_are_refused_frightens(tmp_path: Path) -> None:
    rule = of("status_precondition", {"service_point": "clinic", "status": "irregular"}, start=15,
              announced="only")
    network = route(tmp_path, stay=1000)
    parameters = {"b0": 0.0, "capacity_scale": 0.0}
    calm = model_of(network, parameters=parameters).run()
    told = model_of(network, [rule], parameters=parameters).run()
    assert (of_danger(told)[:, 3] > 0).sum() > 100
    assert (body(told)["outcome"] == DETERRED).sum() > 0
    assert daily(told, "asked")[20:].sum() < daily(calm, "asked")[20:].sum()
