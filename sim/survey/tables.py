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
    import pandas as pd

    low, high = wilson(counts.yes, counts.asked)
    share = _share(counts)
    tables = [
        _table(name, day, since, "none", share[n], low[n], high[n], counts.asked[n],
               share[n], share[n], respondents[n])
        for n, name in enumerate(names)
    ]
    return pd.concat(tables, ignore_index=True)


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
    return _table(ALL, day, since, stated(weights, counts.asked[:, 0]), share, low + empty,
                  high + empty, asked, others.min(axis=0), others.max(axis=0), respondents)


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


def _table(group: str, day: int, since: str, weighting: str, share: _Row, low: _Row, high: _Row,
           asked: _Row, mix_low: _Row, mix_high: _Row, respondents: str) -> pd.DataFrame:
    import pandas as pd

    found = [published(group, cell.question, cell.answer) for cell in CELLS]
    return pd.DataFrame({
        "question": [cell.question for cell in CELLS],
        "answer": [cell.answer for cell in CELLS],
        "group": group,
        "share": share, "low": low, "high": high, "n": asked.astype(np.int64),
        "published": np.array([np.nan if f.share is None else f.share for f in found]),
        "evidence": [f.evidence for f in found],
        "note": [f.note for f in found],
        "since": [since if cell.ever else "" for cell in CELLS],
        "weighting": weighting,
        "mix_low": mix_low, "mix_high": mix_high,
        "respondents": respondents,
        "day": day,
    }, columns=list(COLUMNS))
