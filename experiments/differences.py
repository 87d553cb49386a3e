"""The tables of a comparison, from the outcomes of its runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from experiments.intervals import paired_difference, paired_ratio
from experiments.outcome import FEW, MEASURES, Group, Outcome
from sim.codes import CHANNELS

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from experiments.comparison import Comparison

__all__ = ["channel_table", "difference_table"]


def difference_table(comparison: Comparison) -> pd.DataFrame:
    """One row per scenario, measure and group, with paired intervals."""
    import pandas as pd

    base = comparison.outcomes(comparison.names[0])
    rows = [
        row
        for name in comparison.names[1:]
        for measure in MEASURES
        for row in _rows(name, measure, comparison.layout.groups, base, comparison.outcomes(name))
    ]
    return pd.DataFrame(rows)


def channel_table(comparison: Comparison) -> pd.DataFrame:
    """One row per scenario and channel; the differences add up to that in deterred."""
    import pandas as pd

    base = np.array([outcome.channels for outcome in comparison.outcomes(comparison.names[0])])
    rows = []
    for name in comparison.names[1:]:
        other = np.array([outcome.channels for outcome in comparison.outcomes(name)])
        for index, channel in enumerate(CHANNELS):
            found = paired_difference(base[:, index], other[:, index])
            rows.append(
                {
                    "scenario": name, "measure": "deterred", "channel": channel,
                    "base": float(base[:, index].mean()), "value": float(other[:, index].mean()),
                    "difference": found.value, "low": found.low, "high": found.high,
                }
            )  # fmt: skip
    return pd.DataFrame(rows)


def _rows(
    name: str, measure: str, groups: list[Group], base: list[Outcome], other: list[Outcome]
) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for index, group in enumerate(groups):
        before, after = _values(base, measure, index), _values(other, measure, index)
        both = ~(np.isnan(before) | np.isnan(after))
        if not both.any():
            continue
        before, after = before[both], after[both]
        found, relative = paired_difference(before, after), paired_ratio(before, after)
        people = min(np.mean([run.people[index] for run in runs]) for runs in (base, other))
        rows.append(
            {
                "scenario": name, "measure": measure, "by": group.by, "group": group.name,
                "base": float(before.mean()), "value": float(after.mean()),
                "difference": found.value, "low": found.low, "high": found.high,
                "relative": relative.value, "relative_low": relative.low,
                "relative_high": relative.high,
                "people": round(float(people)), "few": bool(people < FEW),
            }
        )  # fmt: skip
    return rows


def _values(runs: list[Outcome], measure: str, row: int) -> NDArray[np.float64]:
    return np.array([run.value(measure, row) for run in runs])
