"""The evidence behind the parameters that a result leans on most."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from dashboards.languages import Language, mark
from dashboards.report.result import CompareResult, RunResult, Scenario
from dashboards.report.vocabulary import CHANNELS, KINDS, word
from sim.parameters import REGISTRY, Parameter

__all__ = ["ALWAYS", "BEHIND_CHANNELS", "BEHIND_KINDS", "Behind", "behind", "cited", "standing"]

_MOST, _CHANNELS = 14, 2

ALWAYS = ("bf", "omega", "half_life_against", "background_danger_irregular")
"""Parameters that decide about fear in every result."""

_TOLD = ("news_reach", "news_told_on")
_WORDS = ("outreach_danger_safe", "outreach_independence_for")
_AGENDA = ("agenda_independence_against", "agenda_integrity_against")
_SUPPLY = ("find", "pass_on", "carry_awareness")

BEHIND_KINDS: dict[str, tuple[str, ...]] = {
    "accountability": ("amends_integrity_for", "amends_competence_for"),
    "border_closure": ("change_destination", "progress_weight"),
    "cash_assistance": ("cost_asking", "data_taken_danger_bad"),
    "close_service_point": _SUPPLY,
    "co_located_enforcement": ("door_weight", "door_danger_bad"),
    "community_dialogue": ("onset_hostility",),
    "conditional_funding": _AGENDA,
    "criminalised_aid": _SUPPLY,
    "data_breach": ("breach_danger_bad", "breach_independence_against", "find_listed", *_TOLD),
    "data_request": ("breach_danger_bad", "breach_independence_against", "find_listed"),
    "data_sharing_agreement": ("breach_danger_bad", "breach_independence_against", "find_listed"),
    "dissuasion_message": _AGENDA,
    "enforcement_law": ("law_danger_bad", "detention_rate", *_TOLD),
    "externalisation": ("intercepted_danger_bad", "interception_detained"),
    "family_links": ("calls_per_day",),
    "firewall": ("firewall_effect", "broken_danger_bad", "broken_integrity_against"),
    "government_premises": ("cost_government", "door_weight"),
    "hostility": ("onset_hostility",),
    "humanitarian_diplomacy": ("firewall_effect", "detention_rate"),
    "lived_experience_staff": ("find_no_language", "language_share"),
    "mobile_clinic": _SUPPLY,
    "open_service_point": _SUPPLY,
    "outreach": (*_WORDS, "outreach_rate"),
    "partnership": ("association",),
    "police_notification": ("door_weight", "door_danger_bad"),
    "raid": ("raid_danger_bad", "raid_seen"),
    "rebuttal": ("story_telling", *_WORDS),
    "return_association": ("return_voluntary", *_AGENDA),
    "rumour": ("story_weight", "story_telling", "story_fade"),
    "safe_referral": ("carry_awareness", "association"),
    "shock": ("onset_acute", "lapse_acute"),
    "staff_training": ("served_competence_for", "served_integrity_for"),
    "status_precondition": ("refused_danger_bad", "refused_integrity_against"),
    "surge": ("capacity_scale",),
    "transparency": _WORDS,
}
"""Parameters through which an intervention works, the most telling first."""

BEHIND_CHANNELS: dict[str, tuple[str, ...]] = {
    "encounter": ("negativity", "detained_danger_bad", "served_danger_safe"),
    "witness": ("witness_neighbours", "raid_danger_bad", "door_danger_bad"),
    "hearsay": ("hearsay_trust", "meetings_per_day", "telling_half_life"),
    "rumour": ("news_reach", "news_told_on", "news_days", "story_weight"),
    "association": ("association", "association_sector"),
    "outreach": ("outreach_rate", *_WORDS),
    "prior": ("background_danger_irregular", "base_rate_danger"),
}
"""Parameters of a channel, the most telling first."""

_ID = re.compile(r"^[A-Z]\d+$")


class Behind(NamedTuple):
    """A parameter, the value it has in the result, and why it is listed."""

    parameter: Parameter
    value: float
    why: str


def behind(result: CompareResult | RunResult, language: Language) -> list[Behind]:
    """The parameters a result leans on most.

    These are the parameters of what happens in its scenarios, of the channels through which fear
    changed most, and those that decide about fear in every result; 14 at most.
    """
    found: dict[str, str] = {}
    for names, why in _reasons(result, language):
        for name in names:
            found.setdefault(name, why)
    scenarios = result.route.scenarios
    chosen = list(found)[: _MOST - len(ALWAYS)]
    chosen += [name for name in ALWAYS if name not in chosen]
    values = _values(scenarios)
    always = language.text("in every result")
    return [
        Behind(REGISTRY[n], values.get(n, REGISTRY[n].default), found.get(n, always))
        for n in chosen
    ]


def standing(parameter: Parameter) -> str:
    """What a parameter rests on, as a text to translate."""
    words = re.split(r"[\s,;]+", parameter.source)
    ids = any(_ID.match(each) for each in words) or "Jøsang" in parameter.source
    if ids:
        return mark("evidence and assumption") if "assumed" in words else mark("evidence")
    if "trial" in words:
        return mark("fitted in a trial")
    if "design" in words:
        return mark("design of the model")
    return mark("assumed")


def cited(parameter: Parameter) -> list[tuple[str, str]]:
    """Ids of evidence that a parameter names, and what each says."""
    from experiments.evidence import load

    found = []
    for name in parameter.source.split():
        if _ID.match(name):
            table, columns = _TABLES[name[0]]
            frame = load(table)
            row = frame[frame["id"] == name].iloc[0]
            words = [str(row[column]).strip() for column in columns]
            found.append((name, ": ".join(each for each in words if each)))
    return found


_TABLES: dict[str, tuple[str, tuple[str, ...]]] = {
    "S": ("survey_facts", ("quantity", "population", "value")),
    "E": ("survey_facts_external", ("quantity", "population", "value")),
    "C": ("effects", ("event", "outcome", "effect")),
    "M": ("mechanisms", ("mechanism", "parameter", "value")),
    "Q": ("stylised_facts", ("fact",)),
    "T": ("calibration_targets", ("model_quantity", "target")),
}


def _reasons(
    result: CompareResult | RunResult, language: Language
) -> Iterable[tuple[tuple[str, ...], str]]:
    new = [each for scenario in result.route.scenarios for each in scenario.interventions]
    for kind in dict.fromkeys(each.kind for each in new):
        yield BEHIND_KINDS.get(kind, ()), word(language, KINDS, kind)
    if isinstance(result, CompareResult):
        rows = [r for r in result.channels if r.scenario == result.main.name and r.change.clear]
        rows.sort(key=lambda row: -abs(row.difference))
        for row in rows[:_CHANNELS]:
            yield BEHIND_CHANNELS.get(row.channel, ()), language.text(CHANNELS[row.channel][0])


def _values(scenarios: Iterable[Scenario]) -> dict[str, float]:
    found: dict[str, float] = {}
    for scenario in scenarios:
        found.update(scenario.parameters)
    return found
