"""Channels: switches, meetings, hearsay, sources, outreach, association."""

from sim.registry.belief import Row

__all__ = ["GROUP", "ROWS"]

GROUP = "channels"
_NAMES = ("encounter", "witness", "hearsay", "rumour", "outreach", "association")

_SWITCHES: list[Row] = [
    (f"channel_{name}", 1.0, "switch", 0.0, 1.0, "design", f"1: evidence arrives through {name}; 0: switched off.")
    for name in _NAMES
]
ROWS: list[Row] = [
    *_SWITCHES,
    ("witness_neighbours", 10.0, "count", 0.0, 30.0, "trial assumed", "People next to one whose incidents one sees."),
    ("meetings_per_day", 0.5, "1/day", 0.1, 3.0, "trial assumed", "Meetings a day with people at the same node.", "log"),
    ("calls_per_day", 0.15, "1/day", 0.0, 1.0, "trial M22 assumed", "Calls a day over ties, for those who have a phone, where there is a connection."),
    ("phone_share", 0.7, "share", 0.54, 0.87, "M22 M23", "Share of people with a phone."),
    ("hearsay_trust", 0.15, "share", 0.05, 0.5, "assumed", "Trust in a contact's account of an experience. A trial on another route used 0.25."),
    ("source_trust", 0.15, "share", 0.05, 0.5, "assumed", "Trust in what a source (family abroad, locals, agents, smugglers) repeats."),
    ("telling_half_life", 14.0, "days", 5.0, 40.0, "trial M10 assumed", "An experience is told with probability 2^(-age / this)."),
    ("exchange_transfer", 0.1, "share", 0.05, 1.0, "assumed", "Chance that a belief is exchanged in a meeting, each by itself. This and the next four: only with `opinion_exchange: routes_and_rumours`, by default as in that model."),
    ("exchange_convince", 0.5, "share", 0.0, 1.0, "assumed", "Part of doubt that meets trust and becomes trust in the other's value."),
    ("exchange_convert", 0.1, "share", 0.0, 1.0, "assumed", "Part of trust that meets trust and turns to the other's value."),
    ("exchange_confuse", 0.3, "share", 0.0, 1.0, "assumed", "Part of trust that meets trust in quite another value and becomes doubt."),
    ("exchange_error", 0.1, "share", 0.0, 0.3, "assumed", "Most by which a value, and the trust in it, are misunderstood."),
    ("source_rate", 0.05, "1/day", 0.0, 0.3, "assumed", "Consultations a day of one of the sources a person uses."),
    ("source_family", 0.58, "share", 0.5, 0.66, "E020", "Share of people who use family and friends abroad as a source."),
    ("source_locals", 0.37, "share", 0.29, 0.45, "E022", "Share who use local communities as a source."),
    ("source_agents", 0.35, "share", 0.27, 0.43, "E023", "Share who use travel agents as a source."),
    ("source_smugglers", 0.24, "share", 0.16, 0.32, "E024", "Share who use smugglers as a source."),
    ("source_migrants", 0.42, "share", 0.34, 0.5, "E021", "Share who use other migrants as a source; only the survey asks for it, meetings make it work."),
    ("slant_family", 1.0, "share", 0.5, 1.0, "assumed", "Part of bad news that family abroad repeats."),
    ("slant_locals", 0.8, "share", 0.3, 1.0, "assumed", "Part of bad news that local people repeat."),
    ("slant_agents", 0.3, "share", 0.0, 1.0, "assumed", "Part of bad news that travel agents repeat."),
    ("slant_smugglers", 0.5, "share", 0.0, 1.0, "assumed", "Part of bad news that smugglers repeat."),
    ("source_lag", 5.0, "days", 1.0, 20.0, "assumed", "Days between an incident and a source's repeating it."),
    ("source_memory", 30.0, "days", 10.0, 90.0, "assumed", "A source repeats only what happened, and what it picked up, within so many days."),
    ("association", 0.2, "share", 0.0, 0.5, "trial assumed", "Part of evidence about one family that also counts for partners and for those at the same place."),
    ("association_sector", 0.5, "multiplier", 0.0, 1.0, "assumed", "Association with other humanitarian families elsewhere, relative to those at the same place."),
    ("outreach_rate", 0.004, "1/day", 0.0, 0.03, "assumed M21", "Contacts a day with an organisation's own outreach, at full effort and visibility."),
    ("return_voluntary", 0.5, "share", 0.0, 1.0, "assumed Q07", "People who take support for voluntary return for another's agenda, relative to support for forced return."),
]
