"""The words of results, ready to be translated: measures, groups, channels, events."""

from __future__ import annotations

from dashboards.languages import Language, mark

__all__ = ["BREAKDOWNS", "CHANNELS", "DECOMPOSED", "DIRECT", "EVENTS", "FAMILIES", "KINDS",
           "MEASURES", "NEEDS", "OUTCOMES", "SHARES", "STATUSES", "STEPS", "group_name",
           "word"]  # fmt: skip

MEASURES = {
    "help_seeking_rate": (mark("How often people in need ask"),
                          mark(
                              "Of all days on which somebody needs help, the share on which they "
                              "ask for it.")),
    "willingness": (mark("How often people who could ask do ask"),
                    mark(
                        "Of all days on which somebody knows of a service that could help, the "
                        "share on which they ask; the others stay away out of fear, or because "
                        "it seems not worth it.")),
    "deterred": (mark("Days of staying away out of fear"),
                 mark(
                     "Days on which somebody in need would ask if there were nothing to fear, "
                     "and does not.")),
    "served": (mark("Days on which people are helped"),
               mark("Days on which somebody in need asks and is helped.")),
    "episodes_lapsed_deterred": (mark("Needs never helped, out of fear"),
                                 mark(
                                     "Needs that end without help, in which fear kept the person "
                                     "away at least once.")),
    "first_deterred": (mark("People kept away by fear for the first time"),
                       mark("People whom fear keeps from asking at least once; each counts once.")),
}  # fmt: skip
"""Measures that a report shows: name and meaning."""

SHARES = ("help_seeking_rate", "willingness")
"""Those that are shares, shown as so many of 1,000."""

BREAKDOWNS = {
    "all": mark("Everyone"),
    "status": mark("Legal status"),
    "step": mark("Part of the journey"),
    "node": mark("Place"),
    "organisation": mark("Organisation"),
}

STATUSES = {
    "regular": mark("Regular status"),
    "asylum_seeker": mark("Asylum seekers"),
    "refugee": mark("Recognised refugees"),
    "refused": mark("Refused asylum"),
    "irregular": mark("Irregular status"),
    "returnee": mark("Returned home"),
    "deportee": mark("Deported"),
    "other": mark("Other status"),
}

STEPS = {
    "origin": mark("Places of departure"),
    "border": mark("Border towns"),
    "transit": mark("Places of transit"),
    "camp": mark("Camps and centres"),
    "arrival": mark("Places of arrival"),
    "long_stay": mark("Places of long stay"),
    "return": mark("Places of return"),
    "on_the_way": mark("On the way"),
}

CHANNELS = {
    "encounter": (mark("Own experience"), mark(
        "What happened to the person: at a service, on the way, in detention.")),
    "witness": (mark("Seen with own eyes"), mark("What the person saw happen to others nearby.")),
    "hearsay": (mark("Told by others"), mark(
        "What acquaintances, family abroad, locals or smugglers tell of their experience.")),
    "rumour": (mark("News and rumours"), mark(
        "Announcements and stories that pass from person to person, true or false.")),
    "association": (mark("Carried over from another organisation"), mark(
        "What is known of one organisation colours what is believed of others.")),
    "outreach": (mark("The organisations' own word"), mark(
        "What organisations say of themselves.")),
    "prior": (mark("What people believed before"), mark(
        "Beliefs that people set out with, not changed by anything on this route.")),
}  # fmt: skip

DIRECT = mark("Without any channel")
"""What remains of a change when every channel is off, such as that of capacity."""

DECOMPOSED = {
    "deterred": mark("Days of staying away out of fear"),
    "asked": mark("Days on which people ask"),
}
"""Measures that are taken apart by switching channels off."""

OUTCOMES = {
    "served": mark("Asked and were helped"),
    "turned_away": mark("Asked and were turned away"),
    "deterred": mark("Stayed away out of fear"),
    "unaware": mark("Knew of no service"),
    "no_service": mark("No service for this need where they were"),
    "excluded": mark("All services known to them exclude them"),
    "not_worth": mark("Asking did not seem worth it"),
    "in_transit": mark("Between two places"),
    "detained": mark("In detention"),
}

