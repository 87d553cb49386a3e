"""Disks that are full or cannot be written: a sentence, and a store that can be gone on with."""

from __future__ import annotations

import errno
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from sweep_designs import comparable, plain, written
from typer.testing import CliRunner

from experiments.cli import app
from experiments.sweep import Store, sweep
from experiments.sweep import store as storing
from sim.problems import InputProblem

ROOT = Path(__file__).resolve().parents[1]
AS_ROOT = os.geteuid() == 0


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """The undisturbed sweep."""
    return sweep(plain(), out=tmp_path_factory.mktemp("whole") / "s", workers=0).to_frame()


def same(store: Store, whole: pd.DataFrame) -> bool:
    return comparable(store.frame()).equals(comparable(whole))


def test_a_full_disk_ends_in_a_sentence_and_a_store_to_go_on_with(
    tmp_path: Path, whole: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Store, path: Path, frame: pd.DataFrame) -> None:
        if path.parent.name == "runs" and len(self.done()) == 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        write(self, path, frame)

    write = storing.Store._write
    with monkeypatch.context() as patch:
        patch.setattr(storing.Store, "_write", full)
        with pytest.raises(InputProblem, match="the disk is full; all runs that are done are kept"):
            sweep(plain(), out=tmp_path / "s", workers=0)
    assert len(Store(tmp_path / "s").done()) == 3
    assert same(sweep(tmp_path / "s", workers=0).store, whole)


def limited(limit: int, *words: str) -> subprocess.CompletedProcess[str]:
    """The command, in a process that cannot write files above a size."""
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    return subprocess.run(
        [sys.executable, "-m", "experiments.cli", "sweep", *words], cwd=ROOT, check=False,
        capture_output=True, text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard)),
    )  # fmt: skip


def test_a_part_that_does_not_fit_leaves_nothing(tmp_path: Path, whole: pd.DataFrame) -> None:
    sweep(plain(), out=tmp_path / "s", workers=0, shard=(1, 6))
    result = limited(3_000, str(tmp_path / "s"), "--workers", "0")
    assert result.returncode == 2, result.stderr
    assert "cannot be written any more: the file would be too large" in result.stderr
    assert [p.name for p in (tmp_path / "s" / "runs").iterdir()] == ["batch-000000.parquet"]
    assert same(sweep(tmp_path / "s", workers=0).store, whole)


@pytest.mark.skipif(AS_ROOT, reason="root may write everywhere")
def test_a_directory_that_cannot_be_written_is_named(tmp_path: Path, whole: pd.DataFrame) -> None:
    sweep(plain(), out=tmp_path / "s", workers=0, shard=(1, 6))
    (tmp_path / "s" / "runs").chmod(0o555)
    result = CliRunner().invoke(app, ["sweep", str(tmp_path / "s"), "--workers", "0"])
    (tmp_path / "s" / "runs").chmod(0o755)
    assert (result.exit_code, "writing there is not allowed" in result.stderr) == (2, True)
    assert same(sweep(tmp_path / "s", workers=0).store, whole)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """A disk of its own, which is mounted anew with other options by each call."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=68k", "tmpfs", place],
                             check=False, capture_output=True)  # fmt: skip
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount a disk")

    def remount(options: str) -> Path:
        subprocess.run(["mount", "-o", f"remount,{options}", place], check=True)
        return place

    yield remount
    subprocess.run(["umount", place], check=True)


@pytest.mark.skipif(not AS_ROOT, reason="only root may mount a disk")
def test_a_disk_that_is_really_full(
    disk: Callable[[str], Path], tmp_path: Path, whole: pd.DataFrame
) -> None:
    store = disk("size=68k") / "s"
    given = ["sweep", str(written(tmp_path)), "--out", str(store), "--workers", "0"]
    result = CliRunner().invoke(app, given)
    assert result.exit_code == 2, result.output
    assert "cannot be written any more: the disk is full" in result.stderr
    done = Store(store).done()
    assert 0 < len(done) < 6
    assert len(pd.read_parquet(store / "runs")) == 2 * len(done)
    assert not list((store / "runs").glob(".*"))
    disk("size=4m")
    assert CliRunner().invoke(app, given).exit_code == 0
    assert same(Store(store), whole)


@pytest.mark.skipif(not AS_ROOT, reason="only root may mount a disk")
def test_a_disk_that_can_only_be_read(
    disk: Callable[[str], Path], tmp_path: Path, whole: pd.DataFrame
) -> None:
    store = disk("size=4m") / "s"
    sweep(plain(), out=store, workers=0, shard=(1, 6))
    disk("ro")
    result = CliRunner().invoke(app, ["sweep", str(store), "--workers", "0"])
    assert (result.exit_code, "the disk cannot be written to" in result.stderr) == (2, True)
    other = ["sweep", str(written(tmp_path)), "--out", str(store) + "2", "--workers", "0"]
    result = CliRunner().invoke(app, other)
    assert result.exit_code == 2
    assert "cannot be written (read-only file system)" in result.stderr
    disk("rw")
    assert same(sweep(store, workers=0).store, whole)
