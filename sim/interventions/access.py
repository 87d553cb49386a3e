"""What authorities ask of those who help: where, whom, and at what risk to themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, ValidationInfo, field_validator

from sim.interventions.base import Intervention
from sim.interventions.organisations import keep_out, tell_of_firewall
from sim.said import Said

if TYPE_CHECKING:
    from sim.interventions.reach import Field as Reached

__all__ = ["CriminalisedAid", "GovernmentPremises", "HumanitarianDiplomacy", "StatusPrecondition"]

NOT_AT_RISK = ("un", "government")
"""Kinds of organisations whose staff need not fear the law for helping."""


class CriminalisedAid(Intervention):
    """Staff and volunteers risk penalties for helping people without papers.

    In practice: trials of rescuers, fines for giving shelter or a lift, permits withdrawn.

    Changes in the world: of the service points in its scope that are neither of the UN nor of
    government, a share closes (always the same ones); the others have fewer places, and reach
    fewer people by outreach and campaigns. It has no news of its own: what such news does to those
    who need help has not been measured apart from laws against themselves (see enforcement_law).

    Evidence: Q08 (that staff are not liable is part of a firewall). All amounts are assumed.

    Attributes:
        closes: Share of those service points that close.
        fewer_places: Share of places lost at the others.
        less_outreach: Share of outreach lost at the others.
    """

    at_service_points: ClassVar[bool] = True
    only_deeds: ClassVar[bool] = True
    acts_last: ClassVar[bool] = True

    kind: Literal["criminalised_aid"] = "criminalised_aid"
    closes: float = Field(0.2, ge=0, le=1, json_schema_extra={"unit": "share"})
    fewer_places: float = Field(0.2, ge=0, le=1, json_schema_extra={"unit": "share"})
    less_outreach: float = Field(0.5, ge=0, le=1, json_schema_extra={"unit": "share"})

    def apply(self, field: Reached, day: int) -> None:
        """Let those at risk help less today."""
        intensity = self.intensity(day)
        if intensity <= 0.0:
            return
        points = field.table
        kinds = field.network.organisations["kind"].to_numpy()[points["organisation"][field.points]]
        here = field.points[~np.isin(kinds, NOT_AT_RISK)]
        points["open"][here[field.chosen(points["key"][here], self.closes * intensity)]] = 0
        points["capacity"][here] *= 1.0 - self.fewer_places * intensity
        for column in ("outreach", "campaign"):
            points[column][here] *= 1.0 - self.less_outreach * intensity


class GovernmentPremises(Intervention):
    """Help moves into reception or detention centres that government runs.

    In practice: a clinic that may work in the reception centre only; aid that is given inside a
    place of detention.

    Changes in the world: the service points in its scope count as government premises, where
    asking costs more (`cost_government`), and officers are at the door. A share of the help goes
    to people in detention: so many places fewer are left for those at liberty, and with all of it
    nobody at liberty can come. Where compliance times strength is below 1, so large a part of the
    service points moves, always the same ones. People see where it is, so it is not announced.

    Evidence: Q04 (officers beside a service keep people away), Q02 (who works beside another shares
    its name). All amounts are assumed.

    Attributes:
        officers: Enforcement at the door of these premises.
        detention: Share of the help that is given in detention.
    """

    at_service_points: ClassVar[bool] = True
    only_deeds: ClassVar[bool] = True

    kind: Literal["government_premises"] = "government_premises"
    officers: float = Field(0.2, ge=0, le=1, json_schema_extra={"unit": "share"})
    detention: float = Field(0.0, ge=0, le=1, json_schema_extra={"unit": "share"})

    def apply(self, field: Reached, day: int) -> None:
        """Have the help given there today."""
        points = field.table
        here = _taking_part(self, field, day)
        points["government"][here] = 1
        points["door"][here] = np.maximum(points["door"][here], self.officers)
        points["capacity"][here] *= 1.0 - self.detention
        if self.detention >= 1.0:
            points["open"][here] = 0


class StatusPrecondition(Intervention):
    """Services are withheld from some statuses, or status must be shown.

    In practice: only those with a registration card are served; a hospital asks for papers at the
    desk; a donor pays for refugees and not for others.

    Changes in the world: the service points in its scope turn away people of the statuses in its
    scope. With `must_show` they register everyone, of whatever status. Whoever was refused knows
    it, and does not come back to that service point even when the rule has gone. Where compliance
    times strength is below 1, so large a part of the service points keeps to it, always the same
    ones. Its announcement is news that people are refused (with `must_show` alone, that data are
    taken).

    Evidence: C16 (fewer eligible children insured where states restrict benefits), C10 and C13
    (people did without for a rule that was talked of, and in force), C24 (services that record
    contact data).

    Attributes:
        must_show: Whether everyone must show their status and is registered.
    """

    usual_announcement: ClassVar[int | None] = 0
    at_service_points: ClassVar[bool] = True
    acts_on: ClassVar[tuple[str, ...]] = (*Intervention.acts_on, "status")

    kind: Literal["status_precondition"] = "status_precondition"
    must_show: bool = Field(False, validate_default=True, json_schema_extra={"unit": "switch"})

    @field_validator("must_show")
    @classmethod
    def _asks_for_something(cls, must_show: bool, info: ValidationInfo) -> bool:
        scope = info.data.get("scope")
        if scope is not None and not must_show and not scope.status:
            raise ValueError(Said("say whom it keeps out, like scope: {status: irregular}, or "
                                  "must_show: yes"))
        return must_show

    def apply(self, field: Reached, day: int) -> None:
        """Ask for papers today; on the day of the news, announce it."""
        withheld = bool(self.scope.status)
        if day == self.announced_day():
            field.announce("refused" if withheld else "data_taken", day)
        points = field.table
        here = _taking_part(self, field, day)
        if withheld:
            points["excludes"][here] |= field.status_bits()
        if self.must_show:
            points["registers"][here] = 1.0


class HumanitarianDiplomacy(Intervention):
    """Patient talks win authorities over, bit by bit.

    In practice: regular meetings with ministries and police, training of officers, memoranda that
    nobody prints in the papers.

    Changes in the world: slowly (`ramp`, half a year unless said otherwise) officers come to leave
    the service points in its scope alone, as with a firewall that is kept up to what is reached;
    and enforcement at their places falls by a share. Nobody knows, unless it is announced: then
    whoever hears of it knows it, as of a firewall.

    Evidence: Q08 (what a firewall consists of), C26 (smaller effects in sanctuary cities). What is
    reached, and how long it takes, are assumed.

    Attributes:
        ramp: Days until all of it is reached.
        reached: How far enforcement keeps away from these service points in the end.
        lowers: By how much enforcement at the places falls in the end, as a share of what it is.
    """

    acts_last: ClassVar[bool] = True

    kind: Literal["humanitarian_diplomacy"] = "humanitarian_diplomacy"
    ramp: int = Field(180, ge=0, le=36500, json_schema_extra={"unit": "days"})
    reached: float = Field(0.5, ge=0, le=1, json_schema_extra={"unit": "share"})
    lowers: float = Field(0.1, ge=0, le=1, json_schema_extra={"unit": "share"})

    def apply(self, field: Reached, day: int) -> None:
        """Keep enforcement out as far as it has been reached today."""
        intensity = self.intensity(day)
        keep_out(field, self.reached * intensity, tell_of_firewall(self, field, day))
        field.node_table["enforcement"][field.nodes] *= 1.0 - self.lowers * intensity


def _taking_part(item: Intervention, field: Reached, day: int) -> NDArray[np.int64]:
    """Service points in scope that take part today: a share of them, always the same ones."""
    keys = field.table["key"][field.points]
    return field.points[field.chosen(keys, item.intensity(day))]
