"""What is kept of one run in a comparison: small sums instead of every daily table.

A run is reduced as soon as it ends, so memory does not grow with the number of migrants and hardly
with the number of replicates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.codes import POINT_MEASURES, STATUSES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.measures import Record
    from sim.network import RouteNetwork

__all__ = [
    "COUNTED", "DAILY", "DERIVED", "FEW", "MEASURES", "OF_A_DAY", "RATES", "WEEKLY", "Group",
    "Layout", "Outcome",
]  # fmt: skip

FEW = 30
"""A group of fewer simulated people than this is marked as too few to trust."""

COUNTED = (
    "in_need", "asked", "served", "turned_away", "deterred", "unaware", "no_service", "excluded",
    "not_worth", "in_transit", "detained", "detentions", "deportations", "deaths", "registrations",
    "episodes_begun", "episodes_relieved", "episodes_delayed", "episodes_lapsed",
    "episodes_lapsed_deterred", "first_deterred",
)  # fmt: skip
"""Measures that are sums over days of what happened that day."""

RATES = ("help_seeking_rate", "willingness")
"""Measures that are shares of person-days."""

DERIVED = ("unmet", *RATES)
"""Measures computed from the sums of one run: in_need - served, and the two rates of asking."""

MEASURES = COUNTED + DERIVED

WEEKLY = ("in_need", "asked", "deterred")
"""Measures kept by node and week, for pictures."""

DAILY = (*WEEKLY, "not_worth", "present")
"""Measures kept by day."""

OF_A_DAY = ("in_need", "asked", "deterred", "help_seeking_rate", "willingness")
"""Measures that can be told of each day."""

ON_THE_WAY = "on_the_way"
"""The last place of every record: no node."""


class Group(NamedTuple):
    """One row of a breakdown, such as `status` `irregular`."""

    by: str
    name: str


@dataclass(frozen=True)
class Layout:
    """The rows of every breakdown, in order; the same for all runs on one network.

    Attributes:
        places: Nodes in the order of the network, then `on_the_way`.
        steps: Journey step of each place.
        statuses: Statuses of migrants.
        points: Organisation of each service point.
        homes: Node of each service point.
        organisations: Organisations that have a row, in its order.
    """

    places: tuple[str, ...]
    steps: tuple[str, ...]
    statuses: tuple[str, ...]
    points: tuple[str, ...]
    homes: tuple[str, ...]
    organisations: tuple[str, ...]

    @classmethod
    def of(cls, network: RouteNetwork) -> Layout:
        """The layout of a network, in the order in which a run's record counts."""
        points = network.points["organisation"].astype(str)
        # Rows must not depend on the points that a scenario opens: others are compared with it.
        listed = points[~network.points["id"].isin(network.added)]
        return cls(
            places=(*network.nodes["id"], ON_THE_WAY),
            steps=(*network.nodes["journey_step"], ON_THE_WAY),
            statuses=STATUSES,
            points=tuple(points),
            homes=tuple(network.points["node"].astype(str)),
            organisations=tuple(_once([*listed, *network.organisations["id"].astype(str)])),
        )

    def on(self, network: RouteNetwork) -> Layout:
        """The same rows, counted on a network on which other service points open."""
        return replace(self, points=Layout.of(network).points, homes=Layout.of(network).homes)

    @property
    def groups(self) -> list[Group]:
        """Every row, in the order in which an outcome holds them."""
        return [
            Group("all", "all"),
            *(Group("status", name) for name in self.statuses),
            *(Group("node", name) for name in self.places),
            *(Group("step", name) for name in _once(self.steps)),
            *(Group("organisation", name) for name in self.organisations),
        ]


