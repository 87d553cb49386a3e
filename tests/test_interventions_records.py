"""Agreements to share data, and requests for it: which records get where, and what is known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.columns import NOTHING_SHARED, OWN_STORIES
from sim.interventions import KINDS, Intervention
from sim.model import TrustModel
from sim.network import RouteNetwork
from tests.worlds import NO_EVIDENCE, act, body, daily, make_network, model_of, of_danger, route

FOUND = {**NO_EVIDENCE, "find_listed": 1.0, "door_detention": 0.0, "bf": 0.0, "b0": 0.0}


def column(model: TrustModel, name: str) -> list[float]:
    return list(model.world.tables.points[name].tolist())


# --- standing agreements -------------------------------------------------------------------------

def test_an_agreement_hands_over_what_is_registered_day_by_day(tmp_path: Path) -> None:
    item = act("data_sharing_agreement", point="clinic", recipient=("AAA", "CCC"), start=5, end=20,
               ramp=4, share=0.8, announced="never")
    model = model_of(route(tmp_path), [item])
    days, shares = [], []
    while model.running:
        model.step()
        days.append(column(model, "leak_day")[0])
        shares.append(round(column(model, "leak_share")[0], 6))
    assert days == [NOTHING_SHARED] * 5 + list(range(5, 20)) + [19] * 20
    assert shares[:10] == [0.0] * 5 + [0.16, 0.32, 0.48, 0.64, 0.8]
    assert shares[-1] == 0.8, "what was shared stays shared"
    assert column(model, "leak_day")[1] == NOTHING_SHARED, "the school is not in its scope"
    codes = list(model.plan.network.countries["country"])
    got = sum(1 << codes.index(code) for code in ("AAA", "CCC"))
    assert column(model, "leak_countries")[0] == got


def test_those_registered_after_it_has_ended_are_not_found(tmp_path: Path) -> None:
    item = act("data_sharing_agreement", point="clinic", recipient="CCC", start=5, end=15)
    model = model_of(route(tmp_path), [item], days=70, migrants=1_000, parameters=FOUND)
    listed, found = np.zeros(1_000, bool), np.zeros(1_000, bool)
    while model.running:
        model.step()
        mind = model.world.tables.mind
        at_clinic = mind["filed_point"] == 0
        listed |= (at_clinic & (mind["filed_day"] < 15)).any(axis=1)
        found |= (body(model)["ever"] & 32) > 0
    later = (mind["filed_point"] == 0).any(axis=1) & ~listed
    assert found.sum() > 100
    assert later.sum() > 50
    assert not (found & ~listed).any()


# --- requests ------------------------------------------------------------------------------------

def many(folder: Path, independence: list[float], request_rate: float = 0.0) -> RouteNetwork:
    """One town with a service point of each of some organisations, and a city far on."""
    helps = dict.fromkeys(("regulatory", "physical", "human"), 1)
    families = ("rcrc", "un", "ngo")
    kinds = {"rcrc": "red_cross_red_crescent", "un": "un", "ngo": "ngo"}
    owners = [{"id": f"o{n}", "country": "AAA", "family": families[n % 3],
               "kind": kinds[families[n % 3]], "independence": share}
              for n, share in enumerate(independence)]
    points = [{"id": f"p{n}", "node": "town", "organisation": f"o{n}", "registers": 0.5, **helps}
              for n in range(len(independence))]
    return make_network(
        folder,
        [{"id": "town", "country": "BBB", "journey_step": "origin", "departures": 1,
          "mean_stay_days": 500},
         {"id": "city", "country": "CCC", "journey_step": "arrival", "attraction": 1}],
        [{"from": "town", "to": "city"}], points, owners,
        [{"country": code, "request_rate": request_rate if code == "BBB" else 0.0}
         for code in ("AAA", "BBB", "CCC")])


def asking(**fields: Any) -> Intervention:
    return act("data_request", **{"start": 4, "every": 10, **fields})


def shared(model: TrustModel, days: int = 40) -> list[set[int]]:
    """Service points whose records were handed over on each day."""
    seen = []
    for day in range(days):
        model.step()
        seen.append({n for n, last in enumerate(column(model, "leak_day")) if last == day})
    return seen


def test_who_is_independent_refuses_and_who_is_not_gives_in(tmp_path: Path) -> None:
    model = model_of(many(tmp_path, [1.0, 0.0, 1.0, 0.0]), [asking()])
    seen = shared(model)
    assert [day for day, points in enumerate(seen) if points] == [4, 14, 24, 34]
    assert all(points == {1, 3} for points in seen if points)
    story = model.world.tables.stories[OWN_STORIES]
    told = {int(story["family"])} | {n for n in range(8) if int(story["also"]) >> n & 1}
    families = model.plan.network.families
    assert told == {families.index("un"), families.index("rcrc")}


def test_records_go_to_the_authorities_of_the_country_of_the_service_point(tmp_path: Path) -> None:
    network = many(tmp_path, [0.0, 0.0])
    codes = list(network.countries["country"])
    own = model_of(network, [asking()])
    named = model_of(network, [asking(recipient=("AAA", "CCC"))])
    for model, names in ((own, ["BBB"]), (named, ["AAA", "CCC"])):
        shared(model, 6)
        assert column(model, "leak_countries") == [sum(1 << codes.index(n) for n in names)] * 2


def test_an_organisation_that_is_more_independent_never_gives_in_more_often(tmp_path: Path) -> None:
    """Each day's luck belongs to organisation, request and day, so answers can be compared."""
    seen = {}
    for share in (0.2, 0.5, 0.8):
        model = model_of(many(tmp_path / str(share), [share] * 40), [asking()], migrants=50)
        days = shared(model)
        seen[share] = [days[day] for day in (4, 14, 24, 34)]
    for few, some, most in zip(seen[0.8], seen[0.5], seen[0.2], strict=True):
        assert few <= some <= most
    given = sum(map(len, seen[0.5])) / 160
    assert abs(given - 0.5) < 4.5 * np.sqrt(0.25 / 160)
    assert len({frozenset(points) for points in seen[0.5]}) == 4, "each request is answered anew"


