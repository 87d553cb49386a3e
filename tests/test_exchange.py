"""Exchange of beliefs as in Routes and Rumours: the rule, and both engines with it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from engines_in_step import in_step, twins
from eventful_worlds import eventful
from hypothesis import given
from hypothesis import strategies as st
from worlds import crowd, make_plan

from scenarios import load
from scenarios.scenario import Scenario
from sim.model import TrustModel
from sim.plan import Plan
from sim.problems import InputProblem
from sim.rules.exchange import (
    exchanged_trust,
    exchanged_value,
    heard_trust,
    heard_value,
    held_trust,
    held_value,
)
from sim.rules.opinion import evidence_behind, uncertainty

THEIRS = {"convince": 0.5, "convert": 0.1, "confuse": 0.3}
"""Defaults of Routes and Rumours."""


def exchanged(value: float, trust: float, other: float, other_trust: float, convince: float,
              convert: float, confuse: float) -> tuple[float, float]:
    """Value and trust after an exchange."""
    both = value, trust, other, other_trust
    return (exchanged_value(*both, convince, convert, confuse),
            exchanged_trust(*both, convince, confuse))


share = st.floats(0.0, 1.0)
trust = st.floats(1e-6, 0.99999)
evidence = st.floats(0.0, 500.0)


# --- the rule, by hand from table 2 of its description -------------------------------------------

def test_doubt_that_meets_doubt_stays_doubt() -> None:
    value, trusted = exchanged(0.4, 0.0, 0.9, 0.0, **THEIRS)
    assert (value, trusted) == (0.4, pytest.approx(1e-5))


def test_a_full_doubter_is_half_convinced_by_one_who_is_sure() -> None:
    assert exchanged(0.2, 0.0, 0.9, 1.0, **THEIRS) == pytest.approx((0.9, 0.5))


def test_one_who_is_sure_does_not_listen_to_a_doubter() -> None:
    value, trusted = exchanged(0.2, 1.0, 0.9, 0.0, **THEIRS)
    assert value == pytest.approx(0.2)
    assert trusted == pytest.approx(0.999999)


def test_two_who_are_sure_of_different_things_become_less_sure() -> None:
    difference = 0.6 / (0.8 + 0.2 + 0.00001)
    value, trusted = exchanged(0.2, 1.0, 0.8, 1.0, **THEIRS)
    assert trusted == pytest.approx(1 - 0.3 * difference)
    assert value == pytest.approx(0.9 * 0.2 + 0.1 * 0.8)


def test_a_worked_example() -> None:
    # Half sure of 0.4 meets 0.6, held with trust 0.8; the difference is 0.2 / 1.0.
    confused = 0.3 * 0.5 * 0.8 * (0.2 / 1.00001)
    doubt = 0.5 * 0.2 + 0.5 * 0.8 * 0.5 + confused
    agreed = 0.5 * 0.8 - confused
    value = (0.5 * 0.2 * 0.4 + 0.5 * 0.8 * 0.5 * 0.6 + agreed * (0.9 * 0.4 + 0.1 * 0.6))
    assert exchanged(0.4, 0.5, 0.6, 0.8, **THEIRS) == pytest.approx(
        (value / (1 - doubt), 1 - doubt))


@given(share, trust, share, trust, share, share, share)
def test_value_lies_between_the_two_and_trust_is_a_share(
        v: float, t: float, v2: float, t2: float, ci: float, ce: float, cu: float) -> None:
    value, trusted = exchanged(v, t, v2, t2, ci, ce, cu)
    assert min(v, v2) - 1e-12 <= value <= max(v, v2) + 1e-12
    assert 0.0 < trusted < 1.0


@given(share, trust, trust, share, share)
def test_those_who_agree_never_lose_trust(v: float, t: float, t2: float, ci: float, ce: float
                                          ) -> None:
    value, trusted = exchanged(v, t, v, t2, ci, ce, 1.0)
    assert value == pytest.approx(v)
    assert trusted >= t - 2e-5


@given(share, trust, share, trust)
def test_without_conviction_and_confusion_doubt_stays(v: float, t: float, v2: float, t2: float
                                                      ) -> None:
    assert exchanged(v, t, v2, t2, 0.0, 0.1, 0.0)[1] == pytest.approx(t, abs=2e-5)


@given(evidence, evidence)
def test_value_and_trust_hold_all_of_an_opinion(r: float, s: float) -> None:
    value, trusted = held_value(r, s), held_trust(r, s, 2.0)
    assert trusted == pytest.approx(1.0 - uncertainty(r, s, 2.0))
    assert evidence_behind(value * trusted, 1.0 - trusted, 2.0) == pytest.approx(r, abs=1e-9)
    assert evidence_behind((1.0 - value) * trusted, 1.0 - trusted, 2.0) == pytest.approx(
        s, abs=1e-9)


@given(share, share, st.floats(0.0, 0.3), share)
def test_what_is_understood_is_off_by_no_more_than_the_error(v: float, t: float, error: float,
                                                             u: float) -> None:
    assert abs(heard_value(v, error, u) - v) <= error + 1e-12
    assert 0.0 <= heard_value(v, error, u) <= 1.0
    assert 1e-6 <= heard_trust(t, error, u) <= 0.99999
    assert heard_value(v, 0.0, u) == v


# --- in the model --------------------------------------------------------------------------------

@pytest.mark.parametrize("changes", [
    {"exchange_transfer": 0.5, "meetings_per_day": 1.6},
    {"exchange_transfer": 1.0, "exchange_confuse": 1.0, "exchange_error": 0.3},
    {"channel_hearsay": 0.0},
], ids=["often", "confusing", "no hearsay"])
def test_engines_leave_the_same_bytes(changes: dict[str, float]) -> None:
    plan = eventful("central_mediterranean", "everything", migrants=150, days=20, burn_in=10,
                    **changes)
    compiled, reference = twins(replace(plan, opinion_exchange="routes_and_rumours"), seed=7)
    for _ in in_step(compiled, reference):
        assert compiled.state_hash() == reference.state_hash()


def _alone(folder: Path, **parameters: float) -> Plan:
    """People of one place to whom nothing happens but each other."""
    quiet = {"source_rate": 0.0, "outreach_rate": 0.0, "story_birth": 0.0,
             "exchange_transfer": 1.0, "meetings_per_day": 1.0}
    return replace(make_plan(crowd(folder), migrants=300, days=25, parameters=quiet | parameters),
                   opinion_exchange="routes_and_rumours")


def _danger(plan: Plan) -> np.ndarray:
    """What a run's people believe of danger at its end: value and trust."""
    model = TrustModel(plan)
    model.run()
    return np.asarray(model.world.tables.aired[:, -1].astype(float))


