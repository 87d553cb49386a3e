"""Where the runs of a comparison part: the days before are lived once for all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.plan import Plan

__all__ = ["branching", "days_lived"]


def branching(plans: Sequence[Plan]) -> list[tuple[int, int]]:
    """Day from which each scenario differs from the first, and its number, in order of days.

    Scenarios that differ in more than interventions (another population, other parameters) are
    left out: they have no day in common with the first.
    """
    from sim.model import first_day, same_life

    base = plans[0]
    return sorted(
        (min(first_day(base), first_day(plan)), index)
        for index, plan in enumerate(plans)
        if index and same_life(base, plan)
    )


def days_lived(plans: Sequence[Plan]) -> int:
    """Days that one replicate of all scenarios takes, those before day 0 included."""
    whole = sum(plan.burn_in + plan.days for plan in plans)
    return whole - sum(plans[index].burn_in + day for day, index in branching(plans))
