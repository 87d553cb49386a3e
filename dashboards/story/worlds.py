"""Lives the worlds of a story with the same people and the same luck."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from dashboards.story.stories import Story
from dashboards.story.track import Track, Tracker, struck_places

if TYPE_CHECKING:
    from experiments.comparison import Comparison
    from sim.model import TrustModel
    from sim.plan import Plan

__all__ = ["MIGRANTS", "REPLICATES", "Lived", "Stopped", "live_worlds", "plans_of",
           "with_intervals"]  # fmt: skip

MIGRANTS, REPLICATES = 10_000, 5
"""Simulated people of a story, and pairs of runs behind its intervals."""


class Stopped(Exception):  # noqa: N818 - like StopIteration, no error
    """Nobody wants the story any more."""


@dataclass(frozen=True)
class Lived:
    """The worlds of a story.

    Attributes:
        story: The story.
        tracks: One world each, in the order of the story: one luck, so that they are the same to
            the last person until something differs.
        struck: Rows of the nodes where it happens.
        known: Day on which people can know of it.
        comparison: The same worlds over several lucks, for intervals; None as long as they are
            being lived.
    """

    story: Story
    tracks: tuple[Track, ...]
    struck: tuple[int, ...]
    known: int
    comparison: Comparison | None = field(default=None, repr=False)

    @property
    def represents(self) -> float:
        """Imagined people for whom each simulated person stands."""
        plan = self.tracks[0].plan
        return plan.people / plan.migrants


def plans_of(story: Story, migrants: int | None = None, days: int | None = None) -> list[Plan]:
    """The plans of a story's worlds, with one size, length and seed.

    Args:
        story: The story.
        migrants: Simulated people; None: `MIGRANTS`.
        days: Length; None: as the first scenario says.
    """
    from scenarios import load

    given = [load(name).plan() for name in story.scenarios]
    changes = {
        "migrants": migrants or MIGRANTS, "days": days or given[0].days, "seed": given[0].seed,
        "survey_days": tuple(day for day in given[0].survey_days if day < (days or given[0].days)),
    }  # fmt: skip
    return [dataclasses.replace(plan, **changes) for plan in given]  # type: ignore[arg-type]


def live_worlds(
    story: Story, plans: list[Plan], progress: Callable[[int, int], None] = lambda *_: None
) -> Lived:
    """Live every world of a story once.

    Days that worlds share are lived once; then they part.

    Args:
        story: The story.
        plans: The plan of each world, the world as it is first.
        progress: Called with days lived and days in all after each day. It may raise `Stopped`.
    """
    from experiments.pairing import available_cores
    from sim.model import TrustModel
    from sim.parting import parting_day

    base, *others = plans
    struck = struck_places(base, others[0]) if others else []
    ids = list(base.network.nodes["id"].astype(str))
    rows = np.array([ids.index(name) for name in struck], np.int64)
    known = _known(base, others[0]) if others else base.days
    parts = [min(parting_day(base, other), base.days) for other in others]
    whole = base.burn_in + base.days + sum(base.days - day for day in parts)
    clock = _Clock(progress, whole)
    model = TrustModel(base, threads=available_cores())
    model.record.summarising = False
    tracker = Tracker(model, rows, known)
    branches: dict[int, tuple[TrustModel, Tracker]] = {}
    while model.day < base.days:
        for number, day in enumerate(parts):
            if day == max(model.day, 0) and number not in branches:
                branch = model.branch(others[number])
                branches[number] = (branch, tracker.of(branch))
        _step(model, tracker, clock)
    tracks = [tracker.track()]
    for number, other in enumerate(others):
        if number not in branches:  # it never parts
            tracks.append(dataclasses.replace(tracks[0], plan=other))
            continue
        branch, twin = branches[number]
        while branch.day < base.days:
            _step(branch, twin, clock)
        tracks.append(twin.track())
    return Lived(story, tuple(tracks), tuple(int(row) for row in rows), known)


def with_intervals(
    lived: Lived, progress: Callable[[int, int], None] = lambda *_: None,
    replicates: int = REPLICATES,
) -> Lived:  # fmt: skip
    """The same with a comparison over several lucks.

    Args:
        lived: The worlds of one luck.
        progress: Called with days lived and days in all. It may raise `Stopped`.
        replicates: How many lucks.
    """
    import experiments
    from experiments.memory import Memory
    from experiments.posterior import NONE

    base = lived.tracks[0].plan

    def told(done: int, whole: int | None) -> None:
        progress(done, whole or 1)

    comparison = experiments.compare(
        *(_Given(track.plan) for track in lived.tracks), replicates=replicates, threads=1,
        migrants=base.migrants, days=base.days, seed=base.seed, progress=told,
        memory=Memory(0),  # nobody asks for the same again
        posterior=NONE,  # as in the run that is shown, whose parameters are the scenarios'
    )  # fmt: skip
    return dataclasses.replace(lived, comparison=comparison)


@dataclass(frozen=True)
class _Given:
    """A plan where a scenario is wanted."""

    _plan: Plan

    def plan(self) -> Plan:
        return self._plan


class _Clock:
    def __init__(self, progress: Callable[[int, int], None], whole: int) -> None:
        self._progress, self._whole, self._done = progress, whole, 0

    def tick(self) -> None:
        self._done += 1
        self._progress(self._done, self._whole)


def _step(model: TrustModel, tracker: Tracker, clock: _Clock) -> None:
    model.step()
    tracker.look()
    clock.tick()


def _known(base: Plan, other: Plan) -> int:
    """The first day on which people can know of what happens first."""
    new = [each for each in other.interventions if each not in base.interventions]
    first = min(new, key=lambda each: each.start)
    told = first.announced_day()
    return first.start if told is None else told
