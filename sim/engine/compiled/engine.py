"""The compiled engine: the phases of a day as loops over columns, on one or more threads."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

from sim.compiling import bits
from sim.engine.compiled import (
    asking,
    changing,
    enforcing,
    meeting,
    moving,
    needing,
    observing,
    reaching,
    serving,
    standing,
    storytelling,
    together,
    travelling,
)
from sim.engine.compiled.luck import Luck
from sim.engine.tally import Tally

if TYPE_CHECKING:
    from sim.world import World

__all__ = ["CompiledEngine"]

LEAST_BLOCK = 2048
"""People below which a block is not worth a thread of its own."""


class CompiledEngine:
    """Lives the days of a world. The result does not depend on the number of threads."""

    def __init__(self, world: World, threads: int = 1) -> None:
        self.world = world
        self.threads = max(1, threads)
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
        if blocks == 1 or not self._pool:
            loop(self._tallies[0], self._lucks[0], edges[0], edges[-1])
            return
        jobs = [self._pool.submit(loop, self._tallies[b], self._lucks[b], edges[b], edges[b + 1])
                for b in range(blocks)]
        for job in jobs:
            job.result()

    def live(self, day: int) -> None:
        """Live a day: the phases of the schedule, several at a time where nobody waits for others.

        Measured: 6 to 9 % faster than phase by phase at 10,000 and 100,000 migrants, 16 % at a
        million.
        """
        t = self.world.tables
        self.interventions(day)
        self.arrivals(day)
        enforcing.draw_raids(t, day)
        self._over_people(lambda y, w, a, b: together.morning(t, y, w, a, b, day))
        serving.serve(t, self._tallies[0], self.world.people, day)
        self.witnessing(day)
        self.live_the_evening(day)
        self.observing(day)

    def live_the_evening(self, day: int) -> None:
        """Phases 8 to 11 and the count of outcomes, for a few people at a time."""
        t = self.world.tables
        travelling.draw_bursts(t, day)
        self._over_people(lambda y, w, a, b: together.evening(t, y, w, a, b, day))

    def interventions(self, day: int) -> None:
        """Phase 1."""
        self.world.intervene(day)

    def arrivals(self, day: int) -> None:
        """Phase 2."""
        world = self.world
        before = world.people
        world.admit(day)
        observing.settle_at_origin(world.tables, before, world.people)
        standing.line_up(world.tables, self._lucks[0], world.people, day)

    def needs(self, day: int) -> None:
        """Phase 3."""
        t = self.world.tables
        self._over_people(lambda y, w, a, b: needing.needs_begin_and_lapse(t, y, w, a, b, day))

    def enforcement(self, day: int) -> None:
        """Phase 4."""
        t = self.world.tables
        enforcing.draw_raids(t, day)
        self._over_people(lambda y, w, a, b: enforcing.enforcement(t, y, w, a, b, day))

    def asking(self, day: int) -> None:
        """Phase 5."""
        t = self.world.tables
        self._over_people(lambda y, _, a, b: asking.choose(t, y, a, b, day))

    def service(self, day: int) -> None:
        """Phase 6."""
        t = self.world.tables
        serving.serve(t, self._tallies[0], self.world.people, day)
        self._over_people(lambda y, _, a, b: serving.count_outcomes(t, y, a, b))

    def witnessing(self, day: int) -> None:
        """Phase 7."""
        t = self.world.tables
        # People see, and learn from, only those at the same node.
        self._over_nodes(lambda _, __, a, b: standing.witness(t, a, b, day))

    def meetings(self, day: int) -> None:
        """Phase 8."""
        t = self.world.tables
        self._over_people(lambda _, w, a, b: meeting.meet(t, w, a, b, day))

    def outreach(self, day: int) -> None:
        """Phase 9."""
        t = self.world.tables
        self._over_people(lambda _, w, a, b: reaching.outreach(t, w, a, b, day))

    def status(self, day: int) -> None:
        """Phase 10."""
        t = self.world.tables
        self._over_people(lambda y, w, a, b: changing.change_status(t, y, w, a, b, day))

    def moving(self, day: int) -> None:
        """Phase 11."""
        t = self.world.tables
        travelling.draw_bursts(t, day)
        self._over_people(lambda y, w, a, b: moving.move(t, y, w, a, b, day))

    def observing(self, day: int) -> None:
        """Phase 12."""
        world = self.world
        t = world.tables
        over = bits(world.over)
        self._over_people(lambda y, _, a, b: observing.observe(t, y, a, b, day, over))
        for other in self._tallies[1:]:
            world.tally.add(other)
            other.clear()
        world.free_stories(world.over)
        world.overflow += storytelling.birth_of_stories(t, world.people, day)
        storytelling.sources_listen(t, day)
        world.over = int(storytelling.stories_over(t.stories, world.tally.telling[0], day))
