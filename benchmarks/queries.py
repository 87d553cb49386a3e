"""Questions to a store of many runs with daily values, asked with DuckDB and with Polars."""

from __future__ import annotations

import functools
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.crowd import Crowds
from benchmarks.part import Found, Part, Tables
from benchmarks.scale import Say, Scale
from benchmarks.tables import in_seconds
from benchmarks.timing import seconds

__all__ = ["PART", "measure", "tables"]

DAYS = 365
MEASURES = 10
BATCH = 500


def measure(scale: Scale, crowds: Crowds, say: Say) -> dict[str, Any]:  # noqa: ARG001
    """Write a store's parts with made-up counts, and ask."""
    runs = scale.stored_runs
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        say(f"parts of {runs:,} runs x {DAYS} days x {MEASURES} measures")
        started = time.perf_counter()
        for batch in range(-(-runs // BATCH)):
            _write(folder, batch, min(BATCH, runs - batch * BATCH))
        wrote_s = time.perf_counter() - started
        size = sum(path.stat().st_size for path in folder.rglob("*.parquet"))
        say("questions")
        asked = {name: seconds(functools.partial(ask, folder))[0] for name, ask in ASKED.items()}
    return {"runs": runs, "bytes": size, "wrote_s": wrote_s, "asked": asked}


def _write(folder: Path, batch: int, runs: int) -> None:
    """Parts as a sweep writes them; counts are drawn, with the spread that real ones have."""
    luck = np.random.default_rng(batch)
    number = np.arange(batch * BATCH, batch * BATCH + runs)
    daily: dict[str, Any] = {
        "run": np.repeat(number, DAYS),
        "day": np.tile(np.arange(DAYS, dtype=np.int32), runs),
    }
    for k in range(MEASURES):
        daily[f"m{k}"] = luck.poisson(3.0 * (k + 1), runs * DAYS).astype(np.float64)
    tables = {
        "days": pd.DataFrame(daily),
        "runs": pd.DataFrame({"run": number, "lever": number % 4,
                              "level": luck.random(runs), "error": ""}),
    }  # fmt: skip
    for name, table in tables.items():
        (folder / name).mkdir(exist_ok=True)
        table.to_parquet(folder / name / f"batch-{batch:06d}.parquet", compression="zstd",
                         index=False)


def _duckdb(folder: Path) -> object:
    """Median and 5 to 95 % over runs of one measure, by lever and week."""
    import duckdb

    return duckdb.execute(
        f"""select lever, day // 7 as week, quantile_cont(m3, [0.05, 0.5, 0.95])
        from '{folder}/days/*.parquet' join '{folder}/runs/*.parquet' using (run)
        group by all order by all"""
    ).fetchall()


def _duckdb_all(folder: Path) -> object:
    """Means of all measures by lever and day."""
    import duckdb

    means = ", ".join(f"avg(m{k})" for k in range(MEASURES))
    return duckdb.execute(
        f"""select lever, day, {means}
        from '{folder}/days/*.parquet' join '{folder}/runs/*.parquet' using (run)
        group by all order by all"""
    ).fetchall()


def _polars(folder: Path) -> object:
    """The same means with Polars."""
    import polars as pl

    days = pl.scan_parquet(folder / "days" / "*.parquet")
    runs = pl.scan_parquet(folder / "runs" / "*.parquet").select("run", "lever")
    means = [pl.col(f"m{k}").mean() for k in range(MEASURES)]
    return days.join(runs, on="run").group_by("lever", "day").agg(means).collect()


ASKED: dict[str, Callable[[Path], object]] = {
    "DuckDB: median and 5 to 95 % of one measure, by lever and week": _duckdb,
    "DuckDB: means of all ten, by lever and day": _duckdb_all,
    "Polars: the same means": _polars,
}


def tables(found: Found) -> Tables:
    """Seconds per question."""
    million = found["runs"] * DAYS / 1e6
    what = f"{found['runs']:,} runs x {DAYS} days x {MEASURES} measures: {million:.1f} million rows"
    rows = [[f"Written, {found['bytes'] / 2**20:,.0f} MiB", in_seconds(found["wrote_s"])]]
    rows += [[words, in_seconds(took)] for words, took in found["asked"].items()]
    return {"queries": ("Questions to a store", ([what, "Time"], rows))}


PART = Part("queries", "questions to a store of 50,000 runs with daily values", measure, tables)
