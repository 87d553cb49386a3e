"""What is told of detention, of a broken firewall, of deportation; and who has a part in a word."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from sim.codes import (
    BY_ENCOUNTER,
    BY_HEARSAY,
    BY_RUMOUR,
    DETAINED,
    E_BROKEN,
    E_DEPORTED,
    RETURNED,
)
from sim.columns import OWN_STORIES, SCAR_ENCOUNTER
from sim.model import TrustModel
from sim.network import RouteNetwork
from tests.worlds import (
    NO_BACKGROUND,
    ONE_NEED,
    QUIET,
    act,
    against_independence,
    body,
    crowd,
    make_network,
    make_plan,
    model_of,
    of_danger,
    of_family,
    route,
)

AMOUNTS = {"detained_danger_bad": 1.0, "deported_danger_bad": 0.25, "broken_danger_bad": 1.0,
           "detained_independence_against": 1.0, "broken_independence_against": 0.5,
           "negativity": 2.0, "scar_share": 0.3}
STILL = {"half_life_for": 1e9, "half_life_against": 1e9}


# --- a broken firewall ---------------------------------------------------------------------------

def at_the_door(folder: Path, firewall: bool, **parameters: float) -> TrustModel:
    """Everyone asks at a clinic at whose door officers detain; perhaps a firewall was promised."""
    network = crowd(folder, [{"id": "clinic", "physical": 0.1}], physical=1,
                    **dict.fromkeys(("regulatory", "financial", "human", "social", "natural"), 0))
    acts = [act("co_located_enforcement", point="clinic", start=0)]
    if firewall:
        acts.append(act("firewall", point="clinic", start=0, compliance=0.5))
    model = TrustModel(make_plan(network, migrants=400, days=3, interventions=acts, parameters={
        **QUIET, **NO_BACKGROUND, **ONE_NEED, **AMOUNTS, **STILL, "b0": 100.0,
        "door_detention": 1.0, "served_danger_safe": 0.0, **parameters}))
    for _ in range(2):
        model.step()
    return model


@pytest.mark.parametrize("firewall", [False, True])
def test_who_is_detained_behind_a_firewall_finds_it_broken(tmp_path: Path, firewall: bool) -> None:
    model = at_the_door(tmp_path, firewall)
    taken = (body(model)["state"] == DETAINED) & (body(model)["told_day"] == 1)
    assert taken.sum() > 50
    assert ((body(model)["told_kind"][taken] == E_BROKEN) == firewall).all()
    # Being detained counts 1, a broken firewall 1 more, and first-hand twice.
    expected = 2.0 * (1.0 + firewall * 1.0)
    assert of_danger(model)[taken, BY_ENCOUNTER] == pytest.approx(expected)
    against = 2.0 * (1.0 + firewall * 0.5)
    assert against_independence(model, "rcrc")[taken, BY_ENCOUNTER] == pytest.approx(0.7 * against)
    assert of_family(model, "rcrc")[taken, SCAR_ENCOUNTER] == pytest.approx(0.3 * against)


def test_others_hear_of_the_broken_firewall(tmp_path: Path) -> None:
    """Those detained for a day tell it once they are free."""
    told = at_the_door(tmp_path, True, door_detention=0.3, meetings_per_day=2.0,
                       hearsay_trust=0.5, telling_half_life=1e9)
    table = told.world.tables
    table.body["days_left"] = 1
    for _ in range(1):
        told.step()
    assert (body(told)["told_kind"] == E_BROKEN).sum() > 20


def test_hearing_of_it_weighs_as_detention_and_broken_promise(tmp_path: Path) -> None:
    network = crowd(tmp_path, [{"id": "clinic"}])
    model = TrustModel(make_plan(network, migrants=2, days=3, parameters={
        **QUIET, **NO_BACKGROUND, **AMOUNTS, **STILL, "meetings_per_day": 1.0,
        "hearsay_trust": 0.5, "telling_half_life": 1e9}))
    model.step()
    for table in (model.world.tables.body, model.world.tables.public):
        table["told_kind"][0] = E_BROKEN
        table["told_day"][0], table["told_point"][0], table["told_node"][0] = 0, 0, 0
    model.step()
    # 2 of danger, told at trust 0.5: 2 x 0.5 x 2 / (2 + 2 - 0.5 x 2).
    assert of_danger(model)[1, BY_HEARSAY] == pytest.approx(2.0 / 3.0)
    # 1.5 against independence: 2 x 0.5 x 1.5 / (2 + 1.5 - 0.5 x 1.5).
    assert against_independence(model, "rcrc")[1, BY_HEARSAY] == pytest.approx(1.5 / 2.75)


# --- stories are weighted ------------------------------------------------------------------------

@pytest.mark.parametrize(("first_hand", "weight"), [(True, 1.0), (False, 0.2)])
def test_news_counts_in_full_and_told_on_by_its_weight(
        tmp_path: Path, first_hand: bool, weight: float) -> None:
    leak = act("data_breach", point="clinic", start=0)
    reach = 1.0 if first_hand else 0.0
    model = model_of(route(tmp_path), [leak], days=6, migrants=50, parameters={
        **QUIET, **NO_BACKGROUND, **STILL, "news_reach": reach, "news_abroad": 1.0,
        "breach_danger_bad": 2.1, "news_told_on": 0.2, "meetings_per_day": 2.0,
        "story_telling": 1.0, "story_fade": 0.0, "story_drop": 0.0, "bf": 0.0})
    model.step()
    if not first_hand:
        model.world.tables.public["telling"][:25] = np.uint64(1) << np.uint64(OWN_STORIES)
    for _ in range(4):
        model.step()
    heard = of_danger(model)[:, BY_RUMOUR]
    assert (heard > 0).sum() >= 5
    assert heard[heard > 0] == pytest.approx(2.1 * weight)


# --- deportation ---------------------------------------------------------------------------------

def test_deportation_is_an_experience_of_its_own(tmp_path: Path) -> None:
    network = make_network(
        tmp_path,
        [{"id": "home", "country": "AAA", "journey_step": "origin", "departures": 1,
          "mean_stay_days": 1},
         {"id": "away", "country": "BBB", "journey_step": "arrival", "attraction": 1,
          "enforcement": 1}],
        [{"from": "home", "to": "away"}],
        countries=[{"country": "AAA"},
                   {"country": "BBB", "deportation": 0.5, "detention_days": 1}])
    model = TrustModel(make_plan(network, migrants=600, days=9, parameters={
        **QUIET, **NO_BACKGROUND, **AMOUNTS, **STILL, "detention_rate": 0.2, "stay_poor": 1.0,
        "set_out_again": 0.0, "detention_need": 0.0})).run()
    sent_back = body(model)["state"] == RETURNED
    once = of_danger(model)[sent_back, BY_ENCOUNTER]
    assert sent_back.sum() > 100
    assert (body(model)["told_kind"][sent_back] == E_DEPORTED).all()
    # Each detention leaves 2, and deportation 0.5 more.
    assert set(np.unique((once - 0.5) % 2.0)) == {0.0}


# --- who is reached ------------------------------------------------------------------------------

def test_those_detained_today_neither_meet_nor_hear_news(tmp_path: Path) -> None:
    network = crowd(tmp_path, [{"id": "clinic"}], enforcement=1)
    network = dataclasses.replace(
        network, countries=network.countries.assign(detention_days=3000.0))
    plan = make_plan(network, migrants=300, days=2, interventions=[
        act("data_breach", point="clinic", start=1)], parameters={
            **QUIET, "detention_rate": 0.5, "find": 100.0, "find_no_language": 1.0,
            "news_reach": 1.0, "news_here": 1.0})
    model = TrustModel(plan)
    model.step()
    free = body(model)["state"] != DETAINED
    knew = body(model)["known"][:, 0] > 0
    assert 100 < free.sum() < 200
    assert (knew == free).all(), "who was detained this morning found nothing this afternoon"
    model.step()
    assert ((body(model)["heard"] > 0) == (body(model)["state"] != DETAINED)).all()


# --- association with partners -------------------------------------------------------------------

def partners(folder: Path, partner: str) -> RouteNetwork:
    """Red Cross at one node; UN and another organisation elsewhere in the country."""
    return make_network(
        folder,
        [{"id": "here", "departures": 1}, {"id": "there"},
         {"id": "far", "journey_step": "arrival", "attraction": 1}],
        [{"from": "here", "to": "there"}, {"from": "there", "to": "far"}],
        [{"id": "clinic", "node": "here"}, {"id": "office", "node": "there",
                                            "organisation": "agency"}],
        [{"id": "helpers"}, {"id": "agency", "kind": "un", "family": "un"},
         {"id": "group", "kind": "ngo", "family": "ngo"}]) if not partner else _with_partner(
             folder, partner)


def _with_partner(folder: Path, partner: str) -> RouteNetwork:
    from sim.network import load_network

    partners(folder, "")
    file = folder / "organisations.csv"
    rows = file.read_text(encoding="utf-8").splitlines()
    ends = [",partners", *(f",{partner}" if row.startswith("helpers") else "," for row in rows[1:])]
    file.write_text("\n".join(row + end for row, end in zip(rows, ends, strict=True)) + "\n",
                    encoding="utf-8")
    return load_network(folder)


def test_partners_share_in_what_is_learnt_as_neighbours_do(tmp_path: Path) -> None:
    for name, partner in (("alone", ""), ("together", "agency")):
        network = partners(tmp_path / name, partner)
        model = TrustModel(make_plan(network, migrants=5, days=1))
        names = network.families
        rcrc, un, ngo = (names.index(f) for f in ("rcrc", "un", "ngo"))
        share = model.world.tables.together[0]
        assert share[rcrc, un] == share[un, rcrc] == pytest.approx(0.2 if partner else 0.1)
        assert share[rcrc, ngo] == pytest.approx(0.1)
        assert share[rcrc, rcrc] == 0.0


@pytest.mark.parametrize(("partner", "words"), [
    ("agencies", "is not in organisations.csv (it says agencies). Did you mean 'agency'?"),
    ("helpers", "is the organisation itself"),
    ("Agency X", "is not an identifier"),
])
def test_a_wrong_partner_is_told_with_its_line(tmp_path: Path, partner: str, words: str) -> None:
    from sim.problems import InputProblem

    with pytest.raises(InputProblem) as found:
        partners(tmp_path, partner)
    said = str(found.value)
    assert "organisations.csv:2" in said
    assert "partners" in said
    assert words in said
