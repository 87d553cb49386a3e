"""Counting people apart for whoever asked for it before the run (see :mod:`sim.watching`)."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.codes import ABSENT, DEAD, DETERRED, EXPOSED, NONE, OUTCOMES, TRAVELLING, URGENCY_BITS
from sim.columns import Tables
from sim.compiling import inlined, kernel, whole
from sim.engine.compiled.reading import exposure_of

__all__ = ["CELL", "PRESENT", "count_cells"]

PRESENT = len(OUTCOMES)
"""Column of people present, after those of the outcomes of need."""

CELL = np.dtype([
    ("statuses", "i8"), ("needs", "i8"), ("urgencies", "i8"), ("money", "i8"),  # a bit each
    ("exposed", "i8"),        # 1 only exposed people, 0 only others, -1 all
    ("in_need", "i8"),        # 1 if only people in need are counted
    ("first", "i8"), ("stop", "i8"),
    ("persons", "i8"),        # its row among the cells that tell people apart, or -1
], align=True)
"""A cell as numbers. Places and service points are apart, a byte for each."""


@inlined
def _belongs(t: Tables, i: int, cell: Any, place: int, asked: int, places: Any, points: Any,
             ) -> bool:
    me = t.body[i]
    if places[place] == 0 or points[asked] == 0:
        return False
    if (cell.statuses >> me.status) & 1 == 0 or (cell.money >> me.money) & 1 == 0:
        return False
    if cell.in_need == 1:
        if me.outcome == NONE or (cell.needs >> me.need) & 1 == 0:
            return False
        urgency = t.body[i].episode[me.need] & URGENCY_BITS
        if (cell.urgencies >> urgency) & 1 == 0:
            return False
    if cell.exposed >= 0:
        return (1 if exposure_of(t, i) >= EXPOSED else 0) == cell.exposed
    return True


@kernel
def count_cells(t: Tables, cells: Any, places: Any, points: Any, counts: Any, ever: Any,
                people: int, day: int) -> None:
    """Count everyone who has entered in every cell whose days include this one."""
    away, nobody = t.nodes.shape[0], t.points.shape[0]
    for c in range(cells.shape[0]):
        cell = cells[c]
        if day < cell.first or day >= cell.stop:
            continue
        for i in range(people):
            me = t.body[i]
            if me.state == ABSENT or me.state == DEAD:
                continue
            place = away if me.state == TRAVELLING else whole(me.node)
            # Whoever was not at a service point, or kept away from one by fear, asked nobody.
            asked = whole(me.asked) if NONE < me.outcome <= DETERRED else nobody
            if not _belongs(t, i, cell, place, asked, places[c], points[c]):
                continue
            counts[c, me.outcome] += 1
            counts[c, PRESENT] += 1
            if cell.persons >= 0:
                ever[cell.persons, i] |= (1 << me.outcome) | (1 << PRESENT)
