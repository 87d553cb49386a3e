"""What fields, and what can be chosen in them, are called in a form.

What stands nowhere here is called as it is written.
"""

from __future__ import annotations

import re

from dashboards.languages import Language, mark
from dashboards.report.vocabulary import EVENTS, FAMILIES, NEEDS, STATUSES

__all__ = ["LABELS", "choice_of", "label_of", "meaning_of"]

LABELS = {
    "start": mark("First day"),
    "end": mark("First day on which it is over"),
    "ramp": mark("Days until it is in full force"),
    "every": mark("On one day in so many"),
    "compliance": mark("Share who keep to it"),
    "strength": mark("How much of it happens"),
    "announced": mark("When it becomes news"),
    "share": mark("Share"),
    "reach": mark("Share of people reached"),
    "recipient": mark("Who receives the records"),
    "topic": mark("What the story says"),
    "is_true": mark("It is true"),
    "accepted": mark("The money is taken"),
    "visible": mark("Share of visits at which it is seen"),
    "near": mark("Share of people near who see it"),
    "narrowed": mark("Share of places lost"),
    "capacity_lost": mark("Share of places lost if declined"),
    "excludes": mark("Who is excluded"),
    "forced": mark("The return is forced"),
    "partner": mark("Partner"),
    "promises_too_much": mark("How far it promises too much"),
    "answers": mark("The story it answers"),
    "respect": mark("Respect"),
    "competence": mark("Competence"),
    "outreach": mark("Outreach"),
    "like": mark("Like which service"),
    "capacity": mark("Places a day"),
    "to": mark("Where people are sent"),
    "relief": mark("How much more need is relieved"),
    "registers": mark("How many more visits are registered"),
    "compulsion": mark("Share of refusals overridden"),
    "seen": mark("Chance that it becomes known"),
    "increase": mark("Rise of enforcement"),
    "factor": mark("Times as often"),
    "addition": mark("Share added"),
    "direction": mark("Direction"),
    "reached": mark("How far it gets"),
    "lowers": mark("Fall of enforcement"),
    "closes": mark("Share of services that close"),
    "fewer_places": mark("Share of places lost elsewhere"),
    "less_outreach": mark("Share of outreach lost"),
    "officers": mark("Officers at the door"),
    "detention": mark("Share of help given in detention"),
    "must_show": mark("Status must be shown"),
    "of": mark("More of what"),
    "needs": mark("Which needs"),
    "rise": mark("Rise of hostility"),
    "fall": mark("Fall of hostility"),
    "scope_service_point": mark("Services"),
    "scope_node": mark("Places"),
    "scope_country": mark("Countries"),
    "scope_organisation": mark("Organisations"),
    "scope_family": mark("Families of organisations"),
    "scope_leg": mark("Legs of the route"),
    "scope_status": mark("Statuses of people"),
    "scope_all": mark("Everywhere and everyone"),
}
"""Name of each field, by how it is written in a scenario."""


_DIRECTIONS = {
    "in": mark("into the countries or places"),
    "out": mark("out of them"),
    "both": mark("both ways"),
}
_MORE_OF = {
    "departures": mark("people who set out"),
    "deportations": mark("deportations"),
    "returns": mark("returns"),
}
_CHOICES = {
    "direction": _DIRECTIONS, "excludes": STATUSES, "family": FAMILIES, "needs": NEEDS,
    "of": _MORE_OF, "partner": FAMILIES, "status": STATUSES, "topic": EVENTS,
}  # fmt: skip
_COUNTRIES = ("country", "recipient")


def label_of(name: str, language: Language) -> str:
    """What a field is called."""
    if name in LABELS:
        return language.text(LABELS[name])
    return name.removeprefix("scope_").replace("_", " ").capitalize()


def choice_of(name: str, value: str, otherwise: str, language: Language) -> str:
    """What something is called that can be chosen.

    Args:
        name: The field, or the part of a scope.
        value: How it is written in a scenario.
        otherwise: What it is called where the language has no word of its own.
        language: The language.
    """
    if name in _COUNTRIES:
        return language.country(value, otherwise)
    words = _CHOICES.get(name, {})
    return language.text(words[value]) if value in words else otherwise


def meaning_of(text: str, language: Language) -> str:
    """What the registry says of a field or a kind, with what is to be typed between quotes."""
    return re.sub(r"`+([^`]*)`+", "“\\1”", language.meaning(text))
