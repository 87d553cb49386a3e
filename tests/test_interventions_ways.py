"""People stopped on the way, closed borders, surges, and how people live at a place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from sim.codes import IRREGULAR, NEEDS, NEVER, STATUSES
from sim.interventions import KINDS, Intervention
from sim.model import TrustModel
from sim.network import RouteNetwork
from tests.worlds import (
    QUIET,
    act,
    body,
    counted,
    crowd,
    daily,
    make_network,
    make_plan,
    model_of,
    route,
)

HALVES = {"irregular": 0.5, "regular": 0.5}


def of(kind: str, scope: dict[str, Any], **fields: Any) -> Intervention:
    return KINDS[kind].model_validate({"id": fields.pop("id", kind), "scope": scope, **fields})


def ring(folder: Path, **leg: Any) -> RouteNetwork:
    """Two towns of one country and two of another, joined both ways in a line."""
    nodes = [{"id": "a", "country": "AAA", "departures": 1, "journey_step": "origin"},
             {"id": "b", "country": "AAA"}, {"id": "c", "country": "BBB"},
             {"id": "d", "country": "BBB", "attraction": 1, "journey_step": "arrival"}]
    legs = [{"from": start, "to": end, "two_way": "yes", **leg}
            for start, end in (("a", "b"), ("b", "c"), ("c", "d"))]
    return make_network(folder, nodes, legs)


def on_day(network: RouteNetwork, acts: list[Intervention], table: str, column: str,
           days: int = 3) -> dict[str, float]:
    """A column of the world after some days, by the ids of legs or nodes."""
    model = model_of(network, acts, migrants=50)
    for _ in range(days):
        model.step()
    values = getattr(model.world.tables, table)[column]
    return dict(zip(getattr(model.plan.network, table)["id"], values.tolist(), strict=True))


# --- interception --------------------------------------------------------------------------------

def test_more_are_stopped_on_legs_that_begin_in_the_countries_in_scope(tmp_path: Path) -> None:
    network = ring(tmp_path, interception=0.2)
    seen = on_day(network, [of("externalisation", {"country": "AAA"}, factor=3.0)], "legs",
                  "interception")
    raised = {name for name, share in seen.items() if share != 0.2}
    assert raised == {"a>b", "b>a", "b>c"}
    assert seen["b>c"] == pytest.approx(1 - 0.8**3)
    one = on_day(network, [of("externalisation", {"leg": "c>b"}, factor=1.0, addition=0.5)],
                 "legs", "interception")
    assert {name: round(share, 9) for name, share in one.items() if share != 0.2} == {"c>b": 0.6}
    both = of("externalisation", {"leg": ["c>b", "a>b"], "country": "BBB"})
    assert {n for n, s in on_day(network, [both], "legs", "interception").items() if s != 0.2} == {
        "c>b"}


def test_people_are_turned_back_while_it_lasts(tmp_path: Path) -> None:
    network = ring(tmp_path, interception=0.05, days=3)
    stop = of("externalisation", {"country": "AAA"}, start=10, end=25, factor=8.0)
    calm = model_of(network, migrants=1_000).run()
    stopped = model_of(network, [stop], migrants=1_000).run()
    before, after = daily(calm, "interceptions"), daily(stopped, "interceptions")
    assert (before[:10] == after[:10]).all()
    assert after[10:25].sum() > 3 * before[10:25].sum() > 30
    arrived = [int((body(model)["node"] == 3).sum()) for model in (calm, stopped)]
    assert arrived[1] < arrived[0]


# --- borders -------------------------------------------------------------------------------------

@pytest.mark.parametrize(("scope", "direction", "closed"), [
    ({"country": "BBB"}, "both", {"b>c", "c>b"}), ({"country": "BBB"}, "in", {"b>c"}),
    ({"country": "BBB"}, "out", {"c>b"}), ({"node": "b"}, "in", {"a>b", "c>b"}),
    ({"node": "b"}, "out", {"b>a", "b>c"}), ({"leg": "a>b"}, "both", {"a>b"}),
    ({"leg": ["a>b", "b>c"], "country": "BBB"}, "both", {"b>c"}),
    ({"all": True}, "both", {"b>c", "c>b"})])
def test_a_closure_closes_what_its_scope_means(
        tmp_path: Path, scope: dict[str, Any], direction: str, closed: set[str]) -> None:
    seen = on_day(ring(tmp_path), [of("border_closure", scope, direction=direction)], "legs",
                  "open")
    assert {name for name, open_ in seen.items() if not open_} == closed


def test_nobody_crosses_a_closed_border_until_it_opens(tmp_path: Path) -> None:
    closed = of("border_closure", {"country": "BBB"}, start=5, end=20)
    model = model_of(ring(tmp_path), [closed], migrants=1_000)
    abroad = []
    while model.running:
        model.step()
        abroad.append(int(((body(model)["node"] >= 2) | (body(model)["leg"] == 2)).sum()))
    assert abroad[4] > 0
    assert abroad[5:20] == [abroad[4]] * 15
    assert abroad[-1] > abroad[19] + 100
    assert counted(model, "in_need") > 0


def test_a_border_closed_to_some_lets_the_others_pass(tmp_path: Path) -> None:
    closed = of("border_closure", {"country": "BBB", "status": "irregular"})
    model = model_of(ring(tmp_path), [closed], migrants=1_000, status=HALVES).run()
    across = body(model)["node"] >= 2
    assert across.sum() > 100
    assert not (body(model)["first_status"][across] == IRREGULAR).any()
    calm = model_of(ring(tmp_path), migrants=1_000, status=HALVES).run()
    regular = body(calm)["first_status"] != IRREGULAR
    assert (body(calm)["departed"][regular] == body(model)["departed"][regular]).all()


def test_half_a_closure_closes_half_of_the_legs_always_the_same(tmp_path: Path) -> None:
    nodes = [{"id": f"n{n}", "country": "AAA" if n % 2 else "BBB", "departures": int(n == 0),
              "attraction": int(n == 40)} for n in range(41)]
    network = make_network(tmp_path, nodes, [
        {"from": f"n{n}", "to": f"n{n + 1}"} for n in range(40)])
    closed = {}
    for share in (0.3, 0.6):
        item = of("border_closure", {"all": True}, strength=share)
        days = [on_day(network, [item], "legs", "open", days) for days in (1, 4)]
        assert days[0] == days[1]
        closed[share] = {name for name, open_ in days[0].items() if not open_}
    assert closed[0.3] < closed[0.6]
    assert 14 <= len(closed[0.6]) <= 34


# --- surges --------------------------------------------------------------------------------------

def test_a_surge_brings_departures_forward_of_the_same_people(tmp_path: Path) -> None:
    network = ring(tmp_path)
    surge = of("surge", {"node": "a"}, of="departures", start=5, end=10, factor=4.0)
    calm = model_of(network, migrants=2_000, days=60).run()
    model = model_of(network, [surge], migrants=2_000, days=60).run()
    before, after = daily(calm, "departures"), daily(model, "departures")
    assert (before[:5] == after[:5]).all()
    assert after[5] == pytest.approx(4 * before[5], rel=0.2)
    assert after[10:].sum() < before[10:].sum()
    assert (body(calm)["key"] == body(model)["key"]).all()
    gone = body(calm)["departed"] > NEVER
    assert (body(model)["departed"][gone] <= body(calm)["departed"][gone]).all()


def test_a_surge_of_some_leaves_the_others_alone(tmp_path: Path) -> None:
    network = ring(tmp_path)
    surge = of("surge", {"node": "a", "status": "regular"}, of="departures", factor=5.0)
    calm = model_of(network, migrants=1_000, status=HALVES).run()
    model = model_of(network, [surge], migrants=1_000, status=HALVES).run()
    irregular = body(calm)["first_status"] == IRREGULAR
    apart = body(calm)["departed"] != body(model)["departed"]
    assert not apart[irregular].any()
    assert apart[~irregular].mean() > 0.5


@pytest.mark.parametrize(("of_what", "measure", "column", "usual"), [
    ("deportations", "deportations", "deportation", 0.2),
    ("returns", "voluntary_returns", "voluntary_return", 0.3)])
def test_more_are_sent_back_or_return(
        tmp_path: Path, of_what: str, measure: str, column: str, usual: float) -> None:
    nodes = [{"id": "home", "country": "AAA", "departures": 1, "mean_stay_days": 1},
             {"id": "city", "country": "BBB", "attraction": 1, "enforcement": 1}]
    countries = [{"country": "AAA"}, {"country": "BBB", "detention_days": 1, column: usual}]
    network = make_network(tmp_path, nodes, [{"from": "home", "to": "city"}],
                           countries=countries)
    surge = of("surge", {"country": "BBB"}, of=of_what, factor=3.0, start=20)
    parameters = {"detention_rate": 0.05 if of_what == "deportations" else 0.0}
    calm = model_of(network, migrants=2_000, parameters=parameters).run()
    model = model_of(network, [surge], migrants=2_000, parameters=parameters).run()
    before, after = daily(calm, measure), daily(model, measure)
    assert (before[:20] == after[:20]).all()
    assert before[20:30].sum() > 10
    assert 1.9 < after[20:30].sum() / before[20:30].sum() < 4.5
    elsewhere = model_of(network, [of("surge", {"country": "AAA"}, of=of_what, factor=3.0)],
                         migrants=2_000, parameters=parameters).run()
    assert elsewhere.state_hash() == calm.state_hash()


def test_deportations_of_some(tmp_path: Path) -> None:
    surge = of("surge", {"country": "BBB", "status": ["irregular", "refused"]}, of="deportations",
               factor=3.0)
    model = model_of(ring(tmp_path), [surge], migrants=50)
    model.step()
    times = model.world.tables.countries["deporting"]
    expected = [3.0 if name in ("irregular", "refused") else 1.0 for name in STATUSES]
    assert times.tolist() == [[1.0] * 8, expected]


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValidationError, match="returns are a matter of countries"):
        of("surge", {"node": "a"}, of="returns")
    with pytest.raises(ValidationError, match="there is no need 'hunger': choose among regulatory"):
        of("shock", {"node": "a"}, needs=["physical", "hunger"])
    with pytest.raises(ValidationError, match="cannot be limited to a status"):
        of("shock", {"node": "a", "status": "irregular"})
    with pytest.raises(ValidationError, match="cannot be limited to a leg"):
        of("enforcement_law", {"leg": "a>b"})
    for factor in (0.5, 1e6):
        with pytest.raises(ValidationError):
            of("externalisation", {"country": "AAA"}, factor=factor)


# --- how people live -----------------------------------------------------------------------------

def begun(folder: Path, acts: list[Intervention], **node: Any) -> dict[str, int]:
    """Needs that began in ten days, by dimension, among people who have never met."""
    model = TrustModel(make_plan(
        crowd(folder, **node), migrants=20_000, days=10, interventions=acts,
        parameters=QUIET | {"onset_routine": 0.006, "onset_poor": 1.0, "onset_origin": 1.0,
                            "lapse_routine": 0.0, "onset_regulatory_irregular": 1.0,
                            "onset_elements": 0.0})).run()
    return {need: int((body(model)["level"][:, n] > 0).sum()) for n, need in enumerate(NEEDS)}


def test_a_shock_makes_the_needs_it_names_jump_and_no_others(tmp_path: Path) -> None:
    calm = begun(tmp_path / "calm", [])
    shock = act("shock", node="here", needs="physical", factor=4.0)
    hit = begun(tmp_path / "hit", [shock])
    for need in NEEDS:
        expected = calm[need] * (4.0 if need == "physical" else 1.0)
        assert abs(hit[need] - expected) < 4.5 * np.sqrt(calm[need] + 16 * calm[need]), need
    assert hit["physical"] > 3.4 * calm["physical"]
    all_ = begun(tmp_path / "all", [act("shock", node="here", factor=4.0)])
    assert sum(all_.values()) == pytest.approx(4 * sum(calm.values()), rel=0.1)


def test_a_shock_is_over_when_it_is_over(tmp_path: Path) -> None:
    shock = act("shock", node="town", start=4, end=9, factor=3.0, needs=["social", "natural"])
    model = model_of(route(tmp_path), [shock])
    times = []
    while model.running:
        model.step()
        times.append(model.world.tables.nodes["onset"].tolist())
    there = [1.0, 10 / 6, 1.0]
    assert times == [[1.0] * 3] * 4 + [pytest.approx(there)] * 5 + [[1.0] * 3] * 31


def test_a_shock_where_nothing_is_needed_is_nothing(tmp_path: Path) -> None:
    nothing = begun(tmp_path, [act("shock", node="here", factor=4.0)], **dict.fromkeys(NEEDS, 0))
    assert sum(nothing.values()) == 0


def test_hostility_makes_social_needs_and_dialogue_fewer(tmp_path: Path) -> None:
    usual, worse, better = (
        begun(tmp_path / name, acts, hostility=0.4)["social"] for name, acts in (
            ("usual", []), ("worse", [act("hostility", node="here", rise=1.0)]),
            ("better", [act("community_dialogue", node="here", fall=1.0)])))
    assert worse / usual == pytest.approx(2.0 / 1.4, rel=0.1)
    assert better / usual == pytest.approx(1.0 / 1.4, rel=0.1)


# --- together ------------------------------------------------------------------------------------

def pairs() -> list[tuple[str, list[Intervention]]]:
    return [
        ("hostility", [act("hostility", node="b", rise=0.5),
                       act("community_dialogue", node="b", fall=0.4)]),
        ("enforcement", [of("enforcement_law", {"country": "AAA"}, increase=0.5),
                         act("humanitarian_diplomacy", node="b", ramp=0, lowers=0.4)]),
        ("interception", [of("externalisation", {"country": "AAA"}, factor=3.0),
                          of("externalisation", {"all": True}, id="more", factor=2.0,
                             addition=0.3)]),
        ("conditions", [act("shock", node="b", factor=3.0),
                        of("shock", {"all": True}, id="more", needs="physical", factor=2.0)]),
        ("open", [of("border_closure", {"leg": "a>b"}), of("border_closure", {"country": "BBB"},
                                                           id="more")]),
        ("leaving", [of("surge", {"node": "a"}, of="departures"),
                     of("surge", {"all": True, "status": "regular"}, id="more", of="departures",
                        factor=5.0)]),
        ("planned_raid", [act("raid", node="b", share=0.2),
                          of("raid", {"all": True, "status": "refused"}, id="more", share=0.3)]),
    ]


@pytest.mark.parametrize(("column", "acts"), pairs(), ids=[column for column, _ in pairs()])
def test_the_order_of_two_in_the_file_does_not_matter(
        tmp_path: Path, column: str, acts: list[Intervention]) -> None:
    network = ring(tmp_path, interception=0.1)
    seen = []
    for order in (acts, acts[::-1], acts[:1], acts[1:]):
        model = model_of(network, order, migrants=50, days=2)
        model.world.intervene(0)
        table = next(t for t in (model.world.tables.nodes, model.world.tables.legs)
                     if column in (t.dtype.names or ()))
        seen.append(table[column].copy())
    assert seen[0] == pytest.approx(seen[1], abs=1e-12)
    assert not np.array_equal(seen[0], seen[2])
    assert not np.array_equal(seen[0], seen[3])


SCOPED = ("border_closure", "community_dialogue", "criminalised_aid", "data_request",
          "data_sharing_agreement", "enforcement_law", "externalisation", "government_premises",
          "hostility", "humanitarian_diplomacy", "police_notification", "raid", "shock",
          "status_precondition", "surge")


@pytest.mark.parametrize("kind", SCOPED)
def test_the_world_is_as_before_on_the_day_after_the_end(tmp_path: Path, kind: str) -> None:
    fields: dict[str, Any] = {
        "data_sharing_agreement": {"recipient": "CCC"}, "surge": {"of": "departures"},
        "status_precondition": {"must_show": True}, "humanitarian_diplomacy": {"ramp": 0},
    }.get(kind, {})
    item = of(kind, {"all": True}, start=0, end=3, **fields)
    model = model_of(route(tmp_path, door=0.3, hostility=0.4), [item], days=6)
    before = {name: table.copy() for name, table in model.world.tables._asdict().items()
              if name in ("nodes", "legs", "countries", "points")}
    for day in range(4):
        model.world.intervene(day)
    for name, table in before.items():
        now = getattr(model.world.tables, name)
        for column in table.dtype.names or ():
            lasting = column.startswith("leak_")
            assert lasting or np.array_equal(now[column], table[column]), column

