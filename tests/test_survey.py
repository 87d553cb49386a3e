"""The questionnaire: what people answer, and how the answers are tabulated."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import scenarios
from sim.codes import (
    ABSENT,
    DEAD,
    DETAINED,
    EVER_ASSISTED,
    EVER_ASSISTED_RCRC,
    EVER_UNAWARE,
    EVER_UNMET,
    NEVER,
    RETURNED,
    SETTLED,
    STRANDED,
    TRAVELLING,
)
from sim.columns import FAMILY_WIDTH
from sim.model import TrustModel
from sim.problems import InputProblem
from sim.randomness import block, uniform
from sim.rules.opinion import background, projected_probability
from sim.survey import QUESTIONS, all_surveyed_shares, standing_survey, survey
from sim.survey.questions import CELLS, NUMBER
from sim.survey.respondents import Cut, respondents
from sim.survey.sheets import fill_in
from tests.survey_world import DAY, SURE, become, believe, fear, luck, world_of

FIXED = [
    "independent_here", "independent_origin", "danger", "competence", "respect", "aware", "emblem",
    "ever_assisted", "ever_assisted_rcrc", "unmet_need_ever", "know_where", "trust", "sources",
]


def share(world, question, answer, **choice):
    rows = survey(world, day=DAY, **{"weighting": None, **choice}).set_index(["question", "answer"])
    return rows.loc[(question, answer), "share"]


@pytest.fixture(scope="module")
def model() -> TrustModel:
    plan = scenarios.load("central_mediterranean").plan()
    plan = replace(plan, survey_days=(29, 59), status={"irregular": 0.6, "regular": 0.4})
    return TrustModel(plan, migrants=2500, days=60).run()


# --- answers -----------------------------------------------------------------------------------

def test_the_questions_are_those_of_the_forms():
    assert [question.id for question in QUESTIONS] == FIXED
    assert all(question.text and len(set(question.answers)) == len(question.answers)
               for question in QUESTIONS)


@pytest.mark.parametrize(("r", "s", "answer"), [
    (SURE, 0.0, "independent"), (0.0, SURE, "controlled"), (0.0, 0.0, "dont_know"),
])
def test_people_who_are_sure_all_say_so(r, s, answer):
    world = world_of(60)
    believe(world, slice(None), r, s)
    assert share(world, "independent_here", answer) == 1.0


def test_answers_on_independence_are_proportional():
    world = world_of(4000, no_answer=0.1)
    believe(world, slice(None), 1.0, 2.0)  # b 0.2, d 0.4, u 0.4
    u = luck(world, NUMBER["independent_here"])
    assert share(world, "independent_here", "other") == np.mean(u < 0.1)
    assert share(world, "independent_here", "independent") == np.mean((u >= 0.1) & (u < 0.28))
    assert share(world, "independent_here", "controlled") == np.mean(u >= 0.64)
    assert share(world, "independent_here", "dont_know") == pytest.approx(0.36, abs=0.03)


def test_at_origin_means_the_opinion_on_leaving():
    world = world_of(40)
    believe(world, slice(None), SURE, 0.0)
    body = world.tables.body
    body["left_for"], body["left_against"] = 0.0, SURE
    body["departed"][:10] = NEVER
    assert share(world, "independent_here", "independent") == 1.0
    assert share(world, "independent_origin", "controlled") == 0.75
    assert share(world, "independent_origin", "independent") == 0.25


def test_who_thinks_the_same_of_both_places_says_the_same():
    world = world_of(300)
    believe(world, slice(None), 2.0, 1.0)
    world.tables.body["left_for"], world.tables.body["left_against"] = 2.0, 1.0
    given = fill_in(world, DAY, Cut(), None, None).given
    here = [n for n, cell in enumerate(CELLS) if cell.question == "independent_here"]
    there = [n for n, cell in enumerate(CELLS) if cell.question == "independent_origin"]
    assert np.array_equal(given[:, here], given[:, there])


def test_danger_is_agreed_to_with_its_probability_after_fading():
    world = world_of(500, half_life_against=60.0)
    fear(world, slice(None), 4.0)
    world.tables.body["danger_touched"] = DAY - 60  # half is left: r 2, P = (2 + 0.24) / 4
    world.tables.mind["touched"] = DAY - 60
    world.tables.body["entered"] = DAY - 60
    assert share(world, "danger", "agree") == np.mean(luck(world, NUMBER["danger"]) < 0.56)


def test_background_counts_in_an_answer():
    world = world_of(300, background_danger_others=0.5, background_safety=0.8)
    settings, body = world.tables.p[0], world.tables.body
    from sim.engine.streams import BACKGROUND
    words = [block(settings["run"], BACKGROUND, 0, key, 0) for key in body["key"]]
    chance = np.array([
        projected_probability(background(uniform(w[2]), 0.5), background(uniform(w[3]), 0.8),
                              settings["base_rate_danger"], 2.0) for w in words])
    assert share(world, "danger", "agree") == np.mean(luck(world, NUMBER["danger"]) < chance)


@pytest.mark.parametrize(("question", "facet"), [("competence", 0), ("respect", 1)])
def test_quality_is_agreed_to_with_its_probability(question, facet):
    world = world_of(400)
    world.tables.mind["evidence"][:, facet] = 2.0
    base = 0.72 if facet == 0 else 0.85
    assert share(world, question, "agree") == np.mean(
        luck(world, NUMBER[question]) < 0.5 + base / 2)
    world.tables.mind["evidence"][:, 3 + facet] = SURE  # against: a family of 13 numbers
    assert share(world, question, "disagree") == 1.0


def test_what_happened_is_told_as_it_was():
    world = world_of(10)
    ever = world.tables.body["ever"]
    ever[:4] |= EVER_ASSISTED
    ever[:2] |= EVER_ASSISTED_RCRC
    ever[:7] |= EVER_UNMET
    ever[:3] |= EVER_UNAWARE
    assert share(world, "ever_assisted", "yes") == 0.4
    assert share(world, "ever_assisted_rcrc", "yes") == 0.2
    assert share(world, "unmet_need_ever", "yes") == 0.7
    assert share(world, "know_where", "no") == 0.3
    assert share(world, "aware", "yes") == 0.4
    assert share(world, "emblem", "yes") == 0.2


def test_awareness_and_the_emblem_come_from_points_known_and_things_heard():
    world = world_of(10)
    families = world.tables.points["family"]
    ours, another = np.flatnonzero(families == 0)[0], np.flatnonzero(families != 0)[0]
    known = world.tables.body["known"]
    known[:3, 2] = 1 + ours
    known[3:5, 0] = 0x8000 | (1 + another)  # refused there, and so known
    world.tables.mind["evidence"][5, 0] = 0.5
    world.tables.mind["evidence"][7, 0] = 0.01  # association alone is not familiarity
    world.tables.mind["evidence"][6, FAMILY_WIDTH] = 0.5
    assert share(world, "aware", "yes") == 0.5
    assert share(world, "emblem", "yes") == 0.4


@pytest.mark.parametrize(("r", "s", "answer"), [
    (2.5, 1.0, "high"), (1.0, 2.5, "none"), (1.5, 0.1, "mixed"), (3.0, 3.0, "mixed"),
])
def test_trust_adds_kinds_of_evidence_and_averages_families(r, s, answer):
    world = world_of(5)
    families = len(world.plan.network.families)
    helping = [n for n in range(families) if world.tables.p["family_is"][0, n] < 2]
    assert len(helping) == 3
    for n in helping:  # a third of it by each facet, and twice as much with one family
        weight = (2 if n == 0 else 0.5) / 3
        row = n * FAMILY_WIDTH
        world.tables.mind["evidence"][:, row:row + 3] = r * weight
        world.tables.mind["evidence"][:, row + 3:row + 6] = s * weight
    believe_government = (families - 1) * FAMILY_WIDTH
    world.tables.mind["evidence"][:, believe_government + 5] = SURE
    assert share(world, "trust", answer) == 1.0


def test_sources_may_be_several():
    world = world_of(8, source_migrants=1.0)
    world.tables.body["sources"][:4] = 0b1001
    world.tables.body["sources"][4:6] = 0b0110
    got = {source: share(world, "sources", source) for source in
           ("other_migrants", "family_abroad", "local_communities", "travel_agents", "smugglers")}
    assert list(got.values()) == [1.0, 0.5, 0.25, 0.25, 0.5]
    world.tables.p["source_migrants"] = 0.0
    assert share(world, "sources", "other_migrants") == 0.0


# --- keys --------------------------------------------------------------------------------------

def test_nobody_changes_their_mind_without_a_reason():
    world = world_of(400, background_danger_others=0.6, background_independence_for_others=1.0,
                     no_answer=0.07)
    first, later = (fill_in(world, day, Cut(), None, None).given for day in (DAY, DAY + 90))
    assert np.array_equal(first, later)
    fear(world, 0, SURE)
    after = fill_in(world, DAY + 90, Cut(), None, None).given
    assert np.array_equal(first[1:], after[1:])


def test_asking_changes_nothing(model):
    before = model.state_hash()
    tables = [standing_survey(model.world, day=59) for _ in range(2)]
    assert model.state_hash() == before
    pd.testing.assert_frame_equal(*tables)
    pd.testing.assert_frame_equal(tables[0], model.surveys[1])


def test_a_small_sample_is_part_of_a_larger_one(model):
    small, large, all_of = (set(respondents(model.world, 59, Cut(), n)) for n in (100, 900, None))
    assert (len(small), len(large)) == (100, 900)
    assert small < large < all_of
    assert set(respondents(model.world, 59, Cut(), 10**6)) == all_of
    assert survey(model.world, day=59, sample=100)["n"].max() == 100


def test_a_sample_does_not_lean_towards_those_who_came_first(model):
    people = respondents(model.world, 59, Cut(), None)
    chosen = np.isin(people, respondents(model.world, 59, Cut(), people.size // 2))
    assert abs(np.corrcoef(chosen, np.arange(people.size))[0, 1]) < 0.08


# --- who is asked ------------------------------------------------------------------------------

def test_only_people_at_nodes_can_be_asked():
    world = world_of(8)
    states = [ABSENT, TRAVELLING, DETAINED, DEAD, STRANDED, SETTLED, RETURNED]
    world.tables.body["state"][1:] = states
    assert list(respondents(world, DAY, Cut(), None)) == [0, 5, 6, 7]
    world.people = 6
    assert list(respondents(world, DAY, Cut(), None)) == [0, 5]


def test_ever_counts_those_who_left_long_enough_ago():
    world = world_of(6)
    world.tables.body["departed"] = [NEVER, DAY - 99, DAY - 100, DAY - 400, DAY - 401, DAY - 30]
    rows = survey(world, day=DAY, weighting=None).set_index("question")
    assert set(rows.loc["ever_assisted", "n"]) == {2}
    assert set(rows.loc["danger", "n"]) == {6}
    assert set(rows.loc["know_where", "since"]) == {"100-400 days"}
    assert set(rows.loc["danger", "since"]) == {""}
    wider = survey(world, day=DAY, weighting=None, days_since_departure=(0, 99))
    assert set(wider.set_index("question").loc["know_where", "n"]) == {2}
    anyone = survey(world, day=DAY, weighting=None, days_since_departure=None)
    assert set(anyone["n"]) == {6}
    with pytest.raises(InputProblem, match="smaller number first"):
        survey(world, day=DAY, days_since_departure=(400, 100))


def test_filters_choose_people_and_name_the_group(model):
    world = model.world
    body = world.tables.body[respondents(world, 59, Cut(), None)]
    countries = model.plan.network.nodes["country"].to_numpy()[body["node"]]
    niger = survey(world, day=59, country="NER")
    assert set(niger["group"]) == {"country:NER"}
    assert niger["n"].max() == (countries == "NER").sum()
    both = survey(world, day=59, node="agadez", status="irregular", country="NER")
    assert set(both["group"]) == {"country:NER+node:agadez+status:irregular"}
    assert 0 < both["n"].max() < survey(world, day=59, node="agadez")["n"].max()


@pytest.mark.parametrize(("choice", "words"), [
    ({"country": "NRE"}, "Did you mean 'NER'"),
    ({"node": "agades"}, "Did you mean 'agadez'"),
    ({"status": "iregular"}, "Did you mean 'irregular'"),
    ({"status": "xyzzy"}, "There are: regular, asylum_seeker"),
    ({"weighting": "all_survey"}, "Did you mean 'all_surveyed'"),
    ({"node": "agadez", "country": "DZA"}, "It lies in NER"),
    ({"sample": 0}, "at least one person"),
    ({"day": -300}, "is over"),
    ({"day": 4000}, "Its last day is 59"),
])
def test_what_cannot_be_is_refused_in_words(model, choice, words):
    with pytest.raises(InputProblem, match=words):
        survey(model.world, **{"day": 59, **choice})


def test_every_fault_is_told(model):
    with pytest.raises(InputProblem) as caught:
        survey(model.world, day=59, country="XXX", status="xxx", sample=-1)
    assert len(caught.value.problems) == 3


def test_one_question_of_all_surveyed():
    world = world_of(40)
    assert all_surveyed_shares(world, day=DAY)["dont_know"] == 1.0
    become(world, slice(0, 20), "irregular")
    believe(world, slice(0, 20), SURE, 0.0)
    shares = all_surveyed_shares(world, day=DAY)
    assert shares["independent"] == pytest.approx(0.13 / 0.83)
    assert sum(shares.values()) == pytest.approx(1.0)
    with pytest.raises(InputProblem, match="Did you mean 'danger'"):
        all_surveyed_shares(world, day=DAY, question="dangers")
