"""Answers as tables, with intervals and the published figures beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.survey.intervals import mixed_interval, wilson
from sim.survey.published import published
from sim.survey.questions import CELLS
from sim.survey.sheets import Count
from sim.survey.weighting import mix, possible_mixes, rescaled, stated

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["COLUMNS", "ALL", "group_tables", "mixed_table", "shares_of"]

COLUMNS = ("question", "answer", "group", "share", "low", "high", "n", "published", "evidence",
           "note", "since", "weighting", "mix_low", "mix_high", "respondents", "day")
ALL = "all"
_Row = NDArray[np.float64]


def group_tables(names: Sequence[str], counts: Count, day: int, since: str,
                 respondents: Sequence[str]) -> pd.DataFrame:
    """Tables of groups of people as they are, one below the other.

    Args:
        names: Names of the groups.
        counts: What they answered, groups in rows.
        day: The day.
        since: Days since departure of those who told what ever happened to them.
        respondents: Who was asked in each group, in words.
    """
    low, high = wilson(counts.yes, counts.asked)
    share = _share(counts)
    return _table(names, day, since, "none", share, low, high, counts.asked, share, share,
                  respondents)


def mixed_table(counts: Count, parameters: Mapping[str, float], day: int, since: str,
                respondents: str) -> pd.DataFrame:
    """The table of "all surveyed": groups mixed by stated weights.

    ``low`` and ``high`` say how sure the share is for these weights; ``mix_low`` and ``mix_high``
    how far it moves as the weights take all values that are plausible.

    Args:
        counts: What the groups of :data:`sim.survey.weighting.GROUPS` answered.
        parameters: Parameters of the run; they hold the weights.
        day: The day.
        since: Days since departure of those who told what ever happened to them.
        respondents: Who was asked, in words.
    """
    weights = mix(parameters)
    each = _share(counts)
    low, high = mixed_interval(
        each, *wilson(counts.yes, counts.asked), rescaled(weights, counts.asked))
    share = _mixed(each, weights, counts.asked)
    others = np.array([share, *(_mixed(each, w, counts.asked) for w in possible_mixes())])
    asked = counts.asked.sum(axis=0)
    empty = np.where(asked > 0, 0.0, np.nan)
    return _table([ALL], day, since, stated(weights, counts.asked[:, 0]), share, low + empty,
                  high + empty, asked, others.min(axis=0), others.max(axis=0), [respondents])


def shares_of(counts: Count, parameters: Mapping[str, float]) -> _Row:
    """The share of each answer among "all surveyed" alone, as in :func:`mixed_table`.

    Args:
        counts: What the groups of :data:`sim.survey.weighting.GROUPS` answered.
        parameters: Parameters of the run; they hold the weights.
    """
    return _mixed(_share(counts), mix(parameters), counts.asked)


def _share(counts: Count) -> _Row:
    return counts.yes / np.where(counts.asked > 0, counts.asked, np.nan)


def _mixed(share: _Row, weights: _Row, asked: _Row) -> _Row:
    used = rescaled(weights, asked)
    mixed: _Row = np.where(asked > 0, used * share, 0.0).sum(axis=0)
    return np.where(asked.any(axis=0), mixed, np.nan)


def _table(groups: Sequence[str], day: int, since: str, weighting: str, share: _Row, low: _Row,
           high: _Row, asked: _Row, mix_low: _Row, mix_high: _Row, respondents: Sequence[str]
           ) -> pd.DataFrame:
    """One table: the answers to all questions of one group after another."""
    import pandas as pd

    cells = [(group, cell) for group in groups for cell in CELLS]
    found = [published(group, cell.question, cell.answer) for group, cell in cells]
    return pd.DataFrame({
        "question": [cell.question for _, cell in cells],
        "answer": [cell.answer for _, cell in cells],
        "group": [group for group, _ in cells],
        "share": share.ravel(), "low": low.ravel(), "high": high.ravel(),
        "n": asked.ravel().astype(np.int64),
        "published": np.array([np.nan if f.share is None else f.share for f in found]),
        "evidence": [f.evidence for f in found],
        "note": [f.note for f in found],
        "since": [since if cell.ever else "" for _, cell in cells],
        "weighting": weighting,
        "mix_low": mix_low.ravel(), "mix_high": mix_high.ravel(),
        "respondents": [words for words in respondents for _ in CELLS],
        "day": day,
    }, columns=list(COLUMNS))
