"""Runs both engines phase by phase and finds the first thing in which they differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from sim.engine.schedule import PHASES
from sim.model import TrustModel
from sim.plan import Plan

TABLES = ("body", "mind", "public", "standing", "stories", "sources", "nodes", "legs", "points",
          "together")
COUNTERS = ("counts", "shares", "by_point", "telling", "births")
NUMBERS = ("people", "over", "overflow")


class Difference(NamedTuple):
    """The first difference between the engines after a phase."""

    day: int
    phase: str
    table: str
    row: object
    field: str
    compiled: object
    reference: object

    def __str__(self) -> str:
        return (f"day {self.day}, after {self.phase}: {self.table}[{self.row}].{self.field} is "
                f"{self.compiled!r} (compiled) and {self.reference!r} (reference)")


def twins(plan: Plan, **options: Any) -> tuple[TrustModel, TrustModel]:
    """The same plan with the compiled engine and with the reference engine."""
    return (TrustModel(plan, engine="compiled", **options),
            TrustModel(plan, engine="reference", **options))


def in_step(compiled: TrustModel, reference: TrustModel, *, days: int | None = None,
            watch: Callable[[str, TrustModel], None] | None = None) -> Iterator[int]:
    """Live through the days with both engines; after each, yield it.

    Args:
        compiled: A model with the compiled engine.
        reference: Its twin with the reference engine.
        days: How many days; None: to the end.
        watch: Called after each phase with its name and the compiled model.

    Raises:
        AssertionError: As soon as a phase leaves a difference, naming the first.
    """
    last = compiled.plan.days if days is None else compiled.day + days
    while compiled.day < last:
        day = compiled.day
        for phase in PHASES:
            for model in (compiled, reference):
                getattr(model.engine, phase.method)(day)
            found = first_difference(compiled, reference, phase.method)
            assert found is None, str(found)
            if watch:
                watch(phase.method, compiled)
        for model in (compiled, reference):
            model.record.take(model.world, day)
            model.day += 1
        yield day


def first_difference(compiled: TrustModel, reference: TrustModel, phase: str) -> Difference | None:
    """The first difference in state or counters, or None."""
    day = compiled.day
    for name in NUMBERS:
        one, two = getattr(compiled.world, name), getattr(reference.world, name)
        if one != two:
            return Difference(day, phase, "world", "", name, one, two)
    for owner, names in (("tables", TABLES), ("tally", COUNTERS)):
        for name in names:
            one, two = (getattr(getattr(m.world, owner), name) for m in (compiled, reference))
            if one.tobytes() != two.tobytes():
                return Difference(day, phase, name, *_where(one, two))
    return None


def _where(one: np.ndarray, two: np.ndarray) -> tuple[object, str, object, object]:
    """Row, field and both values of the first difference; the first row that differs counts."""
    fields = one.dtype.names or ("",)
    first: tuple[tuple[int, ...], str] | None = None
    for field in fields:
        a, b = (one[field], two[field]) if field else (one, two)
        places = np.argwhere(_bits(a) != _bits(b))
        if len(places) and (first is None or tuple(places[0]) < first[0]):
            first = tuple(int(n) for n in places[0]), field
    if first is None:
        return "?", "padding", None, None
    row, field = first
    a, b = (one[field], two[field]) if field else (one, two)
    return row if len(row) > 1 else row[0], field, a[row].item(), b[row].item()


def _bits(values: np.ndarray) -> np.ndarray:
    """Values as whole numbers, so that -0.0 differs from 0.0 and nan equals itself."""
    return np.ascontiguousarray(values).view(f"u{values.dtype.itemsize}")
