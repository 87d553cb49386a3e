"""Killed at any moment - client, worker or scheduler - a sweep loses nothing and doubles nothing.

WAYTRUST_KILLS sets how many kills there are (6 unless it says otherwise).
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterator
from multiprocessing.process import BaseProcess
from pathlib import Path

import pandas as pd
import pytest
from sweep_designs import comparable
from sweep_ready import LOST, MANY, Crew, at_work, crew, start_client, wait_until

from experiments.sweep import Store, sweep
from experiments.sweep.family import Lived, live_family
from experiments.sweep.job import Job

KILLS = int(os.environ.get("WAYTRUST_KILLS", "6"))
SEED = int(os.environ.get("WAYTRUST_KILLS_SEED", "1"))
CULPRIT = 5


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """The undisturbed sweep."""
    return sweep(MANY, out=tmp_path_factory.mktemp("whole") / "s", workers=0).to_frame()


@pytest.fixture
def staff(tmp_path: Path) -> Iterator[Crew]:
    with crew(tmp_path) as made:
        yield made


def check(folder: Path, whole: pd.DataFrame) -> None:
    """Every part is whole, every run is there once, and equal to the undisturbed one."""
    parts = [pd.read_parquet(part) for part in sorted((folder / "runs").glob("*.parquet"))]
    found = pd.concat(parts).sort_values("run", ignore_index=True)
    assert found["key"].is_unique
    assert comparable(found).equals(comparable(whole))
    days = pd.concat(pd.read_parquet(part) for part in (folder / "days").glob("*.parquet"))
    assert not days.duplicated(["run", "day"]).any()
    assert len(days) == len(whole) * 8


def parts(folder: Path) -> int:
    return len(list((folder / "runs").glob("*.parquet")))


def wait_for_a_part(folder: Path, client: BaseProcess) -> None:
    """Since most of all moments before are those of connecting and timing."""
    before = parts(folder)
    wait_until(lambda: parts(folder) > before or client.exitcode is not None)


def test_killed_alone_at_any_moment(tmp_path: Path, whole: pd.DataFrame) -> None:
    dice = random.Random(SEED)
    kills = finished = 0
    while kills < KILLS:
        folder = tmp_path / str(finished)
        process = start_client(folder, None)
        if kills % 4:  # otherwise while it makes the store, or finds its way into it
            wait_for_a_part(folder, process)
        process.join(dice.uniform(0, 0.4))
        if process.exitcode is None:
            process.kill()
            process.join()
            kills += 1
        if process.exitcode == 0:
            check(folder, whole)
            finished += 1
    process = start_client(folder := tmp_path / str(finished), None)
    process.join()
    assert process.exitcode == 0, Path(f"{folder}.stderr").read_text("utf-8")
    check(folder, whole)


class Killer:
    """Kills one of them at a random moment of a sweep, and sees to it that the sweep goes on."""

    def __init__(self, staff: Crew, folder: Path, seed: int) -> None:
        self.staff, self.folder = staff, folder
        self.dice = random.Random(seed)
        self.client: BaseProcess | None = None
        self.killed: list[str] = []
        self.finished = 0

    @property
    def store(self) -> Path:
        return self.folder / f"store{self.finished}"

    def strike(self, whom: str) -> None:
        client = self._working()
        wait_for_a_part(self.store, client)
        if whom == "scheduler":  # one that it has not found yet has not gone away
            wait_until(lambda: at_work(self.store).exists() or client.exitcode is not None)
        client.join(self.dice.uniform(0, 0.3))
        if whom == "client":
            client.kill()
            client.join()
        elif whom == "worker":
            self.staff.replace_worker(self.dice.randrange(2))
        else:
            self.staff.replace_scheduler()
            client.join(60)
            assert client.exitcode in (LOST, 0), Path(f"{self.store}.stderr").read_text("utf-8")
        self.killed.append(whom)

    def finish(self, whole: pd.DataFrame) -> None:
        client = self._working()
        client.join(120)
        if client.exitcode == LOST:  # it was struck between two calls
            client = self._working()
            client.join(120)
        assert client.exitcode == 0
        check(self.store, whole)

    def _working(self) -> BaseProcess:
        """A client that is at work on a store that is not complete."""
        if self.client is not None and self.client.exitcode == 0:
            self.finished += 1
        if self.client is None or not self.client.is_alive():
            self.client = start_client(self.store, self.staff.address)
        return self.client


def test_killed_at_any_moment_on_a_cluster(
    tmp_path: Path, staff: Crew, whole: pd.DataFrame
) -> None:
    killer = Killer(staff, tmp_path, SEED)
    whom = ["worker", "client", "scheduler"]
    for number in range(KILLS):
        killer.strike(whom[number % 3])
        if killer.client is not None and killer.client.exitcode == 0:
            check(killer.store, whole)
    killer.finish(whole)
    assert len(killer.killed) == KILLS


def kill_at_the_culprit(job: Job, family: int) -> dict[int, Lived]:
    """A family that no process survives, but for the client that times the first."""
    if family == CULPRIT:
        os.kill(os.getpid(), signal.SIGKILL)
    return live_family(job, family)


def test_a_run_that_kills_its_workers_is_lost_alone(
    tmp_path: Path, staff: Crew, whole: pd.DataFrame
) -> None:
    client = start_client(tmp_path / "s", staff.address, kill_at_the_culprit)
    while client.exitcode is None:
        for number, worker in enumerate(staff.workers):
            if not worker.is_alive():
                staff.replace_worker(number)
        client.join(0.05)
    assert client.exitcode == 0
    frame = Store(tmp_path / "s").frame()
    failed = frame["error"] != ""
    job = Job(Store(tmp_path / "s").design)
    assert frame.loc[failed, "run"].tolist() == [job.number(CULPRIT, k) for k in range(2)]
    assert set(frame.loc[failed, "error"]) == {"every worker that tried this run was killed"}
    assert comparable(frame[~failed]).equals(comparable(whole[~failed]))
    mended = sweep(tmp_path / "s", workers=0, again=True)
    assert comparable(mended.to_frame()).equals(comparable(whole))


def test_drafts_of_the_dead_are_swept_up_but_not_those_of_the_living(tmp_path: Path) -> None:
    store = sweep(MANY, out=tmp_path / "s", workers=0, shard=(1, 40)).store
    old, new = (store.folder / "runs" / f".batch-00000{n}.aa.partial" for n in (1, 2))
    for draft in (old, new):
        draft.write_bytes(b"half")
    half_made = tmp_path / ".s.partial-ab"
    (half_made / "runs").mkdir(parents=True)
    long_ago = time.time() - 3_600
    for draft in (old, half_made):
        os.utime(draft, (long_ago, long_ago))
    assert len(pd.read_parquet(store.folder / "runs")) == 2
    sweep(store.folder, workers=0, shard=(1, 40))
    assert not old.exists()
    assert not half_made.exists()
    assert new.exists()
