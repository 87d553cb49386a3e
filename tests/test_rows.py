"""A row lies over its table: what is read and written is in the table, rounded as it is there."""

from __future__ import annotations

import numpy as np
import pytest

from sim.columns import COUNTRY, LEG, NODE, POINT, PUBLIC, SOURCE, STORY, mind_type
from sim.rows import (
    Country,
    Leg,
    Node,
    Point,
    PublicRecord,
    Row,
    Source,
    Story,
    over,
    row_of,
    rows_of,
)

KINDS = [(Country, COUNTRY), (Leg, LEG), (Node, NODE), (Point, POINT), (PublicRecord, PUBLIC),
         (Source, SOURCE), (Story, STORY), *((row_of(mind_type(n)), mind_type(n)) for n in (1, 4))]


@pytest.mark.parametrize(("kind", "table"), KINDS)
def test_every_cell_is_read_where_it_was_written(kind: type[Row], table: np.dtype) -> None:
    lines = np.zeros(3, table)
    luck = np.random.default_rng(2)
    for name in table.names or ():
        lines[name] = luck.integers(0, 120, lines[name].shape)
        for line, row in zip(lines, rows_of(kind, lines), strict=True):
            cell = getattr(row, name)
            assert (list(cell) if table[name].shape else cell) == line[name].tolist()
            if not table[name].shape:
                setattr(row, name, cell + 1)
                assert line[name] == cell + 1


def test_numbers_are_rounded_as_in_the_table() -> None:
    table = np.zeros(2, mind_type(2))
    row = over(row_of(table.dtype), table)[1]
    row.evidence[3] = 0.1
    assert row.evidence[3] == float(np.float32(0.1))
    assert type(row.evidence[3]) is float
    row.evidence[3] += 0.2
    assert table["evidence"][1, 3] == np.float32(float(np.float32(0.1)) + 0.2)


def test_the_newest_comes_first_and_the_last_is_forgotten() -> None:
    table = np.zeros(1, mind_type(1))
    files = over(row_of(table.dtype), table)[0].filed_day
    for day in range(1, 7):
        files.push(day)
    assert table["filed_day"][0].tolist() == list(files) == [6, 5, 4, 3]
    assert 4 in files
    assert 1 not in files


def test_what_does_not_fit_a_cell_is_refused() -> None:
    legs = rows_of(Leg, np.zeros(2, LEG))
    with pytest.raises(TypeError):
        legs[0].open = 0.5
    with pytest.raises(IndexError):
        over(Leg, np.zeros(2, LEG))[2]
    assert rows_of(Leg, np.zeros(0, LEG)) == []
