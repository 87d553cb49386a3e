"""Shapley values: what each player adds to the worth of all, over all orders of joining.

Coalitions are numbers; bit i of a coalition says whether player i is in it. Shapley 1953, A value
for n-person games: the one rule whose parts add up to the whole, are equal for players that do the
same, are 0 for a player that adds nothing, and add up over games.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import factorial
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["antithetic_orders", "coalitions_along", "shapley_along", "shapley_values"]

Order = tuple[int, ...]


def shapley_values(worth: NDArray[np.float64]) -> NDArray[np.float64]:
    """Exact Shapley values.

    Args:
        worth: Worth of every coalition of n players along the last axis, 2^n long.

    Returns:
        The value of each player along the last axis, n long; with `worth[..., 0]` they add up to
        `worth[..., -1]`.
    """
    n = (worth.shape[-1] - 1).bit_length()
    coalitions = np.arange(worth.shape[-1])
    size = np.array([int(each).bit_count() for each in coalitions])
    weight = np.array([factorial(s) * factorial(n - s - 1) / factorial(n) for s in range(n)])
    values = np.zeros((*worth.shape[:-1], n))
    for player in range(n):
        without = coalitions[coalitions >> player & 1 == 0]
        adds = worth[..., without | 1 << player] - worth[..., without]
        values[..., player] = adds @ weight[size[without]]
    return values


def antithetic_orders(players: int, count: int, luck: np.random.Generator) -> list[Order]:
    """Random orders of joining, each followed by its reverse.

    Whoever joins late in one joins early in the other, which evens out much of the chance
    (Mitchell and others 2022, Sampling permutations for Shapley value estimation).

    Args:
        players: Number of players.
        count: Number of orders, even.
        luck: Where chance comes from.
    """
    drawn = [tuple(int(p) for p in luck.permutation(players)) for _ in range(count // 2)]
    return [order for one in drawn for order in (one, one[::-1])]


def coalitions_along(orders: Sequence[Order]) -> list[int]:
    """The coalitions that form along some orders, from nobody to everybody."""
    found = {0}
    for order in orders:
        coalition = 0
        for player in order:
            coalition |= 1 << player
            found.add(coalition)
    return sorted(found)


def shapley_along(worth: NDArray[np.float64], orders: Sequence[Order]) -> NDArray[np.float64]:
    """What each player adds when joining, as a mean over some orders.

    Orders drawn at random give Shapley values on average; whatever the orders, the values and
    `worth[..., 0]` add up to `worth[..., -1]`.

    Args:
        worth: As in `shapley_values`; coalitions that do not form along the orders are not read.
        orders: The orders.
    """
    n = len(orders[0])
    values = np.zeros((*worth.shape[:-1], n))
    for order in orders:
        coalition = 0
        for player in order:
            joined = coalition | 1 << player
            values[..., player] += worth[..., joined] - worth[..., coalition]
            coalition = joined
    return values / len(orders)
