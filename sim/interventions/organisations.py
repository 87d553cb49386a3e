"""What organisations and authorities agree on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from sim.interventions.base import Intervention

if TYPE_CHECKING:
    from sim.interventions.reach import Field as Reached

__all__ = ["Firewall", "keep_out", "tell_of_firewall"]

NOBODY_KNOWS = -2


class Firewall(Intervention):
    """A framework agreement keeps services and immigration enforcement apart.

    In practice: nobody is identified, monitored or detained while accessing services; data are
    neither requested nor used; staff are not liable for helping.

    Changes in the world: the firewall of the service points in its scope rises to the compliance
    of the authorities. Enforcement at the door, detention through the service and the use of its
    records fall by that much; where compliance is below 1, some officers break it and that is
    seen. Its announcement stays in circulation while it is in force: whoever heard it knows it.

    Evidence: Q08 (what a firewall consists of), C26 (smaller effects in sanctuary cities), C37
    (worry falls slowly after a change of policy). Compliance is assumed.
    """

    usual_announcement: ClassVar[int | None] = 0
    at_service_points: ClassVar[bool] = True

    kind: Literal["firewall"] = "firewall"

    def apply(self, field: Reached, day: int) -> None:
        """Keep enforcement out today, as far as it is kept; on the day of the news, announce it."""
        keep_out(field, self.intensity(day), tell_of_firewall(self, field, day))


def tell_of_firewall(item: Intervention, field: Reached, day: int) -> bool:
    """Begin or keep up the announcement of a firewall; whether it has been announced by today."""
    first = item.announced_day()
    if first is None or day < first:
        return False
    if item.end is None or day < item.end:
        if day == first:
            field.announce("firewall", day)
        field.hold(day + 1)
        field.table["promised_firewall"][field.points] = 1
    return True


def keep_out(field: Reached, kept: float, known: bool) -> None:
    """Keep enforcement out of the service points in scope today, as far as it is kept."""
    if kept <= 0.0:
        return
    points = field.table
    here = field.points[points["kept"][field.points] < kept]
    # Where people know of a firewall already, a stronger one does not make it unknown.
    first = points["firewall"][here] == 0.0
    told = here[first | (known & (points["firewall_story"][here] != -1))]
    points["firewall_story"][told] = field.story() if known else NOBODY_KNOWS
    points["firewall"][here] = field.effect * kept
    points["kept"][here] = kept
