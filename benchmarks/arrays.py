"""All arrays that a run holds, found by walking over the model: nobody has to list them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from sim.model import TrustModel

__all__ = ["Column", "Held", "arrays_of", "columns_of", "grows", "world_arrays"]

PADDING = "(space between columns)"


class Held(NamedTuple):
    """One array, under the name by which the model holds it."""

    name: str
    array: np.ndarray

    @property
    def nbytes(self) -> int:
        """Bytes that it keeps in memory."""
        return _whole(self.array).nbytes


class Column(NamedTuple):
    """One column of a table, or a whole array without columns."""

    table: str
    name: str
    kind: str
    per_row: float


def arrays_of(model: TrustModel) -> list[Held]:
    """Arrays of the world, the engine and the record; each once, also where two names hold it."""
    roots = {"world": model.world, "engine": model.engine, "record": model.record}
    seen: set[int] = set()
    found = []
    for name, root in roots.items():
        for held in _walk(name, root, seen):
            whole = id(_whole(held.array))
            if whole not in seen:
                seen.add(whole)
                found.append(held)
    return found


def world_arrays(model: TrustModel) -> dict[str, np.ndarray]:
    """The tables that the engines read, by name."""
    return dict(model.world.tables._asdict())


def grows(array: np.ndarray, migrants: int) -> bool:
    """Whether an array has room for every migrant."""
    return max(array.shape, default=0) >= migrants


def columns_of(held: Held, migrants: int) -> list[Column]:
    """The columns of an array that grows, and the bytes of each per migrant.

    They add up to the bytes of the array, divided by the number of migrants.
    """
    table = held.name.removeprefix("world.tables.")
    fields = held.array.dtype.fields
    if fields is None:
        shape = "" if held.array.ndim == 1 else str(held.array.shape[0])
        kind = f"{held.array.dtype} {shape}".strip()
        return [Column(table, "", kind, held.nbytes / migrants)]
    rows = held.nbytes / migrants / held.array.dtype.itemsize
    columns = [
        Column(table, name, _kind(dtype), rows * dtype.itemsize)
        for name, (dtype, *_) in fields.items()
    ]
    padding = held.nbytes / migrants - sum(column.per_row for column in columns)
    if padding > 0:
        columns.append(Column(table, PADDING, "", padding))
    return columns


def _kind(dtype: np.dtype[Any]) -> str:
    if dtype.subdtype is None:
        return str(dtype)
    base, shape = dtype.subdtype
    return f"{base} {' x '.join(map(str, shape))}"


def _whole(array: np.ndarray) -> np.ndarray:
    """The array that owns the memory of a view; what `sim.columns.rows` skips does not count."""
    while isinstance(array.base, np.ndarray) and array.base.dtype != np.uint8:
        array = array.base
    return array


def _walk(name: str, thing: object, seen: set[int]) -> Iterator[Held]:
    if isinstance(thing, np.ndarray):
        yield Held(name, thing)
        return
    if id(thing) in seen:
        return
    seen.add(id(thing))
    for key, part in _parts(thing):
        yield from _walk(f"{name}.{key}", part, seen)


def _parts(thing: object) -> Iterator[tuple[str, object]]:
    if isinstance(thing, tuple) and hasattr(thing, "_asdict"):
        yield from thing._asdict().items()
    elif isinstance(thing, Mapping):
        yield from ((_key(key), part) for key, part in thing.items())
    elif isinstance(thing, list | tuple):
        yield from ((str(n), part) for n, part in enumerate(thing))
    elif _is_ours(thing):
        yield from vars(thing).items()


def _key(key: object) -> str:
    return ".".join(map(str, key)) if isinstance(key, tuple) else str(key)


def _is_ours(thing: object) -> bool:
    """An object of the model that holds state of its own; a plan or a network is shared."""
    from sim.plan import Plan

    module = type(thing).__module__
    return module.startswith("sim.") and hasattr(thing, "__dict__") and not isinstance(thing, Plan)
