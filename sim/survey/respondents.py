"""Who is asked: people whom an interviewer can find, all of them or a keyed sample."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.codes import NEVER, RETURNED, SETTLED, STATUSES, STAYING, STRANDED
from sim.compiling import bits, kernel
from sim.problems import InputProblem, Problem, nearest
from sim.randomness import block, stream

if TYPE_CHECKING:
    from sim.world import World

__all__ = ["Cut", "left_within", "respondents"]

SAMPLE = stream("survey.sample")
_REACHED = (STAYING, STRANDED, SETTLED, RETURNED)
_MOST_NAMED = 8


class Cut(NamedTuple):
    """Part of the people, by where they are and what status they have; None means any."""

    country: str | None = None
    node: str | None = None
    status: str | None = None

    @property
    def name(self) -> str:
        """Name of the group in tables: ``country:NER`` or ``node:agadez+status:refugee``."""
        parts = zip(self._fields, self, strict=True)
        return "+".join(f"{field}:{value}" for field, value in parts if value is not None)


def respondents(world: World, day: int, cut: Cut, sample: int | None) -> NDArray[np.int64]:
    """Indices of those who are asked, in the order of the columns.

    Living people at nodes can be asked: neither those on the way nor those in detention. A sample
    takes those with the smallest keyed numbers, so a smaller sample is part of a larger one.

    Raises:
        InputProblem: If a name is unknown, or the day or the sample cannot be.
    """
    _check(world, cut, sample)
    nodes = world.plan.network.nodes
    body = world.tables.body[: world.people]
    asked = np.isin(body["state"], _REACHED)
    if cut.country is not None:
        asked &= (nodes["country"] == cut.country).to_numpy()[body["node"]]
    if cut.node is not None:
        asked &= body["node"] == list(nodes["id"]).index(cut.node)
    if cut.status is not None:
        asked &= body["status"] == STATUSES.index(cut.status)
    people = np.flatnonzero(asked)
    _check_day(world, people, day)
    return people if sample is None else _first(world, people, sample)


def left_within(world: World, people: NDArray[np.int64], day: int, window: tuple[int, int] | None
                ) -> NDArray[np.bool_]:
    """Whether each person left the origin so many days ago (ends included); None: anyone."""
    departed = world.tables.body["departed"][people].astype(np.int64)
    if window is None:
        return np.ones(people.size, np.bool_)
    least, most = window
    if least > most:
        raise InputProblem(Problem(
            field="days_since_departure", value=f"{least} to {most}",
            message="ends before it begins", suggestion="give the smaller number first"))
    return (departed != NEVER) & (day - departed >= least) & (day - departed <= most)


def _first(world: World, people: NDArray[np.int64], sample: int) -> NDArray[np.int64]:
    run = np.uint64(world.tables.p["run"][0])
    keys = np.ascontiguousarray(world.tables.body["key"][people])
    numbers = np.empty(people.size, np.uint64)
    _numbers(run, keys, numbers)
    return np.sort(people[np.lexsort((keys, numbers))[:sample]])


@kernel
def _numbers(run: Any, keys: Any, out: Any) -> None:
    for row in range(keys.shape[0]):
        words = block(run, SAMPLE, 0, keys[row], 0)
        out[row] = (words[0] << bits(32)) | words[1]


def _check(world: World, cut: Cut, sample: int | None) -> None:
    network = world.plan.network
    known: dict[str, list[str]] = {
        "country": list(network.countries["country"]),
        "node": list(network.nodes["id"]),
        "status": list(STATUSES),
    }
    problems = [
        _unknown(field, value, known[field])
        for field, value in cut._asdict().items()
        if value is not None and value not in known[field]
    ]
    if sample is not None and sample < 1:
        problems.append(Problem(
            field="sample", value=str(sample), message="at least one person must be asked",
            suggestion="give the number of people to ask"))
    if not problems and cut.node is not None and cut.country is not None:
        lies_in = dict(zip(network.nodes["id"], network.nodes["country"], strict=True))[cut.node]
        if lies_in != cut.country:
            problems.append(Problem(
                field="node", value=cut.node, message=f"'{cut.node}' does not lie in {cut.country}",
                suggestion=f"it lies in {lies_in}"))
    if problems:
        raise InputProblem(problems)


def _unknown(field: str, value: str, words: Iterable[str]) -> Problem:
    words = list(words)
    near = nearest(str(value), words)
    some = ", ".join(words[:_MOST_NAMED]) + (" ..." if len(words) > _MOST_NAMED else "")
    return Problem(
        field=field, value=str(value), message=f"there is no {field} '{value}' in this run",
        suggestion=f"did you mean '{near}'?" if near else f"there are: {some}")


def _check_day(world: World, people: NDArray[np.int64], day: int) -> None:
    tables = world.tables
    last = max(int(tables.mind["touched"][people].max(initial=NEVER)),
               int(tables.body["danger_touched"][people].max(initial=NEVER)))
    if day < last:
        raise InputProblem(Problem(
            field="day", value=str(day), message=f"day {day} is over",
            suggestion=f"people can be asked on day {last} or later"))
    end = world.plan.days
    if day > end:
        raise InputProblem(Problem(
            field="day", value=str(day), message=f"the run ends before day {day}",
            suggestion=f"its last day is {end - 1}"))
