"""Random numbers of a run of route learning.

They are compiled into :func:`experiments.peer.routes.live`, which Numba keeps without noticing a
change here: whoever changes this file must also touch that one.
"""

from __future__ import annotations

import math

from experiments.peer.journey import Journey
from sim.compiling import bits, inlined

__all__ = ["chance", "departures", "part", "word"]


@inlined
def word(j: Journey) -> int:
    """64 random bits (xorshift64*, Vigna 2016)."""
    x: int = j.luck[0]
    x ^= x >> bits(12)
    x ^= x << bits(25)
    x ^= x >> bits(27)
    j.luck[0] = x
    return x * bits(0x2545F4914F6CDD1D)


@inlined
def chance(j: Journey) -> float:
    """A random number from 0 to below 1."""
    return float(word(j) >> bits(11)) * 2.0**-53


@inlined
def departures(j: Journey) -> int:
    """How many set out in a step: a Poisson draw, by counting."""
    left = math.exp(-j.p[0].departures)
    product = chance(j)
    drawn = 0
    while product > left:
        product *= chance(j)
        drawn += 1
    return drawn


@inlined
def part(drawn: int, first: int) -> float:
    """Sixteen bits of a word as a number between 0 and 1."""
    return (float((drawn >> bits(first)) & bits(0xFFFF)) + 0.5) / 65536.0
