"""Parts of a discovery: questions, boxes, bounds and words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.analysis.discovery.box import Box, Limit, pruned, quasi_p, simplified
from experiments.analysis.discovery.cases import Cases, cases_of
from experiments.analysis.discovery.dimension import LEVELS, NUMBER, WORDS, Dimension
from experiments.analysis.discovery.question import Question, Threshold, question_of
from experiments.analysis.discovery.words import limit_words
from experiments.analysis.factors import amount, factors_of
from scenarios.quantity import Quantity
from sim.parameters import REGISTRY
from sim.problems import InputProblem
from tests.analysis_worlds import WALL, design, runs, sample

DAYS = Dimension("half_life", "half-life of bad news", NUMBER, "days")
SHARE = Dimension("part", "part", NUMBER, "share")
LEVEL = Dimension(
    "wall.compliance",
    "wall.compliance",
    LEVELS,
    values=(0.0, 0.5, 1.0),
    texts=("0 %", "50 %", "all"),
)
WORD = Dimension("leak.kind", "leak.kind", WORDS, values=(0, 1, 2), texts=("list", "photo", "talk"))


def cases(inputs, hit):
    columns = np.atleast_2d(np.asarray(inputs, dtype=float)).T
    marks = np.asarray(hit, dtype=bool)
    dimensions = (DAYS, SHARE)[: columns.shape[1]]
    group = np.arange(len(marks))
    return Cases(dimensions, columns, marks * 1.0, marks, group, 0, Threshold(marks, 0.5))


@pytest.mark.parametrize(
    ("dimension", "limits", "said"),
    [
        (DAYS, [Limit(0, "low", 310)], "half_life (half-life of bad news) is above 310 days"),
        (DAYS, [Limit(0, "low", 60), Limit(0, "high", 90.5)],
         "half_life (half-life of bad news) is between 60 days and 90.5 days"),
        (SHARE, [Limit(0, "high", 0.125)], "part is below 12.5 %"),
        (LEVEL, [Limit(0, "high", 0.5)], "wall.compliance is at most 50 %"),
        (LEVEL, [Limit(0, "low", 0.5)], "wall.compliance is at least 50 %"),
        (LEVEL, [Limit(0, "high", 0.0)], "wall.compliance is 0 %"),
        (WORD, [Limit(0, "among", among=frozenset({0.0, 2.0}))], "leak.kind is not photo"),
        (WORD, [Limit(0, "among", among=frozenset({1.0}))], "leak.kind is photo"),
    ],
)  # fmt: skip
def test_limits_in_words(dimension, limits, said):
    assert limit_words(dimension, limits).replace("\N{NO-BREAK SPACE}", " ") == said


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (0.5, "share", "50 %"), (0.0, "share", "0 %"), (1.0, "share", "100 %"),
        (310.0, "days", "310 days"), (0.25, "1/day", "0.25 a day"),
        (-1.5, "utility", "\N{MINUS SIGN}1.5"), (20000.0, "dollars", "20,000 dollars"),
    ],
)  # fmt: skip
def test_amounts_in_words(value, unit, said):
    assert amount(value, unit).replace("\N{NO-BREAK SPACE}", " ") == said


@given(
    st.lists(st.floats(-1e4, 1e4), min_size=4, max_size=60, unique=True),
    st.sampled_from(["low", "high"]),
    st.integers(1, 3),
)
def test_round_bounds_stay_in_the_range_and_mean_nearly_the_same(values, side, place):
    ordered = sorted(values)
    bound = (ordered[place - 1] + ordered[place]) / 2
    mine = cases(values, np.zeros(len(values)))
    before = Box((Limit(0, side, bound),))
    if len(set(before.holds(mine.inputs))) < 2:
        return  # two values so close that nothing lies between them
    (after,) = simplified(before, mine).limits
    assert ordered[0] <= after.value <= ordered[-1]
    low, high = min(bound, after.value), max(bound, after.value)
    coarse = (ordered[-1] - ordered[0]) / 100
    assert high - low <= max(coarse, ordered[place] - ordered[place - 1])


def test_bounds_are_the_roundest_that_mean_the_same():
    mine = cases([100, 280, 331, 500, 700], [0, 0, 1, 1, 1])
    (limit,) = simplified(Box((Limit(0, "low", 305.5),)), mine).limits
    assert limit.value == 300


def test_a_limit_that_adds_nothing_is_taken_away():
    rng = np.random.default_rng(1)
    one, two = rng.random((2, 300))
    mine = cases([one, two], one > 0.5)
    useful, idle = Limit(0, "low", 0.5), Limit(1, "high", 0.9)
    both = Box((useful, idle))
    assert pruned(both, mine).limits == (useful,)
    assert quasi_p(both, useful, mine) < 1e-20
    assert quasi_p(both, idle, mine) > 0.05


def test_quasi_p_is_a_binomial_tail():
    # 8 of 8 hits inside; 8 of 16 without the limit: 0.5 ** 8.
    mine = cases(np.arange(16.0), np.arange(16) >= 8)
    limit = Limit(0, "low", 7.5)
    assert quasi_p(Box((limit,)), limit, mine) == pytest.approx(0.5**8)


def test_the_worst_quarter_is_the_high_one_of_what_nobody_wants():
    assert question_of(Quantity("x", measure="asked")).kind == "lowest"
    assert question_of(Quantity("x", measure="dead_or_missing")).kind == "highest"


@pytest.mark.parametrize(
    "wrong",
    [
        {"falls_by": 0.0}, {"falls_by": 1.5}, {"rises_by": -1.0}, {"below": float("nan")},
        {"below": 1.0, "falls_by": 0.5},
    ],
)  # fmt: skip
def test_questions_without_sense_are_refused(wrong):
    with pytest.raises(InputProblem):
        question_of(Quantity("x", measure="asked"), **wrong)


def test_a_fall_is_counted_against_the_first_levers_at_the_same_point():
    made = design("lhs", 50, ["one"], levers=[WALL], replicates=2)
    frame = runs(made, sample(made), lambda x, wall, rng: (1 + x[0]) * (1 - 0.6 * wall))
    asked = Question("asked_ner", "falls_by", 0.5, "first")
    found = cases_of(made, frame, asked)
    assert len(found.hit) == 100  # the first combination is what the others are compared with
    assert (found.hit == (found.inputs[:, 1] == 1.0)).all()
    assert asked.words(found.threshold) == "falls by half or more against wall.compliance = 0 %"
    alone = design("lhs", 50, ["one"])
    with pytest.raises(InputProblem, match="first value"):
        cases_of(alone, runs(alone, sample(alone), lambda x, rng: x[0]), asked)


def test_a_case_needs_every_replicate():
    made = design("lhs", 50, ["one"], replicates=2)
    frame = runs(made, sample(made), lambda x, rng: x[0])
    frame.loc[4, "error"] = "it broke"
    found = cases_of(made, frame, Question("asked_ner", "below", 0.5))
    assert found.dropped == 1
    assert len(found.hit) == 49
    frame["error"] = "it broke"
    with pytest.raises(InputProblem, match="no case has all 2 replicates"):
        cases_of(made, frame, Question("asked_ner", "below", 0.5))


def test_a_relative_change_needs_a_median_above_zero():
    made = design("lhs", 50, ["one"])
    frame = runs(made, sample(made), lambda x, rng: -x[0])
    with pytest.raises(InputProblem, match="says nothing"):
        cases_of(made, frame, Question("asked_ner", "falls_by", 0.5))


def test_titles_of_parameters_are_short_and_say_something():
    names = ("half_life_against", "served_danger_safe", "channel_rumour")
    titles = [each.title for each in factors_of(design("lhs", 4, [*names, "not_known"]))]
    assert titles[0] == "half-life of bad news"
    assert titles[1] == "evidence that asking is safe from: served"
    assert "rumour" in titles[2]
    assert titles[3] == "not_known"
    every = [each.title for each in factors_of(design("lhs", 4, list(REGISTRY)))]
    assert all(6 <= len(title) <= 71 for title in every)
