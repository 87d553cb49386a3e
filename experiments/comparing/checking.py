"""What cannot be compared, refused before anything runs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from experiments.comparing.method import METHODS, Method
from experiments.limits import refusal
from sim.said import Listed, Said

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
        advice = Said("give {options}", options=Listed(METHODS, "or"))
        raise refusal("interval", interval, Said("is not a kind of interval"), advice)
    fewest = Method(interval).fewest
    if not adding and replicates < fewest:
        message = Said(
            "is too few for a bootstrap, which learns the spread from the replicates alone"
        )
        remedy = Said("give {fewest} or more, or --interval t", fewest=fewest)
        raise refusal(Said("replicates"), replicates, message, remedy)


def check_wanted(half_width: float | None, until_half_width: float | None) -> None:
    """Refuse a wanted half-width that is not a share above zero, or that is given twice."""
    if half_width is None:
        return
    if until_half_width is not None:
        message = Said(
            "cannot stand beside --until-half-width, which says what is wanted already"
        )
        raise refusal("half_width", half_width, message, Said("give one of the two"))
    if not 0 < half_width < 1:
        message = Said("is not a share")
        raise refusal("half_width", half_width, message, Said("give one such as 0.005"))


def check_decomposition(permutations: int | None, *, decompose: bool) -> None:
    """Refuse numbers of random orders that no decomposition can use."""
    if permutations is None:
        return
    if not decompose:
        message = Said("is given alone")
        raise refusal("permutations", permutations, message, Said("add --decompose"))
    if not 2 <= permutations <= MOST_PERMUTATIONS or permutations % 2:
        message = Said("is not a number of pairs of orders, each with its reverse")
        remedy = Said("give an even number from {least} to {most:,}", least=2,
                      most=MOST_PERMUTATIONS)  # fmt: skip
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
            message = Said("is on another network than '{base}', so places cannot be compared",
                           base=base.name)  # fmt: skip
            advice = Said("compare scenarios of one route")
            raise refusal(Said("scenario"), plan.name, message, advice)
        if free_days and plan.days != base.days:
            message = Said("lasts {days} days and '{base}' {base_days}", days=plan.days,
                           base=base.name, base_days=base.days)  # fmt: skip
            raise refusal(Said("scenario"), plan.name, message, Said("give --days for both"))
        scale, base_scale = (p.people / (migrants or p.migrants) for p in (plan, base))
        if not math.isclose(scale, base_scale):
            message = Said(
                "has one simulated migrant stand for {scale:g} people and '{base}' for "
                "{base_scale:g}", scale=scale, base=base.name, base_scale=base_scale,
            )  # fmt: skip
            raise refusal(Said("scenario"), plan.name, message, Said("give both the same scale"))
