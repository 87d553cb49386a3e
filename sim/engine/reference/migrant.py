"""A migrant as a plain Mesa agent. Each phase of the day is one of its methods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mesa.discrete_space import Cell, CellAgent

from sim.engine.reference.asking import Asking
from sim.engine.reference.meeting import Meeting
from sim.engine.reference.moving import Moving
from sim.engine.reference.observing import Observed
from sim.engine.reference.reaching import Listening
from sim.engine.reference.serving import Visiting
from sim.scene import Person, Scene

if TYPE_CHECKING:
    import mesa

__all__ = ["Migrant"]


class Migrant(Moving, Asking, Visiting, Meeting, Listening, Observed, CellAgent):
    """One person on the route, who owns nothing: all attributes are cells of the world's tables.

    People at a node (also those detained there) are in its cell of the network; people on a leg
    and the dead are in none.

    | phase of the day | method |
    |---|---|
    | needs | :meth:`need_something` |
    | enforcement | :meth:`face_the_authorities` |
    | asking | :meth:`choose` |
    | service | :meth:`be_helped` and others, called by the service point |
    | witnessing | :meth:`see` |
    | meetings | :meth:`meet` |
    | outreach | :meth:`be_reached` |
    | status | :meth:`change_status` |
    | moving | :meth:`move_on` |
    | observing | :meth:`end_the_day` |
    """

    if TYPE_CHECKING:
        cell: Cell | None

    def __init__(self, model: mesa.Model, scene: Scene, cells: list[Cell], index: int) -> None:
        Person.__init__(self, scene, index)
        CellAgent.__init__(self, model)
        self._cells = cells
        self.stand()

    def stand(self) -> None:
        """Move to the cell of one's node; people on a leg and the dead have none."""
        there = None if self.leg >= 0 or not self.alive else self._cells[self.node]
        if self.cell is not there:
            self.move_to(there)
