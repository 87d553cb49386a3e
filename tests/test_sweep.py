"""A sweep's rows are its runs, whoever lives them and together with whatever else."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import polars as pl
import pytest
from sweep_designs import comparable, plain, tiny, written
from typer.testing import CliRunner

from experiments.cli import app
from experiments.quantities import Asked
from experiments.sweep import Estimate, Progress, Store, making, sweep, sweeping
from experiments.sweep.job import Job
from experiments.sweep.telling import duration, estimate_words
from scenarios.designing import Design
from sim.model import TrustModel
from sim.parameters import Parameters


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A sweep with two levers, one of which decides when the other begins."""
    levers = [
        {"intervention": "wall", "field": "start", "values": [2, 5]},
        {"intervention": "wall", "field": "compliance", "values": ["0 %", "100 %"]},
    ]
    after = {"name": "after", "measure": "not_worth", "window": {"after": "wall.start"}}
    outcomes = [*plain()["outcomes"], after]
    out = tmp_path_factory.mktemp("sweep") / "store"
    return sweep(plain(levers=levers, outcomes=outcomes), out=out, workers=0).store


def alone(design: Design, row: pd.Series, given: dict[str, float]) -> dict[str, float]:
    """The outcomes of one run, lived by itself from what its row says."""
    plan = design.scenario.plan()
    names = [lever.field for lever in design.levers]
    values = {name: row[f"wall.{name}"] for name in names}
    changed = {name: int(v) if name == "start" else float(v) for name, v in values.items()}
    acts = tuple(act.model_copy(update=changed) for act in plan.interventions)
    parameters = Parameters({**plan.parameters, **given, "cost_weight": row["cost_weight"]})
    plan = replace(plan, seed=design.seed, interventions=acts, parameters=parameters)
    asked = Asked(plan, design.outcomes)
    run = TrustModel(
        asked.plan, replicate=int(row["replicate"]), cells=asked.cells, polls=asked.polls
    ).run()
    return asked.values(run)


def test_every_row_is_the_run_it_describes_lived_alone(store: Store) -> None:
    frame, design = store.frame(), store.design
    names = [outcome.name for outcome in design.outcomes]
    for _, row in frame.iterrows():
        assert row[names].to_dict() == alone(design, row, {}), row["run"]
    assert frame[names].nunique().min() > 1


def test_rows_are_in_order_and_every_combination_is_there_once(store: Store) -> None:
    frame = store.frame()
    assert len(frame) == store.runs == 3 * 4 * 2
    assert frame["run"].tolist() == list(range(24))
    assert frame["key"].is_unique
    assert not frame.duplicated(["point", "levers", "replicate"]).any()
    expected = frame["point"] * 8 + frame["levers"] * 2 + frame["replicate"]
    assert frame["run"].tolist() == expected.tolist()
    assert frame.groupby("point")["cost_weight"].nunique().tolist() == [1, 1, 1]
    assert frame.groupby("levers")[["wall.start", "wall.compliance"]].nunique().eq(1).all(axis=None)
    assert (frame["wall_s"] > 0).all()
    assert set(frame["error"]) == {""}


def test_levers_share_days_and_give_what_they_give_apart(store: Store, tmp_path: Path) -> None:
    for start in (2, 5):
        levers = [{"intervention": "wall", "field": "start", "values": [start]},
                  {"intervention": "wall", "field": "compliance", "values": ["100 %"]}]
        one = sweep(plain(levers=levers), out=tmp_path / str(start), workers=0).to_frame()
        frame = store.frame()
        same = frame[(frame["wall.start"] == start) & (frame["wall.compliance"] == 1)]
        shared = ["key", *(outcome["name"] for outcome in plain()["outcomes"])]
        assert one[shared].to_numpy().tolist() == same[shared].to_numpy().tolist()


def test_daily_values_add_up_to_those_of_the_run(store: Store) -> None:
    days, frame = store.daily(), store.frame()
    assert days.columns.tolist() == ["run", "day", "not_worth"]
    assert len(days) == 24 * 12
    assert days.groupby("run")["not_worth"].sum().tolist() == frame["not_worth"].tolist()
    assert days["day"].tolist() == list(range(12)) * 24