def test_compulsion_overrides_refusals(tmp_path: Path) -> None:
    network = many(tmp_path, [1.0, 1.0, 1.0])
    assert not any(shared(model_of(network, [asking()]), 10))
    assert shared(model_of(network, [asking(compulsion=1.0)]), 10)[4] == {0, 1, 2}


def test_authorities_ask_as_often_as_their_country_says(tmp_path: Path) -> None:
    often = asking(every=None, start=0)
    days = shared(model_of(many(tmp_path, [0.0] * 40, 9.0), [often], migrants=50))
    asked = sum(map(len, days))
    expected = 40 * 40 * 9.0 / 365
    assert abs(asked - expected) < 4.5 * np.sqrt(expected)
    assert not any(shared(model_of(many(tmp_path / "never", [0.0] * 3), [often]), 10))


def test_some_organisations_only_are_asked(tmp_path: Path) -> None:
    network = many(tmp_path, [0.0] * 40)
    half = shared(model_of(network, [asking(strength=0.5)], migrants=50), 10)[4]
    fewer = shared(model_of(network, [asking(strength=0.5, compliance=0.4)], migrants=50), 10)[4]
    assert fewer < half < set(range(40))
    assert 8 < len(half) < 32


@pytest.mark.parametrize(("fields", "first"), [
    ({}, 4), ({"announced": 3}, 7), ({"announced": "never"}, None), ({"seen": 0.0}, None),
    ({"announced": 3, "end": 5}, 7)])
def test_giving_in_becomes_news(tmp_path: Path, fields: dict[str, Any], first: int | None) -> None:
    model = model_of(many(tmp_path, [0.0, 1.0]), [asking(**fields)])
    live = []
    while model.running:
        model.step()
        live.append(bool(model.world.tables.stories["live"].any()))
    assert (live.index(True) if any(live) else None) == first
    assert column(model, "leak_day")[0] > 0
    assert (of_danger(model)[:, 3] > 0).any() == (first is not None)


def test_refusing_is_no_news(tmp_path: Path) -> None:
    calm = model_of(many(tmp_path, [1.0, 1.0])).run()
    asked = model_of(many(tmp_path, [1.0, 1.0]), [asking()]).run()
    assert calm.state_hash() == asked.state_hash()


def test_a_firewall_protects_the_records_that_were_given(tmp_path: Path) -> None:
    request = act("data_request", point="clinic", recipient="CCC", compulsion=1.0, start=5,
                  every=30)
    wall = act("firewall", point="clinic", start=0, announced="never")
    open_, walled = (
        daily(model_of(route(tmp_path), acts, parameters=FOUND).run(), "detentions").sum()
        for acts in ([request], [request, wall]))
    assert open_ > 20
    assert walled == 0


def test_records_of_an_organisation_alone_can_be_asked_for(tmp_path: Path) -> None:
    item = KINDS["data_request"].model_validate({
        "id": "letter", "start": 2, "every": 30, "scope": {"organisation": "o1"}})
    assert shared(model_of(many(tmp_path, [0.0] * 3), [item]), 5)[2] == {1}
