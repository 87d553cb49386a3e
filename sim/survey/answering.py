"""Asking many people at once: a loop over people that reads their opinions and answers."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.codes import EVER_ASSISTED, EVER_ASSISTED_RCRC, EVER_UNAWARE, EVER_UNMET, NEVER
from sim.columns import FAMILY_WIDTH, KNOWN_POINTS, Tables
from sim.compiling import inlined, kernel, whole
from sim.engine.compiled.reading import danger, independence, quality
from sim.randomness import block, stream, uniform
from sim.rules.answering import agrees, independence_answer, trust_answer
from sim.rules.opinion import belief, disbelief, projected_probability
from sim.survey.questions import NUMBER, QUESTIONS

__all__ = ["ANSWER", "RCRC", "ask"]

ANSWER = stream("survey.answer")
RCRC = 0
"""The Red Cross and Red Crescent among the families."""

_HERE, _ORIGIN = NUMBER["independent_here"], NUMBER["independent_origin"]
_DANGER, _COMPETENCE, _RESPECT = NUMBER["danger"], NUMBER["competence"], NUMBER["respect"]
_AWARE, _EMBLEM = NUMBER["aware"], NUMBER["emblem"]
_ASSISTED, _ASSISTED_RCRC = NUMBER["ever_assisted"], NUMBER["ever_assisted_rcrc"]
_UNMET, _WHERE = NUMBER["unmet_need_ever"], NUMBER["know_where"]
_TRUST, _SOURCES = NUMBER["trust"], NUMBER["sources"]
_YES, _NO = 0, 1


def ask(tables: Tables, people: NDArray[np.int64], day: int) -> NDArray[np.uint8]:
    """Ask people the questionnaire.

    Args:
        tables: All arrays of the run.
        people: Indices of those who are asked.
        day: The day on which opinions are read.

    Returns:
        One row per person and one column per question: the code of the answer, or, where several
        answers are possible, a bit for each.
    """
    answers = np.zeros((people.size, len(QUESTIONS)), np.uint8)
    _ask(tables, np.ascontiguousarray(people, np.int64), day, answers)
    return answers


@kernel
def _ask(t: Tables, people: Any, day: int, answers: Any) -> None:
    for row in range(people.shape[0]):
        i = people[row]
        _on_independence(t, i, day, answers[row])
        _on_statements(t, i, day, answers[row])
        _on_what_happened(t, i, answers[row])
        answers[row, _TRUST] = _trust(t, i, day)
        answers[row, _SOURCES] = _sources(t, i)


@inlined
def _luck(t: Tables, i: int, question: int) -> float:
    """Keyed by person and question, not by day: nobody's mind changes without a reason."""
    return uniform(block(t.p[0].run, ANSWER, 0, t.body[i].key, question)[0])


@inlined
def _on_independence(t: Tables, i: int, day: int, answers: Any) -> None:
    """The same statement twice, here and at departure: one whose opinion is the same says the same.

    Both questions share their luck, so only those whose opinion changed answer differently.
    """
    p = t.p[0]
    w = p.prior_weight
    u = _luck(t, i, _HERE)
    r, s = independence(t, i, RCRC, day)
    b, d = belief(r, s, w), disbelief(r, s, w)
    answers[_HERE] = answers[_ORIGIN] = independence_answer(u, b, d, p.no_answer)
    if t.body[i].departed != NEVER:
        r, s = t.body[i].left_for, t.body[i].left_against
        b, d = belief(r, s, w), disbelief(r, s, w)
        answers[_ORIGIN] = independence_answer(u, b, d, p.no_answer)


@inlined
def _on_statements(t: Tables, i: int, day: int, answers: Any) -> None:
    p = t.p[0]
    w = p.prior_weight
    r, s = danger(t, i, day)
    answers[_DANGER] = agrees(
        _luck(t, i, _DANGER), projected_probability(r, s, p.base_rate_danger, w))
    r, s = quality(t, i, RCRC, 0, day)
    answers[_COMPETENCE] = agrees(
        _luck(t, i, _COMPETENCE), projected_probability(r, s, p.base_rate_competence, w))
    r, s = quality(t, i, RCRC, 1, day)
    answers[_RESPECT] = agrees(
        _luck(t, i, _RESPECT), projected_probability(r, s, p.base_rate_integrity, w))


@inlined
def _on_what_happened(t: Tables, i: int, answers: Any) -> None:
    ever = t.body[i].ever
    known, known_rcrc = _knows_any(t, i)
    assisted = ever & EVER_ASSISTED != 0
    by_rcrc = ever & EVER_ASSISTED_RCRC != 0
    answers[_AWARE] = _YES if known or assisted else _NO
    answers[_EMBLEM] = _YES if by_rcrc or known_rcrc or _has_evidence(t, i, RCRC) else _NO
    answers[_ASSISTED] = _YES if assisted else _NO
    answers[_ASSISTED_RCRC] = _YES if by_rcrc else _NO
    answers[_UNMET] = _YES if ever & EVER_UNMET else _NO
    answers[_WHERE] = _NO if ever & EVER_UNAWARE else _YES


@inlined
def _knows_any(t: Tables, i: int) -> tuple[bool, bool]:
    """Whether person i knows any service point, and any of the Red Cross and Red Crescent."""
    known, known_rcrc = False, False
    for slot in range(KNOWN_POINTS):
        point = (whole(t.body[i].known[slot]) & 0x7FFF) - 1
        if point >= 0:
            known = True
            known_rcrc = known_rcrc or t.points[point].family == RCRC
    return known, known_rcrc


@inlined
def _has_evidence(t: Tables, i: int, family: int) -> bool:
    """Whether enough was experienced, seen or heard about the family to have a picture of it.

    Association with others leaves a little evidence on every family; that is not familiarity.
    """
    total = 0.0
    for cell in range(family * FAMILY_WIDTH, (family + 1) * FAMILY_WIDTH):
        total += t.mind[i].evidence[cell]
    return total >= t.p[0].familiar


@inlined
def _trust(t: Tables, i: int, day: int) -> int:
    """Trust in humanitarian organisations in general.

    Competence, integrity and independence are evidence of different kinds on one question, so
    they add up; the families that people tell apart are averaged.
    """
    r, s, families = 0.0, 0.0, 0
    for family in range(t.p[0].family_is.shape[0]):
        if t.p[0].family_is[family] == 2:
            continue
        families += 1
        more_r, more_s = independence(t, i, family, day)
        r, s = r + more_r, s + more_s
        for facet in range(2):
            more_r, more_s = quality(t, i, family, facet, day)
            r, s = r + more_r, s + more_s
    return trust_answer(r / families, s / families, t.p[0].prior_weight)


@inlined
def _sources(t: Tables, i: int) -> int:
    """A bit per source used: other migrants, then those of :data:`sim.codes.SOURCES`."""
    others = 1 if _luck(t, i, _SOURCES) < t.p[0].source_migrants else 0
    return others | (whole(t.body[i].sources) << 1)
