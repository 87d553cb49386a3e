"""The answer in three sentences is made from the numbers, and honest about them."""

from __future__ import annotations

import math

import pytest

from dashboards.languages import LANGUAGES, language_of
from dashboards.report.answer import answer
from dashboards.report.change import Change
from dashboards.report.evidence import (
    ALWAYS,
    BEHIND_CHANNELS,
    BEHIND_KINDS,
    behind,
    cited,
    standing,
)
from dashboards.report.reading import read_result
from dashboards.report.vocabulary import CHANNELS, KINDS, STATUSES, STEPS
from experiments.evidence import ids
from sim import codes, interventions
from sim.parameters import REGISTRY
from tests.experiment_fakes import SHOCK
from tests.report_world import compared, plain, ran

__all__ = ["compared", "ran"]

ENGLISH = language_of("en", "report")
LESS = Change(-0.1, -0.12, -0.08)
UNCLEAR = Change(-0.1, -0.3, 0.1)


@pytest.fixture(scope="module")
def result(compared):
    return read_result(compared[1])


def told(result, language=ENGLISH):
    return [plain(sentence) for sentence in answer(result, language)]


def with_series(result, **changes):
    return result.model_copy(update={"series": result.series.model_copy(update=changes)})


def with_after(result, change):
    return with_series(result, after_the_shock={"leak": change, "both": change})


def test_there_are_three_sentences_in_every_language(result):
    for code in LANGUAGES:
        sentences = told(result, language_of(code, "report"))
        assert len(sentences) == 3
        assert all(sentence.endswith(".") and "{" not in sentence for sentence in sentences)
        assert "A leak at the hub" in sentences[0]


def test_the_first_says_how_much_with_its_interval(result):
    change = result.after("leak")
    assert change.clear
    first = told(result)[0]
    for number in (change.value, change.low, change.high):
        assert f"{abs(100 * number):.1f}%" in first
    assert f"From day {SHOCK} on" in first
    assert "less often" in first
    more = with_after(result, Change(0.1, 0.08, 0.12))
    assert "10.0% more often" in told(more)[0]
    assert "8.0% to 12.0%" in told(more)[0]


def test_the_second_says_where_how_long_and_through_what(result):
    second = told(result)[1]
    assert "largest at Hub" in second
    assert "clear at 1 of 4 places" in second
    assert "when the run ends (days 28 to 39" in second
    assert "fear keeps people away, which it did not in the baseline" in second


def test_the_second_names_the_channel_that_moves_most(result):
    rows = [
        row.model_copy(update={"base": 100.0, "relative": 0.2, "relative_low": 0.1,
                               "relative_high": 0.3}) if row.measure == "deterred" else row
        for row in result.differences
    ]  # fmt: skip
    second = told(result.model_copy(update={"differences": rows}))[1]
    assert "change by +20.0% (+10.0% to +30.0%), above all through the channel" in second
    assert "“News and rumours”" in second  # the stand-in's only channel


def test_an_interval_that_holds_zero_is_no_change(result):
    sentences = told(with_after(result, UNCLEAR))
    assert "chance between runs may explain all" in sentences[0]
    assert "-30.0% to +10.0%" in sentences[0]
    assert "less often" not in sentences[0]
    assert "when the run ends" not in sentences[1]
    assert sentences[2].startswith("Nothing was clearly lost")


def test_no_difference_at_all_is_called_just_that(result):
    first = told(with_after(result, Change(0.0, 0.0, 0.0)))[0]
    assert "exactly as often" in first
    assert "chance" not in first


def test_without_any_interval_nothing_is_claimed(result):
    nothing = Change(math.nan, math.nan, math.nan)
    assert "cannot be compared" in told(with_after(result, nothing))[0]


def test_too_few_people_are_never_named(result):
    along = {"leak": {"hub": LESS._replace(few=True), "coast": LESS._replace(value=-0.09)}}
    second = told(with_series(result, along=along))[1]
    assert "Hub" not in second
    assert "clear at 1 of 1" in second
    few = [row.model_copy(update={"few": True}) for row in result.differences]
    first = told(result.model_copy(update={"differences": few}))[0]
    assert "no group by legal status" in first


