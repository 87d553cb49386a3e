"""One migrant as users of a model see it: words instead of numbers, read and written in place.

Example:
    >>> someone = model.migrants[7]
    >>> someone.status, someone.node, someone.opinion("rcrc").uncertainty
    >>> someone.status = "regular"
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sim.codes import (
    HAS_LANGUAGE,
    HAS_PHONE,
    KINDS_OF_EVENT,
    MIXED_HOUSEHOLD,
    MONEY,
    NEEDS,
    NOWHERE,
    OUTCOMES,
    REFUSED_HERE,
    SOURCES,
    STATES,
    STATUSES,
    STAYING,
    TRAVELLING,
    URGENCIES,
    URGENCY_BITS,
)
from sim.engine.reference.absorbing import Learning
from sim.engine.reference.reading import POINT_BITS
from sim.rules.opinion import belief, disbelief, projected_probability, uncertainty
from sim.scene import Scene

__all__ = ["EVER", "FACETS", "Experience", "MigrantView", "Opinion"]

FACETS = ("competence", "integrity", "independence")
EVER = ("assisted", "assisted_rcrc", "unmet", "unaware", "deterred", "detained", "moved",
        "intercepted")
"""What may ever have happened to a person, in the order of the bits of ``ever``."""


class Opinion(NamedTuple):
    """An opinion of subjective logic; belief, disbelief and uncertainty add up to 1."""

    belief: float
    disbelief: float
    uncertainty: float
    probability: float


class Experience(NamedTuple):
    """A person's last first-hand experience."""

    kind: str
    day: int
    node: str
    point: str | None


def _word(cell: str, words: Sequence[str], about: str) -> property:
    """A property that reads and writes a code as its word."""

    def read(view: MigrantView) -> str:
        return words[getattr(view.row, cell)]

    def write(view: MigrantView, word: str) -> None:
        setattr(view.row, cell, code_of(word, words, cell))

    return property(read, write, doc=about)


def _trait(bit: int, about: str) -> property:
    """A property that reads and writes one bit of a person's traits."""

    def read(view: MigrantView) -> bool:
        return bool(view.row.traits & bit)

    def write(view: MigrantView, value: bool) -> None:
        traits = view.row.traits
        view.row.traits = traits | bit if value else traits & ~bit

    return property(read, write, doc=about)


def code_of(word: str, words: Sequence[str], what: str) -> int:
    """The code of a word.

    Raises:
        ValueError: If it is not one of ``words``.
    """
    if word not in words:
        raise ValueError(f"{what} is one of {', '.join(words)}, not '{word}'")
    return list(words).index(word)