def test_keys_tell_runs_apart_by_what_decides_them_and_by_nothing_else() -> None:
    def keys(**changes: object) -> list[str]:
        job = Job(tiny(**changes))
        return [job.key(f, k) for f in range(job.families) for k in range(len(job.levers))]

    same = keys()
    assert same == keys(outcomes=[{"name": "other", "measure": "asked"}], title="Other words")
    assert same == keys(replicates=4)[:4] + keys(replicates=4)[8:12] + keys(replicates=4)[16:20]
    for changes in ({"seed": 4}, {"constants": {"migrants": 151, "days": 12}},
                    {"constants": {"migrants": 150, "days": 12, "length_weight": 0.4}},
                    {"scenario": {"extends": "niger_firewall", "burn_in": 21}}):  # fmt: skip
        assert not set(same) & set(keys(**changes)), changes


def test_keys_tell_levers_of_the_same_values_apart() -> None:
    def keys(field: str) -> set[str]:
        values = ["20 %", "90 %"]
        job = Job(tiny(levers=[{"intervention": "wall", "field": field, "values": values}]))
        return {job.key(f, k) for f in range(job.families) for k in range(len(job.levers))}

    assert not keys("compliance") & keys("strength")


def test_draws_of_a_posterior_are_used_for_what_the_design_leaves_alone(tmp_path: Path) -> None:
    draws = pd.DataFrame({"danger_weight": [1.0, 12.0], "cost_weight": [0.1, 0.2]})
    draws.to_parquet(tmp_path / "posterior.parquet")
    swept = sweep(plain(), out=tmp_path / "s", posterior=tmp_path, workers=0)
    design = swept.store.design
    for _, row in swept.to_frame().iterrows():
        given = {"danger_weight": [1.0, 12.0][int(row["replicate"])]}
        assert alone(design, row, given) == row[[o.name for o in design.outcomes]].to_dict()
    (tmp_path / "posterior.parquet").unlink()
    assert sweep(tmp_path / "s", workers=0).done == 12  # its own copy is enough


def test_any_program_reads_the_parts(store: Store) -> None:
    import duckdb  # where it is used: a module that keeps it makes noise at the end

    expected = store.frame()
    parts = store.folder / "runs" / "*.parquet"
    by_pandas = pd.read_parquet(store.folder / "runs").sort_values("run", ignore_index=True)
    by_polars = pl.read_parquet(parts).sort("run")
    with duckdb.connect() as connection:  # the one of duckdb.sql is never closed
        query = connection.sql(f"select * from '{parts}' order by run")
        by_duckdb, columns = query.fetchall(), query.columns
    assert by_pandas.equals(expected)
    for rows in (by_polars.rows(), by_duckdb):
        assert [tuple(row) for row in rows] == list(expected.itertuples(index=False, name=None))
    assert by_polars.columns == columns == expected.columns.tolist()


def test_some_columns_can_be_read_alone_and_none_where_nothing_is_done(
    store: Store, tmp_path: Path
) -> None:
    expected = store.frame()
    assert store.frame(["danger", "point"]).equals(expected[["danger", "point"]])
    assert store.daily(["not_worth"]).equals(store.daily()[["not_worth"]])
    empty = making.make(tmp_path / "s", Job(tiny()), 1)
    assert empty.frame().empty
    assert empty.frame(["point"]).columns.tolist() == ["point"]
    assert empty.missing() == list(range(6))


def test_a_sweep_says_what_it_will_do_and_how_far_it_is(tmp_path: Path) -> None:
    told: list[Estimate] = []
    steps: list[Progress] = []
    found = sweep(plain(), out=tmp_path / "s", workers=0, before=told.append,
                  progress=steps.append)  # fmt: skip
    (estimate,) = told
    assert (estimate.runs, estimate.missing, estimate.workers) == (12, 12, 1)
    assert estimate.run_s is not None
    assert estimate.wall_s == pytest.approx(12 * estimate.run_s)
    assert steps[0] == Progress(0, 0, 12)
    assert steps[-1] == Progress(12, 0, 12)
    assert [one.done for one in steps] == sorted(one.done for one in steps)
    assert 0 < found.efficiency <= 1
    assert found.to_dict() == {
        "runs": 12, "done": 12, "failed": 0, "store": str(tmp_path / "s"),
    }  # fmt: skip
    words = estimate_words(replace(estimate, run_s=0.25, wall_s=200.0))
    assert words == "12 runs in this process, about 0.2 s each: about 3 min."
    assert estimate_words(replace(estimate, missing=0)) == "All 12 runs are there already."
    assert estimate_words(replace(estimate, missing=2, run_s=None)) == (
        "10 of 12 runs are there already; 2 runs in this process are to come."
    )
    assert [duration(s) for s in (0.01, 8, 89, 3600, 8000, 400_000)] == [
        "0.1 s", "8.0 s", "89 s", "60 min", "2.2 hours", "4.6 days",
    ]  # fmt: skip


