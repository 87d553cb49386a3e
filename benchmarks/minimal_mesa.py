"""The least that a Mesa model of people on a route can do, made as fast as Mesa allows.

It is the yardstick for the whole model: `CellAgent`s on a `mesa.discrete_space.Network`. Each step
every agent moves to a random neighbouring cell with a fixed probability, meets one agent of its
cell and takes the average of one number. Nothing else: no opinions, needs, services, borders.

`MinimalModel` uses Mesa's public interface only, as a careful user would. What was tuned:

- `cell.agents` copies the list at each access. The live list, which `space.all_cells[cell]` hands
  out, is looked up when an agent arrives and then kept; so is the tuple of neighbouring cells.
- `random.random` is bound once per agent, and an index is made from it: with `random.choice` even
  the variant `OwnCells` below takes a third longer, and `select_random_cell` is slower still.
- Slots for the agent's own attributes (a few per cent). Tried and not kept: handing `agents.do` the
  function instead of its name, which made no difference.
- `agents.do`, which visits agents in the order in which they lie in memory: nothing depends on the
  order here, and `shuffle_do` takes half as long again, or more.

What of Mesa's cost remains: a call per agent; weak references to all agents, listed each step; and
the bookkeeping of a move. `Cell.remove_agent` searches the list of the cell, and then copies it to
see whether it is empty. That grows with the number of agents in a cell, and the route has few
cells: at 100,000 agents it is most of the time.

Two more variants show how much that is. `OwnCells` hands Mesa another class of cells (`cell_klass`)
that agents leave in constant time, at the price of relying on how Mesa's cells keep their agents.
`BareLoop` has no method call per agent, either: one loop, and of Mesa little more than the objects.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import mesa
from mesa.discrete_space import Cell, CellAgent, Network

if TYPE_CHECKING:
    from collections.abc import Callable

    import networkx as nx

__all__ = ["MOVES_A_DAY", "BareLoop", "MinimalModel", "OwnCells", "QuickCell", "Walker"]

MOVES_A_DAY = 0.05
"""Chance of moving in a step; in the whole model a few people in a hundred leave a place a day."""


class Walker(CellAgent):  # type: ignore[misc]
    """An agent with one number.

    Attributes:
        value: What is averaged in meetings.
        company: Those who are in the same cell, this agent among them.
        ways: Neighbouring cells.
        draw: A random number from 0 to 1.
        place: Position in the list of its cell; only :class:`QuickCell` keeps it.
    """

    __slots__ = ("company", "draw", "place", "value", "ways")

    company: list[Walker]
    draw: Callable[[], float]
    place: int
    value: float
    ways: tuple[Any, ...]

    def __init__(self, model: MinimalModel, cell: Any) -> None:
        super().__init__(model)
        self.draw = model.random.random
        self.value = self.draw()
        self.move_to(cell)
        self.company, self.ways = cell.company, cell.ways

    def step(self) -> None:
        """Perhaps move; meet someone."""
        draw = self.draw
        if draw() < MOVES_A_DAY:
            ways = self.ways
            cell = ways[int(draw() * len(ways))]
            self.move_to(cell)
            self.company, self.ways = cell.company, cell.ways
        company = self.company
        self.value = (self.value + company[int(draw() * len(company))].value) * 0.5


class MinimalModel(mesa.Model):  # type: ignore[misc]
    """Agents that walk over a graph and average a number with those they meet.

    Args:
        agents: How many.
        graph: Where they walk.
        seed: Seed of all chance.
    """

    kind_of_cell: ClassVar[type] = Cell

    def __init__(self, agents: int, graph: nx.Graph[Any], seed: int = 1) -> None:
        super().__init__(seed=seed)
        self.space = Network(graph, random=self.random, cell_klass=self.kind_of_cell)
        cells = self.space.all_cells.cells
        for cell in cells:
            cell.ways = tuple(cell.connections.values())
            cell.company = self.space.all_cells[cell]
        for _ in range(agents):
            Walker(self, self.random.choice(cells))

    def step(self) -> None:
        """Everyone may move, and meets someone."""
        self.agents.do("step")


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


class OwnCells(MinimalModel):
    """The same with cells that are left in constant time."""

    kind_of_cell = QuickCell


class BareLoop(OwnCells):
    """The same again, with what an agent does written out in one loop."""

    def __init__(self, agents: int, graph: nx.Graph[Any], seed: int = 1) -> None:
        super().__init__(agents, graph, seed)
        self.walkers: list[Walker] = list(self.agents)

    def step(self) -> None:
        """Everyone may move, and meets someone."""
        draw = self.random.random
        for walker in self.walkers:
            if draw() < MOVES_A_DAY:
                ways = walker.ways
                cell = ways[int(draw() * len(ways))]
                walker.move_to(cell)
                walker.company, walker.ways = cell.company, cell.ways
            company = walker.company
            walker.value = (walker.value + company[int(draw() * len(company))].value) * 0.5
