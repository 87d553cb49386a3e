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
KINDS_OF_CHANCE = 5


class Luck(NamedTuple):
    """Room of one thread: the random numbers of a few people, and what it notes on the way."""

    keys: NDArray[np.uint64]      # [TILE] of the people from seated[0] to seated[1]
    words: NDArray[np.uint32]     # [2 hands, 4 words, TILE]
    seated: NDArray[np.int64]     # [2]
    partners: NDArray[np.int32]   # [2, TILE] whom each meets first today, and calls; -1 nobody
    seats: NDArray[np.int32]      # [TILE] places in the tile of those who meet somebody
    others: NDArray[np.int32]     # [TILE] and whom
    chances: NDArray[np.float64]  # [kinds, more than nodes and countries] see odds.py
    places: NDArray[np.int64]     # [more than nodes] this thread's people at each node
    listed: NDArray[np.int64]     # [a line of memory] where the list this thread makes ends

    @classmethod
    def empty(cls, places: NDArray[np.int64], listed: NDArray[np.int64]) -> Self:
        """Room without numbers, with a thread's part of what all threads share (see blocks.py)."""
        return cls(
            keys=np.zeros(TILE, np.uint64), words=np.zeros((2, 4, TILE), np.uint32),
            seated=np.full(2, -1), partners=np.zeros((2, TILE), np.int32),
            seats=np.zeros(TILE, np.int32), others=np.zeros(TILE, np.int32),
            chances=np.zeros((KINDS_OF_CHANCE, len(places))), places=places, listed=listed,
        )


@kernel
def deal(t: Tables, luck: Luck, hand: int, stream: int, day: int, start: int, stop: int) -> None:
    """Draw the block of a stream for people ``start`` to ``stop`` (TILE of them at most)."""
    mask, half = bits(0xFFFFFFFF), bits(32)
    run = bits(t.p[0].run)
    one, two, when = (run & mask) ^ bits(stream), run >> half, bits(day) & mask
    keys = luck.keys
    # One phase after another deals to the same people, whose keys never change.
    if luck.seated[0] != start or luck.seated[1] < stop:
        for n in range(stop - start):
            keys[n] = t.body[start + n].key
        luck.seated[0], luck.seated[1] = start, stop
    first, second, third, fourth = (luck.words[hand, 0], luck.words[hand, 1],
                                    luck.words[hand, 2], luck.words[hand, 3])
    for n in range(stop - start):
        words = philox(keys[n] & mask, keys[n] >> half, bits(0), when, one, two)
        first[n], second[n], third[n], fourth[n] = words


@inlined
def drawn(luck: Luck, hand: int, word: int, place: int) -> float:
    """A number between 0 and 1: word 0 to 3 of the hand of the person at this place in the tile."""
    return uniform(bits(luck.words[hand, word, place]))
