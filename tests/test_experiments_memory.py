"""Days that are the same are lived once; what is remembered changes nothing but the time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from experiments import compare
from experiments.memory import Memory, lives_of
from sim.interventions import Intervention
from sim.model import TrustModel
from sim.parting import begins, first_day, parting_day
from sim.plan import Plan
from tests.eventful_worlds import eventful, interventions

CALM = eventful("central_mediterranean", "nothing", migrants=150, days=40, burn_in=10)
BREACH, POLICE, WALL, WORDS, RUMOUR = interventions("everything", CALM.network)


class Given:
    """A plan as a scenario."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def plan(self) -> Plan:
        return self._plan


def with_(*acts: Intervention, **changes: object) -> Given:
    name = "_".join(act.id for act in acts) or "calm"
    return Given(replace(CALM, name=name, interventions=acts, **changes))


def later_wall(day: int = 20, compliance: float = 0.5) -> Intervention:
    return WALL.model_copy(update={"start": day, "announced": 2, "compliance": compliance})


@pytest.fixture
def lived(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The days that are really lived, in order."""
    days: list[int] = []
    step = TrustModel.step

    def noting(model: TrustModel) -> None:
        days.append(model.day)
        step(model)

    monkeypatch.setattr(TrustModel, "step", noting)
    return days


def same(one: object, other: object) -> bool:
    return one.to_json() == other.to_json()


SETS = [
    (with_(), with_(BREACH), with_(BREACH, later_wall())),
    (with_(BREACH), with_(WALL), with_(), with_(BREACH, WORDS), with_(BREACH, WORDS, RUMOUR)),
    # A story of the third gets the slot of another one's.
    (with_(BREACH), with_(BREACH, WORDS.model_copy(update={"id": "aa"}))),
    (with_(BREACH), with_(BREACH, RUMOUR.model_copy(update={"id": "aa"}))),
    (with_(POLICE), with_(POLICE.model_copy(update={"end": 30})), with_(POLICE)),
    (with_(), with_(BREACH, present_at_start=0.5), with_(present_at_start=0.5)),
]


@pytest.mark.parametrize("scenarios", SETS)
def test_shared_days_are_those_of_runs_alone(scenarios: tuple[Given, ...]) -> None:
    together = compare(*scenarios, replicates=2, memory=Memory())
    for scenario, name in zip(scenarios, together.names, strict=True):
        alone = compare(scenario, scenario, replicates=2, memory=Memory())
        for one, other in zip(together.outcomes(name), alone.runs, strict=True):
            assert one.counts.tobytes() == other[0].counts.tobytes()
            assert one.channels.tobytes() == other[0].channels.tobytes()
            assert one.by_week.tobytes() == other[0].by_week.tobytes()


def test_days_before_scenarios_part_are_lived_once(lived: list[int]) -> None:
    scenarios = (with_(), with_(BREACH), with_(BREACH, later_wall(20)))
    compare(*scenarios, replicates=2, threads=1, memory=Memory())
    # 10 days of burn-in; the breach is on day 5, and the wall on day 20.
    assert len(lived) == 2 * (10 + 40 + 35 + 20)


def test_what_was_lived_is_not_lived_again(lived: list[int]) -> None:
    memory = Memory()
    first = compare(with_(), with_(BREACH), replicates=2, threads=1, memory=memory)
    lived.clear()
    assert same(first, compare(with_(), with_(BREACH), replicates=2, threads=2, memory=memory))
    assert lived == []
    compare(with_(), with_(BREACH), replicates=3, threads=1, memory=memory)
    assert len(lived) == 10 + 40 + 35


def test_moving_a_slider_lives_the_days_that_it_changes(lived: list[int]) -> None:
    memory = Memory()
    compare(with_(), with_(BREACH, later_wall(20)), replicates=2, threads=1, memory=memory)
    # For a wall on day 30 the nearest days that are kept are those up to day 20.
    for day, compliance, days in ((20, 0.7, 20), (30, 0.7, 20), (10, 0.7, 35), (10, 0.9, 30)):
        lived.clear()
        other = with_(BREACH, later_wall(day, compliance))
        warm = compare(with_(), other, replicates=2, threads=1, memory=memory)
        assert len(lived) == 2 * days
        assert same(warm, compare(with_(), other, replicates=2, memory=Memory()))


def test_other_people_are_not_taken_for_the_same(lived: list[int]) -> None:
    memory = Memory()
    compare(with_(), with_(BREACH), replicates=2, threads=1, memory=memory)
    for changes in ({"seed": 8}, {"migrants": 151}, {"days": 39}):
        lived.clear()
        compare(with_(), with_(BREACH), replicates=2, threads=1, memory=memory, **changes)
        assert lived.count(-10) == 2


def test_memory_is_bounded() -> None:
    run = TrustModel(CALM)
    life = lives_of((CALM,))[0]
    kept = run.branch(CALM)
    kept.record.shrink()
    assert kept.nbytes < run.nbytes / 2  # no room for days to come
    small = Memory(most_bytes=8 * kept.nbytes + 8)
    for replicate in range(20):
        small.keep(life, replicate, run)
    assert 0 < small.nbytes <= 8 * kept.nbytes + 8
    assert small.latest(life, 0, 0) is None
    assert small.latest(life, 19, 0) is not None
    assert small.latest(life, 19, -11) is None
    nothing = Memory(most_bytes=7 * kept.nbytes)
    nothing.keep(life, 0, run)
    assert nothing.nbytes == 0
    none = Memory(most_bytes=0)
    none.keep(life, 0, run)
    assert none.latest(life, 0, 0) is None


def test_what_is_kept_is_a_copy() -> None:
    memory = Memory()
    life = lives_of((CALM,))[0]
    run = TrustModel(CALM)
    memory.keep(life, 0, run)
    before = run.state_hash()
    run.step()
    again = memory.latest(life, 0, 0)
    assert again is not None
    assert again.state_hash() == before
    again.step()
    assert again.state_hash() == run.state_hash()
    third = memory.latest(life, 0, 0)
    assert third is not None
    assert third.state_hash() == before


def test_the_day_on_which_plans_part() -> None:
    def day(*pair: Given) -> int:
        return parting_day(*(each.plan() for each in pair))

    assert day(with_(), with_()) == CALM.days
    assert day(with_(), with_(BREACH)) == BREACH.start == 5
    assert day(with_(BREACH), with_(BREACH, later_wall(20))) == 20
    assert day(with_(BREACH), with_(BREACH, later_wall(20), POLICE)) == POLICE.start == 4
    assert day(with_(BREACH, WORDS), with_(WORDS, BREACH)) == 5
    early = WALL.model_copy(update={"start": 30, "announced": -12})
    assert begins(early) == day(with_(BREACH), with_(BREACH, early)) == 18
    assert first_day(with_(early).plan()) == 18
    assert first_day(CALM) == CALM.days