def test_the_command_makes_a_store_and_says_so(tmp_path: Path) -> None:
    file = written(tmp_path)
    given = ["sweep", str(file), "--workers", "0", "--out", str(tmp_path / "s")]
    first = CliRunner().invoke(app, given)
    assert first.exit_code == 0, first.output
    assert "12 of 12 runs lie in" in " ".join(first.stdout.split())
    assert "12 runs in this process, about" in first.stderr
    again = CliRunner().invoke(app, [*given, "--json"])
    assert json.loads(again.stdout) == {
        "runs": 12, "done": 12, "failed": 0, "store": str(tmp_path / "s"),
    }  # fmt: skip
    assert "All 12 runs are there already." in again.stderr
    expected = sweep(plain(), out=tmp_path / "t", workers=0).to_frame()
    assert comparable(Store(tmp_path / "s").frame()).drop(columns="batch").equals(
        comparable(expected).drop(columns="batch")
    )


WRONG = {
    "no_design": (["nowhere"], "there is no design or file 'nowhere'"),
    "shard_zero": (["{design}", "--shard", "0/3"], "shard: '0/3' is no part of a whole"),
    "shard_word": (["{design}", "--shard", "some"], "write i/n, such as 1/8 to 8/8"),
    "shard_more": (["{design}", "--shard", "4/3"], "'4/3' is no part"),
    "workers": (["{design}", "--workers", "-1"], "Give 0 to 1,024"),
    "both": (["{design}", "--workers", "2", "--scheduler", "tcp://a:1"], "cannot stand beside"),
    "posterior": (["{design}", "--posterior", "{empty}"], "holds no posterior.parquet"),
    "file": (["{design}", "--out", "{design}"], "is a file"),
    "taken": (["{design}", "--out", "{taken}"], "not an earlier result of `waytrust sweep`"),
    "under_file": (["{design}", "--out", "{design}/x"], "cannot be written (not a directory)"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_wrong_input_ends_in_one_sentence(name: str, tmp_path: Path) -> None:
    words, expected = WRONG[name]
    (tmp_path / "empty").mkdir()
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "thesis.txt").write_text("precious", encoding="utf-8")
    names = {"design": written(tmp_path), "empty": tmp_path / "empty", "taken": tmp_path / "taken"}
    result = CliRunner().invoke(app, ["sweep", *(word.format(**names) for word in words)])
    assert result.exit_code == 2
    assert expected.lower() in " ".join(result.stderr.split()).lower()
    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1
    left = {p.name for p in tmp_path.iterdir()}
    assert left == {"tiny.yaml", "empty", "taken"}


@pytest.mark.parametrize(("cores", "run_s", "expected"), [
    (2, 0.9, 0), (2, 1.1, 2), (16, 0.5, 0), (16, 0.6, 16), (1, 9.0, 0),
])  # fmt: skip
def test_workers_are_started_where_they_save_time(
    store: Store, monkeypatch: pytest.MonkeyPatch, cores: int, run_s: float, expected: int
) -> None:
    """Twelve runs of so many seconds, and six seconds until workers have started."""
    missing = list(range(store.batches))
    runs = sweeping._estimate(store, missing, run_s, 1, "").runs
    monkeypatch.setattr(sweeping, "available_cores", lambda: cores)
    assert sweeping._soonest(store, missing, run_s * 12 / runs) == expected
    assert sweeping._soonest(store, [], run_s) == 0
    assert sweeping._soonest(store, missing, None) == cores
