"""What a scenario can do to the world, one small class each, grouped by family."""

from sim.interventions.agendas import (
    ConditionalFunding,
    DissuasionMessage,
    Partnership,
    ReturnAssociation,
)
from sim.interventions.answers import Rebuttal, Transparency
from sim.interventions.base import Intervention, Scope, unit_of
from sim.interventions.data import DataBreach
from sim.interventions.enforcement import CoLocatedEnforcement
from sim.interventions.organisations import Firewall
from sim.interventions.staff import Accountability, LivedExperienceStaff, StaffTraining
from sim.interventions.supply import CloseServicePoint, MobileClinic, OpenServicePoint
from sim.interventions.support import CashAssistance, FamilyLinks, SafeReferral
from sim.interventions.words import Outreach, Rumour

__all__ = [
    "KINDS", "Accountability", "CashAssistance", "CloseServicePoint", "CoLocatedEnforcement",
    "ConditionalFunding", "DataBreach", "DissuasionMessage", "FamilyLinks", "Firewall",
    "Intervention", "LivedExperienceStaff", "MobileClinic", "OpenServicePoint", "Outreach",
    "Partnership", "Rebuttal", "ReturnAssociation", "Rumour", "SafeReferral", "Scope",
    "StaffTraining", "Transparency", "unit_of",
]  # fmt: skip

KINDS: dict[str, type[Intervention]] = {
    "co_located_enforcement": CoLocatedEnforcement,
    "data_breach": DataBreach,
    "firewall": Firewall,
    "outreach": Outreach,
    "rumour": Rumour,
    "conditional_funding": ConditionalFunding,
    "return_association": ReturnAssociation,
    "dissuasion_message": DissuasionMessage,
    "partnership": Partnership,
    "transparency": Transparency,
    "rebuttal": Rebuttal,
    "lived_experience_staff": LivedExperienceStaff,
    "staff_training": StaffTraining,
    "accountability": Accountability,
    "open_service_point": OpenServicePoint,
    "close_service_point": CloseServicePoint,
    "mobile_clinic": MobileClinic,
    "safe_referral": SafeReferral,
    "cash_assistance": CashAssistance,
    "family_links": FamilyLinks,
}
"""Every kind of intervention, by the name used in scenario files."""
