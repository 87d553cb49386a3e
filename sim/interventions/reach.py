"""What an intervention can get hold of: the service points, nodes and stories in its scope.

There are no opinions and no choices here, so an intervention cannot write them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from weakref import proxy

import numpy as np
from numpy.typing import NDArray

from sim.codes import KINDS_OF_EVENT, STATUSES
from sim.columns import NOTHING_SHARED, OWN_STORIES, STORIES
from sim.engine import streams
from sim.engine.compiled.storytelling import seed_story
from sim.interventions.doing import Doing
from sim.network.once import once_per_network
from sim.randomness import block, name_hash, uniform

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sim.interventions.base import Intervention, Scope
    from sim.network import RouteNetwork
    from sim.plan import Plan
    from sim.world import World

__all__ = ["Field", "Reach", "slot_of"]

FOREVER = 32000
NO_SLOT = -2


class Reach:
    """Finds what a scope names."""

    def __init__(self, world: World) -> None:
        # A world holds its reach: were it held in turn, its arrays would not go when it is left.
        self._world = proxy(world)
        self._fields: dict[int, Field] = {}

    def of(self, number: int, intervention: Intervention) -> Field:
        """The part of the world that intervention ``number`` of the plan acts on."""
        if number not in self._fields:
            self._fields[number] = Field(self._world, intervention)
        return self._fields[number]


class Field(Doing):
    """The part of the world in the scope of one intervention.

    Attributes:
        points: Index of each service point in scope.
        nodes: Index of each node in scope (where its legs begin if it names legs only, the nodes
            of its points if it names points only).
        legs: Index of each leg in scope.
        statuses: Each status in scope; all of them if it names none.
        effect: Value of ``firewall_effect``.
        table: All service points as they are today.
        node_table: All nodes as they are today; likewise ``leg_table`` and ``country_table``.
        network: Everything as it is without interventions.
    """

    def __init__(self, world: World, intervention: Intervention) -> None:
        scope = intervention.scope
        self._world = world
        self._id = intervention.id
        self._slot = slot_of(world.plan, intervention)
        self.points = _points(world, scope)
        self.legs = _legs(world, scope)
        self.statuses = np.flatnonzero(np.isin(STATUSES, scope.status or STATUSES))
        self.nodes = _nodes(world, scope, self.points)
        self.effect = world.plan.parameters["firewall_effect"]
        self.table = world.tables.points
        self.node_table = world.tables.nodes
        self.leg_table = world.tables.legs
        self.country_table = world.tables.countries
        self.network = world.plan.network

    def draw(self, key: int, day: int = 0) -> tuple[float, float, float, float]:
        """Luck of this intervention with a thing (by its key), for good or on one day."""
        run = int(self._world.tables.p[0]["run"])
        a, b, c, d = block(run, streams.ACT, day, key, name_hash(self._id))
        return uniform(a), uniform(b), uniform(c), uniform(d)

    def chosen(self, keys: NDArray[np.uint64], share: float) -> NDArray[np.bool_]:
        """Which of some things are in a share of them; a larger share adds to a smaller one."""
        return np.array([self.draw(int(key))[0] < share for key in keys], bool)

    def status_bits(self) -> int:
        """The statuses in scope, a bit each."""
        return sum(1 << int(status) for status in self.statuses)

    def countries(self, names: tuple[str, ...] | None = None) -> np.uint64:
        """Countries as bits: those named, or those of the nodes in scope."""
        if names is None:
            here = set(self._world.tables.nodes["country"][self.nodes].tolist())
        else:
            codes = list(self._world.plan.network.countries["country"])
            here = {codes.index(name) for name in names if name in codes}
        return np.uint64(sum(1 << c for c in here))

    def announce(self, kind: str, day: int, until: int = NOTHING_SHARED,
                 about: NDArray[np.int64] | None = None, minded: float = 1.0) -> int:
        """Begin the announcement of an event, or keep it up; returns its story's slot.

        Args:
            kind: Kind of event, one of :data:`sim.codes.KINDS_OF_EVENT`.
            day: Today: the first day of the announcement.
            until: Day up to which the story is held even if nobody tells it.
            about: Service points that it is about; None: all in scope.
            minded: Share of the people reached who make anything of it.
        """
        p = self._world.plan.parameters
        slot = self._begin(kind, day, about)
        if slot < 0:
            return slot
        story = self._world.tables.stories[slot]
        story["news"] = 1
        story["news_until"] = min(FOREVER, day + int(p["news_days"]))
        story["held_until"] = until
        story["reach"] = p["news_reach"] * minded
        return slot

    def spread(self, kind: str, day: int, share: float, true: bool) -> None:
        """Let a share of the people at the nodes in scope know a story and tell it."""
        slot = self.story()
        if slot < 0:
            self._world.overflow += 1
            return
        ending = self._world.over >> slot & 1
        if self._world.tables.stories[slot]["live"] == 0 or ending:
            self._begin(kind, day)
            self._world.tables.stories[slot]["true"] = true
        self._world.tables.stories[slot]["renewed"] = day
        where = np.zeros(len(self._world.tables.nodes), np.int64)
        where[self.nodes] = 1
        seed_story(self._world.tables, slot, where, share, self._world.people, day)

    def story(self) -> int:
        """Slot kept for this intervention's story; -2 (nobody can hear it) if none is left."""
        return self._slot

    def story_of(self, name: str) -> int:
        """Slot of the story of another intervention; -2 if it has none, or is not there."""
        found = [each for each in self._world.plan.interventions if each.id == name]
        return slot_of(self._world.plan, found[0]) if found else NO_SLOT

    def hold(self, until: int) -> None:
        """Keep the story alive, so that whoever heard it goes on knowing."""
        if self._slot >= 0:
            self._world.over &= ~(1 << self._slot)
            self._world.tables.stories[self._slot]["held_until"] = until

    def _begin(self, kind: str, day: int, about: NDArray[np.int64] | None = None) -> int:
        slot = self.story()
        if slot < 0:
            self._world.overflow += 1
            return slot
        self._world.over &= ~(1 << slot)
        tables = self._world.tables
        story = tables.stories[slot]
        points = self._points_there() if about is None else about
        nodes = self.nodes if about is None else np.unique(tables.points["node"][about])
        point = self._main_point(points)
        about_all = kind in ("firewall", "law", "raid", "leg_danger")
        story["live"], story["true"], story["kind"] = 1, 1, KINDS_OF_EVENT.index(kind)
        story["point"] = -1 if about_all else point
        story["family"] = -1 if about_all or point < 0 else tables.points["family"][point]
        story["node"] = int(nodes[0]) if len(nodes) == 1 else -1
        story["also"] = 0 if about_all else self._further_families(points, point, kind)
        story["leg"] = self.legs[0] if kind == "leg_danger" and len(self.legs) else -1
        story["event"] = name_hash(f"intervention {self._id} {kind}")
        story["renewed"] = day
        story["countries"] = self.countries()
        return slot

    def _main_point(self, points: NDArray[np.int64]) -> int:
        """The point of some that registers most: news is about it first."""
        if not len(points):
            return -1
        return int(points[np.argmax(self.table["registers"][points])])

    def _points_there(self) -> NDArray[np.int64]:
        """Points in scope, without those that have yet to open."""
        return self.points[self.table["there"][self.points] == 1]

    def _further_families(self, points: NDArray[np.int64], point: int, kind: str) -> int:
        """Other families that news concerns (of a breach: those that register), as bits."""
        if point < 0:
            return 0
        if kind == "breach":
            points = points[self.table["registers"][points] > 0.0]
        families = set(self.table["family"][points].tolist()) - {int(self.table["family"][point])}
        return sum(1 << int(family) for family in families)


