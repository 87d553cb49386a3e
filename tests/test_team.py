"""Threads of one run: who does what, who waits for whom, and that it never matters."""

from __future__ import annotations

import gc
import pickle
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Any

import numpy as np
import pytest
from eventful_worlds import eventful
from hypothesis import given
from hypothesis import strategies as st

from sim.engine.compiled import together
from sim.engine.compiled.blocks import Blocks
from sim.engine.compiled.engine import CompiledEngine
from sim.engine.compiled.signals import LINE, WAITED
from sim.engine.compiled.team import Team, _follow
from sim.model import TrustModel

PATIENCE_S = 20


def settles(wanted: Callable[[], bool]) -> bool:
    """Whether something comes true within a while."""
    end = time.monotonic() + PATIENCE_S
    while not wanted():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def threads_of(team: Team) -> Callable[[], int]:
    """Counts the threads of a team: each began with what the team shares."""
    plan = id(team._plan)

    def first(frame: FrameType) -> FrameType:
        return first(frame.f_back) if frame.f_back else frame

    def count() -> int:
        begun = map(first, sys._current_frames().values())
        return sum(each.f_code is _follow.__code__ and id(each.f_locals["plan"]) == plan
                   for each in begun)  # fmt: skip

    return count


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_every_job_is_done_once_by_a_thread_of_its_own(size: int) -> None:
    team, done = Team(size), list[tuple[int, int]]()

    def job(number: int) -> None:
        done.append((number, threading.get_ident()))

    for number in range(200):
        some = 1 + number % size  # fewer jobs than threads, now and then
        done.clear()
        team.work([partial(job, k) for k in range(some)])
        assert sorted(k for k, _ in done) == list(range(some))
        assert len({who for _, who in done}) == some
        assert (0, threading.get_ident()) in done
    team.close()


def test_nobody_goes_on_before_all_have_ended() -> None:
    team, ended = Team(2), []

    def slow() -> None:
        time.sleep(0.1)
        ended.append("slow")

    team.work([lambda: ended.append("fast"), slow])
    assert ended == ["fast", "slow"]
    time.sleep(0.1)  # by now the other thread sleeps
    team.work([slow, lambda: ended.append("fast")])
    assert ended == ["fast", "slow", "fast", "slow"]


@pytest.mark.parametrize("which", [0, 1, 2])
def test_what_goes_wrong_is_told_when_all_have_ended(which: int) -> None:
    team, ended = Team(3), []

    def job(number: int) -> None:
        if number == which:
            raise ArithmeticError(f"job {number}")
        time.sleep(0.05)
        ended.append(number)

    jobs = [partial(job, k) for k in range(3)]
    with pytest.raises(ArithmeticError, match=f"job {which}"):
        team.work(jobs)
    assert sorted(ended) == [k for k in range(3) if k != which]
    which = 9
    team.work(jobs)
    assert sorted(ended[2:]) == [0, 1, 2]


@pytest.mark.parametrize("who", [0, 1, 2])
def test_a_day_that_is_interrupted_ends_for_all_threads(
    who: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever waits for the others between two phases must not wait for ever."""
    plan = eventful("central_mediterranean", "none", migrants=3_000, days=9)
    model = TrustModel(plan, threads=3)
    while model.day < 0:  # until there are people for all threads
        model.step()
    engine = model.engine
    assert isinstance(engine, CompiledEngine)
    call = engine._call

    def interrupted(loop: Any, *given: Any) -> Any:
        if loop is together.first_half and given[4] == who:
            raise KeyboardInterrupt
        return call(loop, *given)

    monkeypatch.setattr(engine, "_call", interrupted)
    with pytest.raises(KeyboardInterrupt):
        model.step()


@pytest.mark.parametrize("way", ["closed", "forgotten"])
def test_threads_end_with_the_team(way: str) -> None:
    begun = threads_of(team := Team(4))
    assert begun() == 0, "threads begin when they are needed"
    team.work([int] * 4)
    assert begun() == 3
    if way == "closed":
        team.close()
    else:
        del team
        gc.collect()
    assert settles(lambda: begun() == 0)


def test_a_run_that_is_forgotten_ends_its_threads() -> None:
    model = TrustModel(eventful("central_mediterranean", "none", migrants=1_500, days=3), threads=3)
    assert isinstance(model.engine, CompiledEngine)
    assert model.engine._team is not None
    begun = threads_of(model.engine._team)
    model.run()
    assert begun() == 2
    del model
    gc.collect()
    assert settles(lambda: begun() == 0)


def test_a_run_may_have_other_threads_from_day_to_day() -> None:
    plan = eventful("central_mediterranean", "everything", migrants=3_000, days=20, burn_in=10)
    alone, shared = TrustModel(plan).run(), TrustModel(plan)
    while shared.day < plan.days:
        shared.share_among(1 + shared.day % 4)
        shared.step()
    assert shared.state_hash() == alone.state_hash()
    assert shared.record.totals() == alone.record.totals()


def test_a_run_with_threads_can_be_taken_apart_and_put_together() -> None:
    plan = eventful("central_mediterranean", "everything", migrants=3_000, days=20, burn_in=10)
    shared = TrustModel(plan, threads=2)
    while shared.day < 5:
        shared.step()
    again = pickle.loads(pickle.dumps(shared))
    assert again.engine.threads == 2
    assert again.run().state_hash() == shared.run().state_hash()


@given(
    st.integers(1, 9),
    st.lists(st.tuples(st.integers(0, 40_000), st.integers(0, 2**40)), min_size=1, max_size=60),
)
def test_everybody_is_in_one_block_whoever_waited(
    threads: int, days: list[tuple[int, int]]
) -> None:
    blocks = Blocks.empty(threads, 3)
    for people, waited in days:
        size = blocks.divide(people)
        edges = blocks.people[: size + 1]
        assert 1 <= size <= threads
        assert (edges[0], edges[-1]) == (0, people)
        assert (np.diff(edges) >= 0).all()
        assert size == 1 or (np.diff(edges) > 0).all()
        blocks.board[WAITED + LINE * (waited % threads)] = waited
