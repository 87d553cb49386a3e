"""The world as one person meets it: things with names, and a person among them."""

from __future__ import annotations

from functools import cached_property
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from sim.codes import ABSENT, DEAD
from sim.columns import BODY, FAMILY_WIDTH, STANDING, mind_type
from sim.randomness import block, event_id, gumbel, luck
from sim.rows import (
    Country,
    Leg,
    Node,
    Point,
    PublicRecord,
    Several,
    Source,
    Story,
    over,
    parts_of,
    row_of,
    rows_of,
)

if TYPE_CHECKING:
    from sim.world import World

__all__ = ["Person", "Scene"]


class Scene:
    """Names for the arrays of a world. All are views: what is written here is in the world.

    Attributes:
        world: The world.
        p: Parameters, as attributes.
        amounts: Evidence left by each kind of event.
        gates: 1 for each channel that is on.
        exposure: What each status has to fear; second value in mixed-status households.
        families: Index of each family of organisations.
        family_is: 0 Red Cross and Red Crescent, 1 other humanitarian, 2 government.
        family_key: Hash of each family's name.
        nodes: Nodes.
        legs: Directed legs.
        countries: Countries.
        points: Service points.
        exchanges: Whether people exchange beliefs as in Routes and Rumours.
        aired: What each says to others this evening, where they do.
        stories: Slots for stories.
        sources: Of each node, its four kinds of sources.
        danger_row: Where a person's evidence on danger begins, after that on all families.
        bodies: Who and where everyone is.
        minds: What everyone holds for true.
        standings: Where everyone stands today.
        public: Yesterday's record of everyone.
        away: The place of those who are on the way, in counts by place.
        lines: At each node, its people in today's order.
        node_ids: Names of nodes; likewise of legs, service points and families.
    """

    def __init__(self, world: World) -> None:
        t = world.tables
        settings = t.p[0]
        names = (*world.plan.parameters, "represents", "mean_leg", "worst")
        self.world = world
        self.run = int(settings["run"])
        self.p = SimpleNamespace(**{name: float(settings[name]) for name in names})
        self.amounts: list[list[float]] = settings["amounts"].tolist()
        self.gates: list[float] = settings["gates"].tolist()
        self.exposure: list[list[float]] = settings["exposure"].tolist()
        self.family_is: list[int] = settings["family_is"].tolist()
        self.families = range(len(self.family_is))
        self.danger_row = len(self.families) * FAMILY_WIDTH
        self.exchanges = bool(settings["exchange"])
        self.aired = t.aired
        self.family_key: list[int] = settings["family_key"].tolist()
        self.fade_for: list[float] = t.fade_for.tolist()
        self.fade_against: list[float] = t.fade_against.tolist()
        self.nodes: list[Node] = rows_of(Node, t.nodes)
        self.legs: list[Leg] = rows_of(Leg, t.legs)
        self.countries: list[Country] = rows_of(Country, t.countries)
        self.points: list[Point] = rows_of(Point, t.points)
        self.stories: list[Story] = rows_of(Story, t.stories)
        kinds = t.sources.shape[1]
        sources = rows_of(Source, t.sources.reshape(-1))
        self.sources: list[list[Source]] = [
            sources[n * kinds : (n + 1) * kinds] for n in range(len(self.nodes))]
        self.bodies = over(row_of(BODY), t.body)
        self.minds = over(row_of(t.mind.dtype), t.mind)
        self.standings = over(row_of(STANDING), t.standing)
        self.public = over(PublicRecord, t.public)
        # A node's points stay the same, also those that have yet to be opened.
        self._points_at = [
            [(k, self.points[k]) for k in range(it.first_point, it.first_point + it.points)]
            for it in self.nodes]
        self.away = len(self.nodes)
        self.lines: list[list[Any]] = [[] for _ in self.nodes]
        network = world.plan.network
        self.node_ids: list[str] = network.nodes["id"].to_list()
        self.leg_ids: list[str] = network.legs["id"].to_list()
        self.point_ids: list[str] = network.points["id"].to_list()
        self.family_names: list[str] = network.families

    def __reduce__(self) -> tuple[type[Scene], tuple[World]]:
        # A copy of a view would be no view: a scene is made anew from its world.
        return Scene, (self.world,)

    def points_at(self, node: int) -> list[tuple[int, Point]]:
        """The service points at a node, each with its index."""
        return self._points_at[node]

    def remaining(self, destination: int, node: int) -> float:
        """Kilometres from a node to a destination, with all legs open."""
        return self.world.tables.remaining.item(self.nodes[destination].target, node)

    def together(self, node: int, family: int, other: int) -> float:
        """Share of evidence on one family that counts for another, at a node."""
        return self.world.tables.together.item(node, family, other)

    def count(self, place: int, status: int, measure: int) -> None:
        """Count one more of something today."""
        self.world.tally.counts[place, status, measure] += 1

    def count_at(self, point: int, measure: int) -> None:
        """Count one more of something at a service point today."""
        self.world.tally.by_point[point, measure] += 1

    def luck(self, stream: int, day: int, key: int, option: int = 0
             ) -> tuple[float, float, float, float]:
        """Four random numbers between 0 and 1 for a cause."""
        return luck(self.run, stream, day, key, option)


