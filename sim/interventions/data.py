"""What happens to records that organisations hold about people."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np
from pydantic import Field

from sim.interventions.base import Intervention, Names

if TYPE_CHECKING:
    from sim.interventions.reach import Field as Reached

__all__ = ["DataBreach"]


class DataBreach(Intervention):
    """Records held at service points reach the authorities of some countries.

    In practice: a stolen laptop, an insecure database, a list handed over once by one official
    to another. The promise of confidentiality is broken whether or not anybody hears of it.

    Changes in the world: of the people registered at the service points in its scope up to the
    first day, a share can be found from then on by the authorities of the recipient countries;
    later registrations too, until the end if it has one. If it is announced, the news of it is
    born on that day.

    Evidence: C01 (fewer reports to the police after fingerprints were shared), C24 and C41
    (services that record contact data), C39 and C40 (records passed on, no effect measured).
    The share that can be found is assumed.

    Attributes:
        recipient: Countries whose authorities get the records.
        share: Share of the registered people whose records get there.
    """

    usual_announcement: ClassVar[int | None] = 0
    at_service_points: ClassVar[bool] = True

    kind: Literal["data_breach"] = "data_breach"
    recipient: Names = Field(min_length=1, json_schema_extra={"unit": "country"})
    share: float = Field(1.0, ge=0, le=1, json_schema_extra={"unit": "share"})

    def apply(self, field: Reached, day: int) -> None:
        """Hand over records; on the day of the news, announce it."""
        if day == self.announced_day():
            # It is news where it happened; to the recipients it comes with people and their calls.
            field.announce("breach", day)
        if self.intensity(day) <= 0.0 or (self.end is None and day > self.start):
            return
        points = field.table
        points["leak_day"][field.points] = day
        share = self.share * self.compliance * self.strength
        points["leak_share"][field.points] = np.maximum(points["leak_share"][field.points], share)
        points["leak_countries"][field.points] |= field.countries(self.recipient)
