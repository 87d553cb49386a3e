"""Random numbers of many people at once: the same numbers as one by one, four times as fast.

Most of what a day asks of chance is asked for everyone: does a need begin, does this person move
on. A loop over people that calls :func:`sim.randomness.block` once for each takes 16 ns a call.
A loop that does nothing else takes 4 to 5 ns, because the processor then draws for four or eight
people in step. So the loops over people deal a hand to a few hundred people at a time, few enough
for the numbers to stay in the first-level cache, and then read from it.
"""

from __future__ import annotations

from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from sim.columns import Tables
from sim.compiling import bits, inlined, kernel
from sim.randomness import philox, uniform

__all__ = ["TILE", "Luck", "deal", "drawn"]

TILE = 256
"""People who are dealt a hand at a time."""


class Luck(NamedTuple):
    """Room of one thread for the random numbers of a few people."""

    keys: NDArray[np.uint64]   # [TILE]
    words: NDArray[np.uint32]  # [2 hands, 4 words, TILE]
    chances: NDArray[np.float64]  # [more than nodes and countries] chances of today

    @classmethod
    def empty(cls, places: int) -> Self:
        """Room without numbers, for a world with so many nodes or countries."""
        return cls(np.zeros(TILE, np.uint64), np.zeros((2, 4, TILE), np.uint32), np.zeros(places))


@kernel
def deal(t: Tables, luck: Luck, hand: int, stream: int, day: int, start: int, stop: int) -> None:
    """Draw the block of a stream for people ``start`` to ``stop`` (TILE of them at most)."""
    mask, half = bits(0xFFFFFFFF), bits(32)
    run = bits(t.p[0].run)
    one, two, when = (run & mask) ^ bits(stream), run >> half, bits(day) & mask
    keys = luck.keys
    for n in range(stop - start):
        keys[n] = t.body[start + n].key
    first, second, third, fourth = (luck.words[hand, 0], luck.words[hand, 1],
                                    luck.words[hand, 2], luck.words[hand, 3])
    for n in range(stop - start):
        words = philox(keys[n] & mask, keys[n] >> half, bits(0), when, one, two)
        first[n], second[n], third[n], fourth[n] = words


@inlined
def drawn(luck: Luck, hand: int, word: int, place: int) -> float:
    """A number between 0 and 1: word 0 to 3 of the hand of the person at this place in the tile."""
    return uniform(bits(luck.words[hand, word, place]))
