"""`python -m benchmarks.touched FILE MIGRANTS BURN_IN DAYS`: bytes that each phase touches.

The loops of the compiled engine are run as the plain Python that they are written in, over tables
that note every byte of a migrant's rows which is read or written. So nothing has to be assumed
about which columns a phase uses, or how often people take a branch. It is an estimate of the
traffic with memory, since two things are left out: tables that are small enough to stay in the
processor's caches (nodes, service points, stories), and bytes that a phase needs twice, which are
taken to be in a cache the second time. Memory comes in lines of 64 bytes, so these are counted,
too.

The compiled model lives through the burn-in first, in another process, which saves its tables. It
then lives the same days, and the state must be the same to the last byte.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

__all__ = ["LINE", "Notes", "Traced", "TracedArray", "main", "save", "state_of", "trace"]

LINE = 64
"""Bytes that come from memory together."""


class Notes:
    """Bytes that were read and written since the last count, as table and position."""

    def __init__(self) -> None:
        self.read: set[tuple[str, int]] = set()
        self.written: set[tuple[str, int]] = set()

    def add(self, table: str, start: int, size: int, *, written: bool) -> None:
        """Note some bytes that lie together."""
        cells = self.written if written else self.read
        cells.update((table, byte) for byte in range(start, start + size))

    def count(self) -> dict[str, int]:
        """Bytes touched, in whole lines touched, and in whole lines written; then begin anew."""
        every = self.read | self.written
        found = {
            "bytes": len(every), "lines": LINE * _lines(every),
            "written_lines": LINE * _lines(self.written),
        }  # fmt: skip
        self.read.clear()
        self.written.clear()
        return found


class Traced:
    """A table with columns and a row per migrant that notes what is read and written."""

    def __init__(self, name: str, table: np.ndarray, notes: Notes) -> None:
        fields: Mapping[str, Any] = table.dtype.fields or {}
        self.name, self.table, self.notes = name, table, notes
        self.columns = {field: table[field] for field in fields}
        self.start = {field: fields[field][1] for field in fields}
        self.shape = table.shape
        self.itemsize = table.itemsize

    def view(self, kind: Any) -> np.ndarray:
        """Its bytes; like whole columns, they are not noted."""
        return self.table.view(kind)

    def __len__(self) -> int:
        return len(self.table)

    def __getitem__(self, place: Any) -> Any:
        # Rows are noted; whole columns are read by parts that are not loops over people.
        return _Row(self, int(place)) if isinstance(place, int | np.integer) else self.table[place]

    def note(self, row: int, field: str, cell: int, *, written: bool) -> None:
        """Note one cell of a row."""
        size = self.columns[field].itemsize
        start = row * self.table.itemsize + self.start[field] + cell * size
        self.notes.add(self.name, start, size, written=written)


class _Row:
    __slots__ = ("_row", "_table")

    def __init__(self, table: Traced, row: int) -> None:
        object.__setattr__(self, "_table", table)
        object.__setattr__(self, "_row", row)

    def __getattr__(self, field: str) -> Any:
        table, row = self._table, self._row
        column = table.columns[field]
        if column.ndim > 1:
            return _Cells(table, row, field)
        table.note(row, field, 0, written=False)
        return _number(column[row])

    def __setattr__(self, field: str, value: Any) -> None:
        self._table.note(self._row, field, 0, written=True)
        self._table.columns[field][self._row] = value


class _Cells:
    """A short list within a row."""

    def __init__(self, table: Traced, row: int, field: str) -> None:
        self.table, self.row, self.field = table, row, field
        self.cells = table.columns[field][row]
        self.shape = self.cells.shape

    def __len__(self) -> int:
        return len(self.cells)

    def __getitem__(self, place: int) -> Any:
        self.table.note(self.row, self.field, int(place), written=False)
        return _number(self.cells[place])

    def __setitem__(self, place: int, value: Any) -> None:
        self.table.note(self.row, self.field, int(place), written=True)
        self.cells[place] = value


class TracedArray(np.ndarray):
    """An array without columns that notes what is read and written along its last axis."""

    name: str
    notes: Notes

    @classmethod
    def of(cls, name: str, array: np.ndarray, notes: Notes) -> TracedArray:
        """The same array, traced."""
        traced = array.view(cls)
        traced.name, traced.notes = name, notes
        return traced

    def __getitem__(self, place: Any) -> Any:
        plain = self.view(np.ndarray)
        if self.ndim > 1 and isinstance(place, int | np.integer):
            return TracedArray.of(f"{self.name}.{place}", plain[place], self.notes)
        self._note(place, written=False)
        return _number(plain[place])

    def __setitem__(self, place: Any, value: Any) -> None:
        self._note(place, written=True)
        self.view(np.ndarray)[place] = value

    def _note(self, place: Any, *, written: bool) -> None:
        for start in _places(place, len(self)):
            self.notes.add(self.name, start * self.itemsize, self.itemsize, written=written)


def _places(place: Any, length: int) -> Iterable[int]:
    if isinstance(place, slice):
        return range(*place.indices(length))
    return (int(place),) if isinstance(place, int | np.integer) else ()


def _number(value: Any) -> Any:
    """Plain numbers, as compiled loops see them; 64 bits without sign stay as they are."""
    if isinstance(value, np.ndarray) or value.dtype == np.uint64:
        return value
    return value.item()


def _lines(cells: set[tuple[str, int]]) -> int:
    return len({(table, byte // LINE) for table, byte in cells})


def save(path: Path, model: Any) -> None:
    """Keep what lasts from day to day, for the process that traces."""
    world = model.world
    state = {"people": np.array(world.people), "over": np.array(world.over, np.uint64)}
    everything: dict[str, Any] = state | world.tables._asdict()
    np.savez(path, **everything)


def state_of(model: Any) -> str:
    """Hash of all columns; the space between columns may hold anything."""
    digest = hashlib.blake2b(digest_size=16)
    for array in model.world.tables._asdict().values():
        for field in array.dtype.names or (...,):
            digest.update(array[field].tobytes())
    return digest.hexdigest()


def trace(path: Path, migrants: int, burn_in: int, days: int) -> dict[str, Any]:
    """Live some days of a saved world; bytes per agent-step, phase by phase."""
    from benchmarks.crowd import plan_of
    from sim.engine.schedule import PHASES
    from sim.model import TrustModel

    model = TrustModel(plan_of(burn_in), migrants=migrants)
    _restore(model, path)
    notes, plain = Notes(), model.world.tables
    model.world.tables = plain._replace(**_traced(model, notes))
    found = {phase.method: dict.fromkeys(notes.count(), 0) for phase in PHASES}
    for _ in range(days):
        for phase in PHASES:
            notes.count()
            getattr(model.engine, phase.method)(model.day)
            for what, amount in notes.count().items():
                found[phase.method][what] += amount
        model.record.take(model.world, model.day)
        model.day += 1
    model.world.tables = plain
    steps = model.record.agent_steps
    return {
        "state": state_of(model), "words": {phase.method: phase.what for phase in PHASES},
        "phases": {name: {k: v / steps for k, v in one.items()} for name, one in found.items()},
    }  # fmt: skip


def _restore(model: Any, path: Path) -> None:
    world = model.world
    with np.load(path) as saved:
        for name, array in world.tables._asdict().items():
            array[...] = saved[name]
        world.people, world.over = int(saved["people"]), int(saved["over"])
    model.day = 0


def _traced(model: Any, notes: Notes) -> dict[str, Any]:
    from benchmarks.arrays import grows

    traced: dict[str, Any] = {}
    for name, array in model.world.tables._asdict().items():
        if grows(array, model.plan.migrants):
            kind = TracedArray.of if array.dtype.fields is None else Traced
            traced[name] = kind(name, array, notes)
        elif array.dtype.fields is not None:
            traced[name] = array.view(np.recarray)  # rows with attributes, as in compiled loops
    return traced


def _leave_loops_uncompiled() -> None:
    """Rules, which have a signature, are still compiled: they see numbers only."""
    import numba

    compiled = numba.njit

    def njit(*signature: Any, **options: Any) -> Any:
        return compiled(*signature, **options) if signature else _as_it_is

    numba.njit = njit


def _as_it_is(function: Callable[..., object]) -> Any:
    plain: Any = function
    plain.py_func, plain.get_call_template = function, None
    return plain


def main(path: str, migrants: str, burn_in: str, days: str) -> None:
    """Trace, and print what was found."""
    _leave_loops_uncompiled()
    print(json.dumps(trace(Path(path), int(migrants), int(burn_in), int(days))))


if __name__ == "__main__":
    main(*sys.argv[1:])
