"""Sweeps on a Dask cluster of separate processes, on one of their own, and on none."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import cloudpickle
import distributed
import pandas as pd
import psutil
import pytest
from sweep_designs import comparable, plain, written
from sweep_ready import Command, crew, free_port, wait_until
from typer.testing import CliRunner

import sim.compiling
from experiments.cli import app
from experiments.sweep import Store, pools, sweep, working
from sim.problems import InputProblem

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
LONG = {"sampler": {"method": "lhs", "points": 400}}


def start(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", *words], env=ENVIRONMENT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """The sweep without a cluster."""
    return sweep(plain(), out=tmp_path_factory.mktemp("whole") / "s", workers=0).to_frame()


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A scheduler and two workers, started as the documentation says, on loopback only."""
    place = str(tmp_path_factory.mktemp("dask"))
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    here = ("--host", "127.0.0.1")
    processes = [
        start("dask", "scheduler", "--port", str(port), "--dashboard-address", "127.0.0.1:0",
              *here),
        start("dask", "worker", address, "--nworkers", "2", "--nthreads", "1", "--no-dashboard",
              "--local-directory", place, *here),
    ]  # fmt: skip
    try:
        with distributed.Client(address, timeout=60) as client:
            client.wait_for_workers(2, timeout=60)
        yield address
    finally:
        for process in reversed(processes):
            process.terminate()
            process.communicate()


def _loaded() -> tuple[int, int]:
    """Functions of the model that this process took from the cache, and that it compiled."""
    from numba.core.dispatcher import Dispatcher

    ours = [
        each for each in gc.get_objects()
        if isinstance(each, Dispatcher) and each.py_func.__module__.startswith("sim.")
    ]  # fmt: skip
    return (sum(sum(each.stats.cache_hits.values()) for each in ours),
            sum(sum(each.stats.cache_misses.values()) for each in ours))


def _tasks(dask_worker: distributed.Worker) -> int:
    """Batches that a worker has lived, as its log says."""
    return len({entry[0] for entry in dask_worker.state.log
                if str(entry[0]).startswith("work-") and "memory" in entry})


def test_a_scheduler_and_workers_elsewhere_give_the_same(
    scheduler: str, tmp_path: Path, whole: pd.DataFrame
) -> None:
    given = ["sweep", str(written(tmp_path)), "--out", str(tmp_path / "s")]
    result = CliRunner().invoke(app, [*given, "--scheduler", scheduler])
    assert result.exit_code == 0, result.output
    assert "12 runs on 2 Dask workers (watch them at http://127.0.0.1:" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert comparable(Store(tmp_path / "s").frame()).equals(comparable(whole))
    cloudpickle.register_pickle_by_value(sys.modules[__name__])  # workers do not see the tests
    try:
        with distributed.Client(scheduler) as client:
            lived, loaded = client.run(_tasks), client.run(_loaded)
    finally:
        cloudpickle.unregister_pickle_by_value(sys.modules[__name__])
    assert sum(lived.values()) == 6
    assert min(lived.values()) > 0
    for hits, misses in loaded.values():
        assert hits > 50
        assert misses == 0


def test_workers_with_other_code_are_refused(
    scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = sim.compiling.code_hash()
    monkeypatch.setattr(sim.compiling, "code_hash", lambda: "0123456789abcdef")
    given = ["sweep", str(written(tmp_path)), "--out", str(tmp_path / "s")]
    result = CliRunner().invoke(app, [*given, "--scheduler", scheduler])
    assert result.exit_code == 2
    words = " ".join(result.stderr.split())
    assert f"with other code of the model ({real}). Install this Waytrust" in words


def test_one_thread_a_worker_and_at_least_one_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pools, "_PATIENCE_S", 1)
    for workers, expected in ((1, "with 2 threads, but a run takes a process"),
                              (0, "has no worker, and none came within 1 seconds")):
        with distributed.LocalCluster(
            n_workers=workers, threads_per_worker=2, processes=False, protocol="tcp://",
            host="127.0.0.1", dashboard_address="127.0.0.1:0",
        ) as cluster, pytest.raises(InputProblem, match=expected):  # fmt: skip
            sweep(plain(), out=tmp_path / "s", scheduler=cluster.scheduler_address)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:{port}", "nonsense", "sftp://a:1"])
