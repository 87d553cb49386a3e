"""The least that a Mesa model of people on a route can do, made as fast as Mesa allows.

It is the yardstick for the whole model: `CellAgent`s on a `mesa.discrete_space.Network`. Each step
every agent moves to a random neighbouring cell with a fixed probability, meets one agent of its
cell and takes the average of one number. Nothing else: no opinions, needs, services, borders.

What was done for speed, each kept because it was faster: cells from which an agent leaves in
constant time (Mesa's own search a list), neighbours in a tuple, one plain loop in `step` instead
of a method call per agent, agents visited in the order in which they lie in memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mesa
from mesa.discrete_space import Cell, CellAgent, Network

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["MOVES_A_DAY", "MinimalModel", "QuickCell", "Walker"]

MOVES_A_DAY = 0.05
"""Chance of moving in a step; in the whole model a few people in a hundred leave a place a day."""


class QuickCell(Cell):  # type: ignore[misc]
    """A cell that agents enter and leave in constant time: each knows its place in the list."""

    def add_agent(self, agent: Walker) -> None:
        """Put an agent at the end."""
        agent.place = len(self._agents)
        self._agents.append(agent)

    def remove_agent(self, agent: Walker) -> None:
        """Take an agent out; the last one takes its place."""
        last = self._agents.pop()
        if last is not agent:
            self._agents[agent.place] = last
            last.place = agent.place


class Walker(CellAgent):  # type: ignore[misc]
    """An agent with one number.

    Attributes:
        value: What is averaged in meetings.
        place: Position in the list of its cell.
    """

    value: float
    place: int


class MinimalModel(mesa.Model):  # type: ignore[misc]
    """Agents that walk over a graph and average a number with those they meet.

    Args:
        agents: How many.
        graph: Where they walk.
        seed: Seed of all chance.
    """

    def __init__(self, agents: int, graph: nx.Graph[Any], seed: int = 1) -> None:
        super().__init__(seed=seed)
        self.space = Network(graph, random=self.random, cell_klass=QuickCell)
        cells = list(self.space.all_cells)
        for cell in cells:
            cell.ways = tuple(cell.connections.values())
        draw = self.random.random
        self.walkers = [Walker(self) for _ in range(agents)]
        for walker in self.walkers:
            walker.value = draw()
            walker.cell = cells[int(draw() * len(cells))]

    def step(self) -> None:
        """Everyone may move, and meets someone."""
        draw = self.random.random
        for walker in self.walkers:
            if draw() < MOVES_A_DAY:
                ways = walker._mesa_cell.ways
                walker.cell = ways[int(draw() * len(ways))]
            here = walker._mesa_cell._agents
            walker.value = (walker.value + here[int(draw() * len(here))].value) * 0.5
