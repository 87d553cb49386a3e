"""Shapley values on made-up games: the properties that define them, and known answers."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from experiments.comparing.shapley import (
    antithetic_orders,
    coalitions_along,
    shapley_along,
    shapley_values,
)

WORTH = st.floats(-1e6, 1e6)
GAMES = st.integers(1, 6).flatmap(lambda n: arrays(float, (3, 2**n), elements=WORTH))


def game_of(n: int, worth: object) -> np.ndarray:
    """The worth of every coalition, given as a function of the set of its players."""
    return np.array(
        [float(worth({p for p in range(n) if each >> p & 1})) for each in range(2**n)]  # type: ignore[operator]
    )


def test_gloves() -> None:
    # Two own a left glove and one a right one; a pair is worth 1 (Shapley and Shubik 1969).
    worth = game_of(3, lambda have: 2 in have and len(have) > 1)
    assert shapley_values(worth) == pytest.approx([1 / 6, 1 / 6, 4 / 6])


def test_security_council_of_four() -> None:
    # Weighted majority [3; 2, 1, 1]: the large one decides in 4 of 6 orders.
    worth = game_of(3, lambda have: sum((2, 1, 1)[p] for p in have) >= 3)
    assert shapley_values(worth) == pytest.approx([4 / 6, 1 / 6, 1 / 6])


@given(GAMES)
def test_values_add_up_to_the_whole(worth: np.ndarray) -> None:
    found = shapley_values(worth).sum(axis=-1)
    assert found == pytest.approx(worth[..., -1] - worth[..., 0], abs=1e-6)


@given(GAMES)
def test_values_are_the_mean_over_all_orders(worth: np.ndarray) -> None:
    n = (worth.shape[-1] - 1).bit_length()
    if n <= 4:
        orders = list(permutations(range(n)))
        assert shapley_values(worth) == pytest.approx(shapley_along(worth, orders), abs=1e-6)


@given(GAMES, st.data())
def test_one_who_adds_nothing_gets_nothing(worth: np.ndarray, data: st.DataObject) -> None:
    n = (worth.shape[-1] - 1).bit_length()
    player = data.draw(st.integers(0, n - 1))
    null = worth[..., np.arange(2**n) & ~(1 << player)]
    assert np.array_equal(shapley_values(null)[..., player], np.zeros(3))


@given(GAMES, st.data())
def test_players_who_do_the_same_get_the_same(worth: np.ndarray, data: st.DataObject) -> None:
    n = (worth.shape[-1] - 1).bit_length()
    one, other = (data.draw(st.integers(0, n - 1)) for _ in range(2))

    def swapped(each: int) -> int:
        a, b = each >> one & 1, each >> other & 1
        return (each & ~(1 << one) & ~(1 << other)) | a << other | b << one

    alike = worth + worth[..., [swapped(each) for each in range(2**n)]]
    found = shapley_values(alike)
    assert found[..., one] == pytest.approx(found[..., other], abs=1e-6)


@given(GAMES, st.integers(0, 2**32), st.sampled_from([2, 4, 8]))
def test_drawn_orders_still_add_up_and_read_only_what_they_pass(
    worth: np.ndarray, seed: int, count: int
) -> None:
    n = (worth.shape[-1] - 1).bit_length()
    orders = antithetic_orders(n, count, np.random.default_rng(seed))
    assert [order[::-1] for order in orders[::2]] == orders[1::2]
    passed = coalitions_along(orders)
    assert {0, 2**n - 1} <= set(passed)
    seen = np.full(worth.shape, np.nan)
    seen[..., passed] = worth[..., passed]
    found = shapley_along(seen, orders).sum(axis=-1)
    assert found == pytest.approx(worth[..., -1] - worth[..., 0], abs=1e-6)


def test_drawn_orders_are_right_on_average() -> None:
    worth = np.random.default_rng(4).normal(size=2**5)
    luck = np.random.default_rng(5)
    drawn = [shapley_along(worth, antithetic_orders(5, 2, luck)) for _ in range(3000)]
    error = np.std(drawn, axis=0) / np.sqrt(len(drawn))
    assert (np.abs(np.mean(drawn, axis=0) - shapley_values(worth)) < 4 * error).all()
