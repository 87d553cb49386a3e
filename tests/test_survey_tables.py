"""The survey's tables: weighting, groups, published figures."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import scenarios
from sim.codes import ABSENT, NEVER, STATUSES
from sim.model import TrustModel
from sim.problems import InputProblem
from sim.rules.answering import agrees, independence_answer, trust_answer
from sim.survey import QUESTIONS, SINCE_DEPARTURE, standing_survey, survey
from sim.survey.published import PUBLISHED
from sim.survey.questions import CELLS
from sim.survey.tables import COLUMNS
from sim.survey.weighting import possible_mixes
from tests.survey_world import DAY, SURE, become, fear, world_of

EVIDENCE = Path(__file__).parents[1] / "experiments" / "evidence"


@pytest.fixture(scope="module")
def tables():
    plan = scenarios.load("central_mediterranean").plan()
    plan = replace(plan, survey_days=(39,), status={"irregular": 0.6, "regular": 0.4})
    model = TrustModel(plan, migrants=2500, days=40).run()
    (made,) = model.surveys
    return made


def afraid(world):
    """The row of those who fear, among all surveyed."""
    rows = survey(world, day=DAY).set_index(["question", "answer"])
    return rows.loc[("danger", "agree")]


# --- rules -------------------------------------------------------------------------------------

def test_a_statement_is_agreed_to_below_its_probability():
    assert [agrees(u, 0.3) for u in (0.0, 0.29, 0.3, 0.9)] == [0, 0, 1, 1]


def test_independence_is_answered_in_proportion():
    assert independence_answer(0.069, 1.0, 0.0, 0.07) == 3
    # Of the 93 % who answer, half believe, a fifth disbelieve, the others do not know.
    answers = [independence_answer(0.07 + 0.93 * v, 0.5, 0.2, 0.07)
               for v in (0.0, 0.49, 0.51, 0.79, 0.81, 0.999)]
    assert answers == [0, 0, 2, 2, 1, 1]


@given(st.floats(0.001, 0.999), st.floats(0, 9), st.floats(0, 9), st.floats(0, 0.5))
def test_losing_belief_leads_to_doubt_before_disbelief(u, r, s, more):
    w = r + s + 2.0
    before = independence_answer(u, r / w, s / w, 0.07)
    w += more
    after = independence_answer(u, r / w, (s + more) / w, 0.07)
    order = {0: 0, 2: 1, 1: 2, 3: 3}
    assert (before == 3) == (after == 3)
    assert order[after] >= order[before] or after == 2


def test_trust_is_what_is_largest():
    assert trust_answer(3.0, 1.0, 2.0) == 0
    assert trust_answer(1.0, 3.0, 2.0) == 1
    assert trust_answer(1.0, 1.9, 2.0) == 2
    assert trust_answer(5.0, 5.0, 2.0) == 2


# --- weighting ---------------------------------------------------------------------------------

def groups_of_ten(*statuses: str, **parameters: float):
    world = world_of(10 * len(statuses), **parameters)
    fear(world, slice(None), 0.0, SURE)
    for n, status in enumerate(statuses):
        become(world, slice(10 * n, 10 * n + 10), status)
    return world


def test_all_surveyed_is_seventy_thirteen_eleven_six():
    world = groups_of_ten("refugee", "irregular", "returnee", "deportee")
    fear(world, slice(5, 20), SURE)  # half of the others, all irregular
    fear(world, slice(30, 33), SURE)  # three in ten deportees
    row = afraid(world)
    assert row["share"] == pytest.approx(0.7 * 0.5 + 0.13 + 0.06 * 0.3)
    assert row["n"] == 40
    assert row["group"] == "all"
    assert row["weighting"] == (
        "all_surveyed: 70 % others, 13 % irregular, 11 % returnees, 6 % deportees")


def test_who_was_asked_and_when_they_left_is_said():
    world = groups_of_ten("refugee", "irregular", "irregular", "deportee")
    world.tables.body["departed"][:40] = DAY - 100
    world.tables.body["departed"][:10] = DAY - 300
    row = afraid(world)
    assert row["respondents"] == (
        "50 % irregular, 25 % refugee, 25 % deportee; left 150 days ago on average")
    world.tables.body["departed"][:30] = NEVER
    assert afraid(world)["respondents"].endswith(
        "75 % have not left yet; the others left 100 days ago on average")
    many = groups_of_ten("regular", "asylum_seeker", "refugee", "refused", "other", "irregular")
    assert "of other status" in afraid(many)["respondents"]


def test_the_share_in_the_run_does_not_matter():
    world = groups_of_ten("irregular", "irregular", "irregular", "returnee", "deportee", "regular")
    fear(world, slice(0, 30), SURE)
    assert afraid(world)["share"] == pytest.approx(0.13)


def test_statuses_that_are_not_named_are_others():
    world = groups_of_ten("regular", "asylum_seeker", "refugee", "refused", "other", "irregular",
                          "returnee", "deportee")
    fear(world, slice(0, 10), SURE)
    assert afraid(world)["share"] == pytest.approx(0.7 / 5)


def test_groups_without_people_are_left_out_and_said():
    world = groups_of_ten("regular", "irregular")
    fear(world, slice(10, 20), SURE)
    row = afraid(world)
    assert row["share"] == pytest.approx(0.13 / 0.83)
    assert row["weighting"] == (
        "all_surveyed: 84 % others, 16 % irregular (nobody asked among returnees, deportees)")


def test_the_mix_is_a_parameter_with_a_range():
    world = groups_of_ten("regular", "irregular", "returnee", "deportee", surveyed_irregular=0.2)
    fear(world, slice(10, 20), SURE)
    row = afraid(world)
    assert row["share"] == pytest.approx(0.2)
    assert (row["mix_low"], row["mix_high"]) == pytest.approx((0.06, 0.2))
    assert len(possible_mixes()) == 8
    assert np.allclose(possible_mixes().sum(axis=1), 1.0)
    assert (possible_mixes() > 0).all()


def test_a_mix_of_more_than_everyone_is_refused():
    world = groups_of_ten("regular", surveyed_irregular=0.6, surveyed_returnees=0.6)
    with pytest.raises(InputProblem, match="at most 100 %"):
        survey(world, day=DAY)


def test_a_tiny_group_makes_the_mix_unsure():
    sure = afraid(groups_of_ten("regular", "irregular", "returnee", "deportee"))
    world = groups_of_ten("regular", "irregular", "returnee", "deportee")
    become(world, slice(31, 40), "regular")  # one deportee is left
    unsure = afraid(world)
    assert unsure["share"] == sure["share"] == 0.0
    assert unsure["high"] > 0.06 * 0.5


def test_people_as_they_are_are_never_called_all():
    world = groups_of_ten("regular", "irregular")
    rows = survey(world, day=DAY, weighting=None)
    assert set(rows["group"]) == {"unweighted"}
    assert set(rows["weighting"]) == {"none"}
    assert rows["published"].isna().all()


# --- tables ------------------------------------------------------------------------------------

def test_every_question_and_answer_is_in_every_group(tables):
    assert tuple(tables.columns) == COLUMNS
    wanted = [(cell.question, cell.answer) for cell in CELLS]
    assert len(wanted) == sum(len(question.answers) for question in QUESTIONS)
    for _, rows in tables.groupby("group"):
        assert list(zip(rows["question"], rows["answer"], strict=True)) == wanted


def test_groups_are_all_and_statuses_countries_and_nodes(tables):
    network = scenarios.load("central_mediterranean").plan().network
    names = list(dict.fromkeys(tables["group"]))
    assert names[0] == "all"
    assert [n for n in names if n.startswith("country:")] == [
        f"country:{code}" for code in network.countries["country"]]
    assert [n for n in names if n.startswith("node:")] == [
        f"node:{name}" for name in network.nodes["id"]]
    statuses = tables[tables["group"].str.startswith("status:")]
    assert {"status:irregular", "status:regular"} <= set(statuses["group"])
    assert (statuses.loc[statuses["question"] == "danger", "n"] > 0).all()


def test_shares_of_one_question_add_up_to_one(tables):
    single = tables[(tables["question"] != "sources") & (tables["n"] > 0)]
    sums = single.groupby(["group", "question"])["share"].sum()
    assert np.allclose(sums, 1.0)


def test_intervals_hold_their_shares(tables):
    asked = tables[tables["n"] > 0]
    assert (asked["low"] <= asked["share"] + 1e-12).all()
    assert (asked["share"] <= asked["high"] + 1e-12).all()
    assert asked["low"].min() >= 0.0
    assert asked["high"].max() <= 1.0
    assert (asked["mix_low"] <= asked["share"] + 1e-12).all()
    assert (asked["share"] <= asked["mix_high"] + 1e-12).all()
    empty = tables[tables["n"] == 0]
    assert empty[["share", "low", "high"]].isna().all().all()


def test_a_standing_table_is_what_one_gets_by_asking():
    world = groups_of_ten("regular", "irregular", "returnee", "deportee")
    fear(world, slice(5, 25), SURE)
    standing = standing_survey(world, day=DAY)
    for group, choice in (
        ("all", {}), ("status:irregular", {"status": "irregular"}),
        ("country:NER", {"country": "NER"}), ("node:agadez", {"node": "agadez"}),
        ("node:dakar", {"node": "dakar"}),
    ):
        stored = standing[standing["group"] == group].reset_index(drop=True)
        assert stored.equals(survey(world, day=DAY, **choice))


def test_nobody_to_ask_leaves_a_whole_table_without_shares():
    world = world_of(5)
    world.tables.body["state"] = ABSENT
    standing = standing_survey(world, day=DAY)
    assert (standing["n"] == 0).all()
    assert standing["share"].isna().all()
    assert set(standing.loc[standing["group"] == "all", "weighting"]) == {
        "all_surveyed: nobody was asked"}
    assert not standing["group"].str.startswith("status:").any()


def test_the_tables_say_which_time_since_departure_they_use(tables):
    ever = tables["question"].isin(
        ["ever_assisted", "ever_assisted_rcrc", "unmet_need_ever", "know_where"])
    assert SINCE_DEPARTURE == (100, 400)
    assert set(tables.loc[ever, "since"]) == {"100-400 days"}
    assert set(tables.loc[~ever, "since"]) == {""}


# --- published figures -------------------------------------------------------------------------

def evidence():
    rows = {}
    for name in ("survey_facts", "survey_facts_external"):
        with (EVIDENCE / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            rows |= {row["id"]: row for row in csv.DictReader(stream)}
    return rows


def test_published_figures_are_those_of_the_evidence():
    facts = evidence()
    for group in PUBLISHED.values():
        for figure in group.values():
            row = facts[figure.evidence]
            value = float(re.search(r"\d+", row["value"])[0])
            if figure.share is None:
                assert figure.note
            elif row["unit"] == "of 90":
                assert figure.share == pytest.approx(value / 75)
            else:
                assert figure.share == pytest.approx(value / 100)


def test_published_figures_stand_beside_existing_answers(tables):
    cells = {(cell.question, cell.answer) for cell in CELLS}
    statuses = {f"status:{name}" for name in STATUSES}
    for group, figures in PUBLISHED.items():
        assert set(figures) <= cells
        assert group == "all" or group.startswith(("country:", "node:")) or group in statuses
    rows = tables.set_index(["group", "question", "answer"])
    fear_of_irregular = rows.loc[("status:irregular", "danger", "agree")]
    assert (fear_of_irregular["published"], fear_of_irregular["evidence"]) == (0.37, "S23")
    assert rows.loc[("all", "know_where", "no"), "published"] == 0.40
    assert np.isnan(rows.loc[("all", "danger", "disagree"), "published"])
    assert rows.loc[("node:gao", "trust", "none"), "published"] == pytest.approx(0.4)