@dataclass(frozen=True)
class Outcome:
    """The sums of one run.

    Attributes:
        counts: One row per group, one column per measure of `COUNTED`; NaN where not counted.
        people: Simulated people each group rests on: the most on any one day.
        channels: Deterred person-days by channel.
        by_day: One row per day, one column per measure of `DAILY`.
        by_week: Week (from day 0) x place x measure of `WEEKLY`.
    """

    counts: NDArray[np.float64]
    people: NDArray[np.float64]
    channels: NDArray[np.float64]
    by_day: NDArray[np.int64]
    by_week: NDArray[np.int64]

    @classmethod
    def of(cls, record: Record, layout: Layout) -> Outcome:
        """Reduce the record of a finished run."""
        column = {name: index for index, name in enumerate(record.measures)}
        daily = record.counts[..., [column[name] for name in DAILY]].sum(axis=2, dtype=np.int64)
        present = record.counts[..., column["present"]]
        # Summed before they are chosen: to choose copies every day.
        totals = record.counts.sum(axis=0, dtype=np.int64)[..., [column[name] for name in COUNTED]]
        return cls(
            counts=np.vstack([_sums(totals, layout), _point_sums(record, layout)]),
            people=np.concatenate([_most(present, layout), _point_people(record, present, layout)]),
            channels=record.channels.sum(axis=(0, 1, 2)),
            by_day=daily.sum(axis=1),
            by_week=np.add.reduceat(
                daily[..., : len(WEEKLY)], range(0, len(daily), 7), axis=0
            ),
        )

    def value(self, measure: str, row: int = 0) -> float:
        """One measure, counted or derived, of one group; the whole by default."""
        return float(_measured(lambda name: self.counts[row, COUNTED.index(name)], measure))

    def by_group(self) -> NDArray[np.float64]:
        """One row per group, one column per measure of `MEASURES`; NaN where not known."""
        columns = [
            _measured(lambda name: self.counts[:, COUNTED.index(name)], each) for each in MEASURES
        ]
        return np.column_stack(columns)

    def of_days(self) -> NDArray[np.float64]:
        """One row per day, one column per measure of `OF_A_DAY`; NaN where not known."""
        by_day = self.by_day.astype(np.float64)
        columns = [_measured(lambda name: by_day[:, DAILY.index(name)], each) for each in OF_A_DAY]
        return np.column_stack(columns)


def _measured(
    count: Callable[[str], NDArray[np.float64]], measure: str
) -> NDArray[np.float64]:
    if measure == "unmet":
        return count("in_need") - count("served")
    if measure == "help_seeking_rate":
        return _share(count("asked"), count("in_need"))
    if measure == "willingness":
        return _share(count("asked"), count("asked") + count("deterred") + count("not_worth"))
    if measure not in COUNTED:
        raise KeyError(measure)
    return count(measure)


def _share(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    share = np.full(np.shape(whole), np.nan)
    np.divide(part, whole, out=share, where=whole > 0)
    return share


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _members(names: Sequence[str]) -> NDArray[np.float64]:
    # One row per distinct name, one column per name: 1 where they agree.
    return np.array([[float(name == each) for name in names] for each in _once(names)]).reshape(
        len(_once(names)), len(names)
    )


def _of_organisations(layout: Layout) -> NDArray[np.float64]:
    # One row per organisation, one column per service point: 1 where it is theirs.
    return np.array([[float(name == each) for name in layout.points]
                     for each in layout.organisations]).reshape(
        len(layout.organisations), len(layout.points))


def _sums(totals: NDArray[np.int64], layout: Layout) -> NDArray[np.float64]:
    by_place = totals.sum(axis=1).astype(np.float64)
    return np.vstack(
        [
            totals.sum(axis=(0, 1))[None, :],
            totals.sum(axis=0),
            by_place,
            _members(layout.steps) @ by_place,
        ]
    ).astype(np.float64)


def _most(present: NDArray[np.int32], layout: Layout) -> NDArray[np.float64]:
    by_place = present.sum(axis=2).astype(np.float64)
    return np.concatenate(
        [
            [by_place.sum(axis=1).max()],
            present.sum(axis=1).max(axis=0),
            by_place.max(axis=0),
            (by_place @ _members(layout.steps).T).max(axis=0),
        ]
    ).astype(np.float64)


def _point_sums(record: Record, layout: Layout) -> NDArray[np.float64]:
    members = _of_organisations(layout)
    counted = members @ record.by_point.sum(axis=0, dtype=np.int64)
    sums = np.full((len(members), len(COUNTED)), np.nan)
    sums[:, [COUNTED.index(name) for name in POINT_MEASURES]] = counted
    return sums


def _point_people(
    record: Record, present: NDArray[np.int32], layout: Layout
) -> NDArray[np.float64]:
    # People who asked, and never more than were in the towns where the organisation works.
    asked = _of_organisations(layout) @ record.by_point[..., 0].sum(axis=0, dtype=np.int64)
    by_place = present.sum(axis=2)
    at = [
        [layout.places.index(h) for h, p in zip(layout.homes, layout.points, strict=True) if p == o]
        for o in layout.organisations
    ]
    reach = np.array([by_place[:, sorted(set(rows))].sum(axis=1).max() for rows in at])
    return np.asarray(np.minimum(asked, reach.reshape(asked.shape)), dtype=np.float64)
