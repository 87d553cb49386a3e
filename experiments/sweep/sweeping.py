"""Running a design: every run once, on all cores or a cluster, into a store that loses nothing."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.limits import check_workers, refusal
from experiments.pairing import available_cores
from experiments.posterior import Posterior
from experiments.sweep import making, working
from experiments.sweep.pools import Elsewhere, Pool, WorkerKilled, open_pool
from experiments.sweep.store import Store

if TYPE_CHECKING:
    import pandas as pd

    from experiments.sweep.family import Lived
    from experiments.sweep.job import Job
    from experiments.sweep.working import Done, Live
    from scenarios.designing import Design

__all__ = ["Estimate", "Progress", "Sweep", "sweep"]

_BATCH_S = 1.5
"""Seconds that a batch should take: telling a worker and writing a part take some 0.02 s."""
_FEWEST_BATCHES = 16
"""Batches for each core at least, where there are as many families."""
_FEW = 30
_START_S = 6.0
"""Seconds until workers have started, imported the model and loaded what is compiled of it."""


@dataclass(frozen=True)
class Estimate:
    """What is about to be done, said before it begins.

    Attributes:
        runs: Runs in all.
        missing: Those that are not there yet.
        run_s: Seconds that one is expected to take; None: unknown, as the sweep goes on.
        wall_s: Seconds that all that are missing are expected to take.
        workers: How many work side by side.
        where: Where they do, in words.
    """

    runs: int
    missing: int
    run_s: float | None
    wall_s: float | None
    workers: int
    where: str


@dataclass(frozen=True)
class Progress:
    """How far a sweep is.

    Attributes:
        done: Runs that are there, failed ones among them.
        failed: Runs that failed.
        total: Runs in all.
    """

    done: int
    failed: int
    total: int


@dataclass(frozen=True)
class Sweep:
    """A sweep that has come to its end, or to that of its shard.

    Attributes:
        store: Where everything is.
        done: Runs that are there, failed ones among them.
        failed: Runs that failed.
        run_s: Seconds that the runs of this call took, added up.
        wall_s: Seconds from the first batch sent to the last one back.
        workers: Workers side by side.
    """

    store: Store
    done: int
    failed: int
    run_s: float
    wall_s: float
    workers: int

    @property
    def efficiency(self) -> float:
        """Run time over the time that all workers had; 1: nothing but runs."""
        return self.run_s / (self.workers * self.wall_s) if self.wall_s else 1.0

    def to_frame(self) -> pd.DataFrame:
        """A row per run."""
        return self.store.frame()

    def to_dict(self) -> dict[str, object]:
        """Numbers of runs, and where the store is."""
        return {
            "runs": self.store.runs, "done": self.done, "failed": self.failed,
            "store": str(self.store.folder),
        }  # fmt: skip


def sweep(
    design: str | Path | Mapping[str, Any] | Design,
    *,
    out: Path | str | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    posterior: Path | str | None = None,
    shard: tuple[int, int] | None = None,
    again: bool = False,
    before: Callable[[Estimate], None] | None = None,
    progress: Callable[[Progress], None] | None = None,
    live: Live | None = None,
) -> Sweep:
    """Run a design, or go on with it where it was stopped.

    Args:
        design: A library name, a file, plain data, a loaded design, or a sweep's directory.
        out: Directory of the store; by default `results/` and the design's name. What is there
            already is not run again.
        workers: Processes of this machine, one thread each; None: one per core, or this process
            where all is done before others would have started; 0: this process.
        scheduler: Address of a Dask scheduler whose workers are used instead. They have to see the
            directory under the same name.
        posterior: Directory of a calibration: replicate r takes its draw r for all parameters that
            the design leaves alone.
        shard: Only every n-th batch, from the i-th on (i, n), so that n machines need no scheduler.
        again: Run batches with failed runs once more.
        before: Told what is about to be done.
        progress: Told how far it is, first before any run.
        live: How a family is lived, instead of by the model; for tests.

    Raises:
        InputProblem: If something asked for cannot be, or the disk cannot be written.
        WorkersLost: If the scheduler went away; the same call goes on.
    """
    _check(workers, scheduler, shard)
    store, pilot_s = _store_of(design, out, posterior, scheduler, live)
    store.sweep_up()
    missing = _missing(store, shard, again)
    count = min(_soonest(store, missing, pilot_s) if workers is None else workers, len(missing))
    with open_pool(scheduler if missing else None, count) as pool:
        if before:
            before(_estimate(store, missing, pilot_s, pool.size, pool.words))
        return _run(store, missing, pool, progress, live, again)


def _soonest(store: Store, missing: list[int], pilot_s: float | None) -> int:
    """One worker per core, or none where this process is done sooner than they would be."""
    cores = available_cores()
    alone_s = _estimate(store, missing, pilot_s, 1, "").wall_s
    return 0 if alone_s is not None and alone_s < _START_S + alone_s / cores else cores


def _store_of(
    source: str | Path | Mapping[str, Any] | Design,
    out: Path | str | None,
    posterior: Path | str | None,
    scheduler: str | None,
    live: Live | None,
) -> tuple[Store, float | None]:
    """The store, new or begun before, and the seconds of a run if one was timed."""
    from experiments.sweep.job import Job
    from scenarios.designing import load_design

    if isinstance(source, str | Path) and making.begun(Path(source)):
        if posterior is not None or (out is not None and Path(out) != Path(source)):
            field = "out" if posterior is None else "posterior"
            message = "cannot be changed when a sweep goes on"
            raise refusal(field, out or posterior, message, "name the design for a new one")
        store = Store(source)
        making.same(store, working.job_of(store))
        return store, None
    design = load_design(source)
    job = Job(design, Posterior.named(posterior))
    folder = Path("results") / design.name if out is None else Path(out)
    if making.begun(folder):
        store = Store(folder)
        making.same(store, job)
        return store, None
    making.check(folder)
    if scheduler is not None:
        with open_pool(scheduler, 0):  # one that is not there leaves no store behind
            pass
    run_s = _pilot(job, live)
    return making.make(folder, job, _batch_families(job, run_s)), run_s


def _pilot(job: Job, live: Live | None) -> float:
    """Seconds of a run, once everything is compiled; what it gives is not kept."""
    from experiments.sweep.family import live_family
    from experiments.sweep.job import Job
    from experiments.warming import share_compilation
    from sim.compiling import is_compiled, mark_compiled

    if not is_compiled():
        share_compilation()
    # A few people live it first, so that neither compiling nor loading is taken for living.
    few = replace(job.design.scenario, migrants=min(_FEW, job.base.migrants))
    live_family(Job(replace(job.design, scenario=few), job.posterior), 0)
    mark_compiled()
    started = time.perf_counter()
    (live or live_family)(job, 0)
    return (time.perf_counter() - started) / len(job.levers)


def _batch_families(job: Job, run_s: float) -> int:
    wanted = _BATCH_S / max(1e-6, run_s * len(job.levers))
    most = job.families // (_FEWEST_BATCHES * available_cores())
    return int(max(1, min(wanted, most)))


def _missing(store: Store, shard: tuple[int, int] | None, again: bool) -> list[int]:
    missing = store.missing()
    if again:
        missing = sorted({*missing, *store.failed()})
    if shard is None:
        return missing
    first, of = shard
    return [batch for batch in missing if batch % of == first - 1]


def _estimate(
    store: Store, missing: list[int], run_s: float | None, workers: int, where: str
) -> Estimate:
    per_family = store.runs // max(1, int(store.manifest["families"]))
    runs = sum(len(store.families(batch)) for batch in missing) * per_family
    if run_s is None and len(missing) < store.batches:
        run_s = float(store.frame(["wall_s"])["wall_s"].mean())
    wall_s = None if run_s is None else runs * run_s / workers
    return Estimate(store.runs, runs, run_s, wall_s, workers, where)


def _run(
    store: Store,
    missing: list[int],
    pool: Pool,
    progress: Callable[[Progress], None] | None,
    live: Live | None,
    again: bool,
) -> Sweep:
    done, failed = store.counts(without=missing)
    if progress:
        progress(Progress(done, failed, store.runs))
    folder = str(store.folder.absolute())
    work = functools.partial(working.work, folder, live, again)
    lost = functools.partial(_one_by_one, store, folder, live)
    started, run_s = time.perf_counter(), 0.0
    for batch in pool.results(work, missing, lost):
        if batch.problem:
            raise _unwritten(store, batch)
        done, failed, run_s = done + batch.runs, failed + batch.failed, run_s + batch.run_s
        if progress:
            progress(Progress(done, failed, store.runs))
    wall_s = time.perf_counter() - started
    done, failed = store.counts()
    return Sweep(store, done, failed, run_s, wall_s, pool.size)


def _one_by_one(
    store: Store, folder: str, live: Live | None, batch: int, elsewhere: Elsewhere
) -> Done:
    """A batch that killed its workers, family by family, so that only the culprit is lost."""
    lived: dict[tuple[int, int], Lived] = {}
    for family in store.families(batch):
        try:
            lived |= elsewhere(working.live_one, folder, live, family)
        except WorkerKilled:
            lived |= working.killed(folder, family, "every worker that tried this run was killed")
    return working.finish(folder, batch, lived)


def _unwritten(store: Store, batch: Done) -> Exception:
    message = f"cannot be written any more: {batch.problem}; all runs that are done are kept"
    return refusal("store", store.folder, message, "see to that, and give the same command again")


def _check(workers: int | None, scheduler: str | None, shard: tuple[int, int] | None) -> None:
    check_workers(workers, scheduler)
    if shard is not None and not 1 <= shard[0] <= shard[1]:
        told = f"{shard[0]}/{shard[1]}"
        raise refusal("shard", told, "is no part of a whole", "write i/n, such as 1/8 to 8/8")
