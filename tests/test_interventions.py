"""What each intervention does to a small world, and what it does not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.codes import DETAINED, DETERRED, E_DETAINED_SERVICE, NONE, REFUGEE, REGULAR
from sim.columns import OWN_STORIES
from sim.interventions import KINDS, Intervention
from sim.model import TrustModel
from sim.network import RouteNetwork
from tests.worlds import (
    NO_EVIDENCE,
    ONE_NEED,
    QUIET,
    act,
    body,
    counted,
    daily,
    heard_by,
    make_network,
    make_plan,
    of_danger,
)

LIVELY: dict[str, float] = {
    "onset_routine": 0.1, "onset_pressing": 0.1, "find": 1.0, "b0": -2.0, "meetings_per_day": 1.0,
    "news_reach": 0.1, "story_birth": 0.0, "outreach_rate": 0.05, "door_detention": 0.05}
SIMPLE: dict[str, tuple[str, dict[str, Any]]] = {
    kind: (kind, fields) for kind, fields in {
        "data_breach": {"point": "clinic"}, "co_located_enforcement": {"point": "clinic"},
        "firewall": {"point": "clinic"}, "outreach": {"effort": 1.0, "point": "clinic"},
        "rumour": {"reach": 0.5, "node": "town"}}.items()}


def route(folder: Path, stay: float = 12, **point: Any) -> RouteNetwork:
    """Home, a town abroad with a clinic and a school, and a city in a third country."""
    helps = dict.fromkeys(("regulatory", "financial", "physical", "human", "social", "natural"), 1)
    return make_network(
        folder,
        [{"id": "home", "country": "AAA", "journey_step": "origin", "departures": 1,
          "mean_stay_days": 2},
         {"id": "town", "country": "BBB", "mean_stay_days": stay, "enforcement": 1},
         {"id": "city", "country": "CCC", "journey_step": "arrival", "attraction": 1,
          "enforcement": 1}],
        [{"from": "home", "to": "town"}, {"from": "town", "to": "city"}],
        [{"id": "clinic", "node": "town", "registers": 0.7, **helps, **point},
         {"id": "school", "node": "town", "organisation": "agency", **helps}],
        [{"id": "helpers", "country": "BBB"},
         {"id": "agency", "country": "BBB", "kind": "un", "family": "un"}])


def model_of(network: RouteNetwork, acts: Sequence[Intervention] = (), days: int = 40,
             **plan: Any) -> TrustModel:
    parameters = QUIET | LIVELY | plan.pop("parameters", {})
    return TrustModel(make_plan(network, days=days, interventions=acts, parameters=parameters,
                                **{"migrants": 400} | plan))


def hashes(model: TrustModel) -> list[str]:
    """The state after each day."""
    seen = []
    while model.running:
        model.step()
        seen.append(model.state_hash())
    return seen


# --- all kinds -------------------------------------------------------------------------------------

def test_every_kind_is_tested_here() -> None:
    assert set(SIMPLE) == set(KINDS)


@pytest.mark.parametrize("kind", SIMPLE)
def test_strength_zero_changes_nothing_at_all(tmp_path: Path, kind: str) -> None:
    network = route(tmp_path)
    name, fields = SIMPLE[kind]
    baseline = hashes(model_of(network))
    assert hashes(model_of(network, [act(name, **fields, start=5, strength=0)])) == baseline
    assert hashes(model_of(network, [act(name, **fields, start=5)])) != baseline


@pytest.mark.parametrize("kind", SIMPLE)
def test_nothing_happens_before_the_first_day(tmp_path: Path, kind: str) -> None:
    network = route(tmp_path)
    name, fields = SIMPLE[kind]
    baseline = hashes(model_of(network, burn_in=10, at_once=False, present_at_start=0.6))
    with_it = hashes(model_of(network, [act(name, **fields, start=20)], burn_in=10, at_once=False,
                              present_at_start=0.6))
    first = [a == b for a, b in zip(baseline, with_it, strict=True)].index(False) - 10
    assert 20 <= first <= 23


@pytest.mark.parametrize("kind", SIMPLE)
def test_an_intervention_never_writes_an_opinion_or_a_choice(tmp_path: Path, kind: str) -> None:
    """It changes the world; of people only who knows a story that it seeds."""
    name, fields = SIMPLE[kind]
    model = model_of(route(tmp_path), [act(name, **fields, start=3, end=30, every=2)])
    stories_of = [name for name in ("heard", "telling")]
    for day in range(40):
        t = model.world.tables
        before = t.body.copy(), t.mind.copy(), t.public.copy()
        model.world.intervene(day)
        assert (t.mind == before[1]).all()
        assert (t.public == before[2]).all()
        for field in t.body.dtype.names or ():
            same = (t.body[field] == before[0][field]).all()
            seeded = kind == "rumour" and field in stories_of
            assert same or seeded, field
        model.step()
    assert model.day == 40


@pytest.mark.parametrize("kind", ["data_breach", "co_located_enforcement", "firewall"])
def test_what_is_only_announced_changes_talk_and_nothing_else(tmp_path: Path, kind: str) -> None:
    """No table of the world differs, whatever people may think of it."""
    name, fields = SIMPLE[kind]
    network = route(tmp_path)
    calm, told = model_of(network), model_of(
        network, [act(name, **fields, start=4, announced="only")])
    for _ in range(30):
        calm.step()
        told.step()
        for table, column in (("points", "door"), ("points", "firewall"), ("points", "kept"),
                              ("points", "leak_day"), ("nodes", "enforcement")):
            assert (getattr(calm.world.tables, table)[column]
                    == getattr(told.world.tables, table)[column]).all()
    talk = (body(told)["heard"] > 0).any()
    assert talk == (kind != "co_located_enforcement"), "officers are seen, not announced"


# --- data breach -------------------------------------------------------------------------------------

def breach_run(folder: Path, day: int = 10, **fields: Any) -> tuple[TrustModel, dict[str, Any]]:
    """A run with a breach in which nobody is ever detained but through the records."""
    status = {"irregular": 0.6, "regular": 0.2, "refugee": 0.2}
    parameters = {**NO_EVIDENCE, "find_listed": 1.0, "door_detention": 0.0, "bf": 0.0, "b0": 0.0}
    model = model_of(route(folder), [act("data_breach", point="clinic", recipient="CCC", start=day,
                                         **fields)],
                     days=80, status=status, parameters=parameters, migrants=2_000)
    listed = np.zeros(2_000, bool)
    ever = np.zeros(2_000, bool)
    where, when = [], []
    before = body(model)["state"].copy()
    while model.running:
        model.step()
        mind = model.world.tables.mind
        new = ((mind["filed_point"] == 0) & (mind["filed_day"] <= day)).any(axis=1)
        if model.day <= day + 1:
            listed |= new
        taken = (body(model)["state"] == DETAINED) & (before != DETAINED)
        ever |= taken
        where += list(body(model)["node"][taken])
        when += [model.day - 1] * int(taken.sum())
        assert (body(model)["told_kind"][taken] == E_DETAINED_SERVICE).all()
        assert not np.isin(body(model)["status"][taken], (REGULAR, REFUGEE)).any()
        before = body(model)["state"].copy()
    return model, {"listed": listed, "ever": ever, "where": where, "when": when}


def test_a_breach_harms_only_those_registered_up_to_the_day_and_only_in_a_recipient_country(
        tmp_path: Path) -> None:
    model, seen = breach_run(tmp_path)
    assert seen["ever"].sum() > 100
    assert not (seen["ever"] & ~seen["listed"]).any(), "somebody not registered in time was found"
    assert set(seen["where"]) == {2}, "found outside the recipient country"
    assert min(seen["when"]) >= 10
    registered = (model.world.tables.mind["filed_point"] == 0).any(axis=1)
    spared = registered & ~seen["ever"]
    assert spared.sum() > 100
    irregular = body(model)["status"] == 4
    there = body(model)["node"] == 2
    missed = seen["listed"] & irregular & there & ~seen["ever"]
    assert not missed.any(), "with certain finding, all that are listed are found"


def test_only_a_share_of_the_records_gets_there(tmp_path: Path) -> None:
    _, all_of_them = breach_run(tmp_path)
    _, some = breach_run(tmp_path, share=0.3)
    assert not (some["ever"] & ~all_of_them["ever"]).any()
    part = some["ever"].sum() / all_of_them["ever"].sum()
    assert abs(part - 0.3) < 4.5 * np.sqrt(0.21 / all_of_them["ever"].sum())


def test_while_sharing_stands_later_registrations_are_shared_too(tmp_path: Path) -> None:
    _, once = breach_run(tmp_path)
    _, standing = breach_run(tmp_path, end=40)
    later = standing["ever"] & ~once["ever"]
    assert later.sum() > 50


def test_without_a_breach_nobody_is_found(tmp_path: Path) -> None:
    model = model_of(route(tmp_path), days=60, parameters={"find_listed": 1.0, "b0": 0.0,
                                                           "door_detention": 0.0})
    model.run()
    assert counted(model, "registrations") > 50
    assert counted(model, "detentions") == 0


def test_a_secret_breach_harms_before_it_frightens(tmp_path: Path) -> None:
    network = route(tmp_path)
    parameters = {"find_listed": 0.3, "door_detention": 0.0}
    calm = model_of(network, days=60, parameters=parameters)
    secret = model_of(network, [act("data_breach", point="clinic", recipient="CCC", start=8,
                                    announced="never")], days=60, parameters=parameters)
    while calm.running:
        calm.step()
        secret.step()
        assert not (secret.world.tables.stories["live"] == 1).any()
        if counted(secret, "detentions") == 0:
            assert calm.state_hash() == secret.state_hash(), "fear before any harm"
            last = calm.day
    assert 9 < last < 40
    assert counted(secret, "detentions") > 20
    assert counted(calm, "detentions") == 0
    assert (of_danger(secret)[:, 0] > 0).sum() > 20
    assert of_danger(secret).sum() > of_danger(calm).sum(), "those found, and those they tell"


def test_news_of_a_breach_frightens_before_anybody_is_harmed(tmp_path: Path) -> None:
    told = model_of(route(tmp_path), [act("data_breach", point="clinic", recipient="CCC", start=8,
                                          announced=3)], parameters={"find_listed": 0.0})
    seen = []
    while told.running:
        told.step()
        seen.append(int(heard_by(told, OWN_STORIES).sum()))
    assert seen[10] == 0
    assert seen[11] > 5
    assert seen[-1] > seen[11]
    assert (of_danger(told)[:, 3] > 0).sum() > 50


# --- officers at the door --------------------------------------------------------------------------

def test_officers_frighten_while_they_stand_there_and_not_a_day_longer(tmp_path: Path) -> None:
    """Nobody learns here, so only what is at the door today matters."""
    network = route(tmp_path, stay=1000, capacity_per_day=0)
    parameters = {**NO_EVIDENCE, **ONE_NEED, "level_routine": 0.6, "door_detention": 0.0,
                  "onset_pressing": 0.0}
    runs = {}
    for name, acts in (("calm", []), ("officers", [
            act("co_located_enforcement", point="clinic", start=12, end=20)])):
        model = model_of(network, acts, parameters=parameters)
        days = []
        while model.running:
            model.step()
            days.append((model.world.tables.points["door"].copy(), body(model)["outcome"].copy(),
                         body(model)["asked"].copy()))
        runs[name] = days
    for day in range(40):
        door, outcome, asked = runs["officers"][day]
        calm = runs["calm"][day]
        there = 12 <= day < 20
        assert list(door) == [1.0 if there else 0.0, 0.0]
        assert ((outcome == calm[1]) & (asked == calm[2])).all() == (not there), day
        if there:
            assert (outcome == DETERRED).sum() > (calm[1] == DETERRED).sum()
            assert (asked == 0).sum() < (calm[2] == 0).sum()


def test_officers_come_on_the_days_they_come_and_as_strong_as_they_are(tmp_path: Path) -> None:
    model = model_of(route(tmp_path, door=0.1), [
        act("co_located_enforcement", point="clinic", start=5, end=26, every=7, strength=0.6),
        act("co_located_enforcement", id="more", point="clinic", start=10, ramp=3)])
    doors = []
    while model.running:
        model.step()
        doors.append(round(float(model.world.tables.points["door"][0]), 6))
    expected = [0.6 if day in (5, 12, 19) else 0.1 for day in range(40)]
    for day in range(10, 40):
        expected[day] = max(expected[day], min(1.0, (day - 9) / 4))
    assert doors == expected


def test_officers_detain_some_of_those_who_come(tmp_path: Path) -> None:
    model = model_of(route(tmp_path), [act("co_located_enforcement", point="clinic", start=5)],
                     parameters={"door_detention": 0.3, "bf": 0.5, "b0": 0.0}).run()
    assert daily(model, "detentions")[:5].sum() == 0
    assert counted(model, "detentions") > 10


# --- firewall ------------------------------------------------------------------------------------------

def test_a_firewall_is_worth_something_only_to_those_who_heard_of_it(tmp_path: Path) -> None:
    """Nobody meets anybody and there is room for all: each person's life is his or her own."""
    network = route(tmp_path, stay=1000)
    parameters = {**NO_EVIDENCE, "channel_rumour": 1.0, "meetings_per_day": 0.0, "bf": 7.0,
                  "b0": 0.0, "news_here": 1.0, "news_reach": 0.02, "door_detention": 0.0}
    calm = model_of(network, parameters=parameters, migrants=3_000)
    walled = model_of(network, [act("firewall", point="clinic", start=12)], parameters=parameters,
                      migrants=3_000)
    knew = np.zeros(3_000, bool)
    freed = 0
    while calm.running:
        calm.step()
        walled.step()
        mine, theirs = body(walled), body(calm)
        same = [mine[field] == theirs[field] for field in ("outcome", "asked", "state", "node")]
        assert np.all(same, axis=0)[~knew].all(), "one who had not heard of it chose otherwise"
        # Knowing it, nobody is kept away who would have gone (needs may differ by now).
        first = knew & (mine["level"] == theirs["level"]).all(axis=1)
        freed += int(((theirs["outcome"] == DETERRED) & (mine["outcome"] != DETERRED) & knew).sum())
        if model_day(walled) == 14:
            assert ((mine["asked"] >= 0) | (mine["outcome"] == NONE) | (
                theirs["outcome"] != 1))[first].all()
        knew = heard_by(walled, OWN_STORIES)
    assert 500 < knew.sum() < 2_000
    assert freed > 50


