"""Who works for an organisation, how it answers complaints, and help that reaches further."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.codes import E_AMENDS, E_FULL, E_MISTREATED
from sim.interventions.base import Scope
from sim.model import TrustModel
from sim.network import RouteNetwork
from tests.worlds import (
    NO_EVIDENCE,
    QUIET,
    act,
    body,
    counted,
    in_favour,
    make_network,
    make_plan,
    model_of,
    of_family,
    route,
)

# --- staff ---------------------------------------------------------------------------------------

def test_training_brings_staff_nearer_to_what_they_could_be(tmp_path: Path) -> None:
    acts = [act("staff_training", id="one", point="clinic", start=5, end=15, share=0.5),
            act("lived_experience_staff", id="two", point="clinic", start=8, share=0.6,
                respect=0.2, competence=0.1, outreach=0.5)]
    for order in (acts, acts[::-1]):
        model = model_of(route(tmp_path, helpers={"competence": 0.6, "respect": 0.8,
                                                  "lived_experience": 0.5}), order)
        seen = {}
        while model.running:
            model.step()
            points = model.world.tables.points
            seen[model.day - 1] = [float(points[name][0]) for name in (
                "competence", "respect", "lived_experience", "outreach")]
        assert seen[4] == [0.6, 0.8, 0.5, 0.0]
        assert seen[5] == pytest.approx([0.8, 0.9, 0.5, 0.0])
        assert seen[10] == pytest.approx([0.82, 0.92, 0.8, 0.5])
        assert seen[20] == pytest.approx([0.64, 0.84, 0.8, 0.5])


def test_trained_staff_mistreat_fewer(tmp_path: Path) -> None:
    network = route(tmp_path, helpers={"respect": 0.5, "competence": 0.5})
    found = []
    for acts in ([], [act("staff_training", point="clinic", share=0.8)]):
        model = model_of(network, acts).run()
        found.append((of_family(model, "rcrc")[:, 4].sum(), counted(model, "episodes_relieved")))
    assert found[1][0] < 0.6 * found[0][0]
    assert found[1][1] >= found[0][1]


def test_those_without_the_language_find_staff_who_migrated(tmp_path: Path) -> None:
    parameters = {"find": 0.02, "language_share": 0.0, "find_no_language": 0.1,
                  "meetings_per_day": 0.0, "outreach_rate": 0.0}
    knew = []
    for acts in ([], [act("lived_experience_staff", point="clinic", share=1.0)]):
        model = model_of(route(tmp_path, stay=1000), acts, parameters=parameters).run()
        knew.append((body(model)["known"] & 0x7FFF == 1).any(axis=1).sum())
    assert knew[1] > 2 * knew[0]


# --- amends --------------------------------------------------------------------------------------

def amended(model: TrustModel) -> int:
    """People whose last experience is that it was made good."""
    return int((body(model)["told_kind"] == E_AMENDS).sum())


def test_who_had_a_bad_experience_is_given_amends_and_nobody_else(tmp_path: Path) -> None:
    for fields in ({"helpers": {"respect": 0.5}}, {"capacity_per_day": 3}):
        network = route(tmp_path, **fields)
        good = []
        for share in (0.0, 0.5, 1.0):
            model = model_of(network, [act("accountability", point="clinic", share=share)],
                             parameters={"bf": 0.0, "channel_hearsay": 0.0,
                                         "channel_association": 0.0}).run()
            good.append(float(in_favour(model, "rcrc")[:, 1].sum()))
            last = body(model)
            bad = np.isin(last["told_kind"], (E_FULL, E_MISTREATED)) & (last["told_point"] == 0)
            assert (amended(model) > 0) == (share > 0.0)
            assert bad.any() == (share < 1.0)
        assert good[0] < good[1] < good[2]
    fine = route(tmp_path)
    calm = model_of(fine).run().state_hash()
    assert model_of(fine, [act("accountability", share=1.0)]).run().state_hash() == calm


def test_amends_for_a_bad_visit_can_come_at_the_next_one(tmp_path: Path) -> None:
    """The clinic mistreats everyone; it answers complaints from day 20 on."""
    network = route(tmp_path, stay=1000, helpers={"respect": 0.0})
    late = act("accountability", point="clinic", share=1.0, start=20, end=21)
    parameters = {**NO_EVIDENCE, "channel_encounter": 1.0, "bf": 0.0}
    model = model_of(network, [late], parameters=parameters)
    while model.day < 20:
        model.step()
    wronged = body(model)["told_kind"] == E_MISTREATED
    before = in_favour(model, "rcrc").copy()
    model.step()
    gained = in_favour(model, "rcrc")[:, 1] > before[:, 1]
    came = body(model)["told_day"] == 20
    assert wronged.sum() > 100
    assert gained.sum() > 5
    assert not (gained & ~came).any()


def test_amends_for_some_statuses_are_for_them_alone(tmp_path: Path) -> None:
    some = act("accountability", share=1.0).model_copy(
        update={"scope": Scope(status=("irregular",), all=True)})
    model = model_of(route(tmp_path, helpers={"respect": 0.3}), [some],
                     status={"irregular": 0.5, "regular": 0.5}).run()
    made_good = body(model)["told_kind"] == E_AMENDS
    assert made_good.sum() > 20
    assert (body(model)["status"][made_good] == 4).all()


def test_a_promise_that_was_too_large_is_made_good(tmp_path: Path) -> None:
    network = route(tmp_path, helpers={"competence": 0.2})
    promise = act("outreach", point="clinic", reach=0.05, promises_too_much=1.0)
    amends = act("accountability", point="clinic", share=1.0)
    parameters = {"bf": 0.0, "channel_hearsay": 0.0, "channel_association": 0.0, "bc": 0.0}
    found = [in_favour(model_of(network, acts, parameters=parameters).run(), "rcrc")[:, 1].sum()
             for acts in ([promise], [promise, amends])]
    assert found[1] > 1.1 * found[0]


# --- referral ------------------------------------------------------------------------------------

def line(folder: Path) -> RouteNetwork:
    """A way of three places; the same family helps at each, another one at the last."""
    helps = dict.fromkeys(("regulatory", "financial", "physical", "human", "social", "natural"), 1)
    return make_network(
        folder,
        [{"id": "start", "departures": 1, "mean_stay_days": 5}, {"id": "aside"},
         {"id": "middle"}, {"id": "goal", "attraction": 1, "journey_step": "arrival"}],
        [{"from": "start", "to": "middle"}, {"from": "start", "to": "aside", "km": 900},
         {"from": "aside", "to": "goal", "km": 900}, {"from": "middle", "to": "goal"}],
        [{"id": name, "node": node, "organisation": owner, "visibility": visible, **helps}
         for name, node, owner, visible in (
             ("first", "start", "helpers", 1), ("by_the_way", "aside", "helpers", 0),
             ("second", "middle", "helpers", 0), ("third", "goal", "helpers", 0),
             ("agency_there", "middle", "agency", 0))],
        [{"id": "helpers"}, {"id": "agency", "kind": "un", "family": "un"}])


@pytest.mark.parametrize(("to", "expected"), [("next", "second"), ("third", "third"),
                                              ("agency_there", "agency_there")])
def test_a_referral_leads_where_it_says(tmp_path: Path, to: str, expected: str) -> None:
    network = line(tmp_path)
    parameters = QUIET | {"onset_pressing": 0.3, "find": 5.0, "b0": 3.0}
    sent = act("safe_referral", point="first", to=to, start=4, share=1.0)
    model = TrustModel(make_plan(network, migrants=300, days=15, interventions=[sent],
                                 parameters=parameters)).run()
    ids = list(network.points["id"])
    known = {ids[entry - 1] for entry in np.unique(body(model)["known"] & 0x7FFF) if entry}
    assert known == {"first", expected}
    calm = TrustModel(make_plan(network, migrants=300, days=15, parameters=parameters)).run()
    assert counted(model, "served") >= counted(calm, "served")


def test_only_a_share_and_only_those_in_scope_are_sent_on(tmp_path: Path) -> None:
    network = line(tmp_path)
    fields: dict[str, Any] = {"migrants": 2_000, "days": 12, "parameters": QUIET | {
        "onset_pressing": 0.3, "find": 5.0, "b0": 3.0},
        "status": {"irregular": 0.5, "regular": 0.5}}
    third = list(network.points["id"]).index("third") + 1
    parts = []
    for share, statuses in ((1.0, ()), (0.2, ()), (1.0, ("regular",))):
        sent = act("safe_referral", to="third", share=share).model_copy(
            update={"scope": Scope(service_point=("first",), status=statuses)})
        model = TrustModel(make_plan(network, interventions=[sent], **fields)).run()
        knows = (body(model)["known"] & 0x7FFF == third).any(axis=1)
        regular = body(model)["status"] == 0
        parts.append((knows.mean(), knows[regular].mean(), knows[~regular].mean()))
    assert parts[0][0] > 0.7
    assert 0.1 < parts[1][0] < 0.6 * parts[0][0]
    assert parts[2][1] > 0.7
    assert parts[2][2] == 0.0


def test_two_referrals_of_one_point_both_count_in_any_order(tmp_path: Path) -> None:
    acts = [act("safe_referral", id=to, point="first", to=to, share=share)
            for to, share in (("third", 0.5), ("agency_there", 0.9))]
    hashes = set()
    for order in (acts, acts[::-1]):
        model = TrustModel(make_plan(line(tmp_path), migrants=300, days=10, interventions=order,
                                     parameters=QUIET | {"onset_pressing": 0.3, "find": 5.0,
                                                         "b0": 3.0})).run()
        hashes.add(model.state_hash())
        known = set(np.unique(body(model)["known"] & 0x7FFF).tolist())
        ids = list(model.plan.network.points["id"])
        assert {ids.index("third") + 1, ids.index("agency_there") + 1} <= known
    assert len(hashes) == 1


# --- cash, and families --------------------------------------------------------------------------

def test_cash_relieves_and_registers_and_is_exposed_to_breaches(tmp_path: Path) -> None:
    network = route(tmp_path, financial=0.2, registers=0.1)
    parameters = {"bf": 0.0, "find_listed": 0.5}
    leak = act("data_breach", point="clinic", recipient="CCC", start=25, announced="never")
    found = {}
    for name, acts in (("calm", [leak]), ("cash", [leak, act(
            "cash_assistance", point="clinic", start=5, end=30, relief=0.5, registers=0.8)])):
        model = model_of(network, acts, parameters=parameters, days=60)
        while model.running:
            model.step()
            points = model.world.tables.points
            cash = name == "cash" and 5 <= model.day - 1 < 30
            assert points["relief"][0][1] == pytest.approx(0.6 if cash else 0.2)
            assert points["registers"][0] == pytest.approx(0.82 if cash else 0.1)
            assert points["relief"][0][2] == 1.0
        found[name] = (counted(model, "registrations"), counted(model, "detentions"))
    assert found["cash"][0] > 1.5 * found["calm"][0]
    assert found["cash"][1] > found["calm"][1]


def ties_of(model: TrustModel) -> np.ndarray:
    return np.asarray(model.world.tables.mind["ties"][: model.world.people])


def test_lost_ties_are_found_again_by_those_served(tmp_path: Path) -> None:
    network = route(tmp_path, social=0.3)
    links = act("family_links", point="clinic", start=5, share=1.0)
    fields: dict[str, Any] = {"at_once": False, "burn_in": 30, "present_at_start": 0.7}
    calm = model_of(network, **fields).run()
    model = model_of(network, [links], **fields)
    while model.running:
        before = ties_of(model).copy()
        model.step()
        now = ties_of(model)[: len(before)]
        new = np.flatnonzero((now >= 0).sum(axis=1) > (before >= 0).sum(axis=1))
        me = body(model)
        assert not len(new) or model.day - 1 >= 5
        for i in new:
            assert me["told_day"][i] == model.day - 1, "somebody not served today"
            (slot,) = np.flatnonzero(now[i] != before[i])  # the first that was lost
            friend = now[i, slot]
            assert before[i, slot] == -1
            assert friend not in before[i]
            assert me["origin"][friend] == me["origin"][i]
            assert me["entered"][friend] < me["entered"][i]
    assert (ties_of(model) >= 0).sum() > (ties_of(calm) >= 0).sum() + 20
