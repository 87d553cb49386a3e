"""What happens to records that organisations hold about people."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, field_validator

from sim.interventions.base import Intervention, Names
from sim.randomness import name_hash
from sim.said import Said

if TYPE_CHECKING:
    from sim.interventions.reach import Field as Reached

__all__ = ["DataBreach", "DataRequest", "DataSharingAgreement"]

DAYS_OF_A_YEAR = 365.0


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
        share = self.share * self.compliance * self.strength
        _hand_over(field, field.points, day, share, self.recipient)


class DataSharingAgreement(Intervention):
    """Sharing records with authorities is standing policy.

    In practice: a memorandum between a health service and a ministry of the interior, biometric
    registers that two administrations use, a clause in a funding contract; public, or kept secret.

    Changes in the world: while it is in force, people registered at the service points in its
    scope, up to each day, can be found by the authorities of the recipient countries. What was
    shared stays shared after the end; later registrations are not. If it is announced, the news
    weighs as that of a breach.

    Evidence: C41 (an agreement between a health service and a ministry of the interior), C01
    (fingerprints shared as a matter of course), C24, C40, Q05 (passing data on ends trust). The
    share that can be found is assumed.

    Attributes:
        recipient: Countries whose authorities get the records.
        share: Share of the registered people whose records get there.
    """

    usual_announcement: ClassVar[int | None] = 0
    at_service_points: ClassVar[bool] = True

    kind: Literal["data_sharing_agreement"] = "data_sharing_agreement"
    recipient: Names = Field(min_length=1, json_schema_extra={"unit": "country"})
    share: float = Field(1.0, ge=0, le=1, json_schema_extra={"unit": "share"})

    def apply(self, field: Reached, day: int) -> None:
        """Hand over what has been registered up to today; on the day of the news, announce it."""
        if day == self.announced_day():
            field.announce("breach", day)
        intensity = self.intensity(day)
        if intensity > 0.0:
            _hand_over(field, field.points, day, self.share * intensity, self.recipient)


class DataRequest(Intervention):
    """Authorities ask organisations for the records of people they helped.

    In practice: a letter from the police, a visit by an official, a court order. An organisation
    that is independent refuses; whether it does is chance, the same for all its service points.

    Changes in the world: on each of its days (`every`), or else as often as the country's
    `request_rate` says, the authorities ask the organisations in its scope; where compliance times
    strength is below 1, so large a share of the time. Each refuses with its actual independence
    (column `independence` of the network). If one gives in, people registered up to that day at its
    service points in the scope can be found, as after a breach. That it gave in becomes news of a
    breach `announced` days later, if it is seen. That it refused is no news: that this would
    restore trust has not been measured (Q05 and Q11 are about what organisations pass on and say).

    Evidence: Q05 (passing data on ends trust), C39 to C41 (records that reached authorities). How
    often authorities ask, compulsion and being seen are assumed.

    Attributes:
        recipient: Countries whose authorities get the records; where none is named, the country
            of each service point.
        share: Share of the registered people whose records are handed over.
        compulsion: Share of refusals that law or force overrides.
        seen: Chance that the answer of an organisation becomes known.
    """

    usual_announcement: ClassVar[int | None] = 0
    at_service_points: ClassVar[bool] = True

    kind: Literal["data_request"] = "data_request"
    recipient: Names = Field((), json_schema_extra={"unit": "country"})
    share: float = Field(1.0, ge=0, le=1, json_schema_extra={"unit": "share"})
    compulsion: float = Field(0.0, ge=0, le=1, json_schema_extra={"unit": "share"})
    seen: float = Field(1.0, ge=0, le=1, json_schema_extra={"unit": "share"})

    @field_validator("announced")
    @classmethod
    def _known_afterwards(cls, announced: int | str | None) -> int | str | None:
        if isinstance(announced, int) and announced < 0:
            raise ValueError(Said("an answer cannot be known before the request: write 0 days or "
                                  "more"))
        return announced

    def apply(self, field: Reached, day: int) -> None:
        """Ask; hand over what is given; announce what was given in time for today's news."""
        given = self._given(field, day, known=False)
        _hand_over(field, given, day, self.share, self.recipient)
        first = self.announced_day()
        if first is None:
            return
        if not self.is_real:
            if day == first:
                field.announce("breach", day)
            return
        told = self._given(field, day - (first - self.start), known=True)
        if len(told):
            field.announce("breach", day, about=told)

    def _given(self, field: Reached, day: int, *, known: bool) -> NDArray[np.int64]:
        """Service points of the organisations that give in on a day (and are seen to)."""
        asked = self.intensity(day)
        if asked <= 0.0:
            return np.zeros(0, np.int64)
        here = field.table[field.points]
        rates = np.full(len(here), 1.0)
        if self.every is None:
            lands = field.node_table["country"][here["node"]]
            rates = field.country_table["request_rate"][lands] / DAYS_OF_A_YEAR
        names = field.network.organisations["id"].to_numpy()
        independence = field.network.organisations["independence"].to_numpy(float)
        giving = []
        for owner in np.unique(here["organisation"]):
            luck = field.draw(name_hash(names[owner]), day)
            comes = luck[0] < asked * rates[here["organisation"] == owner].max()
            refuses = luck[1] < independence[owner] * (1.0 - self.compulsion)
            if comes and not refuses and (luck[2] < self.seen or not known):
                giving.append(owner)
        return field.points[np.isin(here["organisation"], giving)]


def _hand_over(field: Reached, here: NDArray[np.int64], day: int, share: float,
               recipient: tuple[str, ...]) -> None:
    """Let records of some service points, up to a day, reach recipients (none: the own country)."""
    points = field.table
    own = np.uint64(1) << field.node_table["country"][points["node"][here]].astype(np.uint64)
    points["leak_day"][here] = day
    points["leak_share"][here] = np.maximum(points["leak_share"][here], share)
    points["leak_countries"][here] |= field.countries(recipient) if recipient else own
