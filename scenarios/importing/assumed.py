"""Plausible values for what a file does not say. All are assumed, and are marked as such."""

from __future__ import annotations

import math
from collections.abc import Mapping

from scenarios.importing.draft import Draft, DraftRow, column_names
from sim.codes import NEEDS

__all__ = ["COUNTRY", "LEG", "NODE", "ORGANISATION", "POINT", "SPEED", "STAY", "FAMILY",
           "add_societies", "filled", "leg_defaults"]

NODE: dict[str, object] = {
    "journey_step": "transit", "connectivity": 0.7, "hostility": 0.2, "enforcement": 0.2,
    "mean_stay_days": 14.0, "departures": 0.0, "attraction": 0.0, **dict.fromkeys(NEEDS, 1.0),
}
STAY = {"origin": 14.0, "border": 7.0, "transit": 14.0, "camp": 180.0, "arrival": 180.0,
        "long_stay": 365.0, "return": 45.0}
"""Mean stay in days, by journey step."""
LEG: dict[str, object] = {
    "two_way": True, "mode": "road", "detour": 1.2, "death": 0.0002, "interception": 0.01,
    "extortion": 0.05, "abuse": 0.01, "separation": 0.002, "closed": None,
}
AT_SEA: dict[str, object] = {"detour": 1.05, "death": 0.01, "interception": 0.2}
SPEED = {"road": 400.0, "rail": 500.0, "foot": 25.0, "river": 100.0, "sea": 250.0, "air": 5000.0}
"""Kilometres a day from door to door, by mode."""
DOLLARS_PER_KM = {"foot": 0.0, "sea": 3.0, "air": 0.3}
COUNTRY: dict[str, object] = {
    "asylum_days": 365.0, "recognition": 0.3, "expiry_days": 365.0, "deportation": 0.1,
    "voluntary_return": 0.05, "detention_days": 14.0, "request_rate": 1.0,
}
ORGANISATION: dict[str, object] = {
    "kind": "red_cross_red_crescent", "family": "rcrc", "competence": 0.72, "respect": 0.85,
    "independence": 0.85, "promises_confidentiality": True, "outreach": 0.35,
    "lived_experience": 0.15, "donor_conditions": 0.2,
}
FAMILY = {"red_cross_red_crescent": "rcrc", "un": "un", "ngo": "ngo", "government": "government"}
POINT: dict[str, object] = {
    "service": "assistance", "regulatory": 0.2, "financial": 0.3, "physical": 0.5, "human": 0.4,
    "social": 0.3, "natural": 0.4, "registers": 0.4, "capacity_per_day": 40.0, "visibility": 0.5,
    "premises": "own", "firewall": 0.0, "door": 0.0, "excludes": "",
}


def filled(file: str, row: DraftRow, defaults: Mapping[str, object]) -> DraftRow:
    """A row with a plausible value in every column that is missing."""
    values = {name: defaults[name] for name in column_names(file)
              if name in defaults and row.values.get(name) is None}
    return DraftRow({**row.values, **values}, row.sources)


def leg_defaults(mode: str, km: float) -> dict[str, object]:
    """Plausible values of a leg, by its mode and length."""
    days = max(0.5, km / SPEED.get(mode, SPEED["road"]))
    cost = km * DOLLARS_PER_KM.get(mode, 0.05)
    special = AT_SEA if mode == "sea" else {}
    return {**LEG, **special, "days": min(365.0, round(days, 1)), "cost": round(cost)}


def add_societies(draft: Draft, at: list[str], capacity: float = 40.0) -> None:
    """Add one assumed Red Cross or Red Crescent service point at each of some nodes.

    Without any service nobody could ask for help, and the model would have nothing to say. Real
    services are to take their place.

    Args:
        draft: The network; rows are added to it.
        at: Ids of nodes.
        capacity: Real people that each point can help on a day.
    """
    country = {row.values["id"]: str(row.values["country"]) for row in draft.nodes}
    names = {row.values["country"]: row.values["name"] for row in draft.countries}
    there = {row.values["id"] for row in draft.organisations}
    for node in at:
        code = country[node]
        owner = f"rcrc_{code.lower()}"
        if owner not in there:
            there.add(owner)
            title = f"Red Cross or Red Crescent society, {names[code]} (assumed)"
            row = DraftRow({"id": owner, "name": title, "country": code})
            draft.organisations.append(filled("organisations.csv", row, ORGANISATION))
        row = DraftRow({"id": f"{node}_rcrc", "organisation": owner, "node": node,
                        "capacity_per_day": float(math.ceil(capacity))})
        draft.points.append(filled("service_points.csv", row, POINT))
