"""The table of bytes is complete, and what is traced is what the engine does."""

from __future__ import annotations

import json

import numpy as np
import pytest

from benchmarks import memory
from benchmarks.arrays import arrays_of, columns_of, grows, world_arrays
from benchmarks.children import python
from benchmarks.crowd import Crowds
from benchmarks.resident import most_so_far
from benchmarks.touched import LINE, Notes, Traced, TracedArray
from sim.engine.schedule import PHASES
from sim.model import TrustModel

MIGRANTS = 400
TABLE = np.dtype([("key", "u8"), ("state", "u1"), ("level", "f4", (3,))], align=True)


@pytest.fixture(scope="module")
def crowds() -> Crowds:
    return Crowds(burn_in=10)


@pytest.fixture
def model(crowds: Crowds) -> TrustModel:
    return crowds.copy(MIGRANTS)


# --- all bytes ---------------------------------------------------------------------------------

def test_the_byte_table_adds_up_to_the_arrays_of_the_world(model: TrustModel) -> None:
    table = memory.byte_table(model)
    growing = sum(one["per_row"] for one in table["columns"]) * MIGRANTS
    assert growing == pytest.approx(table["per_migrant"] * MIGRANTS)
    names = {held.name: held for held in arrays_of(model)}
    of_world = {name: held for name, held in names.items() if name.startswith("world.tables.")}
    # Arrays that look at the same memory are one; all others are named.
    whole = {id(array if array.base is None else array.base): array.nbytes
             for array in reversed(world_arrays(model).values())}
    assert {name.removeprefix("world.tables.") for name in of_world} == (
        set(world_arrays(model)) - {"begin", "fill"})
    assert sum(held.nbytes for held in of_world.values()) == sum(whole.values())
    everything = growing + sum(table["fixed"].values())
    assert everything == pytest.approx(sum(held.nbytes for held in names.values()))


def test_columns_are_those_of_the_types(model: TrustModel) -> None:
    rows = memory.byte_table(model)["columns"]
    for name, array in world_arrays(model).items():
        if grows(array, MIGRANTS) and array.dtype.names:
            columns = [one["name"] for one in rows if one["table"] == name]
            assert tuple(columns[: len(array.dtype.names)]) == array.dtype.names
            assert sum(one["per_row"] for one in rows if one["table"] == name) == pytest.approx(
                array.dtype.itemsize)


def test_a_new_array_is_found_and_a_view_is_not_counted_twice(model: TrustModel) -> None:
    before = sum(held.nbytes for held in arrays_of(model))
    new = np.zeros((MIGRANTS, 3))
    model.world.something = {"new": [new, new[5:], new.T]}  # type: ignore[attr-defined]
    found = arrays_of(model)
    assert sum(held.nbytes for held in found) == before + new.nbytes
    [held] = [held for held in found if "something" in held.name]
    assert held.name == "world.something.new.0"
    assert [column.per_row for column in columns_of(held, MIGRANTS)] == [24.0]


# --- bytes touched -----------------------------------------------------------------------------

def test_reads_and_writes_of_rows_are_noted() -> None:
    notes = Notes()
    table = Traced("body", np.zeros(10, TABLE), notes)
    table[2].level[2] = 0.5
    assert table[2].level[2] == 0.5
    assert table[2].state == 0
    assert notes.count() == {"bytes": 5, "lines": 2 * LINE, "written_lines": LINE}
    assert notes.count() == {"bytes": 0, "lines": 0, "written_lines": 0}
    table[0].key = 2**63
    assert isinstance(table[0].key, np.uint64)
    assert table["level"][2].tolist() == [0.0, 0.0, 0.5]
    assert notes.count() == {"bytes": 8, "lines": LINE, "written_lines": LINE}


def test_reads_and_writes_of_arrays_are_noted() -> None:
    notes = Notes()
    order = TracedArray.of("order", np.zeros(100, np.int32), notes)
    order[:16] = 7
    order[4] += 1
    assert order[4] == 8
    assert notes.count() == {"bytes": 64, "lines": LINE, "written_lines": LINE}
    scratch = TracedArray.of("scratch", np.zeros((2, 100), np.int64), notes)
    scratch[0][3] = scratch[1][3] = 1
    assert notes.count() == {"bytes": 16, "lines": 2 * LINE, "written_lines": 2 * LINE}


@pytest.mark.slow
def test_what_is_traced_is_what_the_engine_does(crowds: Crowds) -> None:
    found = memory.measure_touched(crowds, 100)  # refuses another state than the compiled one
    assert list(found["phases"]) == [phase.method for phase in PHASES]
    for one in found["phases"].values():
        assert 0 <= one["bytes"] <= one["lines"]
        assert one["written_lines"] <= one["lines"]
    asking = found["phases"]["asking"]
    assert asking["bytes"] > 0
    json.dumps(found)


def test_what_cannot_be_measured_is_said(
    monkeypatch: pytest.MonkeyPatch, crowds: Crowds
) -> None:
    from benchmarks.scale import SMALL

    def refuse(*_: object) -> None:
        raise RuntimeError("no such thing here")

    monkeypatch.setattr(memory, "answer_of", refuse)
    found = memory.measure(SMALL, crowds, lambda _: None)
    assert found["touched"] == found["resident"] == {"not_measured": "no such thing here"}
    cells = [cell for _, rows in memory.tables(found).values() for row in rows[1] for cell in row]
    assert cells.count("not measured") == 2


def test_the_most_memory_so_far_grows_with_an_array() -> None:
    before = most_so_far()
    held = np.ones(before // 8)  # as much again
    assert most_so_far() > 1.2 * before
    del held
    assert most_so_far() > 1.2 * before


def test_a_child_that_fails_says_why() -> None:
    with pytest.raises(RuntimeError, match="no luck"):
        python(["-c", "raise SystemExit('no luck')"])
    assert python(["-c", "print(6 * 7)"])[1] == "42\n"
