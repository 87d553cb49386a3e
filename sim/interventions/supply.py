"""Where there is help: service points open, close, and come by."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field, field_validator

from sim.interventions.base import Intervention, Scope
from sim.network.opening import NewPoint
from sim.said import Said

if TYPE_CHECKING:
    from sim.interventions.reach import Field as Reached

__all__ = ["CloseServicePoint", "MobileClinic", "OpenServicePoint"]


class CloseServicePoint(Intervention):
    """Service points close, for good or for a time.

    In practice: money runs out, a lease is not renewed, a flood, an order of the authorities.

    Changes in the world: the service points in its scope are closed. Less than in full, or while
    it ramps up, they have fewer places. Those who know them find them closed.

    Evidence: assumed.
    """

    at_service_points: ClassVar[bool] = True
    only_deeds: ClassVar[bool] = True

    kind: Literal["close_service_point"] = "close_service_point"

    def apply(self, field: Reached, day: int) -> None:
        """Close today, or take away places."""
        intensity = self.intensity(day)
        if intensity > 0.0:
            field.table["capacity"][field.points] *= 1.0 - intensity
        if intensity >= 1.0:
            field.table["open"][field.points] = 0


class OpenServicePoint(Intervention):
    """A new service point opens.

    In practice: a clinic in a town that had none, an office for legal advice at a border.

    Changes in the world: from its first day to its end there is one more service point at each
    node in its scope, with the services, rules and visibility of an existing one; people come to
    know of it as of any other. It is the organisation's in its scope, or that of the existing one.
    No officers stand at its door. Before, nobody's life differs. Its id is that of the
    intervention; with several nodes in the scope, ``id_node``.

    Evidence: assumed. Many people do not know where to find help (M21).

    Attributes:
        like: Existing service point whose services, rules, visibility and places it takes.
        capacity: Places a day, in real people, if they are to be others.
    """

    only_deeds: ClassVar[bool] = True
    acts_on: ClassVar[tuple[str, ...]] = ("node", "organisation")

    kind: Literal["open_service_point"] = "open_service_point"
    like: str = Field(json_schema_extra={"unit": "service_point"})
    capacity: float | None = Field(None, ge=0, le=1e7, json_schema_extra={"unit": "count"})

    @field_validator("scope")
    @classmethod
    def _names_places(cls, scope: Scope) -> Scope:
        if not scope.node or len(set(scope.node)) < len(scope.node):
            raise ValueError(Said("a service point opens at a node: name it, or each of several "
                                  "once"))
        if len(scope.organisation) > 1:
            raise ValueError(Said("a service point is that of one organisation"))
        return scope

    def names(self) -> dict[str, str]:
        """Id of the new point at each node."""
        nodes = self.scope.node
        return {node: self.id if len(nodes) == 1 else f"{self.id}_{node}" for node in nodes}

    def new_points(self) -> tuple[NewPoint, ...]:
        """The points it opens; none if its strength is 0."""
        if self.strength <= 0.0:
            return ()
        owner = self.scope.organisation[0] if self.scope.organisation else None
        return tuple(NewPoint(name, node, self.like, owner, self.capacity)
                     for node, name in self.names().items())

    def apply(self, field: Reached, day: int) -> None:
        """Be there from the first day to the end, and open on the days it acts."""
        if self.start <= day and (self.end is None or day < self.end):
            for name in self.names().values():
                field.open(name, self.intensity(day), self.is_at(name, day))

    def is_at(self, name: str, day: int) -> bool:  # noqa: ARG002
        """Whether it is open at one of its points, on a day on which it acts."""
        return True


class MobileClinic(OpenServicePoint):
    """A clinic on wheels comes to several places in turn.

    In practice: a bus with a nurse and a lawyer that stands at one crossing on Mondays and at
    another a week later.

    Changes in the world: as for a service point that opens, at each node in its scope; but it is
    open at one of them at a time: on each day it acts (``every: 7 days``: one day a week) at the
    next one in the order of the scope. Those who know it and ask on other days find it away.

    Evidence: assumed.

    Attributes:
        like: Existing service point whose services, rules, visibility and places it takes.
        capacity: Places on a day on which it is there, in real people, if they are to be others.
    """

    kind: Literal["mobile_clinic"] = "mobile_clinic"  # type: ignore[assignment]

    def is_at(self, name: str, day: int) -> bool:
        """Whether it is the turn of this place."""
        names = list(self.names().values())
        return names[(day - self.start) // (self.every or 1) % len(names)] == name