KINDS = {
    "accountability": mark("amends for bad experiences"),
    "border_closure": mark("border closure"),
    "cash_assistance": mark("cash assistance"),
    "close_service_point": mark("closing of a service"),
    "co_located_enforcement": mark("officers near a service"),
    "community_dialogue": mark("community dialogue"),
    "conditional_funding": mark("conditional funding"),
    "criminalised_aid": mark("criminalised aid"),
    "data_breach": mark("data breach"),
    "data_request": mark("data request"),
    "data_sharing_agreement": mark("data sharing agreement"),
    "dissuasion_message": mark("dissuasion message"),
    "enforcement_law": mark("enforcement law"),
    "externalisation": mark("interception in transit countries"),
    "family_links": mark("restoring family links"),
    "firewall": mark("firewall"),
    "government_premises": mark("services in government premises"),
    "hostility": mark("hostility of the host community"),
    "humanitarian_diplomacy": mark("humanitarian diplomacy"),
    "lived_experience_staff": mark("staff who migrated themselves"),
    "mobile_clinic": mark("mobile clinic"),
    "open_service_point": mark("opening of a service"),
    "outreach": mark("information campaign"),
    "partnership": mark("partnership"),
    "police_notification": mark("police give notice of visits"),
    "raid": mark("raid"),
    "rebuttal": mark("answer to a rumour"),
    "return_association": mark("seen to support return"),
    "rumour": mark("rumour"),
    "safe_referral": mark("safe referral"),
    "shock": mark("sudden needs"),
    "staff_training": mark("staff training"),
    "status_precondition": mark("status required"),
    "surge": mark("more people set out"),
    "transparency": mark("openness about cooperation with authorities"),
}

FAMILIES = {
    "rcrc": mark("Red Cross and Red Crescent"),
    "un": mark("United Nations"),
    "ngo": mark("Other aid organisations"),
    "government": mark("Government services"),
}
"""Families of organisations."""

NEEDS = {
    "regulatory": mark("papers and legal help"),
    "financial": mark("money"),
    "physical": mark("health and food"),
    "human": mark("knowledge and language"),
    "social": mark("family and company"),
    "natural": mark("protection from heat, cold and thirst"),
}
"""Dimensions of need."""

EVENTS = {
    "served": mark("help was given"),
    "full": mark("no place was left"),
    "refused": mark("somebody was refused for their legal status"),
    "mistreated": mark("somebody was treated badly"),
    "data_taken": mark("personal data were taken"),
    "detained": mark("a detention"),
    "detained_through_service": mark("a detention by way of a service"),
    "intercepted": mark("an interception on the way"),
    "door": mark("officers at the door of a service"),
    "raid": mark("a raid"),
    "breach": mark("personal data reached the authorities"),
    "law": mark("a law or an agreement with the authorities"),
    "broken": mark("a promise was broken"),
    "agenda": mark("the aims of somebody else were noticed"),
    "amends": mark("a bad experience was made good"),
    "outreach": mark("the organisation spoke of itself"),
    "firewall": mark("a firewall between help and authorities was announced"),
    "leg_danger": mark("danger on the way"),
    "deported": mark("a deportation"),
    "border": mark("a border was crossed: what was known of organisations counts less here"),
    "talk": mark("people talked about what they believe"),
}  # fmt: skip
"""What happens to people and becomes evidence, and what stories tell."""


def word(language: Language, words: dict[str, str], name: str) -> str:
    """A word in a language; names that are not known stand as they are."""
    return language.text(words[name]) if name in words else name.replace("_", " ")


def group_name(language: Language, by: str, name: str, places: dict[str, str],
               organisations: dict[str, str]) -> str:  # fmt: skip
    """The name of a group of a breakdown.

    Args:
        language: The language.
        by: The breakdown.
        name: The group, as results name it.
        places: Names of places by id.
        organisations: Names of organisations by id.
    """
    if by == "all":
        return word(language, BREAKDOWNS, by)
    if by == "node" and name in places:
        return places[name]
    if by == "organisation":
        return organisations.get(name, name)
    return word(language, STATUSES if by == "status" else STEPS, name)
