"""All state of one run, as arrays. No Mesa here: this is what comparisons and sweeps run."""

from __future__ import annotations

import copy
import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.codes import E_NONE, EXCHANGES
from sim.columns import (
    NOTHING_SHARED,
    PUBLIC,
    SOURCE,
    STANDING,
    STORIES,
    STORY,
    Tables,
    mind_type,
    rows,
    settings_type,
    twin,
)
from sim.engine.amounts import (
    evidence_amounts,
    exposure_table,
    fading_table,
    gates,
    most_pressure,
    telling_table,
)
from sim.engine.tally import Tally
from sim.interventions.reach import Reach
from sim.network.arrays import NetworkArrays, compile_network, together_at
from sim.parting import begins
from sim.population import populate
from sim.randomness import name_hash, run_key
from sim.usual import Usual

if TYPE_CHECKING:
    from sim.interventions import Intervention
    from sim.plan import Plan

__all__ = ["PERSON_COLUMNS", "World"]

PERSON_COLUMNS = ("body", "mind", "public")
"""The tables that have a row per migrant and last from day to day."""
_WORLD_COLUMNS = ("stories", "sources")
_LASTING = ("left", "leak_day", "leak_share", "leak_countries")
"""What lasts from day to day at a service point."""


class World:
    """One run: the network, everyone in it, and what they hold for true.

    Attributes:
        plan: What the run is about.
        replicate: Which of several runs with the same seed.
        tables: All arrays, as the engines read them.
        tally: Counters of the day.
        people: How many have entered; they come first in every column.
        over: Stories that end today, a bit each.
        overflow: First-hand experiences that found no free slot to become a story.
        joined: Families that work together today because a scenario says so: node, one family,
            the other, and how closely.
    """

    def __init__(self, plan: Plan, replicate: int = 0) -> None:
        self.plan = plan
        self.replicate = replicate
        self.people = 0
        self.over = 0
        self.overflow = 0
        self.represents = plan.people / plan.migrants
        self.tables = _tables(plan, replicate, self.represents)
        self.tally = Tally.empty(self.places, len(self.tables.points))
        # How many have entered by the end of each day; people stand in the order of their days.
        self._entered = np.searchsorted(
            self.tables.body["entered"], np.arange(-plan.burn_in, plan.days), side="right")
        self._usual = Usual(self.tables)
        self._acts = _acts(plan)
        self._closed = [
            (n, window) for n, windows in enumerate(plan.network.legs["closed"])
            for window in windows
        ]
        self._together_for = self.tables.points["open"].copy()
        self._as_usual = False
        self.joined: list[list[float]] = []
        self._joined_for: list[list[float]] = []
        self.reach = Reach(self)

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "reach"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state)
        self.reach = Reach(self)

    @property
    def places(self) -> int:
        """Nodes, and one more: on the way."""
        return len(self.tables.nodes) + 1

    @property
    def nbytes(self) -> int:
        """Bytes of all tables."""
        return sum(array.nbytes for array in self.tables)

    def copy(self, plan: Plan) -> World:
        """A copy of this world as it stands, for a plan with other interventions."""
        other = copy.copy(self)
        other.plan, other._acts = plan, _acts(plan)
        copies = {name: twin(array) for name, array in self.tables._asdict().items()}
        other.tables = Tables(**copies | _room(len(self.tables.slots)))
        other.tally = Tally.empty(self.places, len(self.tables.points))
        other._usual = copy.copy(self._usual)
        return other

    def admit(self, day: int) -> None:
        """Let in everyone who sets out today."""
        last = len(self._entered) - 1
        self.people = int(self._entered[min(day + self.plan.burn_in, last)])

    def intervene(self, day: int) -> None:
        """Put the world back to what the network says, and let the interventions of today act."""
        acts = [act[1:] for act in self._acts if act[0] <= day]
        closed = [leg for leg, (start, end) in self._closed if start <= day < end]
        usual = not acts and not closed
        # Most days of most runs are as usual; to find that out anew took 0.1 ms each time.
        if not (usual and self._as_usual):
            self._change(acts, closed, day)
        self._as_usual = usual

    def _change(self, acts: list[tuple[int, Intervention]], closed: list[int], day: int) -> None:
        self._usual.restore(self.tables)
        for leg in closed:
            self.tables.legs["open"][leg] = 0
        self.joined = []
        for number, intervention in acts:
            intervention.apply(self.reach.of(number, intervention), day)
        self._need_more()
        # Where a firewall is kept, officers are not at the door, whoever sent them.
        self.tables.points["door"] *= 1.0 - self.tables.points["kept"]
        self._stand_together()

    def _need_more(self) -> None:
        """Where living conditions are not as usual, needs begin more or less often."""
        nodes, usual = self.tables.nodes, self._usual.values["nodes"]["conditions"]
        changed = (nodes["conditions"] != usual).any(axis=1)
        if not changed.any():
            return
        before = usual[changed].sum(axis=1)
        # Where nothing is needed usually, a multiple of it is nothing as well.
        nodes["onset"][changed] = nodes["conditions"][changed].sum(axis=1) / np.where(
            before > 0.0, before, 1.0)

    def _stand_together(self) -> None:
        now, joined = self.tables.points["open"], sorted(self.joined)
        if np.array_equal(self._together_for, now) and self._joined_for == joined:
            return
        self._together_for, self._joined_for = now.copy(), joined
        together = self.tables.together
        together[:] = together_at(
            self.tables.nodes, self.tables.points, self.plan.network, self.plan.parameters)
        for node, one, other, share in joined:
            # Opinion flows both ways, as between those at the same place.
            for pair in ((int(node), int(one), int(other)), (int(node), int(other), int(one))):
                together[pair] = max(together[pair], share * self.plan.parameters["association"])

    def free_stories(self, over: int) -> None:
        """Free the slots of stories that ended today."""
        if not over:
            return
        for slot in range(STORIES):
            if over >> slot & 1:
                self.tables.stories[slot] = _no_story()

    def state_hash(self) -> str:
        """Hash of everything that lasts, the same for both engines and any number of threads."""
        digest = hashlib.blake2b(digest_size=16)
        for name in (*PERSON_COLUMNS, *_WORLD_COLUMNS):
            digest.update(getattr(self.tables, name).tobytes())
        points = self.tables.points
        # What has yet to open for the first time holds nothing, and might as well not be there.
        begun = points[(points["there"] == 1) | (points["left"] >= 0.0)]
        for field in _LASTING:
            digest.update(begun[field].tobytes())
        return digest.hexdigest()


