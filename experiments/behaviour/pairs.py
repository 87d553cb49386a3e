"""Pairs of runs for the figures of shape: lived in threads, read as soon as they end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from experiments.behaviour.part import Report, Size, side_by_side
from experiments.facts.living import pair
from experiments.intervals import Intervals, mean_intervals, ratio_intervals

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.model import TrustModel
    from sim.plan import Plan

__all__ = ["SPAN", "Curve", "asking", "fear", "help_seeking", "lived_together",
           "relative_change", "spans", "trust_by_week", "visits", "weekly_difference"]

SPAN = 28
"""Days taken together where a change is drawn over time; single days are noisy."""
_STEP = 7
Read = Callable[["TrustModel"], "NDArray[np.float64]"]
"""Reads numbers from a run that has ended."""


class Curve(NamedTuple):
    """A change over time.

    Attributes:
        days: Last day of each span.
        change: Its change with its interval.
    """

    days: NDArray[np.float64]
    change: Intervals


def lived_together(
    base: Plan, others: Sequence[Plan], size: Size, report: Report | None, read: Read
) -> NDArray[np.float64]:
    """Live replicates of several worlds with the same people and luck.

    Args:
        base: The world without anything.
        others: The same world with something.
        size: How many replicates, and how many side by side.
        report: Told about progress.
        read: Reads what is wanted of a run at its end.

    Returns:
        Numbers of shape [replicates, worlds, ...]; the first world is `base`.
    """
    def simulate(_kind: int, number: int, tick: Callable[[], None]) -> NDArray[np.float64]:
        found = []
        for run in pair(base, number, *others):
            found.append(read(run.run()))
            tick()
        return np.array(found)

    replicates = size.replicates[0]
    runs = side_by_side(
        simulate, 1, replicates, days=replicates * (1 + len(others)), threads=size.threads,
        report=report,
    )  # fmt: skip
    return np.array([run[0] for run in runs])


def asking(
    run: TrustModel, places: Sequence[int] | None = None, statuses: Sequence[int] | None = None
) -> NDArray[np.float64]:
    """People who asked and who needed help on each day, shape [days, 2]."""
    record = run.record
    columns = [record.measures.index(name) for name in ("asked", "in_need")]
    counts = record.counts[..., columns]
    counts = counts if places is None else counts[:, list(places)]
    counts = counts if statuses is None else counts[:, :, list(statuses)]
    return np.asarray(counts.sum(axis=(1, 2)), np.float64)


def visits(run: TrustModel, points: NDArray[np.int64]) -> NDArray[np.float64]:
    """Visits to some service points on each day, shape [days]."""
    return np.asarray(run.record.by_point[:, points, 0].sum(axis=1), np.float64)


def fear(run: TrustModel, places: Sequence[int]) -> NDArray[np.float64]:
    """Mean probability given to danger among people at some places, by week."""
    record = run.record
    cell = record.opinion_names().index("probability_danger")
    here = list(places)
    sums = record.opinions[..., cell][:, here].sum(axis=(1, 2)).astype(np.float64)
    present = record.counts[record.opinion_days][:, here][..., record.present].sum(axis=(1, 2))
    return np.asarray(sums / np.maximum(present, 1))


def trust_by_week(run: TrustModel, family: str, places: Sequence[int]) -> NDArray[np.float64]:
    """Mean projected probability b + a u of a family's independence at some places, by week."""
    record = run.record
    cell = record.opinion_names().index(f"belief_independence_{family}")
    here = list(places)
    sums = record.opinions[:, here].sum(axis=(1, 2))[:, cell : cell + 2].astype(np.float64)
    present = record.counts[record.opinion_days][:, here][..., record.present].sum(axis=(1, 2))
    belief, disbelief = (sums / np.maximum(present, 1)[:, None]).T
    base_rate = run.plan.parameters["base_rate_independence"]
    return np.asarray(belief + base_rate * (1.0 - belief - disbelief))


def spans(daily: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Last days of spans of four weeks, a week apart, and sums over them (days: axis 1)."""
    starts = range(0, max(1, daily.shape[1] - SPAN + 1), _STEP)
    sums = np.stack([daily[:, n : n + SPAN].sum(axis=1) for n in starts], axis=1)
    return np.array([n + SPAN - 1.0 for n in starts]), sums


def help_seeking(base: NDArray[np.float64], other: NDArray[np.float64]) -> Curve:
    """Relative change of asked ÷ in need over time; both have shape [replicates, days, 2]."""
    rates = []
    for world in (base, other):
        days, sums = spans(world)
        need = np.where(sums[..., 1] > 0, sums[..., 1], np.nan)
        rates.append(sums[..., 0] / need)
    return Curve(days, ratio_intervals(rates[0], rates[1]))


def relative_change(base: NDArray[np.float64], other: NDArray[np.float64]) -> Curve:
    """Relative change of counts over time; both have shape [replicates, days]."""
    days, below = spans(base)
    return Curve(days, ratio_intervals(below, spans(other)[1]))


def weekly_difference(base: NDArray[np.float64], other: NDArray[np.float64]) -> Curve:
    """Difference of weekly means over time; both have shape [replicates, weeks]."""
    days = np.arange(base.shape[1], dtype=np.float64) * 7.0
    return Curve(days, mean_intervals(other - base))
