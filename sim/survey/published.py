"""What the surveys found, beside which the answers of simulated people are set.

The ids are those of ``survey_facts.csv`` and ``survey_facts_external.csv``. S-ids and E001 to
E004: the Global Migration Lab's survey of 2022 in 15 countries and online, which is not any of
our routes. Where a source gives only a bound or a range, no figure is set beside the answers.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["PUBLISHED", "Published", "published"]


class Published(NamedTuple):
    """A published figure.

    Attributes:
        share: The figure; None where there is only a bound or a range.
        evidence: Its evidence id.
        note: What to know when comparing.
    """

    share: float | None
    evidence: str
    note: str = ""


_SAHEL = "4Mi in Mali, Burkina Faso and Niger, another survey"
_TRANSIT = "of 75 people in transit at Agadez and Gao whose trust is described (90 asked)"
_UNSURE = "between 39 and 47 % over irregular migrants and returnees, here and at origin"
_EMBLEM = "at least 10 % are not familiar with the emblems"

_ALL: dict[tuple[str, str], Published] = {
    ("independent_here", "independent"): Published(0.26, "S06"),
    ("independent_here", "controlled"): Published(0.10, "S09", "about one in ten"),
    ("independent_here", "dont_know"): Published(0.57, "S11"),
    ("independent_origin", "independent"): Published(0.21, "S05"),
    ("independent_origin", "controlled"): Published(0.10, "S08", "about one in ten"),
    ("independent_origin", "dont_know"): Published(0.62, "S10"),
    ("danger", "agree"): Published(0.25, "S17"),
    ("competence", "agree"): Published(0.72, "S28"),
    ("respect", "agree"): Published(0.85, "S31"),
    ("ever_assisted", "yes"): Published(0.44, "E001"),
    ("ever_assisted_rcrc", "yes"): Published(0.28, "S24"),
    ("unmet_need_ever", "yes"): Published(0.79, "E002"),
    ("know_where", "no"): Published(0.40, "E003", "of all, or of those in need: not said"),
}
_STATUS: dict[str, dict[tuple[str, str], Published]] = {
    "irregular": {
        ("independent_here", "independent"): Published(0.48, "S13"),
        ("independent_here", "dont_know"): Published(None, "S16", _UNSURE),
        ("independent_origin", "independent"): Published(0.46, "S12"),
        ("independent_origin", "dont_know"): Published(None, "S16", _UNSURE),
        ("danger", "agree"): Published(0.37, "S23"),
        ("emblem", "no"): Published(None, "S27", _EMBLEM),
    },
    "returnee": {
        ("independent_here", "independent"): Published(0.40, "S15"),
        ("independent_here", "dont_know"): Published(None, "S16", _UNSURE),
        ("independent_origin", "dont_know"): Published(None, "S16", _UNSURE),
        ("emblem", "no"): Published(None, "S27", _EMBLEM),
    },
    "deportee": {
        ("danger", "agree"): Published(0.48, "S21"),
        ("emblem", "no"): Published(None, "S27", _EMBLEM),
    },
}
_SOURCES: dict[tuple[str, str], Published] = {
    ("sources", "family_abroad"): Published(0.58, "E020", _SAHEL),
    ("sources", "other_migrants"): Published(0.42, "E021", _SAHEL),
    ("sources", "local_communities"): Published(0.37, "E022", _SAHEL),
    ("sources", "travel_agents"): Published(0.35, "E023", _SAHEL),
    ("sources", "smugglers"): Published(0.24, "E024", _SAHEL),
}
_TRUST: dict[tuple[str, str], Published] = {
    ("trust", "none"): Published(30 / 75, "E005", _TRANSIT),
    ("trust", "high"): Published(25 / 75, "E006", _TRANSIT),
    ("trust", "mixed"): Published(20 / 75, "E007", _TRANSIT),
}

PUBLISHED: dict[str, dict[tuple[str, str], Published]] = {
    "all": _ALL | _SOURCES,
    **{f"status:{status}": figures for status, figures in _STATUS.items()},
    **{f"country:{code}": dict(_SOURCES) for code in ("MLI", "BFA", "NER")},
    **{f"node:{node}": _TRUST for node in ("agadez", "gao")},
}
"""Published figures by group, question and answer."""
for _code in ("MLI", "ZAF", "LKA", "ZMB"):
    PUBLISHED.setdefault(f"country:{_code}", {})["emblem", "no"] = Published(None, "S26", _EMBLEM)


def published(group: str, question: str, answer: str) -> Published:
    """The figure for an answer of a group, with an empty id where there is none."""
    return PUBLISHED.get(group, {}).get((question, answer), Published(None, ""))
