"""What a worker does: live the families of a batch and put their part into the store.

A worker is told a directory and a number. It reads all else from the store, so that whoever goes
on with a sweep, on whichever machine, does the same.
"""

from __future__ import annotations

import errno
import functools
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from experiments.writing import MANIFEST

if TYPE_CHECKING:
    from experiments.sweep.family import Lived
    from experiments.sweep.job import Job
    from experiments.sweep.store import Store

__all__ = ["Done", "Live", "finish", "job_of", "killed", "live_one", "no_room", "work"]


Live: TypeAlias = "Callable[[Job, int], dict[int, Lived]]"
"""Lives a family, and gives what came of each run by combination of levers."""


class Done(NamedTuple):
    """What became of a batch.

    Attributes:
        batch: Its number.
        runs: Its runs.
        failed: How many of them failed.
        run_s: Seconds that its runs took.
        problem: Why its part could not be written; empty if it was.
    """

    batch: int
    runs: int
    failed: int
    run_s: float
    problem: str = ""


def work(folder: str, live: Live | None, again: bool, batch: int) -> Done:
    """Live a batch and write its part; a batch whose part is there already is left alone.

    Args:
        folder: The store.
        live: Lives a family; None: `experiments.sweep.family.live_family`.
        again: Whether a part with failed runs is made once more, and takes its place when it is.
        batch: Number of the batch.
    """
    try:
        store, _ = _opened(folder)
    except OSError as error:
        return Done(batch, 0, 0, 0.0, no_room(error))
    if store.has(batch):
        found = _found(store, batch)
        if not (again and found.failed):
            return found
    lived: dict[tuple[int, int], Lived] = {}
    for family in store.families(batch):
        lived |= live_one(folder, live, family)
    return finish(folder, batch, lived)


def live_one(folder: str, live: Live | None, family: int) -> dict[tuple[int, int], Lived]:
    """Live a family; gives what came of each run by family and combination of levers."""
    from experiments.sweep.family import live_family
    from sim.compiling import mark_compiled

    _, job = _opened(folder)
    found = (live or live_family)(job, family)
    mark_compiled()
    return {(family, lever): one for lever, one in found.items()}


def killed(folder: str, family: int, why: str) -> dict[tuple[int, int], Lived]:
    """A family that no worker survived: each of its runs failed for the same reason."""
    from experiments.sweep.family import Lived

    _, job = _opened(folder)
    return {(family, lever): Lived({}, {}, 0.0, why) for lever in range(len(job.levers))}


def finish(folder: str, batch: int, lived: dict[tuple[int, int], Lived]) -> Done:
    """Write the part of a batch."""
    from experiments.sweep.table import daily_table, run_table

    store, job = _opened(folder)
    done = _count(batch, [(one.wall_s, one.error) for one in lived.values()])
    try:
        store.write(batch, run_table(job, batch, lived), daily_table(job, lived))
    except OSError as error:
        return done._replace(problem=no_room(error))
    return done


def job_of(store: Store) -> Job:
    """The design of a store, ready to run."""
    from experiments.posterior import FILE, Posterior
    from experiments.sweep.job import Job

    file = store.folder / FILE
    return Job(store.design, Posterior.load(file) if file.is_file() else None)


def no_room(error: OSError) -> str:
    """Why a part cannot be written, in words."""
    known = {
        errno.ENOSPC: "the disk is full", errno.EDQUOT: "the disk quota is used up",
        errno.EROFS: "the disk cannot be written to", errno.EACCES: "writing there is not allowed",
        errno.EPERM: "writing there is not allowed", errno.EFBIG: "the file would be too large",
        errno.ENOENT: "the directory is gone, or is not to be seen from here",
    }  # fmt: skip
    return known.get(error.errno or 0, (error.strerror or str(error)).lower())


def _opened(folder: str) -> tuple[Store, Job]:
    """The store as it is now: a worker may outlive one, and meet another in its place."""
    now = (Path(folder) / MANIFEST).stat()
    return _open(folder, (now.st_ino, now.st_mtime_ns, now.st_size))


@functools.lru_cache(maxsize=4)
def _open(folder: str, stamp: object) -> tuple[Store, Job]:  # noqa: ARG001
    from experiments.sweep.making import same
    from experiments.sweep.store import Store

    store = Store(folder)
    job = job_of(store)
    same(store, job)  # a worker that came later may have other code, or other data
    return store, job


def _found(store: Store, batch: int) -> Done:
    table = store.read(batch, columns=["wall_s", "error"])
    return _count(batch, zip(*table.to_pydict().values(), strict=True))


def _count(batch: int, runs: Iterable[tuple[float, str]]) -> Done:
    took, errors = zip(*runs, strict=True)
    return Done(batch, len(took), sum(bool(error) for error in errors), float(sum(took)))