def test_where_no_scheduler_answers_a_sentence_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(pools, "_PATIENCE_S", 1)
    address = address.format(port=free_port())
    given = ["sweep", str(written(tmp_path)), "--out", str(tmp_path / "s"), "--scheduler", address]
    result = CliRunner().invoke(app, given)
    assert result.exit_code == 2, result.output
    assert f"scheduler: '{address}' is not the address of a Dask scheduler" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_local_cluster_gives_the_same_in_silence(tmp_path: Path, whole: pd.DataFrame) -> None:
    given = ["sweep", str(written(tmp_path)), "--out", str(tmp_path / "s"), "--workers", "2"]
    process = start("experiments.cli", *given)
    out, words = process.communicate(timeout=120)
    assert process.returncode == 0, words
    assert "12 of 12 runs lie in" in " ".join(out.split())
    assert "12 runs on 2 Dask workers (watch them at http://127.0.0.1:" in words
    assert len(words.strip().splitlines()) == 1
    assert comparable(Store(tmp_path / "s").frame()).equals(comparable(whole))


def parts(folder: Path) -> int:
    return len(list((folder / "runs").glob("*.parquet")))


def test_workers_of_a_client_that_is_killed_end_by_themselves(tmp_path: Path) -> None:
    given = ["sweep", str(written(tmp_path, **LONG)), "--out", str(tmp_path / "s")]
    client = start("experiments.cli", *given, "--workers", "2")
    wait_until(lambda: parts(tmp_path / "s") > 0 or client.poll() is not None, 120)
    theirs = psutil.Process(client.pid).children(recursive=True)
    assert len(theirs) >= 2
    client.send_signal(signal.SIGKILL)
    client.communicate()
    _, alive = psutil.wait_procs(theirs, timeout=20)
    assert not [each for each in alive if each.status() != psutil.STATUS_ZOMBIE]


def test_ctrl_c_ends_at_once_and_keeps_what_is_done(tmp_path: Path) -> None:
    given = ["sweep", str(written(tmp_path, **LONG)), "--out", str(tmp_path / "s")]
    client = Command(tmp_path, *given, "--workers", "0")
    wait_until(lambda: parts(tmp_path / "s") > 1 or client.poll() is not None, 120)
    os.kill(client.pid, signal.SIGINT)
    code, out, words = client.ended(30)
    assert code != 0
    assert out == ""
    assert "Traceback" not in words
    found = Store(tmp_path / "s").frame()
    assert found["run"].is_unique
    assert 4 <= len(found) < 1600


def test_a_scheduler_that_goes_away_ends_in_a_sentence(tmp_path: Path) -> None:
    with crew(tmp_path) as staff:
        given = ["sweep", str(written(tmp_path, **LONG)), "--out", str(tmp_path / "s")]
        client = Command(tmp_path, *given, "--scheduler", staff.address)
        wait_until(lambda: parts(tmp_path / "s") > 1 or client.poll() is not None, 120)
        staff.scheduler.kill()
        code, out, words = client.ended(60)
    assert code == 1
    assert out == ""
    first, *others = words.strip().splitlines()
    assert first.startswith("1,600 runs on 2 Dask workers")
    assert others == [
        "The Dask scheduler went away, and its workers with it. Everything that was done is kept: "
        "the same command goes on, once a scheduler is there again."
    ]


def test_a_worker_looks_at_what_it_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have come later than the others, with other code, or without the directory."""
    gone = working.work(str(tmp_path / "nowhere"), None, False, 3)
    assert gone.problem == "the directory is gone, or is not to be seen from here"
    store = sweep(plain(), out=tmp_path / "s", workers=0, shard=(1, 6)).store
    working._open.cache_clear()
    monkeypatch.setattr(sim.compiling, "code_hash", lambda: "0123456789abcdef")
    with pytest.raises(InputProblem, match="other code of the model"):
        working.work(str(store.folder), None, False, 3)
