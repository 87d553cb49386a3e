"""Help that reaches further: referrals, cash, contact with the family."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from sim.codes import NEEDS
from sim.interventions.base import Intervention

if TYPE_CHECKING:
    from sim.interventions.reach import Field as Reached

__all__ = ["CashAssistance", "FamilyLinks", "SafeReferral"]

FINANCIAL, SOCIAL = NEEDS.index("financial"), NEEDS.index("social")


class SafeReferral(Intervention):
    """A service point sends people on to another, and trust goes with them.

    In practice: a name and a number to call in the next town, a card with a map, somebody who
    walks along.

    Changes in the world: a share of those served at the service points in its scope know the
    service point it leads to: a given one, or those of the same family at the next place on their
    way.

    Evidence: M12 (people go by those they trust). The share is assumed.

    Attributes:
        to: Service point to which it leads, or ``next``: those of the same family at the next node
            on the way.
        share: Share of those served who are sent on.
    """

    at_service_points: ClassVar[bool] = True
    only_deeds: ClassVar[bool] = True
    acts_on: ClassVar[tuple[str, ...]] = (*Intervention.acts_on, "status")

    kind: Literal["safe_referral"] = "safe_referral"
    to: str = Field("next", json_schema_extra={"unit": "referral"})
    share: float = Field(0.5, ge=0, le=1, json_schema_extra={"unit": "share"})

    def apply(self, field: Reached, day: int) -> None:
        """Send people on today."""
        share = self.share * self.intensity(day)
        if share > 0.0:
            field.refer(self.to, share)


class CashAssistance(Intervention):
    """Cash or vouchers: help that requires registering.

    In practice: a card that is loaded every month, for which name, photograph and fingerprint are
    taken.

    Changes in the world: the service points in its scope relieve financial need, more than before,
    and register more of the people who come, whatever they come for: what is registered can be
    shared.

    Evidence: C24 (people avoid services that record contact data), C39 (what became of records).
    Amounts are assumed.

    Attributes:
        relief: By how much of what is missing the relief of financial need rises.
        registers: By how much of what is missing the share of registered visits rises.
    """

    at_service_points: ClassVar[bool] = True
    only_deeds: ClassVar[bool] = True

    kind: Literal["cash_assistance"] = "cash_assistance"
    relief: float = Field(0.6, ge=0, le=1, json_schema_extra={"unit": "share"})
    registers: float = Field(0.9, ge=0, le=1, json_schema_extra={"unit": "share"})

    def apply(self, field: Reached, day: int) -> None:
        """Hand out cash today, and write down who got it."""
        intensity = self.intensity(day)
        field.raise_share("relief", self.relief * intensity, FINANCIAL)
        field.raise_share("registers", self.registers * intensity)


class FamilyLinks(Intervention):
    """Contact between people and their families is restored.

    In practice: phone calls, messages carried by hand, tracing of those who went missing.

    Changes in the world: a share of those served at the service points in its scope who have lost
    a tie have one again, to somebody of the same origin who set out earlier; social need is
    relieved more.

    Evidence: M20 (family and friends are the most used source), M23 (who can call). Amounts are
    assumed.

    Attributes:
        share: Share of those served who find a lost tie again.
        relief: By how much of what is missing the relief of social need rises.
    """

    at_service_points: ClassVar[bool] = True
    only_deeds: ClassVar[bool] = True

    kind: Literal["family_links"] = "family_links"
    share: float = Field(0.5, ge=0, le=1, json_schema_extra={"unit": "share"})
    relief: float = Field(0.3, ge=0, le=1, json_schema_extra={"unit": "share"})

    def apply(self, field: Reached, day: int) -> None:
        """Restore contact today."""
        intensity = self.intensity(day)
        field.raise_for_statuses("restores", self.share * intensity)
        field.raise_share("relief", self.relief * intensity, SOCIAL)
