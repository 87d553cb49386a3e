"""The intervals around the survey's shares: one group's, and those of a mix of groups."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.survey.intervals import mixed_interval, wilson


@pytest.mark.parametrize(("yes", "n", "low", "high"), [
    (0, 10, 0.0, 0.27753), (5, 10, 0.23659, 0.76341), (10, 10, 0.72247, 1.0),
    (250, 1000, 0.22415, 0.27776),
])
def test_wilson_by_hand(yes, n, low, high):
    ends = wilson(np.array([float(yes)]), np.array([float(n)]))
    assert [end[0] for end in ends] == pytest.approx([low, high], abs=2e-5)


def test_nobody_asked_has_no_interval():
    low, high = wilson(np.zeros(1), np.zeros(1))
    assert np.isnan(low[0])
    assert np.isnan(high[0])


@given(st.integers(0, 500), st.integers(1, 500))
def test_wilson_holds_the_share(yes, n):
    yes = min(yes, n)
    low, high = (float(end[0]) for end in wilson(np.array([yes * 1.0]), np.array([n * 1.0])))
    assert 0.0 <= low <= yes / n <= high <= 1.0


def test_a_mix_of_one_group_is_that_group():
    share, asked = np.array([[0.3]]), np.array([[40.0]])
    ends = wilson(share * asked, asked)
    assert np.allclose(mixed_interval(share, *ends, np.ones((1, 1))), np.ravel(ends)[:, None])


def test_a_mix_adds_squares_by_hand():
    share = np.array([[0.5], [0.2]])
    low, high = np.array([[0.4], [0.1]]), np.array([[0.6], [0.4]])
    ends = mixed_interval(share, low, high, np.array([[0.75], [0.25]]))
    middle = 0.75 * 0.5 + 0.25 * 0.2
    assert ends[0][0] == pytest.approx(middle - math.hypot(0.75 * 0.1, 0.25 * 0.1))
    assert ends[1][0] == pytest.approx(middle + math.hypot(0.75 * 0.1, 0.25 * 0.2))


def test_in_large_groups_it_is_the_usual_sum_of_variances():
    share, weight = np.array([[0.25], [0.4], [0.6]]), np.array([[0.7], [0.2], [0.1]])
    n = np.array([[9000.0], [5000.0], [4000.0]])
    low, high = mixed_interval(share, *wilson(share * n, n), weight)
    half = 1.96 * math.sqrt(float((weight**2 * share * (1 - share) / n).sum()))
    assert (high - low)[0] / 2 == pytest.approx(half, rel=0.01)
