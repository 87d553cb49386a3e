"""Numbers in words: what a comparison found, in sentences anyone can read."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from experiments.intervals import Interval
from sim.said import MINUS, Listed, Said, Share

if TYPE_CHECKING:
    from sim.interventions import Intervention
    from sim.plan import Plan

__all__ = [
    "MINUS",
    "Mark",
    "change_words",
    "first_shock",
    "listed",
    "marks",
    "percent",
    "place_words",
    "three_digits",
]


class Mark(NamedTuple):
    """Something that happens in a scenario and not in the baseline."""

    day: int
    words: str
    nodes: tuple[str, ...]


def percent(share: float, digits: int = 1, *, sign: bool = False, bare: bool = False) -> str:
    """A share as a percentage with a true minus sign, such as `3.2 %`; `bare`: without `%`."""
    if math.isnan(share):
        return Said("not known")
    found = Share(share, digits, sign=sign)
    return str(found)[:-2] if bare else found


def three_digits(value: float, unknown: str = "not known") -> str:
    """A number with three significant digits and a true minus sign; NaN in words."""
    return unknown if math.isnan(value) else f"{value:.3g}".replace("-", MINUS)


def change_words(relative: Interval) -> str:
    """A relative change as part of a sentence, such as `3.2 % less often (2.9 to 3.5 %)`."""
    if math.isnan(relative.value):
        return "not known"
    word = "less" if relative.value < 0 else "more"
    if math.isnan(relative.low) or math.isnan(relative.high):
        return f"{percent(abs(relative.value))} {word} often (interval not known)"
    if not relative.excludes_zero:
        ends = f"{percent(relative.low, sign=True)} to {percent(relative.high, sign=True)}"
        return f"no clear change ({ends})"
    ends_of = sorted((abs(relative.low), abs(relative.high)))
    near, far = percent(ends_of[0], bare=True), percent(ends_of[1])
    return f"{percent(abs(relative.value))} {word} often ({near} to {far})"


def listed(words: Sequence[str]) -> str:
    """Words joined as in a sentence: `a, b and c`."""
    return Listed(words)


def marks(base: Plan, other: Plan) -> list[Mark]:
    """What happens in a scenario and not in its baseline, in order of time."""
    names = _names(other)
    return sorted(
        Mark(each.start, _happening(each, names), tuple(each.scope.node))
        for each in _new(base, other)
    )


def first_shock(base: Plan, others: Iterable[Plan]) -> int:
    """Day from which scenarios can differ from the baseline (0 where nothing says when)."""
    days = [
        day
        for other in others
        for each in _new(base, other)
        for day in (each.start, each.announced_day())
        if day is not None
    ]
    return max(0, min(days, default=0))


def place_words(names: Sequence[str], most: int = 3) -> str:
    """Some names of places, and how many more there are."""
    if len(names) <= most:
        return listed(names)
    return f"{', '.join(names[:most])} and {len(names) - most} more"


def _new(base: Plan, other: Plan) -> list[Intervention]:
    return [each for each in other.interventions if each not in base.interventions]


def _names(plan: Plan) -> dict[str, str]:
    network = plan.network
    tables = (
        (network.nodes, "id"), (network.organisations, "id"), (network.countries, "country"),
    )  # fmt: skip
    return {
        str(key): str(name)
        for table, column in tables
        for key, name in zip(table[column], table["name"], strict=True)
    }


def _happening(intervention: Intervention, names: dict[str, str]) -> str:
    what = intervention.kind.replace("_", " ")
    named = intervention.scope.named()
    for kind in ("node", "country", "service_point", "organisation", "family", "leg"):
        if kind in named:
            return f"{what}, {place_words([names.get(each, each) for each in named[kind]])}"
    return what
