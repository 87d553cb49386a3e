"""Sweeps that are stopped, fail in part or meet trouble: nothing is lost, nothing is run twice."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from sweep_designs import SCENARIO, comparable, plain, written
from typer.testing import CliRunner

import sim.compiling
from experiments.cli import app
from experiments.quantities import Asked
from experiments.sweep import Progress, Store, making, sweep
from experiments.sweep.family import Lived, live_family
from experiments.sweep.job import Job
from sim.model import TrustModel


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """The undisturbed sweep."""
    return sweep(plain(), out=tmp_path_factory.mktemp("whole") / "s", workers=0).to_frame()


def same(store: Store, whole: pd.DataFrame) -> bool:
    return comparable(store.frame()).equals(comparable(whole))


class Counting:
    """Lives families, counts them, and raises at one of them if told to."""

    def __init__(self, stop_at: int | None = None, error: type[BaseException] = KeyboardInterrupt):
        self.calls: list[int] = []
        self.stop_at, self.error = stop_at, error

    def __call__(self, job: Job, family: int) -> dict[int, Lived]:
        if len(self.calls) == self.stop_at:
            raise self.error
        self.calls.append(family)
        return live_family(job, family)


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError, SystemExit])
def test_what_is_done_is_not_done_again(
    tmp_path: Path, whole: pd.DataFrame, error: type[BaseException]
) -> None:
    first = Counting(4, error)  # the first of them is timed, and counts for nothing
    with pytest.raises(error):
        sweep(plain(), out=tmp_path / "s", workers=0, live=first)
    store = Store(tmp_path / "s")
    assert len(store.done()) == 3
    assert store.frame()["run"].tolist() == [0, 1, 2, 3, 4, 6]
    second, steps = Counting(), list[Progress]()
    found = sweep(plain(), out=store.folder, workers=0, live=second, progress=steps.append)
    assert second.calls == [3, 4, 5]
    assert [one.done for one in steps] == [6, 8, 10, 12]
    assert same(found.store, whole)
    third = Counting()
    for source in (store.folder, plain()):
        sweep(source, out=store.folder, workers=0, live=third)
    assert third.calls == []


def test_a_store_is_gone_on_with_by_its_directory_alone(
    tmp_path: Path, whole: pd.DataFrame
) -> None:
    sweep(written(tmp_path), out=tmp_path / "s", workers=0, shard=(1, 2))
    (tmp_path / "tiny.yaml").unlink()
    moved = (tmp_path / "s").rename(tmp_path / "moved")
    assert same(sweep(moved, workers=0).store, whole)


def test_shards_are_parts_of_the_whole(tmp_path: Path, whole: pd.DataFrame) -> None:
    seen: list[int] = []
    for part in (2, 1, 3):
        live = Counting()
        sweep(plain(), out=tmp_path / "s", workers=0, shard=(part, 3), live=live)
        seen += live.calls[1:] if part == 2 else live.calls  # the first makes the store, and times
        if part == 1:
            assert Store(tmp_path / "s").missing() == [2, 5]
    assert sorted(seen) == [0, 1, 2, 3, 4, 5]
    assert same(Store(tmp_path / "s"), whole)


@pytest.mark.parametrize("begun", [False, True])
def test_two_may_work_on_one_store_at_once(
    tmp_path: Path, whole: pd.DataFrame, begun: bool
) -> None:
    if begun:
        sweep(plain(), out=tmp_path / "s", workers=0, shard=(1, 6))
    faults: list[BaseException] = []

    def work() -> None:
        try:
            sweep(plain(), out=tmp_path / "s", workers=0)
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert same(Store(tmp_path / "s"), whole)
    assert [p.name for p in tmp_path.iterdir()] == ["s"]
    assert not list((tmp_path / "s" / "runs").glob(".*"))


def fail_where(monkeypatch: pytest.MonkeyPatch, fails: Callable[[TrustModel], bool]) -> None:
    answer = Asked.values

    def values(self: Asked, model: TrustModel) -> dict[str, float]:
        if fails(model):
            raise ValueError("a number that\ncannot be")
        return answer(self, model)

    monkeypatch.setattr(Asked, "values", values)


def test_a_failing_run_is_a_row_with_its_error(
    tmp_path: Path, whole: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Although levers share days, only the lever that fails is lost."""
    cost = whole["cost_weight"].iloc[-1]
    with monkeypatch.context() as patch:
        fail_where(patch, lambda model: model.plan.interventions[0].compliance == 1  # type: ignore[attr-defined]
                   and model.plan.parameters["cost_weight"] == cost)  # fmt: skip
        found = sweep(plain(), out=tmp_path / "s", workers=0)
        again = sweep(plain(), out=tmp_path / "s", workers=0)
    frame = found.to_frame()
    failed = frame["error"] != ""
    assert found.failed == again.failed == failed.sum() == 2
    assert frame.loc[failed, "run"].tolist() == [10, 11]
    assert set(frame.loc[failed, "error"]) == {"ValueError: a number that cannot be"}
    outcomes = ["unaware", "not_worth", "afraid", "present", "danger"]
    assert frame.loc[failed, outcomes].isna().all(axis=None)
    assert comparable(frame[~failed]).equals(comparable(whole[~failed]))
    assert set(found.store.daily()["run"]) == set(range(10))

    live, steps = Counting(), list[Progress]()
    mended = sweep(plain(), out=tmp_path / "s", workers=0, again=True, live=live,
                   progress=steps.append)  # fmt: skip
    assert live.calls == [4, 5]
    assert [(one.done, one.failed) for one in steps] == [(8, 0), (10, 0), (12, 0)]
    assert same(mended.store, whole)