@parts_of(_body=BODY, _mind=mind_type(1), _standing=STANDING)
class Person:
    """One migrant, in numbers: attributes are the fields of ``BODY`` and of ``mind_type``."""

    if TYPE_CHECKING:
        # Put in by `parts_of`.
        key: int
        heard: int
        telling: int
        entered: int
        departed: int
        origin: int
        destination: int
        node: int
        leg: int
        days_left: int
        since: int
        told_day: int
        told_point: int
        told_node: int
        asked: int
        status: int
        first_status: int
        state: int
        money: int
        traits: int
        ever: int
        sources: int
        outcome: int
        need: int
        told_kind: int
        seen: int
        rank: int
        left_for: float
        left_against: float
        level: Several
        onset: Several
        episode: Several
        known: Several
        evidence: Several
        events: Several
        ties: Several
        touched: Several
        danger_touched: int
        filed_point: Several
        filed_day: Several

    def __init__(self, scene: Scene, index: int) -> None:
        self.scene = scene
        self.index = index
        self._take_part()

    def _take_part(self) -> None:
        """Find one's rows in the tables of the world."""
        self._body = self.scene.bodies[self.index]
        self._mind = self.scene.minds[self.index]
        self._standing = self.scene.standings[self.index]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.index})"

    def __getstate__(self) -> dict[str, Any]:
        # A copy of a row would be no row of a table: rows are found anew.
        return {name: value for name, value in self.__dict__.items() if name not in _FOUND}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._take_part()

    @cached_property
    def public(self) -> PublicRecord:
        """What others may know of this person."""
        record: PublicRecord = self.scene.public[self.index]
        return record

    @property
    def last_event(self) -> int:
        """Id of the last first-hand experience."""
        return event_id(self.key, self.told_day, self.told_kind)

    @property
    def public_event(self) -> int:
        """Id of the experience that others may know of."""
        public = self.public
        return event_id(self.key, public.told_day, public.told_kind)

    @property
    def here(self) -> Node:
        """The node this person is at (on a leg: the one left behind)."""
        return self.scene.nodes[self.node]

    @property
    def place(self) -> int:
        """Where this person counts: the node, or on the way."""
        return self.scene.away if self.leg >= 0 else self.node

    @property
    def abroad(self) -> bool:
        """Whether this person is outside the country of origin."""
        return bool(self.here.country != self.scene.nodes[self.origin].country)

    @property
    def alive(self) -> bool:
        """Whether this person has entered the system and not died."""
        return self.state not in (ABSENT, DEAD)

    def words(self, stream: int, day: int, option: int = 0) -> tuple[int, int, int, int]:
        """Four random words of this person's own."""
        return block(self.scene.run, stream, day, self.key, option)

    def luck(self, stream: int, day: int, option: int = 0) -> tuple[float, float, float, float]:
        """Four random numbers between 0 and 1 of this person's own."""
        return luck(self.scene.run, stream, day, self.key, option)

    def whim(self, stream: int, day: int, option: int = 0) -> float:
        """Gumbel noise of this person's own for an option."""
        return gumbel(block(self.scene.run, stream, day, self.key, option)[0])

    def count(self, measure: int, place: int | None = None) -> None:
        """Count one more of something today, under this person's status."""
        self.scene.count(self.place if place is None else place, self.status, measure)

    def stand(self) -> None:
        """Take one's place in space, after moving; only a Mesa agent has one."""


_FOUND = {"_body", "_mind", "_standing", "public", *(BODY.names or ()),
          *(mind_type(1).names or ())}
