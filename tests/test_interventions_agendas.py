"""Whose aims an organisation is seen to serve: money, return, dissuasion, partners."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from sim.columns import AGAINST
from sim.model import TrustModel
from tests.worlds import (
    act,
    against_independence,
    body,
    hashes,
    make_network,
    make_plan,
    model_of,
    of_family,
    route,
)

CELLS: dict[str, dict[str, Any]] = {
    "conditional_funding": {"visible": 1.0, "point": "clinic"},
    "return_association": {"forced": True, "visible": 1.0, "point": "clinic"},
    "partnership": {"partner": "government", "point": "clinic"}}
CALM = {"bf": 0.0, "door_detention": 0.0}
"""Nobody's choice depends on what he or she believes about independence or danger."""


def against(model: TrustModel, family: str = "rcrc") -> float:
    """All evidence against a family's independence."""
    return float(against_independence(model, family).sum())


@pytest.mark.parametrize("kind", CELLS)
def test_words_and_deeds_are_four_different_worlds(tmp_path: Path, kind: str) -> None:
    network = route(tmp_path)
    fields = CELLS[kind]
    runs = {"nothing": hashes(model_of(network)),
            "strength 0": hashes(model_of(network, [act(kind, **fields, start=5, announced=0,
                                                        strength=0)]))}
    for announced in ("never", "only", 0):
        model = model_of(network, [act(kind, **fields, start=5, announced=announced)])
        calm = model_of(network)
        runs[str(announced)] = []
        while model.running:
            model.step()
            calm.step()
            runs[str(announced)].append(model.state_hash())
            if announced == "only":
                points = model.world.tables.points
                for column in ("agenda", "agenda_near", "capacity", "excludes", "partner_seen"):
                    assert (points[column] == calm.world.tables.points[column]).all(), column
            heard = (body(model)["heard"] > 0).any()
            assert not (heard and announced == "never")
    assert runs["nothing"] == runs["strength 0"]
    ends = {name: days[-1] for name, days in runs.items() if name != "strength 0"}
    assert len(set(ends.values())) == 4, ends


def test_money_with_an_agenda_costs_belief_in_independence_and_none_in_competence(
        tmp_path: Path) -> None:
    network = route(tmp_path)
    calm = model_of(network, parameters=CALM).run()
    fields = {"point": "clinic", "start": 5, "visible": 1.0, "narrowed": 0.0}
    for announced in ("never", "only", 0):
        paid = model_of(network, [act("conditional_funding", **fields, announced=announced)],
                        parameters=CALM).run()
        assert against(paid) > against(calm)
        for cell in (0, AGAINST):
            held = of_family(paid, "rcrc")[:, cell]
            # Not to the last bit: what is held is faded whenever something is added to it.
            assert held == pytest.approx(of_family(calm, "rcrc")[:, cell], rel=0.1, abs=1e-3)
            assert held.sum() == pytest.approx(of_family(calm, "rcrc")[:, cell].sum(), rel=0.02)


def test_who_declines_has_fewer_places_and_nothing_is_seen(tmp_path: Path) -> None:
    declined = act("conditional_funding", point="clinic", accepted=False, start=5, end=15, ramp=1,
                   capacity_lost=0.4)
    model = model_of(route(tmp_path, capacity_per_day=100), [declined], parameters=CALM)
    places = []
    while model.running:
        model.step()
        places.append(float(model.world.tables.points["capacity"][0]))
        assert (model.world.tables.points["agenda"] == 0.0).all()
    assert places == pytest.approx([100.0] * 5 + [80.0] + [60.0] * 9 + [100.0] * 25)
    with pytest.raises(ValidationError, match="no news of an agenda"):
        act("conditional_funding", accepted=False, announced=3)


def test_statuses_that_the_money_excludes_are_excluded_while_it_lasts(tmp_path: Path) -> None:
    paid = act("conditional_funding", point="clinic", start=5, end=15, excludes=["irregular"])
    model = model_of(route(tmp_path), [paid])
    excluded = []
    while model.running:
        model.step()
        excluded.append(list(model.world.tables.points["excludes"]))
    assert excluded == [[0, 0]] * 5 + [[16, 0]] * 10 + [[0, 0]] * 25
    with pytest.raises(ValidationError, match="'iregular' is not a status"):
        act("conditional_funding", excludes="iregular")


def test_return_costs_trust_forced_or_voluntary(tmp_path: Path) -> None:
    """Also among those who never ask: they see it from near, or hear the news."""
    network = route(tmp_path, stay=1000)
    for parameters in (CALM, CALM | {"b0": -100.0}):
        found = [against(model_of(network, acts, parameters=parameters, migrants=800).run())
                 for acts in ([], [act("return_association", point="clinic", start=5, near=0.1)],
                              [act("return_association", point="clinic", start=5, near=0.1,
                                   forced=True)])]
        assert found[0] < found[1] < found[2]


