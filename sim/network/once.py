"""What is read of a network once and serves every run on it.

The tables of a network do not change, and many runs share it: to read them anew took a fifth of the
time of a short run.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from sim.network.route import RouteNetwork

__all__ = ["once_per_network"]

T = TypeVar("T")


def once_per_network(read: Callable[[RouteNetwork], T]) -> Callable[[RouteNetwork], T]:
    """Remember what a function makes of a network for as long as the network is there."""
    known: WeakKeyDictionary[RouteNetwork, T] = WeakKeyDictionary()

    @wraps(read)
    def remembered(network: RouteNetwork) -> T:
        found = known.get(network)
        if found is None:
            found = known[network] = read(network)
        return found

    return remembered
