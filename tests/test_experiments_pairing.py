"""Runs in threads: order, stopping, failing."""

import threading
import time

import pytest

from experiments.pairing import Counter, Stopped, available_cores, replicate


def _go(simulate, scenarios=2, replicates=6, threads=3, **more):
    counter = more.pop("counter", Counter(None, None))
    return replicate(simulate, scenarios, replicates, threads=threads, counter=counter, **more)


@pytest.mark.parametrize("threads", [1, 2, 7])
def test_results_stand_in_order_whoever_ends_first(threads):
    def simulate(scenario, number):
        time.sleep(0.002 * ((number * 3 + scenario) % 4))
        return (scenario, number)

    done = _go(simulate, threads=threads)
    assert done == [((0, r), (1, r)) for r in range(6)]


def test_every_thread_is_used():
    together = threading.Barrier(2, timeout=5)
    _go(lambda scenario, number: together.wait(), replicates=1, threads=2)


@pytest.mark.parametrize("threads", [1, 4])
def test_it_stops_when_enough_whatever_runs_ahead(threads):
    seen = []

    def enough(done):
        seen.append(len(done))
        return len(done) == 3

    done = _go(lambda s, r: r, replicates=1000, threads=threads, enough=enough)
    assert [run[0] for run in done] == [0, 1, 2]
    assert seen == [1, 2, 3]


def test_it_never_holds_many_replicates_ahead():
    started = []

    def simulate(scenario, number):
        started.append(number)
        return number

    _go(simulate, replicates=500, threads=2, enough=lambda done: len(done) == 5)
    assert max(started) < 12


def test_a_failing_run_ends_the_others():
    counter = Counter(None, None)
    ended = threading.Event()

    def simulate(scenario, number):
        if (scenario, number) == (0, 0):
            raise ValueError("no")
        try:
            while True:
                counter.tick()
                time.sleep(0.001)
        except Stopped:
            ended.set()
            raise

    with pytest.raises(ValueError, match="no"):
        _go(simulate, counter=counter, threads=2)
    assert ended.is_set()


def test_days_are_counted_over_all_threads():
    heard = []
    counter = Counter(lambda done, total: heard.append((done, total)), 60)

    def simulate(scenario, number):
        for _ in range(5):
            counter.tick()

    _go(simulate, counter=counter)
    assert heard == [(n, 60) for n in range(1, 61)]


def test_there_is_a_core():
    assert available_cores() >= 1
