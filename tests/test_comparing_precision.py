"""Replicates needed, what pairing saves, and the bootstrap, against known answers."""

from __future__ import annotations

import math
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.comparing.bootstrap import DRAWS, FEWEST, bootstrap_means, bootstrap_ratios
from experiments.comparing.bootstrap import _draws as draws_of
from experiments.comparing.precision import pairing_gain, replicates_needed, spread_of
from experiments.intervals import mean_intervals, t_quantile


def needed(spread: float, half_width: float) -> float:
    return float(replicates_needed(np.array([spread]), np.array([half_width]))[0])


@pytest.mark.parametrize(
    ("spread", "half_width", "n"),
    [
        # Student's t solved by hand: t(17) = 2.1098 / sqrt(18) = 0.497; t(16) / sqrt(17) = 0.514.
        (1, 0.5, 18),
        # z alone would say 385; t(386) = 1.9661.
        (1, 0.1, 387),
        (1, 8.98, 3),  # t(1) / sqrt(2) = 8.985
        (1, 8.99, 2),
        (0, 0.1, 2),
    ],
)
def test_replicates_needed_by_hand(spread: float, half_width: float, n: int) -> None:
    assert needed(spread, half_width) == n


@given(st.floats(1e-6, 1e6), st.floats(1e-3, 1e2))
def test_replicates_needed_is_the_fewest(spread: float, part: float) -> None:
    half_width = spread * part
    n = needed(spread, half_width)

    def reach(n: float) -> float:
        return float(t_quantile(np.array([n - 1]))[0]) * spread / math.sqrt(n)

    assert n >= 2
    assert reach(n) <= half_width
    assert n == 2 or reach(n - 1) > half_width


def test_what_cannot_be_needed_is_not_known() -> None:
    assert math.isnan(needed(1, 0))
    assert math.isnan(needed(math.nan, 1))
    assert math.isnan(needed(1, 1e-9))


def test_pairing_gain_by_hand() -> None:
    base = np.array([[1.0, 1, 1, 1], [2, 2, 2, 1], [3, 3, 3, 1]])
    other = np.array([[2.0, 3, 4, 5], [3, 2, 6, 5], [4, 1, 8, 5]])
    # Shifted: no spread left. Reversed: worse than no pairs. Doubled: (1 + 4) / 1. Still: nothing.
    gain = pairing_gain(base, other)
    assert gain[:3] == pytest.approx([math.inf, 0.5, 5])
    assert math.isnan(gain[3])


def test_pairing_gain_of_independent_runs_is_about_one() -> None:
    luck = np.random.default_rng(1)
    gain = pairing_gain(luck.normal(size=(4000, 1)), luck.normal(size=(4000, 1)))
    assert gain[0] == pytest.approx(1, abs=0.06)


def test_spread_leaves_out_what_is_not_known() -> None:
    found = spread_of(np.array([[1.0, 1.0], [3.0, math.nan], [math.nan, math.nan]]))
    assert found[0] == pytest.approx(math.sqrt(2))
    assert math.isnan(found[1])


def test_bootstrap_is_that_of_the_textbook() -> None:
    """The same draws, one after the other, as Efron and Tibshirani 1993, 12.5, write it."""
    n, seed = 12, 3
    base = np.random.default_rng(0).normal(50, 5, n)
    other = base - np.random.default_rng(1).exponential(4, n)
    apart = other - base
    ratio, error = other.mean() / base.mean(), apart.std(ddof=1) / math.sqrt(n)
    of_means, of_ratios = [], []
    for taken in np.rint(draws_of(n, seed).T * n).astype(int):
        rows = np.repeat(np.arange(n), taken)
        drawn = apart[rows]
        of_means.append((drawn.mean() - apart.mean()) / (drawn.std(ddof=1) / math.sqrt(n)))
        again = other[rows].mean() / base[rows].mean()
        rest = (other[rows] - again * base[rows]) / base[rows].mean()
        of_ratios.append((again - ratio) / (rest.std(ddof=1) / math.sqrt(n)))
    rest_error = ((other - ratio * base) / base.mean()).std(ddof=1) / math.sqrt(n)
    for found, value, studentised, scale in (
        (bootstrap_means(apart[:, None], seed), apart.mean(), of_means, error),
        (bootstrap_ratios(base[:, None], other[:, None], seed), ratio - 1, of_ratios, rest_error),
    ):
        low, high = np.sort(studentised)[[49, 1949]]
        assert found.at(0) == pytest.approx((value, value - high * scale, value - low * scale))
    assert len(of_means) == DRAWS


def test_bootstrap_says_nothing_where_there_is_nothing_to_go_by() -> None:
    sample = np.zeros((10, 4))
    sample[0, 0] = 5  # one of ten differs
    sample[:, 1] = 3  # none differs
    sample[:, 2] = np.arange(10)
    sample[: 10 - FEWEST + 1, 2] = np.nan  # seven are known
    sample[:, 3] = np.arange(10)
    sample[0, 3] = np.nan  # nine are
    found = bootstrap_means(sample, 1)
    assert found.value == pytest.approx([0.5, 3, 6, 5])
    assert [math.isnan(end) for end in found.low] == [True, False, True, False]
    assert (found.low[1], found.high[1]) == (3, 3)
    assert found.low[3] < 5 < found.high[3]
    nothing = bootstrap_ratios(np.zeros((10, 1)), np.ones((10, 1)), 1)
    assert math.isnan(nothing.value[0])


def test_rounding_is_not_taken_for_chance() -> None:
    base = np.random.default_rng(2).uniform(1, 2, (10, 1))
    found = bootstrap_ratios(base, 0.9 * base, 1)
    assert found.at(0) == pytest.approx((-0.1, -0.1, -0.1))


def test_columns_do_not_touch_each_other() -> None:
    sample = np.random.default_rng(5).gamma(2, size=(9, 1500))
    sample[0, ::7] = np.nan
    together = bootstrap_means(sample, 4)
    alone = bootstrap_means(sample[:, 1400:1401], 4)
    assert together.at(1400) == pytest.approx(alone.at(0))
    assert not np.isnan(together.low).any()
    student = mean_intervals(sample)
    assert np.median(together.half_width / student.half_width) == pytest.approx(1.2, abs=0.2)


def test_thousands_of_rows_take_seconds() -> None:
    # 365 days x 5 measures and 1,700 other rows.
    sample = np.random.default_rng(6).normal(size=(30, 3_500))
    began = time.process_time()
    bootstrap_means(sample, 1)
    assert time.process_time() - began < 8