def model_day(model: TrustModel) -> int:
    """The day lived last."""
    return model.day - 1


def test_a_firewall_keeps_officers_away_known_or_not(tmp_path: Path) -> None:
    acts = [act("co_located_enforcement", point="clinic", start=5),
            act("firewall", point="clinic", start=15, end=25, compliance=0.7, announced="never")]
    model = model_of(route(tmp_path), acts)
    doors = []
    while model.running:
        model.step()
        doors.append(round(float(model.world.tables.points["door"][0]), 6))
    assert doors == [0.0] * 5 + [1.0] * 10 + [0.3] * 10 + [1.0] * 15
    assert not (body(model)["heard"] > 0).any()


def test_the_word_of_a_firewall_lives_while_it_is_in_force(tmp_path: Path) -> None:
    model = model_of(route(tmp_path), [act("firewall", point="clinic", start=3, end=30)],
                     parameters={"story_fade": 0.4, "story_drop": 1.0, "news_days": 14.0}, days=60)
    live, knew = [], []
    while model.running:
        model.step()
        live.append(int(model.world.tables.stories["live"][OWN_STORIES]))
        knew.append(int(heard_by(model, OWN_STORIES).sum()))
    assert live[3:30] == [1] * 27
    assert sorted(knew[3:30]) == knew[3:30], "somebody forgot it"
    assert live[-1] == 0
    assert knew[-1] == 0


