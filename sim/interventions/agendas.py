"""Whose aims an organisation is seen to serve, and with whom it is seen to work."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator

from sim.codes import STATUSES
from sim.interventions.base import Intervention, Names
from sim.said import Said

if TYPE_CHECKING:
    from sim.interventions.reach import Field as Reached

__all__ = ["ConditionalFunding", "DissuasionMessage", "Partnership", "ReturnAssociation"]


class ConditionalFunding(Intervention):
    """A donor offers money with a migration agenda attached.

    In practice: funds of a migration-control programme, that pay for some services and not for
    others, at times not for everybody; with a logo on the wall and questions about plans to move
    on. The organisation takes the money, or declines it and does with less.

    Changes in the world: if it is accepted, a share of those served at the service points in its
    scope notice whose aims they serve; places are lost where services are narrowed, and some
    statuses may be excluded. If it is declined, places are lost and nothing is seen. It becomes
    news only if a scenario says so. It is evidence on independence and not on competence.

    Evidence: Q06 (money with a migration agenda harms the image of independence, not that of
    competence), Q13 (most do not know). All amounts are assumed.

    Attributes:
        accepted: Whether the organisation takes the money.
        visible: If so: share of the visits at which it is noticed.
        narrowed: If so: share of the places that are lost because services are narrowed.
        excludes: If so: statuses that the services are made to exclude.
        capacity_lost: If not: share of the places that are lost for want of money.
    """

    at_service_points: ClassVar[bool] = True

    kind: Literal["conditional_funding"] = "conditional_funding"
    accepted: bool = Field(True, json_schema_extra={"unit": "switch"})
    visible: float = Field(0.3, ge=0, le=1, json_schema_extra={"unit": "share"})
    narrowed: float = Field(0.1, ge=0, le=1, json_schema_extra={"unit": "share"})
    excludes: Names = Field((), json_schema_extra={"unit": "status"})
    capacity_lost: float = Field(0.3, ge=0, le=1, json_schema_extra={"unit": "share"})

    @field_validator("accepted")
    @classmethod
    def _declined_is_no_news(cls, accepted: bool, info: ValidationInfo) -> bool:
        if not accepted and info.data.get("announced") not in (None, "never"):
            raise ValueError(Said("money that is declined is no news of an agenda: leave "
                                  "announced out"))
        return accepted

    @field_validator("excludes")
    @classmethod
    def _statuses_exist(cls, excludes: tuple[str, ...]) -> tuple[str, ...]:
        for name in excludes:
            if name not in STATUSES:
                raise ValueError(Said("'{name}' is not a status; choose among {names}", name=name,
                                      names=", ".join(STATUSES)))
        return excludes

    def apply(self, field: Reached, day: int) -> None:
        """Narrow services and let it be seen today, or do with less; perhaps announce it."""
        if day == self.announced_day():
            field.announce("agenda", day)
        intensity = self.intensity(day)
        if intensity <= 0.0:
            return
        lost = self.narrowed if self.accepted else self.capacity_lost
        field.table["capacity"][field.points] *= 1.0 - lost * intensity
        if self.accepted:
            field.raise_for_statuses("agenda", self.visible * intensity)
            excluded = sum(1 << STATUSES.index(name) for name in self.excludes)
            field.table["excludes"][field.points] |= excluded


class ReturnAssociation(Intervention):
    """An organisation is seen to support return, forced or voluntary.

    In practice: a return desk in the same office, staff who meet charter flights, posters for
    assisted voluntary return over the counter where food is handed out.

    Changes in the world: a share of those served at the service points in its scope, and of the
    people near, take it for another's agenda; of voluntary return fewer do (`return_voluntary`).
    It becomes news on its first day unless a scenario says otherwise.

    Evidence: Q07 (helping with return costs trust, voluntary or not), Q02 (who stands beside a
    culprit is distrusted too). All amounts are assumed.

    Attributes:
        forced: Whether the return is forced; otherwise it is voluntary.
        visible: Share of the visits at which it is noticed, if it is forced.
        near: Share of the people of the place who notice it a day, if it is forced.
    """

    usual_announcement: ClassVar[int | None] = 0
    at_service_points: ClassVar[bool] = True

    kind: Literal["return_association"] = "return_association"
    forced: bool = Field(False, json_schema_extra={"unit": "switch"})
    visible: float = Field(0.3, ge=0, le=1, json_schema_extra={"unit": "share"})
    near: float = Field(0.01, ge=0, le=1, json_schema_extra={"unit": "share"})

    def apply(self, field: Reached, day: int) -> None:
        """Let it be seen today, at visits and from near; on the day of the news, announce it."""
        minded = 1.0 if self.forced else field.parameters["return_voluntary"]
        if day == self.announced_day():
            field.announce("agenda", day, minded=minded)
        intensity = self.intensity(day) * minded
        if intensity > 0.0:
            field.raise_for_statuses("agenda", self.visible * intensity)
            field.raise_for_statuses("agenda_near", self.near * intensity)
            field.speak()


class DissuasionMessage(Intervention):
    """An organisation is heard to discourage, or to encourage, onward journeys.

    In practice: "do not go on, the desert kills", told along with water and biscuits; films about
    the dangers ahead before the clinic opens; or advice which border to try.

    Changes in the world: at each service point in its scope it reaches a share of the people of
    the place a day. To those it reaches, the organisation serves somebody else's aim: it says what
    they should do rather than what they need. Where people go is not changed by it.

    Evidence: Q06 (those who serve an agenda are believed less independent), M14 (messages about
    migration: elsewhere no effect on plans). The share reached is assumed.

    Attributes:
        reach: Share of the people of the place whom it reaches a day, for each service point.
    """

    only_words: ClassVar[bool] = True
    at_service_points: ClassVar[bool] = True
    acts_on: ClassVar[tuple[str, ...]] = (*Intervention.acts_on, "status")

    kind: Literal["dissuasion_message"] = "dissuasion_message"
    reach: float = Field(0.02, ge=0, le=1, json_schema_extra={"unit": "share"})

    def apply(self, field: Reached, day: int) -> None:
        """Reach people today."""
        share = self.reach * self.intensity(day)
        if share > 0.0:
            field.raise_for_statuses("dissuades", share)
            field.speak()


class Partnership(Intervention):
    """An organisation works jointly with an actor whom migrants trust or distrust.

    In practice: a shared programme, two logos on one tent, staff of one working in the team of
    the other.

    Changes in the world: while it lasts, opinion flows both ways between the partner and the
    organisations in its scope, at the nodes of their service points: part of any evidence on one
    also counts for the other, as between those who stand at the same place. A share of those
    served notice the partner: the less independent they believe the partner to be, the more it
    weighs as another's agenda. Only if a scenario says so it becomes news.

    Evidence: Q09 (distrust passes between partners), Q02 (and to those who stand beside). How
    much passes is the parameter `association`.

    Attributes:
        partner: The actor: an organisation, or a family of organisations.
        visible: Share of the visits at which the partner is noticed.
    """

    at_service_points: ClassVar[bool] = True

    kind: Literal["partnership"] = "partnership"
    partner: str = Field(json_schema_extra={"unit": "partner"})
    visible: float = Field(0.3, ge=0, le=1, json_schema_extra={"unit": "share"})

    def apply(self, field: Reached, day: int) -> None:
        """Work together today; on the day of the news, if there is one, announce it."""
        if day == self.announced_day():
            field.announce("agenda", day)
        intensity = self.intensity(day)
        if intensity > 0.0:
            field.join(self.partner, intensity, self.visible * intensity)