def test_a_place_that_changes_the_other_way_is_not_where_it_is_felt(result):
    along = {"leak": {"hub": Change(0.5, 0.4, 0.6), "coast": LESS}}
    assert "largest at Coast" in told(with_series(result, along=along))[1]


def repaired(result, back, left=LESS):
    (repair,) = result.series.repairs
    changed = repair.model_copy(update={"brought_back": back, "with_repair": left})
    return told(with_series(result, repairs=[changed]))[2]


def test_the_third_says_what_is_brought_back(result):
    said = repaired(result, Change(0.4, 0.3, 0.5))
    assert "“A leak, then a wall” brings back 40.0% of the lost asking (30.0% to 50.0%)" in said
    assert "10.0% less asking than in the baseline remains (8.0% to 12.0%)" in said
    assert "no clear loss remains" in repaired(result, Change(0.9, 0.8, 1.0), UNCLEAR)
    assert "makes the loss larger, by 40.0%" in repaired(result, Change(-0.4, -0.5, -0.3))
    assert "is not clear (-10.0% to +50.0% of it)" in repaired(result, Change(0.2, -0.1, 0.5))
    assert "the loss itself is not clear" in repaired(result, None)


def test_where_no_repair_was_tested_it_says_so(result):
    none = with_series(result, repairs=[])
    assert told(none)[2] == "No repair was tested in this comparison."
    route = none.route.model_copy(update={"scenarios": [
        none.base, none.main.model_copy(update={"name": "agadez_breach"}),
    ]})  # fmt: skip
    renamed = none.model_copy(update={"route": route})
    series = none.series.model_copy(update={
        "after_the_shock": {"agadez_breach": LESS}, "along": {"agadez_breach": {}},
    })  # fmt: skip
    third = told(renamed.model_copy(update={"series": series}))[2]
    assert "agadez_breach_firewall" in third
    assert "agadez_breach_repair" in third


def test_every_word_of_the_model_has_a_name():
    assert set(CHANNELS) == set(codes.CHANNELS)
    assert set(STATUSES) == set(codes.STATUSES)
    assert set(codes.STEPS) <= set(STEPS)
    assert set(KINDS) == set(interventions.KINDS)


def test_every_intervention_and_channel_names_its_parameters():
    assert set(BEHIND_KINDS) == set(interventions.KINDS)
    assert set(BEHIND_CHANNELS) == set(codes.CHANNELS)
    both = [*BEHIND_KINDS.values(), *BEHIND_CHANNELS.values()]
    named = {*ALWAYS, *(name for names in both for name in names)}
    assert named <= set(REGISTRY)


def test_the_parameters_listed_are_those_of_what_happens(result, ran):
    found = {each.parameter.name: each for each in behind(result, ENGLISH)}
    assert {"breach_danger_bad", "firewall_effect", "news_reach", "bf"} <= set(found)
    assert len(found) <= 14
    assert found["breach_danger_bad"].why == "data breach"
    alone = {each.parameter.name for each in behind(read_result(ran), ENGLISH)}
    assert "breach_danger_bad" in alone
    assert "firewall_effect" not in alone


def test_a_value_that_a_scenario_changes_is_the_one_shown(result):
    main = result.main.model_copy(update={"parameters": {"bf": 5.5}})
    route = result.route.model_copy(update={"scenarios": [result.base, main]})
    changed = behind(result.model_copy(update={"route": route}), ENGLISH)
    assert next(each.value for each in changed if each.parameter.name == "bf") == 5.5


def test_assumed_evidence_is_called_assumed():
    for parameter in REGISTRY.values():
        kind = standing(parameter)
        assert (kind == "assumed") == (parameter.source == "assumed"), parameter.name
        assert {name for name, _ in cited(parameter)} <= ids()
        assert all(said for _, said in cited(parameter))
    assert cited(REGISTRY["breach_danger_bad"])[0][0] == "C01"
