"""Long work is bounded, fair between sessions, told of honestly and cancelled at once."""

from __future__ import annotations

import threading
import time
import weakref
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from dashboards.app.crew import Crew
from dashboards.app.turns import Turns
from dashboards.workshop.bounds import BOUNDS, Bounds, Size
from dashboards.workshop.jobs import Job, Jobs
from scenarios import load
from sim.problems import InputProblem

PATIENCE = 30.0


def steps(job: Job[Any], number: int, seconds: float = 0.002) -> int:
    """Work of many small days."""
    job.progress(0, number)
    for done in range(1, number + 1):
        time.sleep(seconds)
        job.progress(done, number)
    return number


def test_work_is_done_and_told_of() -> None:
    job = Jobs(Turns()).start("a", lambda job: steps(job, 5))
    assert job.wait(PATIENCE)
    assert (job.state, job.result, job.share, job.time_left()) == ("done", 5, 1.0, None)


def test_it_is_cancelled_at_its_next_day() -> None:
    begun = threading.Event()

    def work(job: Job[int]) -> int:
        begun.set()
        return steps(job, 100_000)

    job = Jobs(Turns()).start("a", work)
    assert begun.wait(PATIENCE)
    asked = time.monotonic()
    job.cancel()
    assert job.wait(PATIENCE)
    assert job.state == "cancelled"
    assert time.monotonic() - asked < 1.0


def test_it_ends_where_nobody_is_connected_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboards.workshop.jobs.PATIENCE_S", 0.2)
    there = True
    job = Jobs(Turns()).start("a", lambda job: steps(job, 100_000), lambda: there)
    assert not job.wait(0.6)
    there = False
    assert job.wait(PATIENCE)
    assert job.state == "cancelled"


def test_a_connection_that_comes_back_in_time_ends_nothing() -> None:
    looks = iter([False, True] * 100_000)
    job = Jobs(Turns()).start("a", lambda job: steps(job, 20), lambda: next(looks))
    assert job.wait(PATIENCE)
    assert job.state == "done"


def test_what_waits_is_cancelled_too() -> None:
    jobs = Jobs(Turns(moment=60))
    first = jobs.start("a", lambda job: steps(job, 100_000))
    second = jobs.start("b", lambda job: steps(job, 5))
    second.cancel()
    assert second.wait(1.0)
    assert second.state == "cancelled"
    assert not first.finished
    first.cancel()
    assert first.wait(PATIENCE)


def test_a_session_that_is_closed_ends_its_work() -> None:
    jobs = Jobs(Turns())
    job = jobs.start("a", lambda job: steps(job, 100_000))
    jobs.close("a")
    assert job.wait(PATIENCE)
    assert job.state == "cancelled"
    assert jobs.of("a") is None


def test_a_session_has_one_piece_of_work_at_a_time() -> None:
    jobs = Jobs(Turns())
    job = jobs.start("a", lambda job: steps(job, 100_000))
    with pytest.raises(InputProblem, match="still running"):
        jobs.start("a", lambda job: steps(job, 1))
    job.cancel()
    again = jobs.start("a", lambda job: steps(job, 1))
    assert again.wait(PATIENCE)
    assert again.state == "done"


def test_long_work_does_not_keep_others_waiting() -> None:
    """One that asked first for a hundred times as much does not end before the others."""
    jobs = Jobs(Turns(moment=0.02))
    long = jobs.start("greedy", lambda job: steps(job, 5_000))
    others = [jobs.start(name, lambda job: steps(job, 50)) for name in "bcd"]
    assert all(each.wait(PATIENCE) for each in others)
    assert not long.finished
    assert (long.share or 0) > 0
    long.cancel()
    assert long.wait(PATIENCE)


def test_turns_go_round() -> None:
    turns = Turns(moment=0.01)
    lived: Counter[str] = Counter()
    over = threading.Event()

    def live(name: str) -> None:
        turns.enter(name)
        while not over.is_set():
            time.sleep(0.001)
            lived[name] += 1
            turns.tick(name)
        turns.leave(name)

    threads = [threading.Thread(target=live, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    time.sleep(1.0)
    over.set()
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()
    assert len(lived) == 3
    assert min(lived.values()) > max(lived.values()) / 4


def test_long_work_rests_for_sliders_and_gets_on_all_the_same() -> None:
    turns = Turns(moment=0.01, rest=0.2)
    jobs = Jobs(turns)
    job = jobs.start("a", lambda job: steps(job, 100_000))
    while not job.share:
        time.sleep(0.01)
    with turns.quick():
        time.sleep(0.1)
        before = job.share
        time.sleep(0.05)
        assert job.share == before
        time.sleep(0.6)
        assert (job.share or 0) > before
    job.cancel()
    assert job.wait(PATIENCE)


def test_a_fault_in_the_work_is_told_and_not_thrown() -> None:
    def work(job: Job[int]) -> int:
        raise ZeroDivisionError("by nothing")

    job = Jobs(Turns()).start("a", work)
    assert job.wait(PATIENCE)
    assert job.state == "failed"
    assert "by nothing" in job.problems[0].sentence()


def test_an_idle_crew_keeps_nothing_of_its_last_task() -> None:
    crew, done = Crew(1), threading.Event()

    class Held:
        def use(self) -> None:
            done.set()

    held = Held()
    seen = weakref.ref(held)
    crew.give(held.use)
    assert done.wait(5)
    del held
    deadline = time.monotonic() + 5
    while seen() is not None and time.monotonic() < deadline:
        time.sleep(0.01)
    assert seen() is None


def test_a_crew_is_bounded() -> None:
    crew, together, most, lock = Crew(2), 0, 0, threading.Lock()
    left = threading.Semaphore(0)

    def task() -> None:
        nonlocal together, most
        with lock:
            together += 1
            most = max(most, together)
        time.sleep(0.01)
        with lock:
            together -= 1
        left.release()

    for _ in range(10):
        crew.give(task)
    assert all(left.acquire(timeout=PATIENCE) for _ in range(10))
    assert most <= 2


@pytest.mark.parametrize(
    ("size", "told"),
    [
        (Size(migrants=1_000_000), "Give a whole number from 100 to 100,000"),
        (Size(days=5000), "from 1 to 1,095"),
        (Size(replicates=1), "from 2 to 100"),
        (Size(100_000, 1_000, 100), "replicates would fit"),
    ],
)
def test_what_is_too_much_is_refused_in_one_sentence(size: Size, told: str) -> None:
    plans = [load(name).plan() for name in ("central_mediterranean", "agadez_breach")]
    with pytest.raises(InputProblem, match=told):
        BOUNDS.check(size, plans)


def test_too_many_scenarios_are_refused_and_what_fits_is_not() -> None:
    plan = load("agadez_breach").plan()
    BOUNDS.check(Size(), [plan, plan])
    with pytest.raises(InputProblem, match="Choose 7 or fewer"):
        BOUNDS.check(Size(), [plan] * 8)
    with pytest.raises(InputProblem, match="Lower migrants or days"):
        replace(Bounds(), decomposed=10).check(Size(), [plan, plan], times=64)
