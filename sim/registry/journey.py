"""Moving, enforcement, status, return."""

from sim.registry.belief import Row

__all__ = ["GROUP", "ROWS"]

GROUP = "journey"
ROWS: list[Row] = [
    ("detention_rate", 0.0002, "1/day", 0.00005, 0.002, "assumed", "Daily chance of being detained in town, at full enforcement and exposure.", "log"),
    ("raid_rate", 0.002, "1/day", 0.0, 0.02, "assumed", "Raids a day at a node, at full enforcement."),
    ("raid_share", 0.004, "share", 0.0, 0.05, "assumed", "Share of exposed people present whom a raid detains."),
    ("raid_seen", 0.05, "share", 0.0, 0.3, "assumed", "Share of people present who see a raid."),
    ("interception_detained", 0.2, "share", 0.0, 1.0, "assumed", "Share of those intercepted on a leg who are detained; the others are sent back."),
    ("burst_share", 0.2, "share", 0.05, 0.5, "M32 assumed", "Share of those on a leg whom one deadly incident strikes."),
    ("progress_weight", 2.5, "utility", 0.5, 6.0, "assumed", "Weight of progress towards the destination, per mean leg length."),
    ("length_weight", 0.3, "utility", 0.0, 2.0, "assumed", "Weight of the length of a leg, per mean leg length."),
    ("cost_weight", 0.8, "utility", 0.0, 4.0, "assumed", "Weight of a leg's cost, per 1,000 dollars, for the poorest third."),
    ("danger_weight", 6.0, "utility", 0.0, 20.0, "M34 assumed", "Weight of the believed danger of a leg (death and interception)."),
    ("room_weight", 1.0, "utility", 0.0, 3.0, "assumed", "Weight of a full place at the end of a leg."),
    ("room_margin", 0.1, "share", 0.05, 0.5, "assumed", "Free share of a place's capacity from which people begin to notice that it is filling up."),
    ("impassable", 0.9, "share", 0.5, 1.0, "assumed", "Believed danger of a leg (death and interception) above which nobody takes it."),
    ("change_destination", 0.3, "share", 0.0, 1.0, "M26 assumed", "Chance that one who wants to go on and finds every way to the destination barred heads for another place."),
    ("money_third", 5000.0, "dollars", 1000.0, 20000.0, "assumed", "Dollars spent on legs that move a person into the next poorer third."),
    ("stay_poor", 1.5, "multiplier", 1.0, 3.0, "assumed", "Length of stay of the poorest third, relative to others."),
    ("stranded_cost", 300.0, "dollars", 100.0, 2000.0, "assumed", "A person of the poorest third cannot pay a leg that costs more than this."),
    ("earn_rate", 0.004, "1/day", 0.0, 0.03, "assumed", "Daily chance that a person of the poorest third at a node earns enough to go on."),
    ("story_danger", 1.0, "multiplier", 0.0, 5.0, "assumed", "How much one story of danger on a leg adds to its believed danger."),
    ("long_stay", 0.15, "share", 0.0, 0.6, "M26 assumed", "Chance that arriving at a place of long stay that is not one's destination ends the journey there."),
    ("back_is_return_irregular", 0.20, "share", 0.1, 0.3, "S15 trial", "Chance that a move backwards ends as voluntary return, irregular status."),
    ("back_is_return_others", 0.04, "share", 0.0, 0.1, "trial assumed", "The same, other statuses."),
    ("set_out_again", 0.001, "1/day", 0.0002, 0.01, "assumed", "Daily chance that a person who is back home sets out again."),
    ("separation_need", 0.8, "share", 0.2, 1.0, "assumed", "Chance that family separation begins a social need."),
    ("abuse_need", 0.8, "share", 0.2, 1.0, "assumed", "Chance that abuse on a leg begins a physical need."),
    ("extortion_need", 0.5, "share", 0.1, 1.0, "assumed", "Chance that extortion begins a financial need."),
    ("detention_need", 0.3, "share", 0.0, 1.0, "assumed", "Chance that release from detention begins a human need."),
]