# --- words -------------------------------------------------------------------------------------------

def test_outreach_makes_services_known_and_frightens_nobody(tmp_path: Path) -> None:
    network = route(tmp_path, stay=1000)
    parameters = {"find": 0.0, "meetings_per_day": 0.0, "outreach_rate": 0.02}
    calm = model_of(network, parameters=parameters).run()
    reached = model_of(network, [act("outreach", point="clinic", start=10, end=30, effort=0.8)],
                       parameters=parameters)
    knew = []
    while reached.running:
        reached.step()
        knew.append(int((body(reached)["known"] & 0x7FFF == 1).any(axis=1).sum()))
    assert knew[9] == 0
    assert knew[29] > 60
    assert knew[29] == knew[-1], "it goes on after its end"
    assert not (body(calm)["known"] > 0).any()
    assert not (body(reached)["known"] & 0x7FFF == 2).any(), "it was about the clinic"
    assert (of_danger(reached) == 0.0).all()
    assert counted(reached, "unaware") < counted(calm, "unaware")
    assert counted(reached, "asked") > counted(calm, "asked") == 0


def test_a_false_rumour_changes_nothing_but_fear(tmp_path: Path) -> None:
    network = route(tmp_path, stay=1000)
    parameters = {"b0": -1.0, "story_weight": 0.5, "story_fade": 0.02, "capacity_scale": 0.0}
    calm = model_of(network, parameters=parameters, days=60, migrants=1_000)
    rumour = act("rumour", topic="breach", point="clinic", start=12, reach=0.2)
    afraid = model_of(network, [rumour], parameters=parameters, days=60, migrants=1_000)
    while calm.running:
        calm.step()
        afraid.step()
        for table in ("points", "nodes", "legs", "countries"):
            assert (getattr(calm.world.tables, table) == getattr(afraid.world.tables, table)).all()
        assert (calm.world.tables.mind["filed_day"] == afraid.world.tables.mind["filed_day"]).all()
    assert counted(afraid, "detentions") == counted(calm, "detentions") == 0
    assert (of_danger(calm)[:, 3] == 0.0).all()
    assert (of_danger(afraid)[:, 3] > 0.0).sum() > 300
    assert not afraid.world.tables.stories["true"][OWN_STORIES]
    assert daily(afraid, "asked")[20:].sum() < daily(calm, "asked")[20:].sum()
    assert daily(afraid, "deterred")[20:].sum() > 1.05 * daily(calm, "deterred")[20:].sum()
    assert (daily(afraid, "asked")[:13] == daily(calm, "asked")[:13]).all()
    by = afraid.record.shares.sum(axis=(0, 1, 2))
    assert by[3] > 0
    assert calm.record.shares.sum(axis=(0, 1, 2))[3] == 0
