"""What cannot be compared, refused before anything runs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from experiments.comparing.method import METHODS, Method
from experiments.limits import refusal

if TYPE_CHECKING:
    from sim.plan import Plan

__all__ = ["check_decomposition", "check_interval", "check_pairs", "check_wanted"]

MOST_PERMUTATIONS = 10_000


def check_interval(interval: str, replicates: int, *, adding: bool) -> None:
    """Refuse kinds of intervals that do not exist, or need more replicates than are asked for.

    Args:
        interval: Name of the kind.
        replicates: Replicates asked for.
        adding: Whether replicates are added until they are enough instead.
    """
    if interval not in METHODS:
        message = "is not a kind of interval"
        raise refusal("interval", interval, message, f"give {' or '.join(METHODS)}")
    fewest = Method(interval).fewest
    if not adding and replicates < fewest:
        message = "is too few for a bootstrap, which learns the spread from the replicates alone"
        remedy = f"give {fewest} or more, or --interval t"
        raise refusal("replicates", replicates, message, remedy)


def check_wanted(half_width: float | None, until_half_width: float | None) -> None:
    """Refuse a wanted half-width that is not a share above zero, or that is given twice."""
    if half_width is None:
        return
    if until_half_width is not None:
        message = "cannot stand beside --until-half-width, which says what is wanted already"
        raise refusal("half_width", half_width, message, "give one of the two")
    if not 0 < half_width < 1:
        raise refusal("half_width", half_width, "is not a share", "give one such as 0.005")


def check_decomposition(permutations: int | None, *, decompose: bool) -> None:
    """Refuse numbers of random orders that no decomposition can use."""
    if permutations is None:
        return
    if not decompose:
        raise refusal("permutations", permutations, "is given alone", "add --decompose")
    if not 2 <= permutations <= MOST_PERMUTATIONS or permutations % 2:
        message = "is not a number of pairs of orders, each with its reverse"
        remedy = f"give an even number from 2 to {MOST_PERMUTATIONS:,}"
        raise refusal("permutations", permutations, message, remedy)


def check_pairs(plans: Sequence[Plan], migrants: int | None, *, free_days: bool) -> None:
    """Refuse scenarios that differ in more than what happens in them.

    Args:
        plans: The scenarios, the baseline first.
        migrants: Simulated migrants of every run; None: what each scenario says.
        free_days: Whether each scenario lasts as long as it says.
    """
    base = plans[0]
    for plan in plans[1:]:
        if list(plan.network.nodes["id"]) != list(base.network.nodes["id"]):
            message = f"is on another network than '{base.name}', so places cannot be compared"
            raise refusal("scenario", plan.name, message, "compare scenarios of one route")
        if free_days and plan.days != base.days:
            message = f"lasts {plan.days} days and '{base.name}' {base.days}"
            raise refusal("scenario", plan.name, message, "give --days for both")
        scale, base_scale = (p.people / (migrants or p.migrants) for p in (plan, base))
        if not math.isclose(scale, base_scale):
            message = (
                f"has one simulated migrant stand for {scale:g} people and '{base.name}' for "
                f"{base_scale:g}"
            )
            raise refusal("scenario", plan.name, message, "give both the same scale")
