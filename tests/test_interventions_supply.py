"""Service points that open, close and come by."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

import scenarios
from experiments import compare
from experiments.memory import Memory
from experiments.outcome import Group, Layout, Outcome
from sim.interventions import KINDS, Intervention
from sim.model import TrustModel
from sim.network.opening import NewPoint, with_new_points
from sim.parameters import Parameters
from sim.parting import same_life
from sim.plan import Plan
from tests.worlds import act, body, model_of, route


def clinic(node: str | list[str], **fields: Any) -> Intervention:
    """A new service point on the Central Mediterranean route."""
    organisation = fields.pop("organisation", ())
    kind = fields.pop("kind", "open_service_point")
    return KINDS[kind].model_validate({
        "id": "new", "kind": kind, "like": "agadez_rcrc_health",
        "scope": {"node": node, "organisation": organisation}, **fields})


def real_plan(*acts: Intervention, **changes: Any) -> Plan:
    values: dict[str, Any] = {
        "migrants": 1_000, "days": 60, "burn_in": 60, "survey_days": (), "interventions": acts,
        "parameters": Parameters.of({"capacity_scale": 0.3, "onset_routine": 0.01})}
    return replace(scenarios.load("central_mediterranean").plan(), **values | changes)


def lives(model: TrustModel) -> dict[str, Any]:
    """Everyone's life, with service points by name: their numbers depend on what is added."""
    t, ids = model.world.tables, model.plan.network.points["id"].to_numpy()
    names = np.append(ids, "")
    told = t.body["told_point"]
    known = t.body["known"] & 0x7FFF
    found: dict[str, Any] = {
        "asked": names[t.body["asked"]], "known": np.append("", ids)[known],
        "told": np.where(told < -1, told.astype(str), names[np.maximum(told, -1)]),
        "filed": names[t.mind["filed_point"]], "refused": t.body["known"] >> 15,
        "counts": model.record.counts.copy(), "shares": model.record.shares.copy()}
    for table in (t.body, t.mind):
        others = set(table.dtype.names or ()) - {"asked", "known", "told_point", "filed_point"}
        found |= {name: table[name].copy() for name in others}
    return found


# --- opening -------------------------------------------------------------------------------------

@pytest.mark.parametrize("acts", [
    [clinic("agadez", start=30)], [clinic(["agadez", "tripoli", "gao"], start=30)],
    [clinic(["agadez", "gao"], kind="mobile_clinic", start=30, organisation="ngo_niger")]])
def test_before_it_opens_every_life_is_the_same(acts: list[Intervention]) -> None:
    """Also where other interventions act on everything that is there before."""
    others = [act("outreach", start=2, reach=0.05), act("rumour", topic="door", start=4, reach=0.2),
              KINDS["data_breach"](id="leak", kind="data_breach", start=6, recipient="NER",
                                   scope={"family": "rcrc"}),
              KINDS["return_association"](id="desk", kind="return_association", start=8,
                                          scope={"organisation": "rcrc_niger"})]
    one, other = TrustModel(real_plan(*others)), TrustModel(real_plan(*others, *acts))
    assert len(other.world.tables.points) > len(one.world.tables.points)
    while one.day < 30:
        one.step()
        other.step()
    mine, theirs = lives(one), lives(other)
    for name, values in mine.items():
        assert np.array_equal(values, theirs[name]), name
    one.run()
    other.run()
    assert not np.array_equal(one.record.counts[30:], other.record.counts[30:])
    added = np.isin(other.plan.network.points["id"], other.plan.network.added)
    assert other.record.by_point[:30, added].sum() == 0 < other.record.by_point[30:, added].sum()


def test_it_is_like_another_and_there_from_start_to_end(tmp_path: Path) -> None:
    new = act("open_service_point", id="branch", like="clinic", node="city", start=10, end=20,
              ramp=1, capacity=50)
    model = model_of(route(tmp_path, excludes="refused", door=0.3), [new])
    seen = []
    while model.running:
        model.step()
        points = model.world.tables.points
        seen.append((int(points["open"][2]), float(points["capacity"][2])))
        assert (points["relief"][2] == points["relief"][0]).all()
        assert points["excludes"][2] == points["excludes"][0] == 1 << 3
        assert points["door"][2] == 0.0
    assert seen == [(0, 50.0)] * 10 + [(1, 25.0)] + [(1, 50.0)] * 9 + [(0, 50.0)] * 20
    assert model.record.by_point[10:20, 2, 1].sum() > 20
    known = (body(model)["known"] & 0x7FFF == 3).any(axis=1)
    assert known.sum() > 50


def test_opening_in_a_place_without_any_help_leaves_fewer_without(tmp_path: Path) -> None:
    network = route(tmp_path)
    new = act("open_service_point", id="branch", like="clinic", node="city", start=5)
    without, with_it = model_of(network).run(), model_of(network, [new]).run()
    assert with_it.record.total("no_service") < 0.7 * without.record.total("no_service")
    assert with_it.record.total("served") > without.record.total("served")


def test_it_needs_a_place_and_one_organisation() -> None:
    for scope in ({"all": True}, {"node": ["a", "a"]}, {"node": "a", "organisation": ["b", "c"]},
                  {"country": "AAA"}):
        with pytest.raises(ValidationError):
            KINDS["open_service_point"](id="new", like="clinic", scope=scope)
    with pytest.raises(ValidationError, match="seen rather than announced"):
        clinic("agadez", announced=3)


