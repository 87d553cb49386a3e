"""The words of the model and the small numbers that stand for them in columns."""

from __future__ import annotations

__all__ = [
    "CHANNELS", "EXCHANGES", "KINDS_OF_EVENT", "MONEY", "NEEDS", "OUTCOMES", "POINT_MEASURES",
    "SOURCES", "STATES", "STATUSES", "STEPS", "URGENCIES",
]

STATUSES = ("regular", "asylum_seeker", "refugee", "refused", "irregular", "returnee",
            "deportee", "other")
REGULAR, ASYLUM_SEEKER, REFUGEE, REFUSED, IRREGULAR, RETURNEE, DEPORTEE, OTHER = range(8)

NEEDS = ("regulatory", "financial", "physical", "human", "social", "natural")
REGULATORY, FINANCIAL, PHYSICAL, HUMAN, SOCIAL, NATURAL = range(6)

URGENCIES = ("routine", "pressing", "acute")

STATES = ("absent", "travelling", "staying", "detained", "stranded", "settled", "returned",
          "dead_or_missing")
ABSENT, TRAVELLING, STAYING, DETAINED, STRANDED, SETTLED, RETURNED, DEAD = range(8)

OUTCOMES = ("none", "served", "turned_away", "deterred", "unaware", "no_service", "excluded",
            "not_worth", "in_transit", "detained")
(NONE, SERVED, TURNED_AWAY, DETERRED, UNAWARE, NO_SERVICE, EXCLUDED, NOT_WORTH, IN_TRANSIT,
 IN_DETENTION) = range(10)
ASKING = 10
"""Asked today, answer still open (only within a day)."""

CHANNELS = ("encounter", "witness", "hearsay", "rumour", "association", "outreach", "prior")
BY_ENCOUNTER, BY_WITNESS, BY_HEARSAY, BY_RUMOUR, BY_ASSOCIATION, BY_OUTREACH, BY_PRIOR = range(7)

EXCHANGES = ("waytrust", "routes_and_rumours")
"""What people do to each other's opinions when they meet; the first unless a scenario says so."""

MONEY = ("poorest_third", "middle_third", "richest_third")
STEPS = ("origin", "border", "transit", "camp", "arrival", "long_stay", "return")
ORIGIN, BORDER, TRANSIT, CAMP, ARRIVAL, LONG_STAY, RETURN = range(7)

SOURCES = ("family_abroad", "local_communities", "travel_agents", "smugglers")

KINDS_OF_EVENT = ("none", "served", "full", "refused", "mistreated", "data_taken", "detained",
                  "detained_through_service", "intercepted", "door", "raid", "breach", "law",
                  "broken", "agenda", "amends", "outreach", "firewall", "leg_danger", "deported")
(E_NONE, E_SERVED, E_FULL, E_REFUSED, E_MISTREATED, E_DATA_TAKEN, E_DETAINED,
 E_DETAINED_SERVICE, E_INTERCEPTED, E_DOOR, E_RAID, E_BREACH, E_LAW, E_BROKEN, E_AGENDA,
 E_AMENDS, E_OUTREACH, E_FIREWALL, E_LEG_DANGER, E_DEPORTED) = range(20)

# Traits of a person, as bits.
MIXED_HOUSEHOLD, HAS_PHONE, HAS_LANGUAGE = 1, 2, 4
# What ever happened to a person, as bits.
(EVER_ASSISTED, EVER_ASSISTED_RCRC, EVER_UNMET, EVER_UNAWARE, EVER_DETERRED,
 EVER_DETAINED) = (1, 2, 4, 8, 16, 32)
# An episode of need: urgency in the two lowest bits, then what came of it.
URGENCY_BITS, WAS_DETERRED, WAS_SERVED = 3, 4, 8
REFUSED_HERE = 0x8000
"""Bit of a known service point: one was refused there for one's status."""
EXPOSED = 0.45
"""Exposure from which a person counts as exposed."""
NOWHERE = -1
NEVER = -32000
MEASURES = (
    "in_need", "asked", "served", "turned_away", "deterred", "unaware", "no_service", "excluded",
    "not_worth", "in_transit", "detained", "present", "people_travelling", "people_staying",
    "people_detained", "people_stranded", "people_settled", "people_returned",
    "people_dead_or_missing", "detentions", "interceptions", "deaths", "deportations",
    "voluntary_returns", "set_out_again", "registrations", "departures", "episodes_begun",
    "episodes_relieved", "episodes_lapsed", "episodes_lapsed_deterred", "separations",
    "extortions", "status_changes", "episodes_delayed", "first_deterred", "new_destinations",
)
"""What is counted each day, by place and status."""
(M_IN_NEED, M_ASKED, M_SERVED, M_TURNED_AWAY, M_DETERRED, M_UNAWARE, M_NO_SERVICE, M_EXCLUDED,
 M_NOT_WORTH, M_IN_TRANSIT, M_DETAINED, M_PRESENT, M_TRAVELLING, M_STAYING, M_IN_DETENTION,
 M_STRANDED, M_SETTLED, M_RETURNED, M_DEAD, M_DETENTIONS, M_INTERCEPTIONS, M_DEATHS,
 M_DEPORTATIONS, M_RETURNS, M_SET_OUT_AGAIN, M_REGISTRATIONS, M_DEPARTURES, M_BEGUN,
 M_RELIEVED, M_LAPSED, M_LAPSED_DETERRED, M_SEPARATIONS, M_EXTORTIONS, M_STATUS_CHANGES,
 M_DELAYED, M_FIRST_DETERRED, M_NEW_DESTINATIONS) = range(len(MEASURES))
POINT_MEASURES = ("asked", "served", "turned_away", "deterred")
"""What is counted each day at every service point."""
P_ASKED, P_SERVED, P_TURNED_AWAY, P_DETERRED = range(len(POINT_MEASURES))
SHARE_UNITS = 1 << 20
"""Whole parts into which a deterred person-day is shared among channels."""
