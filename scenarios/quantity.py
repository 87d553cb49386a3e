"""A quantity: one number that a design, a target or a result asks of a run.

`group`, `place`, `window`, `measure` and `per` mean the same wherever they are written.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.codes import MEASURES, OUTCOMES

__all__ = [
    "BY_PERSON", "COUNTED", "Group", "PER", "Place", "Quantity", "RATES", "Window",
]  # fmt: skip

BY_PERSON = ("in_need", "asked", *OUTCOMES[1:], "unmet")
"""Measures of a person's need on a day: they can be asked for in any group and place."""

COUNTED = tuple(name for name in MEASURES if name not in BY_PERSON and name != "present")
"""Measures of what happened: they can be asked for by status, node, step and country."""

RATES = ("help_seeking_rate", "willingness")
"""asked / in_need, and asked / (asked + deterred + not_worth)."""

PER = ("in_need", "present", "people")
"""What a measure is divided by: person-days in need, person-days inside the system, or different
people who were inside the system (in the same group, place and window)."""


@dataclass(frozen=True)
class Group:
    """Whom a quantity is about; what is empty is everybody.

    Attributes:
        status: Statuses.
        need: Dimensions of the need that is most urgent that day.
        urgency: Its urgencies.
        money: Thirds by money.
        exposed: Only people whose exposure is at least 0.45, or only those below it.
    """

    status: tuple[str, ...] = ()
    need: tuple[str, ...] = ()
    urgency: tuple[str, ...] = ()
    money: tuple[str, ...] = ()
    exposed: bool | None = None


@dataclass(frozen=True)
class Place:
    """Where; what is empty is everywhere. All that is given must hold.

    Attributes:
        node: Nodes by id; `on_the_way` is one of them.
        not_node: Nodes that do not count.
        country: Countries by ISO code.
        step: Journey steps.
        organisation: Organisations: only those who asked one of theirs, or would have without fear.
        family: Families of organisations, likewise.
        service_point: Service points, likewise.
    """

    node: tuple[str, ...] = ()
    not_node: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    step: tuple[str, ...] = ()
    organisation: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    service_point: tuple[str, ...] = ()

    @property
    def of_points(self) -> bool:
        """Whether it names those who help, so that it counts only visits and deterred visits."""
        return bool(self.organisation or self.family or self.service_point)


@dataclass(frozen=True)
class Window:
    """When. From the first day to the last unless said otherwise.

    Attributes:
        start: First day; counted from `after` where that is given.
        stop: The day after the last.
        after: A moment of an intervention, such as `officers.start`, `.end` or `.announced`.
    """

    start: int = 0
    stop: int | None = None
    after: str = ""


@dataclass(frozen=True)
class Quantity:
    """One number asked of a run.

    Attributes:
        name: Its name: a column of results.
        measure: What is counted: one of BY_PERSON, COUNTED, RATES or `present`.
        per: What it is divided by, one of PER; empty: the sum itself, in simulated people or
            person-days.
        group: Whom.
        place: Where.
        window: When.
        ever: Share of different people to whom it happened at least once in the window.
        question: Instead of a measure, a question of the survey.
        answer: With it, the answer whose share is asked for.
        day: And the day on which people are asked.
        daily: Whether the value of every day is kept as well.
    """

    name: str
    measure: str = ""
    per: str = ""
    group: Group = field(default_factory=Group)
    place: Place = field(default_factory=Place)
    window: Window = field(default_factory=Window)
    ever: bool = False
    question: str = ""
    answer: str = ""
    day: int | None = None
    daily: bool = False
