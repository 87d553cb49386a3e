"""Asking for help, being helped, awareness of service points."""

from sim.registry.belief import Row

__all__ = ["GROUP", "ROWS"]

GROUP = "help-seeking"
ROWS: list[Row] = [
    ("b0", -4.4, "utility", -7.0, -3.0, "assumed", "Constant of asking. A trial on another route used -5.3."),
    ("bn", 4.7, "utility", 2.0, 7.0, "trial assumed", "Weight of the level of need."),
    ("bc", 0.5, "utility", 0.0, 2.0, "assumed M16", "Weight of believed competence above one half."),
    ("bf", 3.8, "utility", 1.5, 7.0, "trial assumed", "Weight of believed risk, at full exposure: the slope by which fear keeps people away."),
    ("cost_asking", 0.0, "utility", -1.0, 2.0, "assumed", "Cost of asking any organisation but government."),
    ("cost_government", 0.5, "utility", 0.0, 2.0, "assumed", "Cost of asking government services."),
    ("taste_sd", 0.5, "utility", 0.0, 1.5, "assumed", "Standard deviation of a lasting taste per family."),
    ("omega", 0.55, "share", 0.2, 0.9, "trial assumed", "Share of believed danger that depends on being registered by an organisation that is not independent."),
    ("door_weight", 0.6, "share", 0.2, 0.9, "trial assumed", "Weight of enforcement seen at the door."),
    ("firewall_effect", 0.4, "share", 0.1, 0.7, "trial assumed", "Risk removed by a firewall that is known and kept in full."),
    ("capacity_scale", 1.0, "multiplier", 0.2, 5.0, "assumed", "All capacities, relative to those in the files."),
    ("places_kept", 3.0, "count", 1.0, 10.0, "assumed", "Unused places of a small service point that stand over to the next day, in simulated people."),
    ("lottery_pressing", 2.0, "multiplier", 1.0, 5.0, "assumed", "Weight of a pressing need in the lottery for places, relative to a routine one."),
    ("lottery_acute", 5.0, "multiplier", 1.0, 10.0, "assumed", "Weight of an acute need in the lottery for places, relative to a routine one."),
    ("help_half", 0.5, "share", 0.2, 1.0, "assumed", "Relief of a service that turned out not to be competent, relative to a competent one."),
    ("find", 0.1, "1/day", 0.003, 0.15, "assumed", "Daily chance of finding a service point at one's node. A trial on another route used 0.005. Our points relieve one or two needs each."),
    ("find_in_need", 2.0, "multiplier", 1.0, 4.0, "trial assumed", "Finding while in need, relative to not."),
    ("find_no_language", 0.5, "multiplier", 0.2, 1.0, "assumed", "Finding without a shared language, where no staff has migrated."),
    ("language_share", 0.6, "share", 0.3, 0.9, "assumed", "Share of people with a shared language."),
    ("pass_on", 0.06, "share", 0.01, 0.2, "assumed", "Chance that a meeting passes on where a service point is. A trial on another route used 0.02."),
    ("pass_on_served", 0.15, "share", 0.03, 0.4, "assumed", "The same, by someone who was served there. A trial on another route used 0.1."),
    ("carry_awareness", 0.7, "share", 0.1, 0.9, "assumed", "Chance of knowing the point of the same family at the next node. A trial on another route used 0.25."),
    ("help_money", 0.5, "share", 0.0, 1.0, "assumed", "Chance that help with a financial need moves a person into the next richer third."),
    ("door_detention", 0.01, "share", 0.0, 0.1, "assumed", "Chance that asking where officers stand at the door ends in detention, at full exposure."),
    ("find_listed", 0.005, "1/day", 0.001, 0.02, "trial assumed", "Daily chance that a person whose data were shared is found, at full enforcement and exposure."),
]
