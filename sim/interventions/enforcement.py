"""Where and when officers are."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np
from pydantic import Field

from sim.interventions.base import Intervention

if TYPE_CHECKING:
    from sim.interventions.reach import Field as Reached

__all__ = ["CoLocatedEnforcement", "EnforcementLaw", "PoliceNotification", "Raid"]


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


class Raid(Intervention):
    """Officers round people up at a place, once or again and again.

    In practice: a sweep through a neighbourhood, a bus station, an informal settlement or a
    workplace; people are taken away, others see it, and it is in the news.

    Changes in the world: on its first day (and on each repeat) the nodes in its scope, or those
    of its service points, are raided. A share of the people there is detained, in proportion to
    what each has to fear; some of the others see it (`raid_seen`), and those near to one who is
    taken do. Raids that happen in ordinary times go on beside it. A scope by status limits whom
    it detains, not who sees it.

    Evidence: C08 (one raid was felt all over a state), C31 (people react to what they become
    aware of more than to raids themselves). The share is assumed.

    Attributes:
        share: Share of the people present who are detained, of those with most to fear.
    """

    usual_announcement: ClassVar[int | None] = 0
    acts_on: ClassVar[tuple[str, ...]] = (*Intervention.acts_on, "status")

    kind: Literal["raid"] = "raid"
    share: float = Field(0.05, ge=0, le=1, json_schema_extra={"unit": "share"})

    def apply(self, field: Reached, day: int) -> None:
        """Raid today, if this is a day for it; on the day of the news, announce it."""
        if day == self.announced_day():
            field.announce("raid", day)
        if self.every is None and day > self.start:
            return
        planned = field.node_table["planned_raid"]
        here = field.nodes[:, None], field.statuses
        planned[here] = np.maximum(planned[here], self.share * self.intensity(day))


class EnforcementLaw(Intervention):
    """A law raises enforcement everywhere in a country.

    In practice: status checks by all police, penalties for being without papers, duties to report;
    or a bill of that kind that is talked of and never passed (``announced: only``). The law of a
    province or state names its nodes.

    Changes in the world: enforcement at all nodes in its scope rises by a share of the room left
    to full enforcement, and with it detention in town, raids, and the finding of people whose
    records were shared. Its announcement is news of a law, mostly heard in that country.

    Evidence: C04 and C05 (use of health services after state laws), C10 (people did without
    benefits for a rule that was not in force), C37 (worry falls slowly after a change of policy).
    The increase is assumed.

    Attributes:
        increase: By how much enforcement rises, as a share of the room left to full enforcement.
    """

    usual_announcement: ClassVar[int | None] = 0
    acts_on: ClassVar[tuple[str, ...]] = ("node", "country", "all")

    kind: Literal["enforcement_law"] = "enforcement_law"
    increase: float = Field(0.3, ge=0, le=1, json_schema_extra={"unit": "share"})

    def apply(self, field: Reached, day: int) -> None:
        """Enforce more today; on the day of the news, announce it."""
        if day == self.announced_day():
            field.announce("law", day)
        enforcement = field.node_table["enforcement"]
        room = 1.0 - enforcement[field.nodes]
        enforcement[field.nodes] += room * self.increase * self.intensity(day)


class PoliceNotification(Intervention):
    """Police tell organisations before they visit, so that people can stay away meanwhile.

    In practice: a telephone number and an hour's notice, agreed with the local station; staff pass
    it on to those who are about to come. Less than a firewall: the visits go on.

    Changes in the world: officers still come to the doors of the service points in its scope, and
    that keeps people away on those days as before. But a share of those who would come
    (compliance times strength) know when they do: they are not caught at the door and do not come
    upon the officers, so there are fewer detentions and less of what is seen there stays behind.
    It does nothing where no officers come. News of it has no weight of its own for want of
    evidence, so it cannot be announced; people learn of it by not meeting officers.

    Evidence: assumed; M05 (what involves no deception can be repaired) bears on what visits
    without surprise leave behind.
    """

    at_service_points: ClassVar[bool] = True
    only_deeds: ClassVar[bool] = True

    kind: Literal["police_notification"] = "police_notification"

    def apply(self, field: Reached, day: int) -> None:
        """Warn people of today's officers."""
        warned = field.table["warned"]
        warned[field.points] = np.maximum(warned[field.points], self.intensity(day))
