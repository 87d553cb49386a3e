"""What a scenario can do to the world, one small class each, grouped by family."""

from sim.interventions.access import (
    CriminalisedAid,
    GovernmentPremises,
    HumanitarianDiplomacy,
    StatusPrecondition,
)
from sim.interventions.base import Intervention, Scope, unit_of
from sim.interventions.data import DataBreach, DataRequest, DataSharingAgreement
from sim.interventions.enforcement import (
    CoLocatedEnforcement,
    EnforcementLaw,
    PoliceNotification,
    Raid,
)
from sim.interventions.organisations import Firewall
from sim.interventions.places import CommunityDialogue, Hostility, Shock
from sim.interventions.ways import BorderClosure, Externalisation, Surge
from sim.interventions.words import Outreach, Rumour

__all__ = [
    "KINDS", "BorderClosure", "CoLocatedEnforcement", "CommunityDialogue", "CriminalisedAid",
    "DataBreach", "DataRequest", "DataSharingAgreement", "EnforcementLaw", "Externalisation",
    "Firewall", "GovernmentPremises", "Hostility", "HumanitarianDiplomacy", "Intervention",
    "Outreach", "PoliceNotification", "Raid", "Rumour", "Scope", "Shock", "StatusPrecondition",
    "Surge", "unit_of",
]  # fmt: skip

KINDS: dict[str, type[Intervention]] = {
    "border_closure": BorderClosure,
    "co_located_enforcement": CoLocatedEnforcement,
    "community_dialogue": CommunityDialogue,
    "criminalised_aid": CriminalisedAid,
    "data_breach": DataBreach,
    "data_request": DataRequest,
    "data_sharing_agreement": DataSharingAgreement,
    "enforcement_law": EnforcementLaw,
    "externalisation": Externalisation,
    "firewall": Firewall,
    "government_premises": GovernmentPremises,
    "hostility": Hostility,
    "humanitarian_diplomacy": HumanitarianDiplomacy,
    "outreach": Outreach,
    "police_notification": PoliceNotification,
    "raid": Raid,
    "rumour": Rumour,
    "shock": Shock,
    "status_precondition": StatusPrecondition,
    "surge": Surge,
}
"""Every kind of intervention, by the name used in scenario files."""
