"""Which thread lives whom, and where threads meet between two phases."""

from __future__ import annotations

from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from sim.columns import Tables
from sim.compiling import inlined, kernel
from sim.engine.compiled import signals
from sim.engine.compiled.signals import LINE

__all__ = ["Blocks", "join_lists", "met", "part_places"]

_LEAST = 256
"""People below which a block is not worth a thread of its own."""
_MOVE = 0.02
"""How much of a block changes hands a day, at most."""


class Blocks(NamedTuple):
    """Blocks of people and of nodes, one of each for every thread that takes part."""

    size: NDArray[np.int64]    # [1] threads that take part today
    people: NDArray[np.int64]  # [threads + 1] where each one's people begin
    nodes: NDArray[np.int64]   # [threads + 1] where each one's nodes begin
    places: NDArray[np.int64]  # [threads, nodes or more] each one's people at each node
    listed: NDArray[np.int64]  # [threads, LINE] where the list that each makes of people ends
    board: NDArray[np.int64]   # [threads x LINE] see signals.py
    shares: NDArray[np.float64]  # [threads + 1] where each one's people begin, of 1

    @classmethod
    def empty(cls, threads: int, nodes: int) -> Self:
        """Blocks of nobody."""
        return cls(
            size=np.ones(1, np.int64), people=np.zeros(threads + 1, np.int64),
            nodes=np.zeros(threads + 1, np.int64), places=np.zeros((threads, nodes), np.int64),
            listed=np.zeros((threads, LINE), np.int64), board=np.zeros(threads * LINE, np.int64),
            shares=np.linspace(0.0, 1.0, threads + 1),
        )  # fmt: skip

    def divide(self, people: int) -> int:
        """Divide so many people among threads, for a day; returns how many threads take part.

        Whatever the blocks, the result is the same.
        """
        threads = len(self.places)
        size = max(1, min(threads, people // _LEAST))
        if size == threads > 1:
            self._move_edges()
        self.board[:] = 0  # on some days more threads take part than on others
        for k in range(size + 1):
            self.people[k] = people * k // size if size < threads else int(people * self.shares[k])
        self.size[0] = size
        return size

    def abandon(self) -> None:
        """Let nobody wait for a thread that will not come; the run cannot go on after that."""
        self.board[signals.ABANDONED] = 1

    def _move_edges(self) -> None:
        """Give people to a thread that waited: of those who came first, many have gone."""
        waited = self.board[signals.WAITED :: LINE].tolist()
        shares = self.shares
        for k in range(1, len(waited)):
            before, after = waited[k - 1], waited[k]
            least = min(shares[k] - shares[k - 1], shares[k + 1] - shares[k])
            shares[k] += _MOVE * least * (before - after) / max(1, before + after)


@inlined
def met(blocks: Blocks, me: int) -> bool:
    """Wait until every thread has ended the same phase; False if one of them will not come."""
    return signals.met(blocks.board, blocks.size[0], me)


@kernel
def part_places(t: Tables, blocks: Blocks) -> None:
    """Where each node begins in the order, there each thread's people, and which nodes it has."""
    threads, nodes = blocks.size[0], t.nodes.shape[0]
    begin = 0
    for n in range(nodes):
        t.at[n] = begin
        for k in range(threads):
            size = blocks.places[k, n]
            blocks.places[k, n] = begin
            begin += size
    t.at[nodes] = begin
    k = 1
    for n in range(nodes):
        while k < threads and t.at[n] * threads >= begin * k:
            blocks.nodes[k] = n
            k += 1
    blocks.nodes[k : threads + 1] = nodes


@kernel
def join_lists(blocks: Blocks, room: NDArray[np.int32]) -> int:
    """Put the lists that the threads made one after another; returns how long they are."""
    total = 0
    for k in range(blocks.size[0]):
        for place in range(blocks.people[k], blocks.listed[k, 0]):
            room[total] = room[place]
            total += 1
    return total
