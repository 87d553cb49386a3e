"""Intervals against known answers, and how often they cover the truth."""

import math

import numpy as np
import pytest

from experiments.intervals import (
    Interval,
    mean_interval,
    mean_intervals,
    one_more,
    paired_difference,
    paired_ratio,
)


def test_textbook_mean_interval():
    # Student t with 4 degrees of freedom: 2.776445; standard error of 1..5 is sqrt(0.5).
    found = mean_interval(np.array([1.0, 2.0, 3.0, 4.0, 5.0]))
    assert found.value == 3
    assert found.high - 3 == pytest.approx(2.776445 * math.sqrt(0.5), abs=1e-5)
    assert found.low + found.high == pytest.approx(6)


def test_two_pairs_use_the_widest_t():
    # One degree of freedom: 12.7062; differences 1 and 3 have standard error 1.
    found = paired_difference(np.array([0.0, 0.0]), np.array([1.0, 3.0]))
    assert found == pytest.approx((2, 2 - 12.7062, 2 + 12.7062), abs=1e-4)


def test_pairs_cancel_what_they_share():
    luck = np.array([10.0, -50.0, 300.0])
    found = paired_difference(luck, luck + 7)
    assert found == pytest.approx((7, 7, 7))


def test_relative_change_is_that_of_the_means():
    found = paired_ratio(np.array([100.0, 200.0]), np.array([90.0, 180.0]))
    assert found.value == pytest.approx(-0.1)
    assert found.half_width == pytest.approx(0, abs=1e-12)


def test_relative_change_of_nothing_is_unknown():
    assert all(math.isnan(end) for end in paired_ratio(np.zeros(3), np.ones(3)))


def test_values_that_are_not_known_are_left_out():
    found = mean_interval(np.array([1.0, math.nan, 3.0]))
    assert found.value == 2
    assert math.isnan(mean_interval(np.array([math.nan])).value)
    assert math.isnan(mean_interval(np.array([4.0])).low)


def test_textbook_interval_for_one_more():
    # 2.776445 times the standard deviation, sqrt(2.5), times sqrt(1 + 1/5).
    sample = np.array([[1.0], [2.0], [3.0], [4.0], [5.0]])
    found = one_more(mean_intervals(sample), np.array([5])).at(0)
    assert found.value == 3
    assert found.high - 3 == pytest.approx(2.776445 * math.sqrt(2.5 * 1.2), abs=1e-5)


def test_one_more_lies_where_it_should_in_95_of_100_cases():
    sample = np.random.default_rng(4).normal(7, 3, size=(9, 4000))
    found = one_more(mean_intervals(sample[:8]), np.full(4000, 8))
    holds = (found.low < sample[8]) & (sample[8] < found.high)
    assert holds.mean() == pytest.approx(0.95, abs=0.015)


def test_zero_is_inside_or_outside():
    assert Interval(1, 0.5, 1.5).excludes_zero
    assert Interval(-1, -1.5, -0.5).excludes_zero
    assert not Interval(0.1, -0.1, 0.3).excludes_zero
    assert not Interval(math.nan, math.nan, math.nan).excludes_zero


@pytest.mark.parametrize("replicates", [3, 10])
def test_intervals_cover_the_truth_in_95_of_100_cases(replicates):
    luck = np.random.default_rng(1)
    shared = luck.normal(0, 30, size=(4000, replicates))
    base = 1000 + shared + luck.normal(0, 5, size=shared.shape)
    other = 900 + shared + luck.normal(0, 5, size=shared.shape)
    differences = [paired_difference(b, o) for b, o in zip(base, other, strict=True)]
    ratios = [paired_ratio(b, o) for b, o in zip(base, other, strict=True)]
    covered = np.mean([low <= -100 <= high for _, low, high in differences])
    covered_ratio = np.mean([low <= -0.1 <= high for _, low, high in ratios])
    assert covered == pytest.approx(0.95, abs=0.012)
    assert covered_ratio == pytest.approx(0.95, abs=0.015)
