"""The reference engine: the day in plain Python, one person after another.

It is what the compiled loops are compared with: after every phase both leave the same bytes. Read
it next to :data:`sim.engine.schedule.PHASES`. It is made for a few hundred people.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mesa.discrete_space import Network

from sim.codes import ASKING, BY_WITNESS, STAYING
from sim.engine.reference.enforcing import draw_raids
from sim.engine.reference.hearing import news_today
from sim.engine.reference.meeting import line_up, look_around
from sim.engine.reference.migrant import Migrant
from sim.engine.reference.moving import draw_bursts
from sim.engine.reference.serving import open_places, serve
from sim.engine.reference.storytelling import birth_of_stories, sources_listen, stories_over
from sim.engine.schedule import live_a_day
from sim.scene import Scene

if TYPE_CHECKING:
    from sim.model import TrustModel
    from sim.watching import Watcher

__all__ = ["ReferenceEngine"]


class ReferenceEngine:
    """Lives the days of a model with Mesa agents, in the order in which people entered.

    Attributes:
        world: The world of the model; it holds all state.
        scene: The same world with names.
        space: The route network as a Mesa space, a cell per node.
        migrants: Everyone who has entered, as Mesa agents.
    """

    def __init__(self, model: TrustModel) -> None:
        self.model = model
        self.world = model.world
        self.scene = Scene(model.world)
        network = model.plan.network
        self.space = Network(network.graph, random=model.random)
        self.cells = [self.space[name] for name in network.nodes["id"]]
        self.migrants: list[Migrant] = []
        self.watcher: Watcher | None = None
        self._let_in()

    def _let_in(self) -> list[Migrant]:
        """Make agents of those who are in the world and are not yet agents."""
        known = len(self.migrants)
        new = [Migrant(self.model, self.scene, self.cells, index)
               for index in range(known, self.world.people)]
        self.migrants += new
        return new

    def live(self, day: int) -> None:
        """Live a day, phase by phase."""
        live_a_day(self, day)

    def interventions(self, day: int) -> None:
        """Phase 1."""
        self.world.intervene(day)

    def arrivals(self, day: int) -> None:
        """Phase 2."""
        self.world.admit(day)
        for me in self._let_in():
            me.state = STAYING
        for me in self.migrants:
            me.stand()
        self.scene.lines = line_up(self.migrants, len(self.scene.nodes), day)

    def needs(self, day: int) -> None:
        """Phase 3."""
        for me in self.migrants:
            me.need_something(day)

    def enforcement(self, day: int) -> None:
        """Phase 4."""
        draw_raids(self.scene, day)
        for me in self.migrants:
            me.face_the_authorities(day)

    def asking(self, day: int) -> None:
        """Phase 5."""
        for me in self.migrants:
            me.choose(day)

    def service(self, day: int) -> None:
        """Phase 6."""
        open_places(self.scene)
        queues = defaultdict(list)
        for me in self.migrants:
            if me.outcome == ASKING:
                queues[me.asked].append(me)
        for point in sorted(queues):
            serve(self.scene, point, queues[point], day)
        for me in self.migrants:
            me.count_outcome()

    def witnessing(self, day: int) -> None:
        """Phase 7."""
        if self.watcher:
            self.watcher.count(self.world, day)
        if self.scene.gates[BY_WITNESS] > 0.0:
            for line in self.scene.lines:
                look_around(line, int(self.scene.p.witness_neighbours), day)

    def meetings(self, day: int) -> None:
        """Phase 8."""
        news = news_today(self.scene, day)
        if self.scene.exchanges:
            for me in self.migrants:
                me.air(day)
        for me in self.migrants:
            me.meet(self.migrants, news, day)

    def outreach(self, day: int) -> None:
        """Phase 9."""
        for me in self.migrants:
            me.be_reached(day)

    def status(self, day: int) -> None:
        """Phase 10."""
        for me in self.migrants:
            me.change_status(day)

    def moving(self, day: int) -> None:
        """Phase 11."""
        draw_bursts(self.scene, day)
        for me in self.migrants:
            me.move_on(day)

    def observing(self, day: int) -> None:
        """Phase 12."""
        world = self.world
        for me in self.migrants:
            me.end_the_day(world.over, day)
        world.free_stories(world.over)
        world.overflow += birth_of_stories(self.scene, self.migrants, day)
        sources_listen(self.scene, day)
        world.over = stories_over(self.scene, int(world.tally.telling[0]), day)