def test_once_more_loses_nothing_if_it_is_stopped(
    tmp_path: Path, whole: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        fail_where(patch, lambda model: model.plan.interventions[0].compliance == 1)  # type: ignore[attr-defined]
        sweep(plain(), out=tmp_path / "s", workers=0)
    with pytest.raises(KeyboardInterrupt):
        sweep(plain(), out=tmp_path / "s", workers=0, again=True, live=Counting(2))
    store = Store(tmp_path / "s")
    assert len(store.frame()) == 12
    assert store.failed() == [2, 3, 4, 5]
    assert same(sweep(store.folder, workers=0, again=True).store, whole)


CHANGES = {
    "seed": ({"seed": 4}, "seed was 3 and is now 4"),
    "points": ({"sampler": {"method": "lhs", "points": 4}}, "sampler.points was 3 and is now 4"),
    "range": (
        {"uncertainties": {"cost_weight": {"low": 0, "high": 2, "scale": "linear"}}},
        "uncertainties.cost_weight.high was 4.0 and is now 2.0",
    ),
    "lever": (
        {"levers": [{"intervention": "wall", "field": "start", "values": [3]}]},
        "levers.wall.start[0] was 2 and is now 3",
    ),
    "outcome": ({"outcomes": plain()["outcomes"][:4]}, "outcomes.danger was"),
    "constant": ({"constants": {"migrants": 9, "days": 12}}, "migrants was 150 and is now 9"),
    "scenario": (
        {"scenario": {**SCENARIO, "parameters": {"length_weight": 0.7}}},
        "parameters.length_weight was 0.3 and is now 0.7",
    ),
    "acts": (
        {"scenario": {"extends": "agadez_breach_firewall", "burn_in": 20}}, "scenario.",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("begun")
    sweep(written(folder), out=folder / "s", workers=0, shard=(1, 6))
    return folder


@pytest.mark.parametrize("name", CHANGES)
def test_another_design_is_noticed_and_named(begun: Path, tmp_path: Path, name: str) -> None:
    changes, expected = CHANGES[name]
    file = written(tmp_path, **changes)
    result = CliRunner().invoke(app, ["sweep", str(file), "--out", str(begun / "s")])
    assert result.exit_code == 2
    words = " ".join(result.stderr.split())
    assert "holds another sweep: " in words
    assert expected in words
    assert len(Store(begun / "s").done()) == 1


def test_changed_code_and_data_are_noticed_and_named(
    begun: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = ["sweep", str(begun / "s"), "--workers", "0"]
    with monkeypatch.context() as patch:
        patch.setattr(sim.compiling, "code_hash", lambda: "0123456789abcdef")
        result = CliRunner().invoke(app, given)
        assert result.exit_code == 2
        assert "was made with other code of the model (then " in result.stderr
        assert "now 0123456789abcdef); 1 of its 6 batches are done" in result.stderr
    with monkeypatch.context() as patch:
        patch.setattr(making, "counting_code", lambda: "other")
        result = CliRunner().invoke(app, given)
        assert (result.exit_code, "counting was " in result.stderr) == (2, True)
    with monkeypatch.context() as patch:  # as another version of SALib or SciPy might do
        whole = making._description
        patch.setattr(making, "_description", lambda job: {**whole(job), "points": "other"})
        result = CliRunner().invoke(app, given)
        assert (result.exit_code, "points was " in result.stderr) == (2, True)


def test_a_store_that_takes_the_place_of_another_is_not_mistaken_for_it(
    tmp_path: Path, whole: pd.DataFrame
) -> None:
    """Within one process, which remembers the stores that it has opened."""
    sweep(plain(seed=9), out=tmp_path / "s", workers=0)
    (tmp_path / "s").rename(tmp_path / "old")
    assert same(sweep(plain(), out=tmp_path / "s", workers=0).store, whole)


def test_parts_that_were_taken_away_are_lived_again(tmp_path: Path, whole: pd.DataFrame) -> None:
    store = sweep(plain(), out=tmp_path / "s", workers=0).store
    days = store.daily()
    store.part(2, "days").unlink()
    store.part(4).unlink()
    assert store.missing() == [2, 4]
    again = Counting()
    found = sweep(store.folder, workers=0, live=again)
    assert again.calls == [2, 4]
    shutil.rmtree(store.folder / "days")
    assert len(store.missing()) == store.batches
    assert same(sweep(store.folder, workers=0).store, whole)
    assert found.store.daily().equals(days)


@pytest.mark.parametrize(("name", "text", "said"), [
    ("runs/batch-000000.parquet", "PAR1", "is damaged and cannot be read. Delete it"),
    ("described.json", "{", "is missing or damaged"),
    ("manifest.json", '{"waytrust": "1", "kind": "sweep"}', "does not say 'batch_families'"),
])  # fmt: skip
def test_a_damaged_store_is_told_in_a_sentence(
    begun: Path, tmp_path: Path, name: str, text: str, said: str
) -> None:
    shutil.copytree(begun / "s", tmp_path / "s")
    (tmp_path / "s" / name).write_text(text, encoding="utf-8")
    result = CliRunner().invoke(app, ["sweep", str(tmp_path / "s"), "--workers", "0"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert name in result.stderr
    assert said in result.stderr


def test_a_scheduler_that_is_not_there_leaves_no_store_behind(tmp_path: Path) -> None:
    given = ["sweep", str(written(tmp_path)), "--out", str(tmp_path / "s"), "--scheduler", "here"]
    result = CliRunner().invoke(app, given)
    assert result.exit_code == 2
    assert "is not the address of a Dask scheduler" in result.stderr
    assert not (tmp_path / "s").exists()