def test_talk_makes_people_sure_and_alike(tmp_path: Path) -> None:
    few = _danger(replace(_alone(tmp_path), days=1))
    many = _danger(_alone(tmp_path, exchange_error=0.0))
    assert many[:, 1].mean() > few[:, 1].mean() + 0.2
    assert many[:, 0].std() < few[:, 0].std() / 2


def test_confusion_keeps_people_unsure(tmp_path: Path) -> None:
    calm = _danger(_alone(tmp_path, exchange_confuse=0.0))
    confused = _danger(_alone(tmp_path, exchange_confuse=1.0, exchange_error=0.3))
    assert confused[:, 1].mean() < calm[:, 1].mean()


def test_nothing_is_exchanged_where_no_belief_is_passed_on(tmp_path: Path) -> None:
    without = _danger(_alone(tmp_path, channel_hearsay=0.0))
    first = _danger(replace(_alone(tmp_path), days=1))
    assert np.array_equal(without, first)


def test_order_of_people_and_threads_do_not_matter(tmp_path: Path) -> None:
    plan = replace(_alone(tmp_path), migrants=5000, people=5000, days=4)
    one, two = TrustModel(plan), TrustModel(plan, threads=2)
    one.run()
    two.run()
    assert one.state_hash() == two.state_hash()


def test_a_run_goes_on_where_it_was_saved(tmp_path: Path) -> None:
    plan = _alone(tmp_path)
    whole, part = TrustModel(plan), TrustModel(plan)
    whole.run()
    for _ in range(9):
        part.step()
    part.save(tmp_path / "run.zip")
    again = TrustModel.resume(tmp_path / "run.zip", plan)
    again.run()
    assert again.state_hash() == whole.state_hash()


def test_the_usual_model_keeps_no_room_for_it(tmp_path: Path) -> None:
    plan = replace(_alone(tmp_path), opinion_exchange="waytrust")
    model = TrustModel(plan)
    assert model.world.tables.aired.nbytes == 0
    model.run()
    other = TrustModel(replace(plan, parameters=type(plan.parameters).of(
        dict(plan.parameters) | {"exchange_transfer": 0.9, "exchange_error": 0.0})))
    other.run()
    assert model.state_hash() == other.state_hash()


# --- in a scenario -------------------------------------------------------------------------------

def _scenario(**population: object) -> Scenario:
    return load({"extends": "central_mediterranean", "population": population})


def test_a_scenario_chooses_it() -> None:
    made = _scenario(opinion_exchange="routes_and_rumours")
    assert made.plan().opinion_exchange == "routes_and_rumours"
    assert load(made.resolved()) == made
    usual = _scenario()
    assert usual.plan().opinion_exchange == "waytrust"
    assert "opinion_exchange" not in usual.resolved()["population"]


def test_another_word_is_refused_with_the_right_ones() -> None:
    with pytest.raises(InputProblem, match="routes_and_rumors") as caught:
        _scenario(opinion_exchange="routes_and_rumors")
    problem = caught.value.problems[0]
    assert problem.field == "population.opinion_exchange"
    assert "routes_and_rumours" in problem.suggestion
    with pytest.raises(ValueError, match="choose among waytrust"):
        replace(_scenario().plan(), opinion_exchange="gossip")
