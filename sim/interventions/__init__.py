"""What a scenario can do to the world, one small class each, grouped by family."""

from sim.interventions.base import Intervention, Scope, unit_of
from sim.interventions.data import DataBreach
from sim.interventions.enforcement import CoLocatedEnforcement
from sim.interventions.organisations import Firewall
from sim.interventions.words import Outreach, Rumour

__all__ = [
    "KINDS", "CoLocatedEnforcement", "DataBreach", "Firewall", "Intervention", "Outreach",
    "Rumour", "Scope", "unit_of",
]  # fmt: skip

KINDS: dict[str, type[Intervention]] = {
    "co_located_enforcement": CoLocatedEnforcement,
    "data_breach": DataBreach,
    "firewall": Firewall,
    "outreach": Outreach,
    "rumour": Rumour,
}
"""Every kind of intervention, by the name used in scenario files."""
