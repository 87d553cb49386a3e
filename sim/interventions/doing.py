"""What interventions do to what they reach, each in a way that does not depend on their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.columns import ANSWERS, OWN_STORIES, REFERRALS
from sim.randomness import name_hash

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sim.parameters import Parameters
    from sim.world import World

__all__ = ["Doing"]

ON_THE_WAY = -1


class Doing:
    """Deeds and words at the points and nodes in the scope of an intervention.

    Attributes:
        points: Index of each service point in scope.
        nodes: Index of each node in scope.
        statuses: Index of each status in scope.
        table: The table of service points.
    """

    points: NDArray[np.int64]
    nodes: NDArray[np.int64]
    statuses: NDArray[np.int64]
    table: np.ndarray
    _world: World

    def story_of(self, name: str) -> int:
        """Slot of the story of another intervention."""
        raise NotImplementedError

    @property
    def parameters(self) -> Parameters:
        """Value of every parameter of the model."""
        return self._world.plan.parameters

    def raise_share(self, column: str, share: float, part: int | None = None) -> None:
        """Bring a share at the points in scope nearer to 1, by a share of what is missing.

        Args:
            column: Which.
            share: By how much of what is missing.
            part: Which of several numbers of the column.
        """
        if share > 0.0:
            values = self.table[column] if part is None else self.table[column][:, part]
            values[self.points] = 1.0 - (1.0 - values[self.points]) * (1.0 - share)

    def raise_for_statuses(self, column: str, share: float) -> None:
        """The same in a column with a number for each status, for the statuses in scope."""
        if share > 0.0:
            cells = np.ix_(self.points, self.statuses)
            values = self.table[column]
            values[cells] = 1.0 - (1.0 - values[cells]) * (1.0 - share)

    def speak(self) -> None:
        """Let the people at the nodes of the points in scope see and hear what is shown there."""
        self._world.tables.nodes["words"][self.table["node"][self.points]] = 1

    def indices_of(self, names: Iterable[str]) -> NDArray[np.int64]:
        """Index of service points by id."""
        ids = self._world.plan.network.points["id"].to_numpy()
        return np.flatnonzero(np.isin(ids, list(names)))

    def open(self, name: str, share: float, today: bool) -> None:
        """Have a new service point there, and open with a share of its places if it is today."""
        point = self.indices_of([name])
        self.table["there"][point] = 1
        if today and share > 0.0:
            self.table["capacity"][point] *= share
            # One that another intervention closes has no places left, and stays closed.
            self.table["open"][point] = self.table["capacity"][point] > 0.0

    def join(self, partner: str, share: float, seen: float) -> None:
        """Let opinion flow between those in scope and a partner, at the nodes of the points.

        Args:
            partner: An organisation or a family.
            share: How closely they work together.
            seen: Share of the visits at which the partner is noticed.
        """
        network = self._world.plan.network
        family = dict(zip(network.organisations["id"], network.organisations["family"],
                          strict=True)).get(partner, partner)
        if family not in network.families:
            return
        other = network.families.index(family)
        pairs = {(int(self.table["node"][k]), int(self.table["family"][k])) for k in self.points}
        self._world.joined += [[node, own, other, share] for node, own in pairs if own != other]
        for k in self.points[self.table["family"][self.points] != other]:
            row = self.table[k]
            # Of several partners the most visible one counts.
            if (seen, -other) > (row["partner_seen"], -row["partner"]):
                row["partner"], row["partner_seen"] = other, seen

    def refer(self, to: str, share: float) -> None:
        """Send a share of those served at the points in scope on to another point."""
        found = [ON_THE_WAY] if to == "next" else self.indices_of([to]).tolist()
        whom = sum(1 << int(status) for status in self.statuses)
        for target in found:
            for point in self.points:
                if point != target:
                    self._add_referral(int(point), (int(target), whom, share))

    def _add_referral(self, point: int, new: tuple[int, int, float]) -> None:
        row = self.table[point]
        held: list[tuple[int, int, float]] = [
            (int(row["refers_to"][n]), int(row["refers_whom"][n]), float(row["refers"][n]))
            for n in range(REFERRALS) if row["refers"][n] > 0.0]
        held = sorted([*held, new], key=lambda each: (-each[2], *each[:2]))[:REFERRALS]
        for n, (target, whom, share) in enumerate(held):
            row["refers_to"][n], row["refers_whom"][n], row["refers"][n] = target, whom, share

    def answer(self, story: str, share: float) -> None:
        """Answer a story at the nodes in scope, each through one of the points in scope there.

        Args:
            story: Id of the intervention whose story it is.
            share: Share of the people of a node whom the answer reaches a day.
        """
        nodes = self._world.tables.nodes
        slot = self.story_of(story)
        which = slot - OWN_STORIES if slot >= OWN_STORIES else ANSWERS - 1
        about = self._world.tables.stories["family"][slot] if slot >= OWN_STORIES else -1
        for node in self.nodes if share > 0.0 else ():
            row = nodes[node]
            there = self.points[self.table["node"][self.points] == node]
            speaks = self._who_answers(there[self.table["open"][there] == 1], int(about))
            if row["rebuttal"][which] > 0.0:
                before = int(row["rebuttal_by"][which])
                speaks = max(before, speaks) if min(before, speaks) < 0 else min(before, speaks)
            row["rebuttal"][which] = 1.0 - (1.0 - row["rebuttal"][which]) * (1.0 - share)
            row["rebuttal_by"][which] = speaks
            row["rebuttal_event"][which] = name_hash(f"answer to {story}")
            row["words"] = 1

    def _who_answers(self, points: Sequence[int] | NDArray[np.int64], about: int) -> int:
        """The first point of the family that the story is about; else the first; else -1."""
        own = [int(k) for k in points if self.table["family"][k] == about]
        return (own or [int(k) for k in points] or [-1])[0]
