"""Several interventions at once, in the same place or one after another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
import pytest

from sim.columns import OWN_STORIES
from sim.interventions import Intervention
from sim.model import TrustModel
from tests.worlds import (
    NO_BACKGROUND,
    NO_EVIDENCE,
    ONE_NEED,
    QUIET,
    act,
    against_independence,
    body,
    crowd,
    heard_by,
    make_network,
    make_plan,
    model_of,
    of_danger,
    route,
)

if TYPE_CHECKING:
    from sim.interventions.reach import Field


class Closing(Intervention):
    """A service point is closed: for tests only."""

    kind: Literal["closing"] = "closing"

    def apply(self, field: Field, day: int) -> None:
        if self.intensity(day) > 0.0:
            field.table["open"][field.points] = 0


def test_two_breaches_hand_over_to_both_recipients(tmp_path: Path) -> None:
    """What one country has got it does not lose when another gets it too."""
    leaks = [act("data_breach", id="first", point="clinic", recipient="CCC", start=8),
             act("data_breach", id="second", point="clinic", recipient="BBB", start=12)]
    model = model_of(route(tmp_path), leaks)
    for _ in range(20):
        model.step()
    countries = list(model.plan.network.countries["country"])
    got = int(model.world.tables.points["leak_countries"][0])
    assert got == (1 << countries.index("BBB")) | (1 << countries.index("CCC"))


def test_a_small_breach_does_not_undo_a_large_one(tmp_path: Path) -> None:
    leaks = [act("data_breach", id="first", point="clinic", recipient="CCC", start=8, share=1.0),
             act("data_breach", id="second", point="clinic", recipient="CCC", start=12, share=0.1)]
    model = model_of(route(tmp_path), leaks)
    for _ in range(20):
        model.step()
    assert model.world.tables.points["leak_share"][0] == 1.0


def test_a_weaker_firewall_does_not_tear_down_a_stronger(tmp_path: Path) -> None:
    weak = act("firewall", id="weak", point="clinic", start=5, compliance=0.3, announced="never")
    strong = act("firewall", id="strong", point="clinic", start=8, end=20)
    for acts in ([weak, strong], [strong, weak]):
        model = model_of(route(tmp_path), acts)
        kept = []
        for _ in range(25):
            model.step()
            kept.append(float(model.world.tables.points["kept"][0]))
        assert kept == pytest.approx([0.0] * 5 + [0.3] * 3 + [1.0] * 12 + [0.3] * 5)


def test_a_firewall_that_everybody_knows_stays_known(tmp_path: Path) -> None:
    """At a point that has one of old, a further agreement leaves nobody less protected."""
    points = [{"id": "clinic", "physical": 0.5, "capacity_per_day": 0, "firewall": 0.8}]
    network = crowd(tmp_path, points, regulatory=0, financial=0, human=0, social=0, natural=0)
    asked = []
    for acts in ([], [act("firewall", point="clinic", start=3, compliance=0.5)]):
        model = TrustModel(make_plan(network, migrants=4_000, days=8, interventions=acts,
                                     parameters={
            **QUIET, **NO_BACKGROUND, **NO_EVIDENCE, **ONE_NEED, "b0": -1.0, "bf": 7.0,
            "base_rate_danger": 0.3, "news_reach": 0.0})).run()
        asked.append(int(model.record.by_point[7, 0, 0]))
    assert asked[1] >= asked[0] > 100


def test_news_of_a_breach_is_about_every_family_whose_records_got_out(tmp_path: Path) -> None:
    """The first point in scope registers nobody, the second, of another family, everybody."""
    network = make_network(
        tmp_path, [{"id": "here", "departures": 1}, {"id": "far", "attraction": 1}],
        [{"from": "here", "to": "far", "closed": "0-30000"}],
        [{"id": "kitchen", "node": "here", "physical": 1},
         {"id": "office", "node": "here", "organisation": "agency", "human": 1, "registers": 1}],
        [{"id": "helpers"}, {"id": "agency", "kind": "un", "family": "un"}])
    breach = act("data_breach", node="here", recipient="AAA", start=2)
    model = TrustModel(make_plan(network, migrants=300, days=10, interventions=[breach],
                                 parameters={
        **QUIET, "channel_association": 0.0, "news_reach": 1.0})).run()
    assert (of_danger(model)[:, 3] > 0.0).all()
    assert (against_independence(model, "un").sum(axis=1) > 0.0).all()
    assert (against_independence(model, "rcrc") == 0.0).all(), "it registers nobody"


def test_more_interventions_than_slots_do_not_share_a_story(tmp_path: Path) -> None:
    """Sixteen slots are kept for scenarios; what does not fit must not pass for another story."""
    rumours = [act("rumour", id=f"r{n}", topic="door", node="here", start=1, reach=0.0)
               for n in range(16)]
    last = act("rumour", id="last", topic="breach", node="here", start=2, reach=0.5)
    first = act("firewall", id="wall", point="clinic", start=1)
    network = crowd(tmp_path, [{"id": "clinic", "physical": 1, "registers": 1}])
    model = TrustModel(make_plan(network, migrants=1_000, days=6,
                                 interventions=[first, *rumours[1:], last],
                                 parameters=QUIET | {"news_reach": 0.0})).run()
    wall = int(model.world.tables.points["firewall_story"][0])
    assert wall == -2, "there is no slot left for it, so nobody knows"
    assert model.world.overflow > 0, "and that is reported"


def test_a_rumour_that_comes_back_is_heard_again(tmp_path: Path) -> None:
    rumour = act("rumour", node="here", start=2, every=6, reach=0.3)
    model = TrustModel(make_plan(crowd(tmp_path), migrants=500, days=30, interventions=[rumour],
                                 parameters=QUIET | {"story_fade": 1.0}))
    telling = []
    while model.running:
        model.step()
        telling.append(int(model.world.tables.stories["live"][OWN_STORIES]))
    for day in (2, 8, 14, 20, 26):
        assert telling[day] == 1
    assert 0 in telling[3:8], "with nobody telling it, it ends in between"


def test_closing_a_point_for_some_days_leaves_nothing_behind(tmp_path: Path) -> None:
    network = route(tmp_path)
    closing = Closing(id="closing", scope={"service_point": "school"}, start=5, end=10)
    model = model_of(network, [closing])
    before = model.world.tables.together.copy()
    seen = []
    for day in range(15):
        model.step()
        closed = model.world.tables.points["open"][1] == 0
        assert closed == (5 <= day < 10)
        seen.append((model.world.tables.together == before).all())
        if closed:
            assert not (body(model)["asked"][body(model)["outcome"] == 1] == 1).any()
    assert seen == [True] * 5 + [False] * 5 + [True] * 5


def test_an_announcement_long_before_the_deed(tmp_path: Path) -> None:
    """It is news from its day on, and nothing is done before the first day."""
    wall = act("firewall", point="clinic", start=20, announced=-10)
    model = model_of(route(tmp_path, stay=1000), [wall])
    kept, knew = [], []
    while model.running:
        model.step()
        kept.append(float(model.world.tables.points["kept"][0]))
        knew.append(int(heard_by(model, OWN_STORIES).sum()))
    assert kept == [0.0] * 20 + [1.0] * 20
    assert knew[9] == 0 < knew[12] < knew[39]
    assert np.all(np.diff(knew) >= 0)