def slot_of(plan: Plan, intervention: Intervention) -> int:
    """Slot for the story of an intervention of a plan.

    Slots go to interventions that can make a story, in the order of their ids.
    """
    ids = sorted(i.id for i in plan.interventions if i.makes_story)
    rank = ids.index(intervention.id) if intervention.makes_story else len(ids)
    return OWN_STORIES + rank if rank < STORIES - OWN_STORIES else NO_SLOT


class _Names(NamedTuple):
    """What a scope may name, as arrays: of points, of legs and of nodes."""

    service_point: NDArray[np.object_]
    node: NDArray[np.object_]
    organisation: NDArray[np.object_]
    family: NDArray[np.object_]
    country: NDArray[np.object_]
    added: NDArray[np.bool_]
    legs: NDArray[np.object_]
    nodes: NDArray[np.object_]
    countries: NDArray[np.object_]


@once_per_network
def _names_of(network: RouteNetwork) -> _Names:
    points, nodes, owners = network.points, network.nodes, network.organisations
    family = dict(zip(owners["id"], owners["family"], strict=True))
    country = dict(zip(nodes["id"], nodes["country"], strict=True))
    return _Names(
        _objects(points["id"]), _objects(points["node"]), _objects(points["organisation"]),
        _objects(family[owner] for owner in points["organisation"]),
        _objects(country[node] for node in points["node"]),
        points["id"].isin(network.added).to_numpy(bool), _objects(network.legs["id"]),
        _objects(nodes["id"]), _objects(nodes["country"]),
    )  # fmt: skip


def _objects(values: Iterable[str]) -> NDArray[np.object_]:
    return np.array(list(values), object)


def _points(world: World, scope: Scope) -> NDArray[np.int64]:
    known = _names_of(world.plan.network)
    chosen = np.ones(len(known.service_point), bool)
    for names, values in ((scope.service_point, known.service_point), (scope.node, known.node),
                          (scope.organisation, known.organisation), (scope.family, known.family),
                          (scope.country, known.country)):
        if names:
            chosen &= np.isin(values, names)
    return np.flatnonzero(chosen) if not scope.empty else np.zeros(0, np.int64)


def _legs(world: World, scope: Scope) -> NDArray[np.int64]:
    return np.flatnonzero(np.isin(_names_of(world.plan.network).legs, scope.leg))


def _nodes(world: World, scope: Scope, points: NDArray[np.int64]) -> NDArray[np.int64]:
    known = _names_of(world.plan.network)
    if scope.all or set(scope.named()) == {"status"}:
        return np.arange(len(known.nodes))
    if scope.leg and not (scope.node or scope.country):
        return np.unique(world.tables.legs["start"][_legs(world, scope)])
    if not (scope.node or scope.country):
        there = points if scope.service_point else points[~known.added[points]]
        return np.unique(world.tables.points["node"][there])
    chosen = np.ones(len(known.nodes), bool)
    if scope.node:
        chosen &= np.isin(known.nodes, scope.node)
    if scope.country:
        chosen &= np.isin(known.countries, scope.country)
    return np.flatnonzero(chosen)
