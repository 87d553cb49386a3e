"""The store of a sweep: a directory of Parquet parts that loses nothing.

::

    manifest.json            what it was made with: design, code, versions, seeds, size of a batch
    design.yaml              the design, and scenario.yaml (perhaps network/) that it names
    runs/batch-000012.parquet  a row per run: number, key, what was varied, outcomes, error
    days/batch-000012.parquet  a row per run and day, where outcomes keep days

A batch is fixed when the store is made, and its part has its number for a name. A part is written
under another name, put on the disk and then renamed: it is there whole or not at all, and writing
it twice leaves it once. So whatever is killed, and whoever goes on, every run is there once.
"""

from __future__ import annotations

import contextlib
import glob
import os
import re
import secrets
import shutil
import time
from collections.abc import Collection, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.continuing import check_whole
from experiments.limits import refusal
from experiments.writing import read_manifest

if TYPE_CHECKING:
    import pandas as pd

    from scenarios.designing import Design

__all__ = ["KIND", "Store"]

KIND = "sweep"
_SAID = frozenset({"runs", "families", "batch_families", "hashes"})
_NAME = re.compile(r"batch-(\d+)\.parquet")
_STALE_S = 600
"""Age at which a half-written file belongs to nobody who still lives."""


class Store:
    """A sweep's directory.

    Args:
        folder: The directory.

    Attributes:
        folder: The directory.
        manifest: What it was made with.

    Raises:
        InputProblem: If there is no sweep in it.
    """

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        manifest = read_manifest(self.folder)
        if manifest is None or manifest.get("kind") != KIND:
            message = "is not a directory that `waytrust sweep` wrote"
            raise refusal("store", self.folder, message, "name one, or run a sweep with --out")
        check_whole(self.folder, manifest, _SAID)
        self.manifest: dict[str, Any] = manifest

    @property
    def design(self) -> Design:
        """The design, as it was when the store was made."""
        from scenarios.designing import load_design

        return load_design(self.folder / "design.yaml")

    @property
    def batches(self) -> int:
        """Number of batches in all."""
        return -(-int(self.manifest["families"]) // self.batch_families)

    @property
    def batch_families(self) -> int:
        """Families of a batch."""
        return int(self.manifest["batch_families"])

    @property
    def runs(self) -> int:
        """Number of runs in all."""
        return int(self.manifest["runs"])

    def families(self, batch: int) -> range:
        """The families of a batch."""
        first = batch * self.batch_families
        return range(first, min(first + self.batch_families, int(self.manifest["families"])))

    @cached_property
    def tables(self) -> tuple[str, ...]:
        """Tables of which every batch has a part."""
        daily = any(outcome.daily for outcome in self.design.outcomes)
        return ("runs", "days") if daily else ("runs",)

    def done(self) -> set[int]:
        """Numbers of the batches that are there, with all their parts."""
        return set.intersection(*(self._there(table) for table in self.tables))

    def has(self, batch: int) -> bool:
        """Whether a batch is there, with all its parts."""
        return all(self.part(batch, table).is_file() for table in self.tables)

    def missing(self) -> list[int]:
        """Numbers of the batches that are not, in order."""
        done = self.done()
        return [batch for batch in range(self.batches) if batch not in done]

    def part(self, batch: int, table: str = "runs") -> Path:
        """Where the part of a batch lies, or will."""
        return self.folder / table / f"batch-{batch:06d}.parquet"

    def write(self, batch: int, runs: pd.DataFrame, daily: pd.DataFrame | None) -> None:
        """Put the part of a batch in its place.

        Raises:
            OSError: If the disk is full or cannot be written; nothing half-written is left.
        """
        if daily is not None:  # first, since a batch is done when its runs are there
            self._write(self.part(batch, "days"), daily)
        self._write(self.part(batch), runs)

    def sweep_up(self) -> None:
        """Take away what was left half-written by those who were killed long ago."""
        drafts = [*self.folder.glob("runs/.*.partial"), *self.folder.glob("days/.*.partial")]
        place = self.folder.absolute()
        stores = place.parent.glob(f".{glob.escape(place.name[:100])}.partial-*")
        for draft in (*drafts, *stores):
            with contextlib.suppress(OSError):  # gone by now, or not to be written
                if time.time() - draft.stat().st_mtime > _STALE_S:
                    shutil.rmtree(draft) if draft.is_dir() else draft.unlink()

    def frame(self, columns: list[str] | None = None) -> pd.DataFrame:
        """All runs that are there, in the order of their numbers: one row each.

        Args:
            columns: Only these; None: all.
        """
        return self._read("runs", columns, ["run"])

    def daily(self, columns: list[str] | None = None) -> pd.DataFrame:
        """All days of all runs that are there, where outcomes keep days."""
        return self._read("days", columns, ["run", "day"])

    def counts(self, without: Collection[int] = ()) -> tuple[int, int]:
        """Runs that are there, and how many of them failed.

        Args:
            without: Batches that do not count.
        """
        left_out = set(without)
        found = [run for batch, run in self._failures() if batch not in left_out]
        return sum(runs for runs, _ in found), sum(failed for _, failed in found)

    def failed(self) -> list[int]:
        """Numbers of the batches with failed runs, in order."""
        return [batch for batch, (_, failed) in self._failures() if failed]

    def _there(self, table: str) -> set[int]:
        folder = self.folder / table
        names = [entry.name for entry in os.scandir(folder)] if folder.is_dir() else []
        return {int(match[1]) for match in map(_NAME.fullmatch, names) if match}

    def _failures(self) -> Iterator[tuple[int, tuple[int, int]]]:
        """Every batch that is there, with its runs and its failed runs."""
        import pyarrow.compute as pc

        for batch in sorted(self.done()):
            errors = self.read(batch, columns=["error"])["error"]
            failed = int(pc.sum(pc.not_equal(errors, "")).as_py() or 0)
            yield batch, (len(errors), failed)

    def _read(self, table: str, columns: list[str] | None, order: list[str]) -> pd.DataFrame:
        import pandas as pd

        wanted = columns and list(dict.fromkeys([*order, *columns]))
        batches = sorted(self.done()) if table in self.tables else []
        parts = [self.read(batch, table, wanted).to_pandas() for batch in batches]
        found = pd.concat(parts) if parts else pd.DataFrame(columns=wanted or order)
        found = found.sort_values(order, ignore_index=True)
        return found if columns is None else found[columns]

    def read(self, batch: int, table: str = "runs", columns: list[str] | None = None) -> Any:
        """A part, as an Arrow table.

        Raises:
            InputProblem: If it is damaged.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        path = self.part(batch, table)
        try:
            return pq.read_table(path, columns=columns)
        except (pa.ArrowException, OSError):
            message = "is damaged and cannot be read"
            remedy = "delete it, and go on with the sweep: its runs are then lived again"
            raise refusal("file", path, message, remedy) from None

    def _write(self, path: Path, frame: pd.DataFrame) -> None:
        draft = path.with_name(f".{path.stem}.{secrets.token_hex(4)}.partial")
        try:
            # One that was taken away is made again, but never the store itself.
            path.parent.mkdir(exist_ok=True)
            frame.to_parquet(draft, compression="zstd", index=False)
            _put_on_disk(draft)
            draft.replace(path)
            _put_on_disk(path.parent)
        finally:
            draft.unlink(missing_ok=True)


def _put_on_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
