"""The world as one person meets it: things with names, and a person among them."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from sim.codes import ABSENT, DEAD
from sim.columns import BODY, STANDING, mind_type
from sim.randomness import block, event_id, gumbel, uniform
from sim.rows import (
    Country,
    Leg,
    Node,
    Point,
    PublicRecord,
    Row,
    Several,
    Source,
    Story,
    cells_of,
    columns_of,
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
        public: Columns of yesterday's record of everyone.
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
        self.public = columns_of(t.public)
        self.away = len(self.nodes)
        self.lines: list[list[Any]] = [[] for _ in self.nodes]
        self.columns = columns_of(t.body, t.mind, t.standing)
        network = world.plan.network
        self.node_ids: list[str] = network.nodes["id"].to_list()
        self.leg_ids: list[str] = network.legs["id"].to_list()
        self.point_ids: list[str] = network.points["id"].to_list()
        self.family_names: list[str] = network.families

    def __reduce__(self) -> tuple[type[Scene], tuple[World]]:
        # A copy of a view would be no view: a scene is made anew from its world.
        return Scene, (self.world,)

    @property
    def families(self) -> range:
        """Index of each family of organisations."""
        return range(len(self.family_is))

    def points_at(self, node: int) -> Iterator[tuple[int, Point]]:
        """The service points at a node, each with its index."""
        here = self.nodes[node]
        for k in range(here.first_point, here.first_point + here.points):
            yield k, self.points[k]

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

    def words(self, stream: int, day: int, key: int, option: int = 0) -> tuple[int, int, int, int]:
        """Four random words for a cause."""
        return block(self.run, stream, day, key, option)

    def luck(self, stream: int, day: int, key: int, option: int = 0
             ) -> tuple[float, float, float, float]:
        """Four random numbers between 0 and 1 for a cause."""
        a, b, c, d = self.words(stream, day, key, option)
        return uniform(a), uniform(b), uniform(c), uniform(d)


@cells_of(BODY, mind_type(1), STANDING)
class Person(Row):
    """One migrant, in numbers: attributes are the fields of ``BODY`` and of ``mind_type``."""

    if TYPE_CHECKING:
        # Put in by `cells_of`.
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
        super().__init__(scene.columns, index)
        self.scene = scene

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name != "columns"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, columns=state["scene"].columns)

    @property
    def public(self) -> PublicRecord:
        """What others may know of this person."""
        return PublicRecord(self.scene.public, self.index)

    @property
    def last_event(self) -> int:
        """Id of the last first-hand experience."""
        return event_id(self.key, self.told_day, self.told_kind)

    @property
    def public_event(self) -> int:
        """Id of the experience that others may know of."""
        return event_id(self.key, self.public.told_day, self.public.told_kind)

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
        return self.scene.words(stream, day, self.key, option)

    def luck(self, stream: int, day: int, option: int = 0) -> tuple[float, float, float, float]:
        """Four random numbers between 0 and 1 of this person's own."""
        return self.scene.luck(stream, day, self.key, option)

    def whim(self, stream: int, day: int, option: int = 0) -> float:
        """Gumbel noise of this person's own for an option."""
        return gumbel(self.words(stream, day, option)[0])

    def count(self, measure: int, place: int | None = None) -> None:
        """Count one more of something today, under this person's status."""
        self.scene.count(self.place if place is None else place, self.status, measure)

    def stand(self) -> None:
        """Take one's place in space, after moving; only a Mesa agent has one."""
