"""Opinions: prior weight, base rates, background at departure, forgetting."""

from typing import Any

__all__ = ["GROUP", "ROWS", "Row"]

Row = tuple[Any, ...]
"""Name, default, unit, low, high, source, note and, if it is not linear, the scale."""

GROUP = "opinion"
ROWS: list[Row] = [
    ("prior_weight", 2.0, "amount", 2.0, 2.0, "subjective logic (Jøsang 2016)", "Weight W of the non-informative prior."),
    ("base_rate_competence", 0.72, "share", 0.6, 0.8, "S28", "Base rate of competence: staff equipped to understand and respond."),
    ("base_rate_integrity", 0.85, "share", 0.7, 0.9, "S31", "Base rate of integrity: treated with respect and dignity."),
    ("base_rate_independence", 0.5, "share", 0.3, 0.7, "assumed", "Base rate of independence from authorities."),
    ("base_rate_danger", 0.12, "share", 0.05, 0.25, "trial assumed", "Base rate of danger: asking exposes one to detention or deportation."),
    ("background_independence_for_irregular", 4.4, "amount", 1.5, 8.0, "S12 assumed", "Mean evidence for independence at departure, irregular status. A trial on another route used 3.3."),
    ("background_independence_for_others", 0.43, "amount", 0.2, 1.0, "S05 assumed", "Mean evidence for independence at departure, other statuses. A trial on another route used 0.47."),
    ("background_independence_against_irregular", 0.12, "amount", 0.05, 0.5, "trial assumed", "Mean evidence against independence at departure, irregular status."),
    ("background_independence_against_others", 0.4, "amount", 0.2, 1.0, "S08 assumed", "Mean evidence against independence at departure, other statuses. A trial on another route used 0.49."),
    ("background_non_rcrc_factor", 0.8, "multiplier", 0.4, 1.2, "assumed", "Background evidence for independence of UN and NGO families, relative to the Red Cross and Red Crescent."),
    ("background_government_for_factor", 0.4, "multiplier", 0.2, 0.8, "assumed", "Background evidence for independence of government services, relative to the Red Cross and Red Crescent."),
    ("background_government_against_factor", 2.0, "multiplier", 1.0, 4.0, "assumed", "Background evidence against independence of government services, relative to the Red Cross and Red Crescent."),
    ("background_danger_irregular", 0.7, "amount", 0.3, 1.5, "S23 trial", "Mean evidence of danger at departure, irregular status."),
    ("background_danger_others", 0.24, "amount", 0.1, 0.6, "S17 assumed", "Mean evidence of danger at departure, other statuses. A trial on another route used 0.29."),
    ("background_safety", 0.8, "amount", 0.3, 1.6, "trial assumed", "Mean evidence of safety at departure."),
    ("background_quality_for", 0.5, "amount", 0.2, 1.0, "assumed", "Mean evidence for competence and integrity at departure."),
    ("background_quality_against", 0.1, "amount", 0.0, 0.4, "assumed", "Mean evidence against competence and integrity at departure."),
    ("half_life_for", 180.0, "days", 60.0, 720.0, "assumed C37", "Half-life of good news: evidence for organisations, and of safety.", "log"),
    ("half_life_against", 360.0, "days", 60.0, 1440.0, "assumed C37 E064", "Half-life of bad news: evidence against organisations, and of danger.", "log"),
    ("scar_share", 0.3, "share", 0.0, 0.6, "M06 assumed", "Part of the evidence of a broken promise that never fades."),
    ("family_carry", 0.8, "share", 0.4, 1.0, "assumed", "Evidence on a family above background that is kept when crossing a border."),
    ("negativity", 2.0, "multiplier", 1.0, 3.0, "M01 assumed", "How many times as much a bad first-hand experience counts as a good one."),
    ("mixed_household_share", 0.4, "share", 0.15, 0.6, "M24 trial assumed", "Share of people of regular or other status who live in a mixed-status household."),
    ("exposure_irregular", 1.0, "share", 0.6, 1.0, "assumed", "Exposure of people in an irregular situation."),
    ("exposure_refused", 1.0, "share", 0.6, 1.0, "assumed", "Exposure of people whose claim was refused."),
    ("exposure_deportee", 0.7, "share", 0.4, 1.0, "assumed", "Exposure of people who were deported."),
    ("exposure_asylum_seeker", 0.6, "share", 0.3, 0.8, "assumed", "Exposure of asylum seekers."),
    ("exposure_mixed", 0.49, "share", 0.3, 0.7, "C10 trial", "Exposure of people of regular or other status in a mixed-status household."),
    ("exposure_refugee", 0.3, "share", 0.1, 0.5, "assumed", "Exposure of recognised refugees."),
    ("exposure_returnee", 0.2, "share", 0.0, 0.5, "assumed", "Exposure of people who returned."),
    ("exposure_regular", 0.2, "share", 0.0, 0.4, "assumed", "Exposure of people of regular or other status outside mixed-status households."),
    ("relevance_floor", 0.3, "share", 0.0, 0.6, "trial assumed", "Least weight of bad news from others, for people with little to fear."),
]
