"""The questionnaire: what is asked, and what can be answered."""

from __future__ import annotations

from dataclasses import dataclass

from sim.codes import SOURCES

__all__ = ["CELLS", "NUMBER", "QUESTIONS", "SOURCES_USED", "Cell", "Question"]

SOURCES_USED = ("other_migrants", *SOURCES)
"""Sources of information one may name, in the order of their bits in an answer."""


@dataclass(frozen=True)
class Question:
    """One question of the questionnaire.

    Attributes:
        id: Its fixed name.
        text: What is asked, in plain words.
        answers: Possible answers; an answer's code is its place here.
        ever: Whether it asks what ever happened, which depends on the time since departure.
        several: Whether one person may give several answers.
    """

    id: str
    text: str
    answers: tuple[str, ...]
    ever: bool = False
    several: bool = False


_INDEPENDENT = ("independent", "controlled", "dont_know", "other")
_AGREE = ("agree", "disagree")
_YES_NO = ("yes", "no")

QUESTIONS: tuple[Question, ...] = (
    Question("independent_here", "Is the Red Cross or Red Crescent here independent of the "
             "authorities, or controlled by them?", _INDEPENDENT),
    Question("independent_origin", "And in your country of birth? (as it was thought of on "
             "leaving)", _INDEPENDENT),
    Question("danger", "Seeking help from a humanitarian organisation puts one at risk of "
             "detention or deportation.", _AGREE),
    Question("competence", "Staff and volunteers of the Red Cross or Red Crescent are able to "
             "understand and meet needs.", _AGREE),
    Question("respect", "The Red Cross or Red Crescent treats migrants with respect and "
             "dignity.", _AGREE),
    Question("aware", "Do you know a place that helps people on the move, or were you ever "
             "helped by one?", _YES_NO),
    Question("emblem", "Have you heard of the Red Cross or Red Crescent?", _YES_NO),
    Question("ever_assisted", "Have you received assistance at some stage since setting out?",
             _YES_NO, ever=True),
    Question("ever_assisted_rcrc", "Was any of it from the Red Cross or Red Crescent?", _YES_NO,
             ever=True),
    Question("unmet_need_ever", "Did you need assistance at some stage and not receive it?",
             _YES_NO, ever=True),
    Question("know_where", "Did you always know where to find assistance when you needed it?",
             _YES_NO, ever=True),
    Question("trust", "How much do you trust humanitarian organisations?",
             ("high", "none", "mixed")),
    Question("sources", "Who tells you about the journey?", SOURCES_USED, several=True),
)
"""All questions, in the order of the questionnaire. Only ever add at the end."""

NUMBER: dict[str, int] = {question.id: n for n, question in enumerate(QUESTIONS)}
"""Place of each question in the questionnaire."""


@dataclass(frozen=True)
class Cell:
    """One row of a table: an answer to a question."""

    question: str
    answer: str
    code: int
    ever: bool
    several: bool


CELLS: tuple[Cell, ...] = tuple(
    Cell(question.id, answer, code, question.ever, question.several)
    for question in QUESTIONS
    for code, answer in enumerate(question.answers)
)
"""All answers to all questions, in the order of a table."""
