"""ABC-SMC finds posteriors that are known, and takes the prior as it is."""

from __future__ import annotations

import math

import numpy as np
import pytest
from calibration_worlds import furthest, simulator
from scipy import stats

from experiments.calibration.generation import Generation, distances_of, equally_weighted
from experiments.calibration.settings import Settings
from experiments.calibration.smc import abc_smc

LOW, HIGH = -5.0, 5.0


def fitted(model, observed, tolerances, parameters=1, seed=1, **settings):
    return abc_smc(
        simulator(model, seed), parameters, observed, tolerances, Settings(**settings), seed
    ).generations  # fmt: skip


def test_the_mean_of_a_normal_distribution():
    """Accepting |y - 0.7| <= e, with y ~ N(m, 1), m uniform: the density is a difference of Phi."""
    near, truth = 0.5, 0.7

    def model(point, luck):
        return [LOW + (HIGH - LOW) * point[0] + luck.normal()]

    last = fitted(model, [truth], [1.0], population=200, generations=8, epsilon=near)[-1]
    grid = np.linspace(0, 1, 4001)
    gap = LOW + (HIGH - LOW) * grid - truth
    density = stats.norm.cdf(near - gap) - stats.norm.cdf(-near - gap)
    known = np.cumsum(density) / density.sum()
    distance, allowed = furthest(last, 0, lambda x: np.interp(x, grid, known))
    assert last.epsilon == near
    assert distance < allowed


def test_two_modes_are_both_found():
    """Only the square is seen, so that both roots are equally plausible."""

    def model(point, luck):
        return [(2 * point[0] - 1) ** 2]

    last = fitted(model, [0.36], [0.06], population=120, generations=8, epsilon=1.0)[-1]
    places = 2 * last.points[:, 0] - 1
    left = last.weights[places < 0].sum()
    # The square may be 0.30 to 0.42, and the root is uniform within.
    assert abs(left - 0.5) < 3 * math.sqrt(0.25 / last.effective_size)
    assert np.all((np.abs(places) >= math.sqrt(0.30)) & (np.abs(places) <= math.sqrt(0.42)))


def test_a_ridge_in_two_dimensions():
    """Only the product is seen: the posterior follows a curve, symmetric in both parameters."""

    def model(point, luck):
        return [point[0] * point[1]]

    last = fitted(model, [0.25], [0.05], parameters=2, population=200, generations=8, epsilon=1.0)[
        -1
    ]
    # P(x <= a) over {0.2 <= x y <= 0.3} in the unit square, by integrating over x.
    grid = np.linspace(1e-6, 1, 20001)
    height = np.clip(np.minimum(0.3 / grid, 1) - np.minimum(0.2 / grid, 1), 0, None)
    known = np.cumsum(height) / height.sum()
    for column in (0, 1):
        distance, allowed = furthest(last, column, lambda x: np.interp(x, grid, known))
        assert distance < allowed


def test_targets_that_say_nothing_leave_the_prior():
    """The ends of the range weigh as much as its middle, whatever the kernel puts over them."""
    generations = fitted(
        lambda point, luck: [luck.random()], [0.0], [0.5], parameters=2, population=200,
        generations=2, epsilon=0.25,
    )  # fmt: skip
    assert len(generations) == 3
    for column in (0, 1):
        distance, allowed = furthest(generations[-1], column, lambda x: x)
        assert distance < allowed


def test_ranks_of_the_truth_are_uniform():
    """Simulation-based calibration (Talts et al. 2018): no posterior too wide or too narrow."""
    ranks = []
    for repeat in range(30):
        chance = np.random.default_rng([17, repeat])
        truth = chance.random()
        # What is observed carries the error that the tolerance stands for (Wilkinson 2013).
        observed = truth + chance.normal(0, 0.1) + chance.uniform(-0.1, 0.1)
        last = fitted(
            lambda point, luck: [point[0] + luck.normal(0, 0.1)], [observed], [0.1],
            population=40, generations=2, epsilon=1.0, quantile=0.2, seed=1000 + repeat,
        )[-1]  # fmt: skip
        assert last.epsilon == 1.0
        ranks.append(float(last.weights[last.points[:, 0] < truth].sum()))
    assert stats.kstest(ranks, "uniform").pvalue > 0.01
    assert 0.15 < np.std(ranks) < 0.42  # uniform: 0.29


def test_how_far_it_looks_ahead_changes_nothing():
    def model(point, luck):
        return [point[0] + luck.normal(0, 0.1)]

    settings = Settings(population=30, generations=3, epsilon=0.2)
    alone, many = (
        abc_smc(simulator(model), 1, [0.5], [0.2], settings, 4, ahead=ahead) for ahead in (1, 50)
    )
    assert len(alone.generations) == 4
    for one, other in zip(alone.generations, many.generations, strict=True):
        assert one.tried == other.tried
        assert np.array_equal(one.points, other.points)
        assert np.array_equal(one.weights, other.weights)


def test_it_leaves_the_global_stream_alone():
    np.random.seed(3)  # noqa: NPY002
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    fitted(lambda point, luck: [point[0]], [0.5], [0.5], population=20, generations=1)
    assert np.array_equal(before, np.random.get_state()[1])  # noqa: NPY002


def test_what_cannot_be_reached_is_given_up():
    found = abc_smc(
        simulator(lambda point, luck: [1 + point[0]]), 1, [0.0], [0.001],
        Settings(population=20, generations=50, patience=2), 1,
    )  # fmt: skip
    assert found.given_up == 40
    assert found.generations[-1].epsilon > 1000


def test_the_budget_is_kept():
    settings = Settings(population=20, generations=5, epsilon=0.01)
    found = abc_smc(
        simulator(lambda point, luck: [point[0]]), 1, [0.5], [0.5], settings, 1,
        most_candidates=47,
    )  # fmt: skip
    assert sum(each.tried for each in found.generations) + found.given_up == 47


def test_sets_without_a_value_are_never_kept():
    def model(point, luck):
        return [point[0] if point[0] < 0.5 else math.nan]

    first, *_, last = fitted(model, [0.4], [0.1], population=40, generations=2)
    assert first.unusable > 0
    assert first.tried == 40 + first.unusable
    assert (last.points < 0.5).all()


def test_distances_are_in_tolerances():
    values = np.array([[0.3, 0.1], [0.25, 0.2], [math.nan, 0.2]])
    found = distances_of(values, np.array([0.25, 0.2]), np.array([0.05, 0.1]))
    assert found.tolist() == pytest.approx([1.0, 0.0, math.inf])


def test_draws_weigh_the_same_and_stand_in_random_order():
    weights = np.array([0.5, 0.3, 0.2, 0.0])
    drawn = equally_weighted(weights, 1000, np.random.default_rng(1))
    counts = np.bincount(drawn, minlength=4)
    assert np.abs(counts - 1000 * weights).max() < 1
    assert counts[3] == 0
    order = stats.spearmanr(np.arange(1000), drawn)
    assert order.pvalue > 0.01


def test_effective_size_of_equal_weights_is_their_number():
    many = Generation(1.0, 8, 0, np.zeros((4, 1)), np.full(4, 0.25), np.zeros((4, 1)), np.zeros(4))
    assert many.effective_size == pytest.approx(4)
    assert many.acceptance == 0.5
