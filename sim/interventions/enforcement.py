"""Where and when officers are."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np

from sim.interventions.base import Intervention

if TYPE_CHECKING:
    from sim.interventions.reach import Field as Reached

__all__ = ["CoLocatedEnforcement"]


class CoLocatedEnforcement(Intervention):
    """Officers stand at or near the door of a service point.

    In practice: a patrol parked across from a clinic, an immigration desk in the same building,
    checks on the road to a shelter; every day, or some days (``every: 7 days``).

    Changes in the world: enforcement at the door of the service points in its scope, on the days
    it is active, up to its strength; those who come by can see it and can be detained. It is
    gone on the day the officers go. It is seen rather than announced.

    Evidence: Q04 (co-located enforcement deters), C07, C23 and C29 (less care and fewer reports
    where police enforce immigration rules), M05 (what involves no deception can be repaired).
    """

    at_service_points: ClassVar[bool] = True

    kind: Literal["co_located_enforcement"] = "co_located_enforcement"

    def apply(self, field: Reached, day: int) -> None:
        """Put officers at the doors today."""
        intensity = self.intensity(day)
        if intensity > 0.0:
            doors = field.table["door"]
            doors[field.points] = np.maximum(doors[field.points], intensity)