def test_the_network_holds_what_opens_and_nothing_else(tmp_path: Path) -> None:
    network = route(tmp_path)
    new = NewPoint("branch", "town", "school", "helpers", 7.0)
    wider = with_new_points(network, [new])
    assert list(wider.points["id"]) == ["clinic", "school", "branch"]
    assert wider.points["capacity_per_day"].iloc[2] == 7.0
    assert wider.points["organisation"].iloc[2] == "helpers"
    assert network.added == ()
    other = with_new_points(wider, [NewPoint("hut", "home", "clinic")])
    assert list(other.points["id"]) == ["hut", "clinic", "school"]
    assert with_new_points(other, ()).same_as(network)
    for wrong in (new._replace(id="school"), new._replace(like="clinick"),
                  new._replace(node="twon"), new._replace(organisation="helper")):
        with pytest.raises(ValueError, match=r"there is (no|already)|is there already"):
            with_new_points(network, [wrong])


# --- comparing -----------------------------------------------------------------------------------

def test_a_baseline_that_lacks_it_is_another_life_with_the_same_luck() -> None:
    base, other = real_plan(), real_plan(clinic("agadez", start=20))
    assert not same_life(base, other)
    assert same_life(other, replace(other, interventions=(clinic("agadez", start=20, ramp=5),)))
    assert same_life(base, replace(other, interventions=()))
    with pytest.raises(ValueError, match="differs"):
        TrustModel(base).branch(other)


def test_compared_with_a_baseline_that_lacks_it(tmp_path: Path) -> None:
    """Groups agree, whoever runs the new point, and whatever was compared before."""
    files = {}
    for owner in ("rcrc_niger", "ngo_niger"):
        files[owner] = tmp_path / f"{owner}.yaml"
        files[owner].write_text(
            "extends: central_mediterranean\ninterventions:\n"
            "  - {id: new, start: 10 days, kind: open_service_point, like: agadez_rcrc_health, "
            f"scope: {{node: agadez, organisation: {owner}}}}}\n", encoding="utf-8")
    memory = Memory()
    for file in files.values():
        found = compare("central_mediterranean", file, replicates=2, migrants=300, days=60,
                        threads=1, memory=memory)
        table = found.differences
        rows = table[(table["by"] == "organisation") & (table["measure"] == "asked")]
        assert rows["group"].is_unique
        assert set(rows["group"]) == set(found.plans[0].network.organisations["id"])
        whole = table[(table["by"] == "all") & (table["measure"] == "asked")]
        assert rows["value"].sum() == pytest.approx(whole["value"].iloc[0])
        assert rows["base"].sum() == pytest.approx(whole["base"].iloc[0])


def test_an_organisation_without_points_before_has_a_row(tmp_path: Path) -> None:
    network = route(tmp_path)
    stranger = network.organisations.iloc[[0]].assign(id="strangers", family="ngo")
    network = replace(network, organisations=pd.concat([network.organisations, stranger],
                                                       ignore_index=True))
    new = KINDS["open_service_point"](id="hut", like="clinic", start=5, scope={
        "node": "home", "organisation": "strangers"})
    base, other = model_of(network).run(), model_of(network, [new]).run()
    layout = Layout.of(network)
    row = layout.groups.index(Group("organisation", "strangers"))
    before = Outcome.of(base.record, layout.on(base.plan.network))
    after = Outcome.of(other.record, layout.on(other.plan.network))
    assert before.value("asked", row) == 0.0 < after.value("asked", row)
    assert before.counts.shape == after.counts.shape
    assert after.value("asked", row) == other.record.by_point[:, 0, 0].sum(), "it comes first"


# --- closing, and coming by ----------------------------------------------------------------------

def test_closed_points_help_nobody_and_part_of_them_fewer(tmp_path: Path) -> None:
    closing = act("close_service_point", point="school", start=5, end=10)
    smaller = act("close_service_point", id="smaller", point="clinic", start=5, strength=0.25)
    model = model_of(route(tmp_path, capacity_per_day=40), [closing, smaller])
    for day in range(15):
        model.step()
        points = model.world.tables.points
        assert list(points["open"]) == [1, 0 if 5 <= day < 10 else 1]
        assert points["capacity"][0] == (30.0 if day >= 5 else 40.0)
    assert model.record.by_point[5:10, 1].sum() == 0 < model.record.by_point[10:, 1].sum()


def test_closing_wins_over_opening_in_any_order(tmp_path: Path) -> None:
    acts = [act("open_service_point", id="new", like="clinic", node="town", start=2),
            act("close_service_point", id="end", point="new", start=4)]
    for order in (acts, acts[::-1]):
        model = model_of(route(tmp_path), order)
        open_on = []
        for _ in range(8):
            model.step()
            open_on.append(int(model.world.tables.points["open"][2]))
        assert open_on == [0, 0, 1, 1, 0, 0, 0, 0]


def test_a_mobile_clinic_goes_from_place_to_place(tmp_path: Path) -> None:
    bus = act("mobile_clinic", id="bus", like="clinic", node=["town", "city"], start=3, every=2,
              end=14)
    model = model_of(route(tmp_path), [bus])
    ids = list(model.plan.network.points["id"])
    assert ids == ["clinic", "school", "bus_town", "bus_city"]
    places: dict[str, list[int]] = {"bus_town": [], "bus_city": []}
    while model.running:
        model.step()
        for name, days in places.items():
            if model.world.tables.points["open"][ids.index(name)]:
                days.append(model.day - 1)
    assert places == {"bus_town": [3, 7, 11], "bus_city": [5, 9, 13]}
    served = model.record.by_point[:, 2:, 1].sum(axis=1)
    assert set(np.flatnonzero(served)) <= {3, 5, 7, 9, 11, 13}
    assert served.sum() > 0
