"""Data breaches and firewalls: who is harmed, who is frightened, and who knows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from sim.codes import DETERRED, E_DETAINED_SERVICE, NONE, REFUGEE, REGULAR
from sim.columns import OWN_STORIES
from sim.model import TrustModel
from tests.worlds import (
    NO_EVIDENCE,
    act,
    body,
    counted,
    daily,
    heard_by,
    model_of,
    of_danger,
    of_family,
    route,
)

# --- data breach ---------------------------------------------------------------------------------

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
    while model.running:
        model.step()
        me, mind = body(model), model.world.tables.mind
        new = ((mind["filed_point"] == 0) & (mind["filed_day"] <= day)).any(axis=1)
        if model.day <= day + 1:
            listed |= new
        # Some are let go on the same evening, so the state does not show it.
        taken = (me["told_kind"] == E_DETAINED_SERVICE) & (me["told_day"] == model.day - 1)
        assert taken.sum() == daily(model, "detentions")[model.day - 1]
        assert not np.isin(me["status"][taken], (REGULAR, REFUGEE)).any()
        ever |= taken
        where += list(me["node"][taken])
        when += [model.day - 1] * int(taken.sum())
    return model, {"listed": listed, "ever": ever, "where": where, "when": when}


def test_a_breach_harms_only_those_registered_up_to_the_day_and_only_in_a_recipient_country(
        tmp_path: Path) -> None:
    model, seen = breach_run(tmp_path)
    assert seen["ever"].sum() > 100
    assert not (seen["ever"] & ~seen["listed"]).any(), "somebody not registered in time was found"
    assert set(seen["where"]) == {2}, "found outside the recipient country"
    assert min(seen["when"]) >= 10
    mind = model.world.tables.mind
    spared = (mind["filed_point"] == 0).any(axis=1) & ~seen["ever"]
    assert spared.sum() > 100
    irregular = body(model)["status"] == 4
    there = (body(model)["node"] == 2) & (body(model)["since"] < model.day - 1)
    # A person's last four registrations are kept; later ones push out what was shared.
    listed = ((mind["filed_point"] == 0) & (mind["filed_day"] <= 10)).any(axis=1)
    missed = listed & irregular & there & ~seen["ever"]
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
    assert 8 <= last < 40
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


def test_others_see_an_arrest_in_town_and_learn_nothing_about_the_organisation(
        tmp_path: Path) -> None:
    """Those who stand next to a person found through records do not know how that came about."""
    breach = act("data_breach", point="clinic", recipient="CCC", start=8)
    model = model_of(route(tmp_path), [breach], days=60, migrants=1_000, parameters={
        **NO_EVIDENCE, "channel_witness": 1.0, "witness_neighbours": 10.0, "find_listed": 0.5,
        "door_detention": 0.0, "b0": 0.0}).run()
    assert counted(model, "detentions") > 50
    saw = of_danger(model)[:, 1] > 0.0
    assert saw.sum() > 100
    assert (body(model)["node"][saw] == 2).all(), "it was seen where it did not happen"
    assert (of_family(model, "rcrc") == 0.0).all()


# --- firewall ------------------------------------------------------------------------------------

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


