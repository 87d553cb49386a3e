"""What several quantities ask of a run of one plan, and what the run answers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from experiments.quantities.whereabouts import days_of, places_of, points_of
from scenarios.quantity import BY_PERSON, RATES
from sim.codes import OUTCOMES, STATUSES
from sim.survey.polls import Poll
from sim.watching import ON_THE_WAY, Cell

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from scenarios.quantity import Quantity
    from sim.model import TrustModel
    from sim.plan import Plan

__all__ = ["Asked"]

_PARTS = {
    "in_need": OUTCOMES[1:],
    "asked": ("served", "turned_away"),
    "unmet": tuple(name for name in OUTCOMES[1:] if name != "served"),
    "willing": ("served", "turned_away", "deterred", "not_worth"),
}
"""Measures that are several outcomes of need together."""


class _Part(NamedTuple):
    """One sum that a quantity is made of: over a cell, or over the standing tables."""

    measure: str
    cell: Cell
    standing: bool


class Asked:
    """Quantities in the terms of one plan.

    Attributes:
        plan: The plan; nobody is asked the whole questionnaire.
        cells: What the run has to count beside its standing tables.
        polls: What it has to ask people.

    Args:
        plan: The plan.
        quantities: What is asked of a run of it.
    """

    def __init__(self, plan: Plan, quantities: Sequence[Quantity]) -> None:
        self._quantities = tuple(quantities)
        self._parts = {each.name: _parts(each, plan) for each in quantities if each.measure}
        needed = (
            part.cell for parts in self._parts.values() for part in parts if not part.standing
        )
        self.cells = tuple(dict.fromkeys(needed))
        self._polls = {each.name: _poll(each, plan) for each in quantities if each.question}
        self.polls = tuple(dict.fromkeys(self._polls.values()))
        self.plan = replace(plan, survey_days=())

    def values(self, model: TrustModel) -> dict[str, float]:
        """The value of every quantity; NaN where there was nobody to count."""
        return {each.name: self._value(each, model) for each in self._quantities}

    def daily(self, model: TrustModel) -> dict[str, NDArray[np.float64]]:
        """The value of every day, for quantities that keep it; shape [days]."""
        return {
            each.name: _divided(*(self._by_day(part, model) for part in self._parts[each.name]))
            for each in self._quantities
            if each.daily
        }

    def _value(self, quantity: Quantity, model: TrustModel) -> float:
        if quantity.question:
            assert model.watcher is not None
            return model.watcher.answers.get(self._polls[quantity.name], math.nan)
        parts = self._parts[quantity.name]
        if quantity.ever:
            people, whole = (self._persons(part, model) for part in parts)
            return people / whole if whole else math.nan
        first, stop = parts[0].cell.first, parts[0].cell.stop
        if first >= stop:
            return math.nan
        sums = [float(self._by_day(part, model)[first:stop].sum()) for part in parts]
        if quantity.per == "people":
            sums[1] = self._persons(parts[1], model)
        if len(sums) == 1:
            return sums[0]
        return sums[0] / sums[1] if sums[1] else math.nan

    def _by_day(self, part: _Part, model: TrustModel) -> NDArray[np.float64]:
        if part.standing:
            return _standing(part, model)
        watcher = model.watcher
        assert watcher is not None
        number = watcher.cells.index(part.cell)
        return watcher.daily(number, _outcomes(part.measure)).astype(float)

    def _persons(self, part: _Part, model: TrustModel) -> float:
        watcher = model.watcher
        assert watcher is not None
        number = watcher.cells.index(part.cell)
        return float(watcher.persons(number, _outcomes(part.measure)))


def _parts(quantity: Quantity, plan: Plan) -> tuple[_Part, ...]:
    """What is counted and, where there is one, what it is divided by."""
    above, below = quantity.measure, quantity.per
    if quantity.measure in RATES:
        above = "asked"
        below = "in_need" if quantity.measure == "help_seeking_rate" else "willing"
    if quantity.ever or below == "people":
        below = "present"
    counts_people = quantity.ever or quantity.per == "people"
    group, place = quantity.group, quantity.place
    first, stop = days_of(quantity.window, plan)
    common = {
        "statuses": group.status or None, "urgencies": group.urgency or None,
        "money": group.money or None, "needs": group.need or None, "exposed": group.exposed,
        "places": places_of(place, plan), "first": first, "stop": stop,
    }  # fmt: skip
    plain = not (group.urgency or group.money or group.need or group.exposed is not None)
    parts = []
    for measure, points in ((above, points_of(place, plan)), (below, None)):
        if measure:
            persons = counts_people and (quantity.ever or measure == below)
            cell = Cell(**common, points=points, persons=persons)  # type: ignore[arg-type]
            if measure == below and quantity.per == "present":
                # Visits are counted against everybody there: people served leave need, and people
                # deterred stay in it.
                cell = replace(cell, needs=None, urgencies=None)
            # Who is present is counted by the tables after people have moved, by cells before.
            standing = plain and points is None and not persons and measure != "present"
            parts.append(_Part(measure, cell, standing))
    return tuple(parts)


def _outcomes(measure: str) -> tuple[str, ...]:
    return _PARTS.get(measure, (measure,))


def _standing(part: _Part, model: TrustModel) -> NDArray[np.float64]:
    """The same from the tables by place and status that every run keeps."""
    record, cell = model.record, part.cell
    known = part.measure in BY_PERSON or part.measure in _PARTS
    names = _outcomes(part.measure) if known else (part.measure,)
    # Measure by measure: they lie side by side, so that taking places first would copy all of them.
    counts = np.sum([record.counts[..., record.measures.index(name)] for name in names], axis=0)
    if cell.places is not None:
        counts = counts[:, [name in cell.places for name in record.places]]
    if cell.statuses is not None:
        counts = counts[:, :, [name in cell.statuses for name in STATUSES]]
    return np.asarray(counts.sum(axis=(1, 2), dtype=np.int64), dtype=np.float64)


def _divided(above: NDArray[np.float64], below: NDArray[np.float64] | None = None
             ) -> NDArray[np.float64]:
    if below is None:
        return above
    share = np.full(above.shape, np.nan)
    np.divide(above, below, out=share, where=below > 0)
    return share


def _poll(quantity: Quantity, plan: Plan) -> Poll:
    """The question of a quantity; a country is all its nodes, and nobody is asked between two."""
    places = places_of(quantity.place, plan) or ()
    return Poll(
        day=plan.days - 1 if quantity.day is None else quantity.day,
        question=quantity.question,
        answer=quantity.answer,
        statuses=quantity.group.status,
        nodes=tuple(name for name in places if name != ON_THE_WAY),
    )
