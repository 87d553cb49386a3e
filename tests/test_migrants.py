"""Views of migrants: words over columns, read and written, and the verbs over many of them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from eventful_worlds import eventful

from sim.codes import DEAD, MEASURES, NEEDS, STATES, STATUSES, TRAVELLING
from sim.engine.compiled.observing import OPINION_UNITS, opinions
from sim.migrants import Migrants
from sim.model import TrustModel
from sim.population_view import FACETS


@pytest.fixture(scope="module")
def lived() -> TrustModel:
    """A model that has been lived for a while; tests do not change it."""
    return TrustModel(eventful("horn_of_africa", "everything", migrants=200, days=40)).run()


@pytest.fixture
def fresh() -> TrustModel:
    """A short-lived model that a test may change."""
    model = TrustModel(eventful("horn_of_africa", "nothing", migrants=80, days=10))
    for _ in range(35):
        model.step()
    return model


def test_words_stand_for_codes(lived: TrustModel) -> None:
    body, nodes = lived.world.tables.body, list(lived.plan.network.nodes["id"])
    for index in range(0, 200, 17):
        someone = lived.migrants[index]
        assert someone.status == STATUSES[body["status"][index]]
        assert someone.state == STATES[body["state"][index]]
        assert someone.node == nodes[body["node"][index]]
        assert someone.origin == nodes[body["origin"][index]]
        assert (someone.leg is not None) == (body["leg"][index] >= 0)
        assert someone.needs == {
            name: level for name, level in zip(NEEDS, body["level"][index].tolist(), strict=True)
            if level > 0}
        assert someone.status in repr(someone)


def test_what_is_written_to_a_view_is_in_the_columns(fresh: TrustModel) -> None:
    someone, body = fresh.migrants[3], fresh.world.tables.body
    someone.status = "refugee"
    someone.money = "richest_third"
    someone.has_phone = False
    someone.in_mixed_household = True
    someone.node = "addis_ababa"
    someone.set_need("physical", 0.9, urgency="acute")
    assert STATUSES[body["status"][3]] == "refugee"
    assert body["money"][3] == 2
    assert not someone.has_phone
    assert someone.in_mixed_household
    assert someone.leg is None
    assert someone.state != "travelling"
    assert someone.needs["physical"] == np.float32(0.9)
    assert someone.urgency("physical") == "acute"
    assert fresh.migrants[3] == someone
    assert len({fresh.migrants[3], someone}) == 1
    someone.set_need("physical", 0.0)
    assert someone.urgency("physical") is None


def test_a_word_that_does_not_exist_is_refused(fresh: TrustModel) -> None:
    with pytest.raises(ValueError, match=r"status is one of regular, .* not 'happy'"):
        fresh.migrants[0].status = "happy"
    with pytest.raises(ValueError, match="family is one of rcrc"):
        fresh.migrants[0].opinion("army")


def test_points_are_learnt_by_name(fresh: TrustModel) -> None:
    someone = fresh.migrants[5]
    name = fresh.plan.network.points["id"].iloc[-1]
    someone.learn(name)
    assert someone.known_points[0] == name
    assert set(someone.refused_at) <= set(someone.known_points)


def test_ties_registrations_and_experiences_have_names(lived: TrustModel) -> None:
    points, nodes = set(lived.plan.network.points["id"]), set(lived.plan.network.nodes["id"])
    told = [m.last_experience for m in lived.migrants if m.last_experience]
    assert {"served", "intercepted"} <= {experience.kind for experience in told}
    assert {experience.node for experience in told} <= nodes
    assert {experience.point for experience in told} <= points | {None}
    filed = [entry for m in lived.migrants for entry in m.registrations]
    assert filed
    assert {point for point, _ in filed} <= points
    assert any(m.ties for m in lived.migrants)
    assert all(tie.origin == m.origin for m in lived.migrants for tie in m.ties)
    assert any("deterred" in m.ever for m in lived.migrants)
    assert any("family_abroad" in m.sources for m in lived.migrants)


def test_opinions_of_views_add_up_to_the_summary(lived: TrustModel) -> None:
    # The plain reading of beliefs, person by person, and the compiled one over columns agree.
    families = lived.plan.network.families
    shape = (len(lived.record.places), len(STATUSES), 6 * len(families) + 3)
    sums, ours = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    opinions(lived.world.tables, sums, np.zeros(64, np.uint64), 0, lived.world.people, lived.day)
    for someone in lived.migrants.select(lambda m: m.state not in ("absent", "dead_or_missing")):
        row = someone.row
        place = -1 if row.state == TRAVELLING else row.node
        held = [someone.opinion(family, facet) for family in families for facet in FACETS]
        cells = [value for opinion in held for value in opinion[:2]]
        cells += [someone.danger.belief, someone.danger.disbelief, someone.danger.probability]
        ours[place, row.status] += [int(OPINION_UNITS * value) for value in cells]
        assert all(abs(sum(opinion[:3]) - 1) < 1e-12 for opinion in held)
        assert 0 <= someone.exposure <= 1
    assert np.array_equal(ours, sums)


def test_select_get_and_groupby_work_on_columns(lived: TrustModel) -> None:
    everyone, body = lived.migrants, lived.world.tables.body
    assert len(everyone) == lived.world.people == 200
    irregular = everyone.select(status="irregular")
    assert len(irregular) == int((body["status"] == STATUSES.index("irregular")).sum())
    assert set(irregular.get("status")) == {"irregular"}
    two = everyone.select(status=["irregular", "regular"], at_most=9)
    assert len(two) == 9
    assert two.select(lambda m: m.index > two[4].index).indices.tolist() == two.indices[5:].tolist()
    groups = everyone.groupby("state")
    assert sum(groups.count().values()) == 200
    assert groups["dead_or_missing"].get("index").tolist() == (
        np.flatnonzero(body["state"] == DEAD).tolist())
    assert set(groups) <= set(STATES)
    assert len(groups) == len(groups.count())
    assert groups.agg("physical", np.max) == {
        state: group.agg("physical", np.max) for state, group in groups.items()}


def test_every_attribute_can_be_had(lived: TrustModel) -> None:
    everyone = lived.migrants
    table = everyone.to_frame(everyone.attributes)
    assert list(table.columns) == everyone.attributes
    assert len(table) == 200
    assert table["ever_deterred"].any()
    assert set(table["leg"].dropna()) <= set(lived.plan.network.legs["id"])
    with pytest.raises(KeyError):
        everyone.get("shoe_size")


def test_usual_table_and_slices(lived: TrustModel) -> None:
    first = lived.migrants[:5]
    assert isinstance(first, Migrants)
    assert len(first) == len(list(first)) == 5
    assert repr(first) == "<5 migrants>"
    assert list(first.to_frame().index) == [0, 1, 2, 3, 4]
    assert lived.migrants[-1].index == 199


def test_set_writes_to_all_of_them(fresh: TrustModel) -> None:
    some = fresh.migrants.select(status="irregular").set("status", "regular").set("human", 0.5)
    assert set(some.get("status")) == {"regular"}
    assert set(some.get("human")) == {0.5}
    assert not len(fresh.migrants.select(status="irregular"))
    some.set("since", 2)
    assert set(some.get("since")) == {2}
    with pytest.raises(KeyError):
        some.set("shoe_size", 43)


def test_only_those_who_have_entered_are_there(fresh: TrustModel) -> None:
    assert len(fresh.migrants) == fresh.world.people < 80
    present = fresh.record.counts[fresh.day - 1, ..., MEASURES.index("present")].sum()
    dead = len(fresh.migrants.select(state="dead_or_missing"))
    assert len(fresh.migrants) == present + dead


def test_views_of_both_engines_are_the_same_and_agents_are_rows() -> None:
    plan = eventful("central_america", "everything", migrants=60, days=15, burn_in=10)
    models = [TrustModel(plan, engine=engine).run() for engine in ("compiled", "reference")]
    tables = [m.migrants.to_frame(m.migrants.attributes) for m in models]
    pd.testing.assert_frame_equal(*tables)
    reference = models[1]
    agent = list(reference.agents)[4]
    reference.migrants[4].money = "middle_third"
    assert agent.money == 1
    agent.money = 2
    assert reference.migrants[4].money == "richest_third"
