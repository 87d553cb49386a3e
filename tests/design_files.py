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

EVERY_KIND = """
name: everything
title: "Ünïcode: “quoted”"
scenario:
  name: own
  extends: clinic_police
  start_date: 2024-01-01
  population: {migrants: 300}
sampler: {method: grid}
uncertainties:
  channel_witness: {values: [no, yes]}
  bf: {values: [2, 3.5, 1e0]}
levers:
  - {intervention: officers, field: start, values: [2024-03-01, 90 days]}
  - {intervention: officers, field: end, values: [null, 200 days]}
  - {intervention: officers, field: announced, values: [never, 10 days]}
  - {intervention: officers, field: strength, values: [80 %, 0.5]}
outcomes:
  - name: daily_need
    measure: asked
    per: people
    daily: yes
    group: {status: [irregular, refused], need: physical, urgency: [routine, acute],
            money: poorest_third, exposed: no}
    place: {node: tijuana, service_point: [tijuana_rcrc_clinic]}
    window: {after: officers.start, from: -10, to: 2 weeks}
  - {name: ever, measure: unmet, ever: true, place: {not_node: [tijuana, on_the_way]}}
  - {name: away, measure: in_need, place: {node: on_the_way}}
  - {name: caught, measure: detentions, per: present, place: {step: border, country: [MEX, GTM]}}
  - {name: fear, question: danger, answer: agree, place: {node: tijuana}}
  - {name: early, question: trust, answer: high, day: 2024-01-11, group: {status: refused}}
"""
"""A design with every kind of value, lever, window and place."""


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
