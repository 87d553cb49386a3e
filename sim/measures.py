"""What is counted each day, and why someone did not ask for help."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.codes import CHANNELS, MEASURES, OUTCOMES, SHARE_UNITS, STATUSES
from sim.columns import STORIES
from sim.engine.compiled.engine import CompiledEngine
from sim.engine.compiled.keeping import keep_day
from sim.engine.compiled.observing import OPINION_UNITS, opinions

if TYPE_CHECKING:
    from sim.engine.schedule import Engine
    from sim.world import World

__all__ = ["OPINION_EVERY", "Record"]

OPINION_EVERY = 7
"""Days between summaries of opinions."""
_DAILY = ("counts", "_shares", "by_point", "stories")
_FACETS = ("competence", "integrity", "independence")


class Record:
    """Daily counts of one run, by place and status.

    Attributes:
        measures: Names of what is counted.
        places: Node ids, and last ``on_the_way``.
        statuses: Names of statuses.
        points: Ids of service points.
        families: Families of organisations.
        counts: Whole numbers, shape [days, places, statuses, measures].
        channels: Deterred person-days by channel, shape [days, places, statuses, 7].
        by_point: Asked, served, turned away, deterred, shape [days, points, 4].
        opinion_days: Days on which opinions were summarised.
        opinions: Sums over people, shape [those days, places, statuses, 6 families + 3]: belief and
            disbelief per family and facet, then belief, disbelief and probability of danger.
        stories: Stories alive, and people reached by the widest, per day, shape [days, 2].
        days: Days of the run.
        taken: Days counted so far.
        summarising: Whether opinions are summarised every week; comparisons do without.
        agent_steps: Days lived by people inside the system.
    """

    def __init__(self, world: World, days: int) -> None:
        network = world.plan.network
        self.measures = list(MEASURES)
        self.places = [*network.nodes["id"], "on_the_way"]
        self.statuses = list(STATUSES)
        self.points = list(network.points["id"])
        self.families = list(network.families)
        shape = (days, len(self.places), len(STATUSES))
        self.days = days
        self.counts = _room((*shape, len(MEASURES)), np.int32)
        self._shares = _room((*shape, len(CHANNELS)), np.int64)
        self.by_point = _room((days, max(1, len(self.points)), 4), np.int32)
        self.opinion_days: list[int] = []
        self._opinions: list[NDArray[np.int64]] = []
        self.stories = _room((days, 2), np.int64)
        self.taken = 0
        self.summarising = True
        self.agent_steps = 0
        self.present = MEASURES.index("present")

    def copy(self) -> Record:
        """A copy that can go on by itself."""
        other = copy.copy(self)
        for name in _DAILY:
            daily = getattr(self, name)
            twin = _room((self.days, *daily.shape[1:]), daily.dtype)
            twin[: self.taken] = daily[: self.taken]
            setattr(other, name, twin)
        other.opinion_days, other._opinions = list(self.opinion_days), list(self._opinions)
        return other

    def shrink(self) -> None:
        """Give back the room for days to come; only copies can go on then."""
        for name in _DAILY:
            setattr(self, name, getattr(self, name)[: self.taken].copy())

    @property
    def nbytes(self) -> int:
        """Bytes of all that is kept."""
        daily = sum(int(getattr(self, name).nbytes) for name in _DAILY)
        return daily + sum(sums.nbytes for sums in self._opinions)

    def take(self, world: World, day: int, engine: Engine | None = None) -> None:
        """Add a day of the run (days of the burn-in are negative and only count as steps).

        Args:
            world: The run, at the end of the day.
            day: The day.
            engine: An engine whose threads share the work, if there is one.
        """
        tally = world.tally
        if day >= 0:
            self.taken = day + 1
            self.agent_steps += keep_day(
                tally, self.counts[day], self._shares[day], self.by_point[day])
            self.stories[day, 0] = np.count_nonzero(world.tables.stories["live"] == 1)
            if self.summarising and day % OPINION_EVERY == 0:
                self._summarise(world, day, engine)
        else:
            self.agent_steps += int(tally.counts[:, :, self.present].sum())
            tally.clear()

    def _summarise(self, world: World, day: int, engine: Engine | None) -> None:
        cells = 6 * len(self.families) + 3
        sums = np.zeros((len(self.places), len(STATUSES), cells), np.int64)
        reach = np.zeros(STORIES, np.uint64)
        if isinstance(engine, CompiledEngine):
            engine.sum_opinions(sums, reach, day)
        else:
            opinions(world.tables, sums, reach, 0, world.people, day)
        self.opinion_days.append(day)
        self._opinions.append(sums)
        self.stories[day, 1] = int(reach[world.tables.stories["live"] == 1].max(initial=0))

    @property
    def channels(self) -> NDArray[np.float64]:
        """Deterred person-days by channel, shape [days, places, statuses, 7]."""
        return self._shares / SHARE_UNITS

    @property
    def shares(self) -> NDArray[np.int64]:
        """The same in whole parts: they add up to ``deterred`` times SHARE_UNITS exactly."""
        return self._shares

    @property
    def opinions(self) -> NDArray[np.float64]:
        """Sums of opinions, shape [summaries, places, statuses, cells]."""
        return np.array(self._opinions) / OPINION_UNITS

    def total(self, measure: str) -> int:
        """Sum of a measure over the whole run."""
        return int(self.counts[..., self.measures.index(measure)].sum(dtype=np.int64))

    def totals(self) -> dict[str, float]:
        """Sums over the run; stocks (people by state) are those of the last day."""
        names = [*OUTCOMES[1:], "in_need", "asked"]
        totals: dict[str, float] = {name: self.total(name) for name in names}
        for name in MEASURES:
            if name.startswith("people_"):
                # "detained" is taken: it is an outcome of need.
                short = name if name == "people_detained" else name.removeprefix("people_")
                totals[short] = int(self.counts[-1, :, :, self.measures.index(name)].sum())
            elif name not in totals and name != "present":
                totals[name] = self.total(name)
        totals["help_seeking_rate"] = _ratio(totals["asked"], totals["in_need"])
        totals["willingness"] = _ratio(
            totals["asked"], totals["asked"] + totals["deterred"] + totals["not_worth"])
        return totals

    def opinion_names(self) -> list[str]:
        """Names of the cells of ``opinions``."""
        names = [f"{word}_{facet}_{family}" for family in self.families for facet in _FACETS
                 for word in ("belief", "disbelief")]
        return [*names, "belief_danger", "disbelief_danger", "probability_danger"]

    def to_frame(self) -> pd.DataFrame:
        """Long table: day, node, status, measure, channel, value (rows of 0 are left out).

        Opinions are means over the people counted in ``present``; ``uncertainty`` is 1 less belief
        and disbelief.
        """
        frames = [
            self._long(self.counts, self.measures, None),
            self._long(self.channels, None, list(CHANNELS)),
        ]
        if self._opinions:
            frames.append(self._opinion_frame())
        table = pd.concat(frames, ignore_index=True)
        for column in ("node", "status", "measure", "channel"):
            table[column] = table[column].astype("category")
        return table

    def _long(self, values: NDArray[Any], measures: list[str] | None,
              channels: list[str] | None) -> pd.DataFrame:
        day, place, status, last = np.nonzero(values)
        names = measures or channels or []
        label = np.array(names, object)[last]
        return pd.DataFrame({
            "day": day.astype(np.int32),
            "node": np.array(self.places, object)[place],
            "status": np.array(self.statuses, object)[status],
            "measure": label if measures else "deterred",
            "channel": "all" if measures else label,
            "value": values[day, place, status, last].astype(float),
        })

    def _opinion_frame(self) -> pd.DataFrame:
        days = np.array(self.opinion_days)
        people = self.counts[days][..., self.present][..., None]
        sums = self.opinions
        means = np.divide(sums, people, out=np.zeros(sums.shape), where=people > 0)
        table = self._long(means, self.opinion_names(), None)
        table["day"] = days[table["day"]]
        return table


def _room(shape: tuple[int, ...], kind: Any) -> NDArray[Any]:
    # Written to at once, memory comes in few large pages; page by page, as days are added, it took
    # 0.2 ms a day.
    room = np.empty(shape, kind)
    room.fill(0)
    return room


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
