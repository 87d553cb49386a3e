"""What an event leaves as evidence with the person it happened to, or who hears of it."""

from __future__ import annotations

from sim.compiling import rule
from sim.rules.opinion import discounted_evidence

__all__ = ["bad_evidence", "good_evidence", "outreach_credibility", "reaching_chance", "relevance",
           "told_probability"]


@rule("float64(float64, float64, float64, float64, float64)")
def bad_evidence(amount: float, weight: float, negativity: float, trust: float,
                 prior_weight: float) -> float:
    """Bad news: weighted, counted ``negativity`` times (1 unless first-hand), discounted by trust.

    With trust 1 nothing is discounted.
    """
    if trust >= 1.0:
        return amount * weight * negativity
    return discounted_evidence(amount * negativity, trust, prior_weight) * weight


@rule("float64(float64, float64, float64, float64)")
def good_evidence(amount: float, weight: float, trust: float, prior_weight: float) -> float:
    """Good news: weighted and discounted by trust."""
    if trust >= 1.0:
        return amount * weight
    return discounted_evidence(amount, trust, prior_weight) * weight


@rule("float64(float64, float64)")
def relevance(exposure: float, floor: float) -> float:
    """How much bad news from others concerns a person: max(exposure, floor); 0 if exposure is 0."""
    if exposure <= 0.0:
        return 0.0
    return max(exposure, floor)


@rule("float64(float64, float64)")
def told_probability(age: float, half_life: float) -> float:
    """Chance that an experience of this age (days) is told in a meeting."""
    return 2.0 ** (-age / half_life)


@rule("float64(float64)")
def outreach_credibility(disbelief_in_independence: float) -> float:
    """An organisation's own word is worth less to one who has seen the opposite."""
    return 1.0 - disbelief_in_independence


@rule("float64(float64, float64, float64, float64)")
def reaching_chance(rate: float, effort: float, visibility: float, campaign: float) -> float:
    """Daily chance that the people of a service point speak to a person there.

    Args:
        rate: Contacts a day at full effort and visibility.
        effort: The organisation's usual effort, 0 to 1.
        visibility: How visible the point is, 0 to 1.
        campaign: Share of the people there whom a campaign reaches a day, beside that.
    """
    return min(1.0, rate * effort * visibility + campaign)