def test_seen_from_near_it_counts_as_witnessed(tmp_path: Path) -> None:
    seen = act("return_association", point="clinic", start=5, near=0.3, visible=0.0,
               announced="never", forced=True)
    model = model_of(route(tmp_path, stay=1000), [seen],
                     parameters={"b0": -100.0, "channel_association": 0.0}).run()
    by_channel = against_independence(model, "rcrc").sum(axis=0)
    assert by_channel[1] > 0.0
    assert by_channel.sum() == by_channel[1]
    assert against(model, "un") == 0.0


def test_a_message_for_some_statuses_leaves_the_others_alone(tmp_path: Path) -> None:
    network = route(tmp_path, stay=1000)
    message = act("dissuasion_message", start=5, reach=0.2).model_copy(
        update={"scope": type(act("outreach").scope)(service_point="clinic", status="irregular")})
    model = model_of(network, [message], status={"irregular": 0.5, "asylum_seeker": 0.5},
                     parameters={"b0": -100.0, "meetings_per_day": 0.0, "outreach_rate": 0.0},
                     ).run()
    told = against_independence(model, "rcrc").sum(axis=1) > 0.0
    irregular = body(model)["status"] == 4
    assert told[irregular].sum() > 100
    assert not told[~irregular].any()


# --- partners ------------------------------------------------------------------------------------

def two_towns(folder: Path) -> Any:
    """Helpers and an agency in one town each; nobody can leave."""
    return make_network(
        folder, [{"id": "here", "departures": 1}, {"id": "there", "departures": 1},
                 {"id": "far", "attraction": 1}],
        [{"from": n, "to": "far", "closed": "0-30000"} for n in ("here", "there")],
        [{"id": "clinic", "node": "here", "physical": 1, "registers": 1},
         {"id": "kitchen", "node": "there", "physical": 1, "registers": 1}],
        [{"id": "helpers"}, {"id": "agency", "kind": "un", "family": "un"},
         {"id": "ministry", "kind": "government", "family": "government"}])


def together(model: TrustModel, node: int, one: str, other: str) -> float:
    families = model.plan.network.families
    return float(model.world.tables.together[node, families.index(one), families.index(other)])


def test_opinion_flows_both_ways_where_they_work_together_and_while_they_do(
        tmp_path: Path) -> None:
    joint = act("partnership", point="clinic", partner="ministry", start=5, end=9, strength=0.5)
    model = TrustModel(make_plan(two_towns(tmp_path), days=12, migrants=100, interventions=[joint]))
    before = model.world.tables.together.copy()
    full = model.plan.parameters["association"]
    for day in range(12):
        model.step()
        expected = 0.5 * full if 5 <= day < 9 else 0.0
        assert together(model, 0, "rcrc", "government") == pytest.approx(expected)
        assert together(model, 0, "government", "rcrc") == pytest.approx(expected)
        assert together(model, 1, "rcrc", "government") == 0.0
        assert (model.world.tables.together[1] == before[1]).all()
    assert (model.world.tables.together == before).all()


def test_a_breach_of_the_partner_costs_trust_in_those_who_work_with_it(tmp_path: Path) -> None:
    network = two_towns(tmp_path)
    breach = act("data_breach", node="there", recipient="AAA", start=10)
    found = []
    for acts in ([breach], [breach, act("partnership", id="joint", point="kitchen",
                                         partner="government", start=5, visible=0.0)]):
        model = TrustModel(make_plan(network, migrants=1_000, days=30, interventions=acts,
                                     parameters={"news_reach": 0.5, "association_sector": 0.0,
                                                 "onset_routine": 0.0}, at_once=False)).run()
        found.append(against(model, "government"))
    assert found[0] == 0.0 < found[1]


def test_a_partner_weighs_as_far_as_it_is_distrusted(tmp_path: Path) -> None:
    network = two_towns(tmp_path)
    parameters = {"onset_routine": 0.3, "find": 5.0, "b0": 3.0, "bf": 0.0,
                  "channel_association": 0.0, "channel_rumour": 0.0}
    found = []
    for acts in ([], *([act("partnership", node="here", partner=partner, start=5, visible=1.0)]
                       for partner in ("un", "government"))):
        model = TrustModel(make_plan(network, migrants=600, days=25, interventions=acts,
                                     parameters=parameters)).run()
        found.append(float(against_independence(model, "rcrc")[:, 0].sum()))
    assert found[0] < found[1] < found[2], "people distrust the government more to begin with"


def test_two_agendas_add_up_in_any_order(tmp_path: Path) -> None:
    acts = [act("conditional_funding", id="one", point="clinic", visible=0.5, narrowed=0.5),
            act("return_association", id="two", visible=0.5, forced=True, announced="never"),
            act("conditional_funding", id="three", point="clinic", accepted=False,
                capacity_lost=0.5)]
    for order in ((0, 1, 2), (2, 1, 0)):
        model = model_of(route(tmp_path, capacity_per_day=80), [acts[n] for n in order])
        model.step()
        points = model.world.tables.points
        assert np.allclose(points["agenda"], [[0.75] * 8, [0.5] * 8])
        assert points["capacity"][0] == 20.0
