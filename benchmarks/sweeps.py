"""Sweeps: how much of the workers' time goes to runs, going on after a kill, and beside Mesa."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.children import ROOT, answer_of
from benchmarks.crowd import Crowds
from benchmarks.part import Found, Part, Tables
from benchmarks.scale import Say, Scale
from benchmarks.tables import in_seconds, times

__all__ = ["PART", "measure", "tables"]

WORKERS = 2
INSTANT = 10
"""Times as many runs to see whether the client's memory grows; they take no time."""


def measure(scale: Scale, crowds: Crowds, say: Say) -> dict[str, Any]:  # noqa: ARG001
    """Sweep, kill and go on, and give the same runs to Mesa."""
    runs, migrants, days = scale.sweep
    short_runs, short_migrants = scale.short_sweep
    few, reference = scale.beside_batch_run
    size = (migrants, days, WORKERS)
    with tempfile.TemporaryDirectory() as folder:
        say(f"a sweep of {runs:,} runs, {WORKERS} workers")
        whole = answer_of("sweep_client", f"{folder}/whole", runs, *size)
        say("the same, killed half-way")
        killed = _killed_half_way(f"{folder}/killed", runs, *size)
        say("and continued")
        continued = answer_of("sweep_client", f"{folder}/killed", runs, *size)
        again = answer_of("sweep_client", f"{folder}/killed", runs, *size)
        say(f"{short_runs:,} shorter runs")
        short = short_sweep(f"{folder}/short", short_runs, short_migrants, days)
        say(f"{INSTANT * runs:,} runs that take no time, for the client's memory")
        instant = answer_of("sweep_client", f"{folder}/instant", INSTANT * runs, *size, "instant")
        beside = {}
        for engine, count in (("compiled", few), ("reference", reference)):
            say(f"{count:,} runs in turn by sweep and by Mesa's batch_run, {engine} engine")
            mine = answer_of("sweep_client", f"{folder}/{engine}", count, *size)
            theirs = answer_of("batch_run", count, *size, engine)
            beside[engine] = {
                "sweep": {"runs": mine["runs"], "wall_s": mine["whole_s"]}, "batch_run": theirs,
            }  # fmt: skip
    return {
        "migrants": migrants, "days": days, "whole": whole, "short": short, "killed_at": killed,
        "continued": continued, "again": again, "instant": instant, "beside": beside,
    }  # fmt: skip


def short_sweep(out: str, runs: int, migrants: int, days: int) -> Any:
    """A sweep of runs without burn-in, in which telling workers and writing parts weigh more."""
    found = answer_of("sweep_client", out, runs, migrants, days, WORKERS, "short")
    return {"migrants": migrants, **found}


def _killed_half_way(out: str, runs: int, *size: int) -> int:
    """Kill a sweep's client when half of its batches are there; gives how many are."""
    words = [sys.executable, "-W", "ignore", "-m", "benchmarks.sweep_client", out, str(runs)]
    client = subprocess.Popen(
        [*words, *map(str, size)], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while client.poll() is None and not _half_there(Path(out)):
            time.sleep(0.2)
        os.kill(client.pid, signal.SIGKILL)
    finally:
        client.wait()
    time.sleep(5)  # its workers notice that it is gone
    return len(list(Path(out, "runs").glob("batch-*.parquet")))


def _half_there(out: Path) -> bool:
    from experiments.sweep import Store

    if not (out / "manifest.json").is_file():
        return False
    store = Store(out)
    return 2 * len(store.done()) >= store.batches


def tables(found: Found) -> Tables:
    """What was found, in words."""
    whole, short, instant = found["whole"], found["short"], found["instant"]
    tenth, end = instant["memory"][0], instant["memory"][-1]
    rows = [
        [f"Sweep of {whole['runs']:,} runs of {found['migrants']:,} migrants, {found['days']} days",
         in_seconds(whole["wall_s"])],
        ["One run, mean", f"{1000 * whole['run_s'] / whole['runs']:.0f} ms"],
        ["Run time over workers' time", f"{whole['efficiency']:.3f}"],
        [f"Shorter runs ({1000 * short['run_s'] / short['runs']:.0f} ms, {short['runs']:,} of "
         "them): the same", f"{short['efficiency']:.3f}"],
        [f"Killed after {found['killed_at']} of {whole['batches']} batches: from the command to "
         "the first batch", in_seconds(found["continued"]["first_s"])],
        ["The same where nothing is left to do", in_seconds(found["again"]["whole_s"])],
        [f"Memory of the client after {instant['runs'] // 10:,} runs", f"{tenth / 2**20:.0f} MiB"],
        [f"and after {instant['runs']:,} runs", f"{end / 2**20:.0f} MiB"],
    ]  # fmt: skip
    beside = []
    for engine, both in found["beside"].items():
        mine, theirs = (both[way]["runs"] / both[way]["wall_s"] for way in ("sweep", "batch_run"))
        beside.append([f"batch_run with the {engine} engine, {both['sweep']['runs']:,} runs",
                       f"{mine:.1f} a second", f"{theirs:.2f} a second", times(mine / theirs)])
    return {
        "sweeps": ("Sweeps on two workers", (["What", "Found"], rows)),
        "sweeps-mesa": ("Beside Mesa's batch_run, two processes each, start included",
                        (["What", "Sweep", "batch_run", "Faster"], beside)),
    }  # fmt: skip


PART = Part("sweeps", "sweeps: efficiency, going on after a kill, beside batch_run", measure,
            tables)
