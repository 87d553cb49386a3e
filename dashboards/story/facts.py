"""What people said in surveys, beside what the simulated people would say, each with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dashboards.languages import Language, mark
from dashboards.story.worlds import Lived

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Fact", "facts_of"]

_ALL, _IRREGULAR = "all", "status:irregular"
_ASKED: tuple[tuple[str, str, str, str], ...] = (
    (_ALL, "independent_here", "independent", mark(
        "say that the Red Cross or Red Crescent where they are is independent of the authorities")),
    (_ALL, "independent_here", "dont_know", mark("do not know whether it is independent")),
    (_ALL, "danger", "agree", mark(
        "say that asking for help may lead to detention or deportation")),
    (_IRREGULAR, "danger", "agree", mark(
        "of those in an irregular situation say that asking may lead to detention or deportation")),
    (_IRREGULAR, "independent_here", "independent", mark(
        "of those in an irregular situation say that it is independent")),
)  # fmt: skip


class Fact(NamedTuple):
    """A share that a survey found, beside the share among simulated people.

    Attributes:
        text: Who say what.
        survey: Share in the survey.
        source: The survey: where, how many were asked, and who published it.
        evidence: Id of the row of evidence.
        day: Day of the run on which the simulated people are asked.
        worlds: Share in each world, with the ends of its interval.
    """

    text: str
    survey: float
    source: str
    evidence: str
    day: int
    worlds: tuple[tuple[float, float, float], ...]


def facts_of(lived: Lived, language: Language) -> list[Fact]:
    """The questions that concern fear and independence, asked on a day after it became known."""
    from experiments.evidence import load

    sources = load("survey_facts").set_index("id")
    day = _day(lived)
    if day is None:
        return []
    tables = [_asked_on(track.surveys, day) for track in lived.tracks]
    found = []
    for group, question, answer, text in _ASKED:
        rows = [_row(table, group, question, answer) for table in tables]
        if any(row is None for row in rows):
            continue
        known = [row for row in rows if row is not None]
        evidence = str(known[0]["evidence"])
        source = sources.loc[evidence]
        found.append(Fact(
            text=language.text(text), survey=float(known[0]["published"]),
            source=f"{source['source_file']}: {source['place']}", evidence=evidence, day=day,
            worlds=tuple((float(r["share"]), float(r["low"]), float(r["high"])) for r in known),
        ))  # fmt: skip
    return found


def _day(lived: Lived) -> int | None:
    days = [int(table["day"].iloc[0]) for table in lived.tracks[0].surveys]
    later = [day for day in days if day > lived.known] or days
    return later[0] if later else None


def _asked_on(surveys: tuple[pd.DataFrame, ...], day: int) -> pd.DataFrame:
    return next(table for table in surveys if int(table["day"].iloc[0]) == day)


def _row(table: pd.DataFrame, group: str, question: str, answer: str) -> pd.Series | None:
    chosen = table[
        (table["group"] == group) & (table["question"] == question) & (table["answer"] == answer)
    ]
    known = chosen[chosen["published"].notna()]
    return None if known.empty else known.iloc[0]
