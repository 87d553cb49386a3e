"""The tables of a comparison, from the outcomes of its runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from experiments.comparing.precision import TENTH, pairing_gain, replicates_needed, spread_of
from experiments.intervals import both_known, mean_intervals, one_more, ratio_intervals
from experiments.outcome import DAILY, FEW, MEASURES, OF_A_DAY, RATES, Group, Outcome
from sim.codes import CHANNELS

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from experiments.comparison import Comparison

__all__ = ["channel_table", "difference_table", "precision_table"]

_PRESENT = DAILY.index("present")


def difference_table(comparison: Comparison) -> pd.DataFrame:
    """One row per scenario, measure and group, with paired intervals; days come last.

    `low` and `high` are those of the mean; between `one_low` and `one_high` one more pair of runs
    would lie, with 95 % probability, and with a posterior one more plausible set of parameters.
    """
    import pandas as pd

    days = [Group("day", str(day)) for day in range(comparison.settings.days)]
    parts = [
        _table(comparison, name, measures, groups, values, people)
        for measures, groups, values, people in (
            (MEASURES, comparison.layout.groups, Outcome.by_group, lambda run: run.people),
            (OF_A_DAY, days, Outcome.of_days, lambda run: run.by_day[:, _PRESENT]),
        )
        for name in comparison.names[1:]
    ]
    return pd.concat(parts, ignore_index=True)


def channel_table(comparison: Comparison) -> pd.DataFrame:
    """One row per scenario and channel; the differences add up to that in deterred."""
    import pandas as pd

    base = np.array([outcome.channels for outcome in comparison.outcomes(comparison.names[0])])
    parts = []
    for name in comparison.names[1:]:
        other = np.array([outcome.channels for outcome in comparison.outcomes(name)])
        found = comparison.method.mean(other - base)
        parts.append(pd.DataFrame({
            "scenario": name, "measure": "deterred", "channel": CHANNELS,
            "base": base.mean(axis=0), "value": other.mean(axis=0),
            "difference": found.value, "low": found.low, "high": found.high,
        }))  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def precision_table(comparison: Comparison) -> pd.DataFrame:
    """For each scenario, how near its difference in help-seeking rate is known."""
    frame = comparison.differences
    rows = frame[(frame["measure"] == "help_seeking_rate") & (frame["by"] == "all")]
    near = rows[["scenario", "measure"]].assign(half_width=(rows["high"] - rows["low"]) / 2)
    return near.assign(**rows[["wanted", "needed", "pairing"]]).reset_index(drop=True)


def _table(
    comparison: Comparison,
    name: str,
    measures: tuple[str, ...],
    groups: list[Group],
    values: Callable[[Outcome], NDArray[np.float64]],
    people: Callable[[Outcome], NDArray[np.float64]],
) -> pd.DataFrame:
    """The rows of one scenario: every group of the first measure, then of the next."""
    import pandas as pd

    runs = [comparison.outcomes(each) for each in (comparison.names[0], name)]
    # Replicate x row.
    base, other = both_known(*(np.array([values(run).T.ravel() for run in some]) for some in runs))
    there = np.minimum(*(np.mean([people(run) for run in some], axis=0) for some in runs))
    found, relative = comparison.method.mean(other - base), comparison.method.ratio(base, other)
    n = (~np.isnan(base)).sum(axis=0)
    one = one_more(mean_intervals(other - base), n)
    one_relative = one_more(ratio_intervals(base, other), n)
    below = mean_intervals(base).value
    measure = np.repeat(measures, len(groups))
    wanted = _wanted(comparison.half_width, measure, below, found.value)
    frame = pd.DataFrame({
        "scenario": name, "measure": measure,
        "by": [group.by for group in groups] * len(measures),
        "group": [group.name for group in groups] * len(measures),
        "base": below, "value": mean_intervals(other).value,
        "difference": found.value, "low": found.low, "high": found.high,
        "relative": relative.value, "relative_low": relative.low, "relative_high": relative.high,
        "one_low": one.low, "one_high": one.high,
        "relative_one_low": one_relative.low, "relative_one_high": one_relative.high,
        "people": np.tile(np.rint(there).astype(np.int64), len(measures)),
        "few": np.tile(there < FEW, len(measures)),
        "wanted": wanted, "needed": replicates_needed(spread_of(other - base), wanted),
        "pairing": pairing_gain(base, other),
    })  # fmt: skip
    return frame[~np.isnan(below)].astype({"measure": object})


def _wanted(
    half_width: float | None,
    measure: NDArray[np.str_],
    base: NDArray[np.float64],
    difference: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Wanted half-width of each row, in its own unit."""
    if half_width is None:
        return TENTH * np.abs(difference)
    return np.where(np.isin(measure, RATES), half_width, half_width * np.abs(base))
