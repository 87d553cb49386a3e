"""The compiled engine: the phases of a day as loops over columns, on one or more threads."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.compiling import bits
from sim.engine.compiled import (
    alone,
    asking,
    changing,
    enforcing,
    exchanging,
    meeting,
    moving,
    needing,
    observing,
    odds,
    reaching,
    serving,
    standing,
    storytelling,
    together,
    travelling,
)
from sim.engine.compiled.calling import Calls
from sim.engine.compiled.luck import Luck
from sim.engine.tally import Tally

if TYPE_CHECKING:
    from sim.watching import Watcher
    from sim.world import World

__all__ = ["CompiledEngine"]

LEAST_BLOCK = 2048
"""People below which a block is not worth a thread of its own."""


class CompiledEngine:
    """Lives the days of a world. The result does not depend on the number of threads."""

    def __init__(self, world: World, threads: int = 1) -> None:
        self.world = world
        self.threads = max(1, threads)
        self.watcher: Watcher | None = None
        self._call = Calls.of(world.tables)
        self._pool = ThreadPoolExecutor(self.threads) if self.threads > 1 else None
        self._tallies = [world.tally] + [
            Tally.empty(world.places, len(world.tables.points)) for _ in range(self.threads - 1)
        ]

        places = max(world.places, len(world.tables.countries))
        self._lucks = [Luck.empty(places) for _ in range(self.threads)]

    def close(self) -> None:
        """End the threads."""
        if self._pool:
            self._pool.shutdown()

    def _over_people(self, loop: Callable[[Tally, Luck, int, int], object]) -> None:
        """Run a loop over everyone who has entered, in blocks, one per thread."""
        people = self.world.people
        blocks = max(1, min(self.threads, people // LEAST_BLOCK))
        self._in_blocks(loop, [people * b // blocks for b in range(blocks + 1)])

    def _over_nodes(self, loop: Callable[[Tally, Luck, int, int], object]) -> None:
        """Run a loop over all nodes, in blocks with about as many people each, one per thread."""
        at = self.world.tables.at
        blocks = max(1, min(self.threads, int(at[-1]) // LEAST_BLOCK))
        inner = np.searchsorted(at, [int(at[-1]) * b // blocks for b in range(1, blocks)])
        self._in_blocks(loop, [0, *(int(n) for n in inner), len(at) - 1])

    def _in_blocks(self, loop: Callable[[Tally, Luck, int, int], object], edges: list[int]) -> None:
        blocks = len(edges) - 1
        self._starts = edges[:-1]
        for luck, start in zip(self._lucks, self._starts, strict=False):
            luck.listed[0] = start
        if blocks == 1 or not self._pool:
            loop(self._tallies[0], self._lucks[0], edges[0], edges[-1])
            return
        jobs = [self._pool.submit(loop, self._tallies[b], self._lucks[b], edges[b], edges[b + 1])
                for b in range(blocks)]
        for job in jobs:
            job.result()

    def _part_places(self) -> None:
        """Where each node begins in the order, and there each thread's people of this node."""
        at = self.world.tables.at
        lucks = self._lucks[: len(self._starts)]
        at[0] = 0
        np.cumsum(sum(luck.places[: len(at) - 1] for luck in lucks), out=at[1:])
        begin = at[:-1].copy()
        for luck in lucks:
            size = luck.places[: len(begin)].copy()
            luck.places[: len(begin)] = begin
            begin += size

    def _weigh(self) -> None:
        for luck in self._lucks:
            self._call(odds.weigh, self.world.tables, luck)

    def _listed(self, room: NDArray[np.int32]) -> int:
        """Put the lists that the threads made of people one after another; returns how many."""
        total = 0
        for luck, start in zip(self._lucks, self._starts, strict=False):
            end = int(luck.listed[0])
            if start > total:
                room[total : total + end - start] = room[start:end]
            total += end - start
        return total

    def live(self, day: int) -> None:
        """Live a day: the phases of the schedule, several at a time where nobody waits for others.

        Measured: 6 to 9 % faster than phase by phase at 10,000 and 100,000 migrants, 16 % at a
        million.
        """
        if not self._pool:
            self._live_alone(day)
            return
        t = self.world.tables
        self.interventions(day)
        self.arrivals(day)
        self._call(enforcing.draw_raids, t, day)
        self._over_people(lambda y, w, a, b: self._call(together.morning, t, y, w, a, b, day))
        self._call(serving.serve, t, self._tallies[0], self._listed(t.fill), day)
        self.witnessing(day)
        self._call(travelling.draw_bursts, t, day)
        self.live_the_evening(day)
        self.observing(day)

    def live_the_evening(self, day: int) -> None:
        """Phases 8 to 11 and the count of outcomes, for a few people at a time."""
        t = self.world.tables
        self._air(day)
        self._over_people(lambda y, w, a, b: self._call(together.evening, t, y, w, a, b, day))

    def _air(self, day: int) -> None:
        """Where beliefs are exchanged: note what everyone holds, before anyone hears anything."""
        t = self.world.tables
        if len(t.aired):
            self._over_people(lambda _, __, a, b: self._call(exchanging.air, t, a, b, day))

    def _live_alone(self, day: int) -> None:
        """The same with one thread, in as few calls as can be: each takes some microseconds."""
        world, call = self.world, self._call
        t, tally, luck = world.tables, world.tally, self._lucks[0]
        world.intervene(day)
        before = world.people
        world.admit(day)
        people = world.people
        call(alone.arrive, t, luck, before, people, day)
        luck.listed[0] = 0
        call(together.morning, t, tally, luck, 0, people, day)
        call(serving.serve, t, tally, int(luck.listed[0]), day)
        if self.watcher:
            self.watcher.count(world, day)
        call(alone.look_around, t, day)
        self.live_the_evening(day)
        luck.listed[0] = 0
        call(observing.observe, t, tally, luck, 0, people, day, bits(world.over))
        world.free_stories(world.over)
        world.overflow += call(alone.begin_stories, t, int(luck.listed[0]), day)
        told = tally.telling[0]
        world.over = int(call(storytelling.stories_over, t.stories, told, day))

    def interventions(self, day: int) -> None:
        """Phase 1."""
        self.world.intervene(day)

    def arrivals(self, day: int) -> None:
        """Phase 2."""
        world = self.world
        before = world.people
        world.admit(day)
        t = world.tables
        if world.people > before:
            self._call(observing.settle_at_origin, t, before, world.people)
        self._over_people(lambda _, w, a, b: self._call(standing.count_free, t, w, a, b, day))
        self._part_places()
        self._over_people(lambda _, w, a, b: self._call(standing.gather, t, w, a, b))
        self._over_nodes(lambda _, __, a, b: self._call(standing.line_up, t, a, b))

    def needs(self, day: int) -> None:
        """Phase 3."""
        t = self.world.tables
        self._over_people(lambda y, w, a, b: self._call(
            needing.needs_begin_and_lapse, t, y, w, a, b, day))

    def enforcement(self, day: int) -> None:
        """Phase 4."""
        t = self.world.tables
        self._call(enforcing.draw_raids, t, day)
        self._over_people(lambda y, w, a, b: self._call(enforcing.enforcement, t, y, w, a, b, day))

    def asking(self, day: int) -> None:
        """Phase 5."""
        t = self.world.tables
        self._over_people(lambda y, w, a, b: self._call(asking.choose, t, y, w, a, b, day))

    def service(self, day: int) -> None:
        """Phase 6."""
        t = self.world.tables
        self._call(serving.serve, t, self._tallies[0], self._listed(t.fill), day)
        self._over_people(lambda y, _, a, b: self._call(serving.count_outcomes, t, y, a, b))

    def witnessing(self, day: int) -> None:
        """Phase 7."""
        t = self.world.tables
        if self.watcher:
            self.watcher.count(self.world, day)
        # People see, and learn from, only those at the same node.
        self._over_nodes(lambda _, __, a, b: self._call(standing.witness, t, a, b, day))

    def meetings(self, day: int) -> None:
        """Phase 8."""
        t = self.world.tables
        self._air(day)
        self._weigh()
        self._over_people(lambda _, w, a, b: self._call(meeting.meet, t, w, a, b, day))

    def outreach(self, day: int) -> None:
        """Phase 9."""
        t = self.world.tables
        self._weigh()
        self._over_people(lambda _, w, a, b: self._call(reaching.outreach, t, w, a, b, day))

    def status(self, day: int) -> None:
        """Phase 10."""
        t = self.world.tables
        self._weigh()
        self._over_people(lambda y, w, a, b: self._call(changing.change_status, t, y, w, a, b, day))

    def moving(self, day: int) -> None:
        """Phase 11."""
        t = self.world.tables
        self._weigh()
        self._call(travelling.draw_bursts, t, day)
        self._over_people(lambda y, w, a, b: self._call(moving.move, t, y, w, a, b, day))

    def observing(self, day: int) -> None:
        """Phase 12."""
        world = self.world
        t = world.tables
        over = bits(world.over)
        self._over_people(lambda y, w, a, b: self._call(
            observing.observe, t, y, w, a, b, day, over))
        for other in self._tallies[1:]:
            world.tally.add(other)
            other.clear()
        world.free_stories(world.over)
        world.overflow += self._call(storytelling.birth_of_stories, t, self._listed(t.slots), day)
        self._call(storytelling.sources_listen, t, day)
        told = world.tally.telling[0]
        world.over = int(self._call(storytelling.stories_over, t.stories, told, day))

    def sum_opinions(self, sums: NDArray[np.int64], reach: NDArray[np.uint64], day: int) -> None:
        """Sum up opinions, and whom stories have reached: whole numbers, so in any order."""
        t = self.world.tables
        found = []

        def of_some(_: Tally, __: Luck, start: int, stop: int) -> None:
            mine = np.zeros_like(sums), np.zeros_like(reach)
            self._call(observing.opinions, t, *mine, start, stop, day)
            found.append(mine)

        self._over_people(of_some)
        for opinions, reached in found:
            sums += opinions
            reach += reached
