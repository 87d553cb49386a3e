"""What a scenario can do to the world, one small class each, grouped by family."""

from sim.interventions.access import (
    CriminalisedAid,
    GovernmentPremises,
    HumanitarianDiplomacy,
    StatusPrecondition,
)
from sim.interventions.agendas import (
    ConditionalFunding,
    DissuasionMessage,
    Partnership,
    ReturnAssociation,
)
from sim.interventions.answers import Rebuttal, Transparency
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
from sim.interventions.staff import Accountability, LivedExperienceStaff, StaffTraining
from sim.interventions.supply import CloseServicePoint, MobileClinic, OpenServicePoint
from sim.interventions.support import CashAssistance, FamilyLinks, SafeReferral
from sim.interventions.ways import BorderClosure, Externalisation, Surge
from sim.interventions.words import Outreach, Rumour

__all__ = [
    "KINDS", "Accountability", "BorderClosure", "CashAssistance", "CloseServicePoint",
    "CoLocatedEnforcement", "CommunityDialogue", "ConditionalFunding", "CriminalisedAid",
    "DataBreach", "DataRequest", "DataSharingAgreement", "DissuasionMessage", "EnforcementLaw",
    "Externalisation", "FamilyLinks", "Firewall", "GovernmentPremises", "Hostility",
    "HumanitarianDiplomacy", "Intervention", "LivedExperienceStaff", "MobileClinic",
    "OpenServicePoint", "Outreach", "Partnership", "PoliceNotification", "Raid", "Rebuttal",
    "ReturnAssociation", "Rumour", "SafeReferral", "Scope", "Shock", "StaffTraining",
    "StatusPrecondition", "Surge", "Transparency", "unit_of",
]  # fmt: skip

KINDS: dict[str, type[Intervention]] = {
    "accountability": Accountability,
    "border_closure": BorderClosure,
    "cash_assistance": CashAssistance,
    "close_service_point": CloseServicePoint,
    "co_located_enforcement": CoLocatedEnforcement,
    "community_dialogue": CommunityDialogue,
    "conditional_funding": ConditionalFunding,
    "criminalised_aid": CriminalisedAid,
    "data_breach": DataBreach,
    "data_request": DataRequest,
    "data_sharing_agreement": DataSharingAgreement,
    "dissuasion_message": DissuasionMessage,
    "enforcement_law": EnforcementLaw,
    "externalisation": Externalisation,
    "family_links": FamilyLinks,
    "firewall": Firewall,
    "government_premises": GovernmentPremises,
    "hostility": Hostility,
    "humanitarian_diplomacy": HumanitarianDiplomacy,
    "lived_experience_staff": LivedExperienceStaff,
    "mobile_clinic": MobileClinic,
    "open_service_point": OpenServicePoint,
    "outreach": Outreach,
    "partnership": Partnership,
    "police_notification": PoliceNotification,
    "raid": Raid,
    "rebuttal": Rebuttal,
    "return_association": ReturnAssociation,
    "rumour": Rumour,
    "safe_referral": SafeReferral,
    "shock": Shock,
    "staff_training": StaffTraining,
    "status_precondition": StatusPrecondition,
    "surge": Surge,
    "transparency": Transparency,
}
"""Every kind of intervention, by the name used in scenario files."""
