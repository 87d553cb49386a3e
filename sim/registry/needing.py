"""Needs: onset, urgency, lapse, and what an unmet need costs."""

from sim.registry.belief import Row

__all__ = ["GROUP", "ROWS"]

GROUP = "needs"
ROWS: list[Row] = [
    ("onset_routine", 0.0015, "1/day", 0.0005, 0.012, "assumed", "Routine needs that begin a day, per person. A trial on another route used 0.0055."),
    ("onset_pressing", 0.0009, "1/day", 0.0003, 0.008, "assumed", "Pressing needs that begin a day, per person. A trial on another route used 0.0033."),
    ("onset_acute", 0.0005, "1/day", 0.0002, 0.005, "assumed", "Acute needs that begin a day, per person. A trial on another route used 0.0017."),
    ("onset_poor", 3.0, "multiplier", 1.0, 5.0, "trial assumed", "Onset among the poorest third, relative to others."),
    ("onset_origin", 0.3, "multiplier", 0.1, 1.0, "trial assumed", "Onset at the origin, relative to the journey."),
    ("onset_elements", 2.0, "multiplier", 0.0, 5.0, "assumed", "How much an unrelieved natural need (heat, cold, thirst) speeds physical needs."),
    ("onset_on_legs", 2.0, "multiplier", 1.0, 5.0, "assumed", "Natural and physical needs on a leg, relative to a node."),
    ("level_routine", 0.35, "share", 0.2, 0.6, "trial assumed", "Level of a routine need."),
    ("level_pressing", 0.55, "share", 0.35, 0.75, "trial assumed", "Level of a pressing need."),
    ("level_acute", 0.9, "share", 0.6, 1.0, "trial assumed", "Level of an acute need."),
    ("level_end", 0.2, "share", 0.1, 0.3, "trial assumed", "A need below this level has ended."),
    ("lapse_routine", 0.06, "1/day", 0.02, 0.12, "trial assumed", "Daily chance that a routine need lapses."),
    ("lapse_pressing", 0.04, "1/day", 0.02, 0.12, "trial assumed", "Daily chance that a pressing need lapses."),
    ("lapse_acute", 0.02, "1/day", 0.01, 0.12, "trial assumed", "Daily chance that an acute need lapses."),
    ("cost_regulatory", 0.15, "share", 0.0, 0.5, "assumed", "Chance that an unmet regulatory need ends a regular stay or a claim."),
    ("cost_financial", 0.3, "share", 0.0, 0.6, "assumed", "Chance that an unmet financial need moves a person into the next poorer third."),
    ("cost_physical", 0.004, "share", 0.0, 0.02, "assumed", "Chance of death when an acute physical need stays unmet, times its level."),
    ("cost_human", 0.5, "share", 0.0, 1.0, "assumed", "How much an unmet human need (health, skills, information) slows finding services."),
    ("cost_social", 0.2, "share", 0.0, 0.6, "assumed", "Chance that an unmet social need ends a tie."),
    ("elements_leg", 0.1, "share", 0.0, 0.4, "assumed", "Chance of a natural need at the end of a sea or desert leg."),
    ("onset_hostility", 1.0, "multiplier", 0.0, 3.0, "assumed", "How much a hostile host community adds to social needs."),
    ("onset_regulatory_irregular", 2.0, "multiplier", 1.0, 4.0, "assumed", "Regulatory needs of people in an irregular situation or refused, relative to others."),
]
