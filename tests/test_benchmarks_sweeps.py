"""The benchmarks of sweeps measure what they say: the same runs, counted right."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import queries, sweeps
from benchmarks.crowd import Crowds
from benchmarks.scale import SMALL
from benchmarks.sweep_design import design_of, instant
from experiments.sweep import sweep
from experiments.sweep.family import live_family
from experiments.sweep.job import Job


def silent(_: str) -> None:
    """Progress that nobody listens to."""


def test_the_design_has_the_runs_that_are_asked_for() -> None:
    assert Job(design_of(2_000, 500, 200)).runs == 2_000


def test_runs_that_take_no_time_are_all_there(tmp_path: Path) -> None:
    found = sweep(design_of(200, 30, 2), out=tmp_path / "out", workers=0, live=instant)
    assert (found.done, found.failed, found.run_s) == (200, 0, 0.0)
    assert found.to_frame()["run"].tolist() == list(range(200))


def test_mesa_is_given_the_runs_that_the_sweep_lives() -> None:
    from benchmarks.batch_run import SweptModel

    runs, migrants, days = 10, 40, 3
    job = Job(design_of(runs, migrants, days))
    swept = live_family(job, 4)
    for lever in range(2):
        model = SweptModel(f"{runs}x{migrants}x{days}", point=0, lever=lever, replicate=4)
        while model.running:
            model.step()
        daily = model.datacollector.get_model_vars_dataframe()
        asked, in_need = daily["asked"].sum(), daily["in_need"].sum()
        assert in_need > 0
        assert swept[lever].values["asking"] == pytest.approx(asked / in_need)


def test_questions_to_a_store_have_one_answer(tmp_path: Path) -> None:
    queries._write(tmp_path, 0, 8)
    by_duckdb = queries._duckdb_all(tmp_path)
    by_polars = queries._polars(tmp_path).sort("lever", "day").rows()  # type: ignore[attr-defined]
    assert len(by_duckdb) == 4 * queries.DAYS  # type: ignore[arg-type]
    for one, other in zip(by_duckdb, by_polars, strict=True):  # type: ignore[call-overload]
        assert one == pytest.approx(other)


def test_a_store_is_made_and_asked() -> None:
    found = queries.measure(SMALL, Crowds(1), silent)
    assert found["runs"] == SMALL.stored_runs
    ((_, (_, rows)),) = queries.tables(found).values()
    assert len(rows) == 1 + len(queries.ASKED)


def test_tables_say_how_many_times_as_fast() -> None:
    client = {"runs": 20, "wall_s": 4.0, "run_s": 6.0, "efficiency": 0.75, "batches": 10,
              "first_s": 2.0, "whole_s": 5.0, "memory": [2**20] * 10}  # fmt: skip
    both = {"sweep": {"runs": 20, "wall_s": 2.0}, "batch_run": {"runs": 20, "wall_s": 10.0}}
    found = {"migrants": 30, "days": 2, "whole": client, "short": client, "killed_at": 5,
             "continued": client, "again": client, "instant": client,
             "beside": {"compiled": both}}  # fmt: skip
    _, (_, rows) = sweeps.tables(found)["sweeps-mesa"]
    assert rows == [["batch_run with the compiled engine, 20 runs", "10.0 a second",
                     "2.00 a second", "5.00 x"]]  # fmt: skip
    _, (_, rows) = sweeps.tables(found)["sweeps"]
    assert ["Run time over workers' time", "0.750"] in rows
    assert ["Shorter runs (300 ms, 20 of them): the same", "0.750"] in rows
