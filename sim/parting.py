"""Until when two runs are the same life: what is the same need be lived only once."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from sim.interventions.reach import slot_of

if TYPE_CHECKING:
    from sim.interventions import Intervention
    from sim.plan import Plan

__all__ = ["begins", "first_day", "parting_day", "same_life", "without_words"]


def begins(intervention: Intervention) -> int:
    """The first day of the run on which an intervention does or says anything."""
    said = intervention.announced_day()
    return max(0, intervention.start if said is None else min(intervention.start, said))


def first_day(plan: Plan) -> int:
    """The first day on which an intervention of a plan does or says anything."""
    return min([plan.days, *map(begins, plan.interventions)])


def parting_day(one: Plan, other: Plan) -> int:
    """The first day on which two plans that are the same life can differ.

    Interventions at the same place of both lists, with the same words and the same slot for their
    story, do the same; from the first of the others on, the runs may part.
    """
    both = zip_longest(_acts(one), _acts(other))
    apart = [act[0] for pair in both if pair[0] != pair[1] for act in pair if act is not None]
    return min([one.days, other.days, *map(begins, apart)])


def same_life(one: Plan, other: Plan) -> bool:
    """Whether two plans differ in nothing but words, surveys and interventions."""

    def bare(plan: Plan) -> Plan:
        return replace(without_words(plan), interventions=())

    # Compared before the interventions are taken away, and with them the points that they open.
    if one.network is not other.network and not one.network.same_as(other.network):
        return False
    a, b = bare(one), bare(other)
    return replace(a, network=b.network) == b


def without_words(plan: Plan) -> Plan:
    """A plan without what changes nobody's life: names, words and days of surveys."""
    return replace(plan, name="", title="", question="", survey_days=())


def _acts(plan: Plan) -> list[tuple[Intervention, int]]:
    return [(each, slot_of(plan, each)) for each in plan.interventions]
