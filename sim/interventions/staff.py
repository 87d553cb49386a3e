"""Who works for an organisation, how well, and how it answers complaints."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from sim.interventions.base import Intervention

if TYPE_CHECKING:
    from sim.interventions.reach import Field as Reached

__all__ = ["Accountability", "LivedExperienceStaff", "StaffTraining"]


class LivedExperienceStaff(Intervention):
    """People who migrated themselves work as staff and volunteers.

    In practice: interpreters and guides who came by the same route, volunteers from the camp.

    Changes in the world: at the service points in its scope the share of staff and volunteers who
    migrated rises, so that people without a shared language find the way; respect, competence and
    the usual outreach rise by a share of what is missing.

    Evidence: Q12 (staff who migrated build bridges: competence as seen, and reach), M12 and M13
    (peers inform). Amounts are assumed.

    Attributes:
        share: By how much of what is missing the share of staff and volunteers who migrated rises.
        respect: By how much of what is missing respect rises.
        competence: By how much of what is missing competence rises.
        outreach: By how much of what is missing the usual outreach rises.
    """

    at_service_points: ClassVar[bool] = True
    only_deeds: ClassVar[bool] = True

    kind: Literal["lived_experience_staff"] = "lived_experience_staff"
    share: float = Field(0.5, ge=0, le=1, json_schema_extra={"unit": "share"})
    respect: float = Field(0.2, ge=0, le=1, json_schema_extra={"unit": "share"})
    competence: float = Field(0.1, ge=0, le=1, json_schema_extra={"unit": "share"})
    outreach: float = Field(0.2, ge=0, le=1, json_schema_extra={"unit": "share"})

    def apply(self, field: Reached, day: int) -> None:
        """Have them there today."""
        intensity = self.intensity(day)
        field.raise_share("lived_experience", self.share * intensity)
        field.raise_share("respect", self.respect * intensity)
        field.raise_share("competence", self.competence * intensity)
        field.raise_share("outreach", self.outreach * intensity)


class StaffTraining(Intervention):
    """Staff are trained: in what they do, and in how they treat people.

    In practice: courses on rights and referral, supervision, a code of conduct that is enforced.

    Changes in the world: competence and respect at the service points in its scope rise by a
    share of what is missing.

    Evidence: Q10 (being able and being honest both count). The amount is assumed.

    Attributes:
        share: By how much of what is missing competence and respect rise.
    """

    at_service_points: ClassVar[bool] = True
    only_deeds: ClassVar[bool] = True

    kind: Literal["staff_training"] = "staff_training"
    share: float = Field(0.5, ge=0, le=1, json_schema_extra={"unit": "share"})

    def apply(self, field: Reached, day: int) -> None:
        """Work better today."""
        intensity = self.intensity(day)
        field.raise_share("respect", self.share * intensity)
        field.raise_share("competence", self.share * intensity)


class Accountability(Intervention):
    """Feedback is heard and answered: who had a bad experience is given amends.

    In practice: a complaints desk and a hotline that answer, an apology, a place kept for the next
    morning, a word on what went wrong.

    Changes in the world: of those who ask at the service points in its scope and were turned away,
    mistreated or given less than promised, at this visit or at the last one to that organisation,
    a share are given amends. That is then what they tell of a bad visit.

    Evidence: M05 (what involves no deception can be repaired), M01 (how much a bad encounter
    weighs without it). The share is assumed.

    Attributes:
        share: Share of those concerned who are given amends.
    """

    at_service_points: ClassVar[bool] = True
    only_deeds: ClassVar[bool] = True
    acts_on: ClassVar[tuple[str, ...]] = (*Intervention.acts_on, "status")

    kind: Literal["accountability"] = "accountability"
    share: float = Field(0.3, ge=0, le=1, json_schema_extra={"unit": "share"})

    def apply(self, field: Reached, day: int) -> None:
        """Answer complaints today."""
        field.raise_for_statuses("amends", self.share * self.intensity(day))