def _acts(plan: Plan) -> list[tuple[int, int, Intervention]]:
    """Interventions in the order in which they act: each one's first day, its number, itself."""
    acts = [
        (begins(each), number, each) for number, each in enumerate(plan.interventions)
        if each.strength > 0.0
    ]
    return sorted(acts, key=lambda act: act[2].acts_last)


def _no_story() -> np.ndarray:
    story = np.zeros((), STORY)
    story["kind"] = E_NONE
    story["point"] = story["node"] = story["leg"] = story["family"] = -1
    story["news_until"] = story["held_until"] = NOTHING_SHARED
    return story


def _tables(plan: Plan, replicate: int, represents: float) -> Tables:
    key = run_key(plan.seed, replicate)
    p = plan.parameters
    arrays = compile_network(plan.network, p, represents)
    body, ties = populate(plan, arrays, key)
    span = plan.days + plan.burn_in + 2
    room = 2 + max(plan.migrants, len(arrays.nodes))
    stories = np.zeros(STORIES, STORY)
    stories[:] = _no_story()
    mind = rows(plan.migrants, mind_type(len(plan.network.families)))
    mind["touched"] = body["entered"][:, None]
    body["danger_touched"] = body["entered"]
    standing = np.zeros(plan.migrants, STANDING)
    standing["rank"] = -1
    mind["ties"] = ties
    mind["filed_point"] = -1
    return Tables(
        p=_settings(plan, arrays, key, represents), body=body, mind=mind,
        public=rows(plan.migrants, PUBLIC), standing=standing,
        order=rows(plan.migrants, np.dtype(np.int32)), at=np.zeros(len(arrays.nodes) + 1, np.int64),
        nodes=arrays.nodes, legs=arrays.legs,
        countries=arrays.countries, points=arrays.points, stories=stories,
        sources=np.zeros((len(arrays.nodes), 4), SOURCE), remaining=arrays.remaining,
        together=arrays.together, fade_for=fading_table(p["half_life_for"], span),
        fade_against=fading_table(p["half_life_against"], span),
        told_after=telling_table(p["telling_half_life"], span),
        slots=np.zeros(room, np.int32), queues=np.zeros((2, len(arrays.points) + 2), np.int64),
        aired=_aired(plan), **_room(room),
    )


def _aired(plan: Plan) -> NDArray[np.float32]:
    """What each person says to others in an exchange of beliefs; no rows where there is none."""
    people = plan.migrants if plan.opinion_exchange != EXCHANGES[0] else 0
    return np.zeros((people, 3 * len(plan.network.families) + 1, 2), np.float32)


def _room(size: int) -> dict[str, NDArray[Any]]:
    """Room to work in that two phases use in turn, each in its own way."""
    tickets = np.zeros(size)
    begin, fill = tickets.view(np.int32).reshape(2, size)
    return {"begin": begin, "fill": fill, "tickets": tickets}


def _settings(plan: Plan, arrays: NetworkArrays, key: int, represents: float) -> np.ndarray:
    p = plan.parameters
    families = plan.network.families
    settings = np.zeros(1, settings_type(tuple(p), len(families)))
    for name, value in p.items():
        settings[name] = value
    settings["run"] = key
    settings["represents"] = represents
    settings["mean_leg"] = arrays.mean_leg
    settings["worst"] = most_pressure(p)
    settings["amounts"] = evidence_amounts(p)
    settings["gates"] = gates(p)
    settings["exposure"] = exposure_table(p, plan.zero_exposure)
    settings["exchange"] = EXCHANGES.index(plan.opinion_exchange)
    settings["family_key"] = [name_hash(name) for name in families]
    settings["family_is"] = [{"rcrc": 0, "government": 2}.get(name, 1) for name in families]
    return settings
