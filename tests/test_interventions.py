"""What each intervention does to a small world, and what it does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sim.codes import DETERRED
from sim.columns import OWN_STORIES
from sim.interventions import KINDS
from tests.worlds import (
    NO_EVIDENCE,
    ONE_NEED,
    act,
    body,
    counted,
    daily,
    hashes,
    model_of,
    of_danger,
    route,
)

SIMPLE: dict[str, dict[str, Any]] = {
    "data_breach": {"point": "clinic"}, "co_located_enforcement": {"point": "clinic"},
    "firewall": {"point": "clinic"}, "outreach": {"reach": 0.1, "point": "clinic"},
    "rumour": {"reach": 0.5, "node": "town"},
    "data_sharing_agreement": {"point": "clinic", "recipient": "CCC"},
    "data_request": {"point": "clinic", "recipient": "CCC", "compulsion": 1.0},
    "raid": {"node": "town", "share": 0.3},
    "enforcement_law": {"node": "town"},
    "police_notification": {"point": "clinic"},
    "externalisation": {"node": "town", "addition": 0.8},
    "border_closure": {"node": "town"},
    "surge": {"node": "home", "of": "departures", "factor": 50.0},
    "shock": {"node": "town", "factor": 20.0},
    "hostility": {"node": "town", "rise": 1.0},
    "community_dialogue": {"node": "town", "fall": 1.0},
    "humanitarian_diplomacy": {"point": "clinic", "ramp": 0, "announced": 0},
    "criminalised_aid": {"point": "clinic", "closes": 1.0},
    "government_premises": {"point": "clinic", "officers": 1.0},
    "status_precondition": {"point": "clinic", "must_show": True},
    "conditional_funding": {"point": "clinic", "visible": 1.0},
    "return_association": {"point": "clinic"},
    "dissuasion_message": {"point": "clinic", "reach": 0.1},
    "partnership": {"point": "clinic", "partner": "government"},
    "transparency": {"point": "clinic", "reach": 0.1},
    "rebuttal": {"answers": "rumour", "node": "town", "reach": 0.3},
    "lived_experience_staff": {"point": "clinic"},
    "staff_training": {"point": "clinic"},
    "accountability": {"point": "clinic", "share": 1.0},
    "open_service_point": {"like": "clinic", "node": "city"},
    "close_service_point": {"point": "clinic"},
    "mobile_clinic": {"like": "clinic", "node": ["town", "city"]},
    "safe_referral": {"point": "school", "to": "clinic", "share": 1.0},
    "cash_assistance": {"point": "clinic"},
    "family_links": {"point": "clinic"},
}
NEEDS: dict[str, dict[str, Any]] = {
    "police_notification": {"door": 0.8}, "community_dialogue": {"hostility": 1},
    "data_request": {"request_rate": 10_000},
    "accountability": {"helpers": {"respect": 0.5}}, "family_links": {"social": 0.3},
    "safe_referral": {"visibility": 0.0},
    "staff_training": {"helpers": {"competence": 0.5, "respect": 0.5}}}
"""What a kind needs to be there before it can change anything."""


# --- all kinds -----------------------------------------------------------------------------------

def test_every_kind_is_tested_here() -> None:
    assert set(SIMPLE) == set(KINDS)


@pytest.mark.parametrize("kind", SIMPLE)
def test_strength_zero_changes_nothing_at_all(tmp_path: Path, kind: str) -> None:
    network = route(tmp_path, **NEEDS.get(kind, {}))
    fields = SIMPLE[kind]
    baseline = hashes(model_of(network))
    assert hashes(model_of(network, [act(kind, **fields, start=5, strength=0)])) == baseline
    assert hashes(model_of(network, [act(kind, **fields, start=5)])) != baseline


@pytest.mark.parametrize("kind", SIMPLE)
def test_nothing_happens_before_the_first_day(tmp_path: Path, kind: str) -> None:
    network = route(tmp_path, **NEEDS.get(kind, {}))
    fields = SIMPLE[kind]
    baseline = hashes(model_of(network, burn_in=10, at_once=False, present_at_start=0.6))
    with_it = hashes(model_of(network, [act(kind, **fields, start=20)], burn_in=10, at_once=False,
                              present_at_start=0.6))
    first = [a == b for a, b in zip(baseline, with_it, strict=True)].index(False) - 10
    assert 20 <= first <= 23


@pytest.mark.parametrize("kind", SIMPLE)
def test_an_intervention_never_writes_an_opinion_or_a_choice(tmp_path: Path, kind: str) -> None:
    """It changes the world; of people only who knows a story that it seeds."""
    fields = SIMPLE[kind]
    network = route(tmp_path, **NEEDS.get(kind, {}))
    model = model_of(network, [act(kind, **fields, start=3, end=30, every=2)])
    stories_of = ("heard", "telling")
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
    fields = SIMPLE[kind]
    network = route(tmp_path)
    calm, told = model_of(network), model_of(
        network, [act(kind, **fields, start=4, announced="only")])
    for _ in range(30):
        calm.step()
        told.step()
        for table, column in (("points", "door"), ("points", "firewall"), ("points", "kept"),
                              ("points", "leak_day"), ("nodes", "enforcement")):
            assert (getattr(calm.world.tables, table)[column]
                    == getattr(told.world.tables, table)[column]).all()
    talk = (body(told)["heard"] > 0).any()
    assert talk == (kind != "co_located_enforcement"), "officers are seen, not announced"


# --- officers at the door ------------------------------------------------------------------------

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


# --- words ---------------------------------------------------------------------------------------

def test_outreach_makes_services_known_and_frightens_nobody(tmp_path: Path) -> None:
    network = route(tmp_path, stay=1000)
    parameters = {"find": 0.0, "meetings_per_day": 0.0, "outreach_rate": 0.02,
                  "channel_encounter": 0.0}
    calm = model_of(network, parameters=parameters).run()
    reached = model_of(network, [act("outreach", point="clinic", start=10, end=30, reach=0.05)],
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
