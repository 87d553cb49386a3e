"""A design that is right, to be changed in tests."""

from __future__ import annotations

import copy
from typing import Any

from scenarios.designing import check_design
from sim.problems import Problem

GOOD: dict[str, Any] = {
    "name": "good",
    "scenario": "agadez_breach_firewall",
    "sampler": {"method": "lhs", "points": 10},
    "constants": {"migrants": 500, "days": "300 days"},
    "uncertainties": {
        "half_life_against": {"low": "60 days", "high": "720 days", "scale": "log"},
        "meetings_per_day": "default",
    },
    "levers": [
        {"intervention": "wall", "field": "compliance", "values": ["0 %", "50 %", "100 %"]},
    ],
    "outcomes": [{"name": "asked_all", "measure": "asked", "per": "in_need"}],
}  # fmt: skip


def changed(**parts: Any) -> dict[str, Any]:
    """The good design with some parts exchanged; those that are None are left out."""
    whole = copy.deepcopy(GOOD) | parts
    return {name: part for name, part in whole.items() if part is not None}


def errors(**parts: Any) -> list[Problem]:
    """What keeps a changed design from being used."""
    return [p for p in check_design(changed(**parts)) if p.severity == "error"]


def warnings(**parts: Any) -> list[Problem]:
    """What is odd about a changed design that can be used."""
    problems = check_design(changed(**parts))
    assert all(p.severity == "warning" for p in problems), problems
    return problems


def one_error(**parts: Any) -> Problem:
    """The only thing that keeps a changed design from being used."""
    (found,) = errors(**parts)
    return found


def of_outcome(**fields: Any) -> list[Problem]:
    """What is wrong with an outcome of these fields."""
    return errors(outcomes=[{"name": "it", **fields}])
