"""What fields are called in a form; a field that stands nowhere here is called as it is written."""

from __future__ import annotations

from dashboards.languages import Language, mark

__all__ = ["LABELS", "label_of"]

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


def label_of(name: str, language: Language) -> str:
    """What a field is called."""
    if name in LABELS:
        return language.text(LABELS[name])
    return name.removeprefix("scope_").replace("_", " ").capitalize()