class MigrantView:
    """One migrant. A view owns nothing: it reads and writes the columns of the world.

    Attributes:
        index: Place in the columns (people stand in the order in which they enter).
        row: The same migrant in numbers, as the engines see it.
    """

    __slots__ = ("_day", "_scene", "index", "row")

    def __init__(self, scene: Scene, index: int, day: int) -> None:
        self._scene = scene
        self._day = day
        self.index = index
        self.row = Learning(scene, index)

    def __repr__(self) -> str:
        return f"<migrant {self.index}: {self.status}, {self.state}, {self.place}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, MigrantView) and (
            self.index == other.index and self._scene is other._scene)

    def __hash__(self) -> int:
        return hash((id(self._scene), self.index))

    status = _word("status", STATUSES, "Legal status.")
    first_status = _word("first_status", STATUSES, "Legal status at departure.")
    state = _word("state", STATES, "What the person is doing: travelling, staying, detained ...")
    money = _word("money", MONEY, "Third of money.")
    outcome = _word("outcome", OUTCOMES, "What came of the most urgent need on the last day.")
    has_phone = _trait(HAS_PHONE, "Whether the person has a phone.")
    has_language = _trait(HAS_LANGUAGE, "Whether the person shares a language with the host.")
    in_mixed_household = _trait(MIXED_HOUSEHOLD, "Whether others at home have another status.")

    @property
    def entered(self) -> int:
        """Day of entering the system."""
        return self.row.entered

    @property
    def origin(self) -> str:
        """Node of origin."""
        return self._scene.node_ids[self.row.origin]

    @property
    def destination(self) -> str:
        """Node the person is heading for."""
        return self._scene.node_ids[self.row.destination]

    @property
    def node(self) -> str:
        """Node the person is at (on a leg: the one left behind); setting it ends a leg."""
        return self._scene.node_ids[self.row.node]

    @node.setter
    def node(self, name: str) -> None:
        self.row.node = code_of(name, self._scene.node_ids, "node")
        self.row.leg = NOWHERE
        if self.row.state == TRAVELLING:
            self.row.state = STAYING

    @property
    def leg(self) -> str | None:
        """Leg the person is on, ``from>to``; None at a node."""
        return self._scene.leg_ids[self.row.leg] if self.row.leg >= 0 else None

    @property
    def place(self) -> str:
        """Leg or node."""
        return self.leg or self.node

    @property
    def exposure(self) -> float:
        """How much the person has to fear from the authorities, 0 to 1."""
        return self.row.exposure

    @property
    def sources(self) -> tuple[str, ...]:
        """Sources the person consults, besides other migrants."""
        return tuple(name for bit, name in enumerate(SOURCES) if self.row.sources >> bit & 1)

    @property
    def ever(self) -> frozenset[str]:
        """What has ever happened to the person, of :data:`EVER`."""
        return frozenset(name for bit, name in enumerate(EVER) if self.row.ever >> bit & 1)

    @property
    def needs(self) -> dict[str, float]:
        """Level of each need that is felt now."""
        return {name: level for name, level in zip(NEEDS, self.row.level, strict=True) if level > 0}

    def urgency(self, need: str) -> str | None:
        """Urgency of a need; None if it is not felt now."""
        dimension = code_of(need, NEEDS, "need")
        if self.row.level[dimension] <= 0.0:
            return None
        return URGENCIES[self.row.episode[dimension] & URGENCY_BITS]

    def set_need(self, need: str, level: float, urgency: str = "pressing") -> None:
        """Begin an episode of a need today at some level, or (level 0) end it."""
        dimension = code_of(need, NEEDS, "need")
        self.row.level[dimension] = level
        self.row.onset[dimension] = self._day
        self.row.episode[dimension] = code_of(urgency, URGENCIES, "urgency")

    @property
    def known_points(self) -> list[str]:
        """Service points the person knows, the newest first."""
        return [self._scene.point_ids[(entry & POINT_BITS) - 1]
                for entry in self.row.known if entry]

    @property
    def refused_at(self) -> list[str]:
        """Service points at which the person was refused for his or her status."""
        return [self._scene.point_ids[(entry & POINT_BITS) - 1]
                for entry in self.row.known if entry & REFUSED_HERE]

    def learn(self, point: str) -> None:
        """Let the person know a service point."""
        self.row.learn(code_of(point, self._scene.point_ids, "service point"))

    @property
    def registrations(self) -> list[tuple[str, int]]:
        """Last registrations, the newest first: service point and day."""
        filed = zip(self.row.filed_point, self.row.filed_day, strict=True)
        return [(self._scene.point_ids[point], day) for point, day in filed if point >= 0]

    @property
    def ties(self) -> list[MigrantView]:
        """People the person can call."""
        return [MigrantView(self._scene, tie, self._day) for tie in self.row.ties if tie >= 0]

    @property
    def last_experience(self) -> Experience | None:
        """The last first-hand experience, which is told to others for some weeks."""
        row = self.row
        if not row.told_kind:
            return None
        point = self._scene.point_ids[row.told_point] if row.told_point >= 0 else None
        return Experience(KINDS_OF_EVENT[row.told_kind], row.told_day,
                          self._scene.node_ids[row.told_node], point)

    def opinion(self, family: str, facet: str = "independence") -> Opinion:
        """Opinion of a family of organisations.

        Args:
            family: Family, such as ``rcrc``.
            facet: ``competence``, ``integrity`` or ``independence``.
        """
        number = code_of(family, self._scene.family_names, "family")
        which = code_of(facet, FACETS, "facet")
        if facet == "independence":
            r, s = self.row.independence(number, self._today)
        else:
            r, s = self.row.quality(number, which, self._today)
        return self._opinion(r, s, f"base_rate_{facet}")

    @property
    def danger(self) -> Opinion:
        """Opinion that asking for help exposes one to detention or deportation."""
        r, s = self.row.danger(self._today)
        return self._opinion(r, s, "base_rate_danger")

    @property
    def _today(self) -> int:
        return max(self._day, self.row.entered)

    def _opinion(self, r: float, s: float, base_rate: str) -> Opinion:
        w = self._scene.p.prior_weight
        rate = getattr(self._scene.p, base_rate)
        return Opinion(belief(r, s, w), disbelief(r, s, w), uncertainty(r, s, w),
                       projected_probability(r, s, rate, w))
