"""Opinions of subjective logic (Jøsang 2016), held as evidence for (r) and against (s)."""

from __future__ import annotations

import math

from sim.compiling import rule

__all__ = [
    "background", "belief", "discounted_evidence", "disbelief", "evidence_behind", "fading",
    "projected_probability", "uncertainty",
]


@rule("float64(float64, float64, float64)")
def belief(r: float, s: float, prior_weight: float) -> float:
    """Belief b = r / (r + s + W)."""
    return r / (r + s + prior_weight)


@rule("float64(float64, float64, float64)")
def disbelief(r: float, s: float, prior_weight: float) -> float:
    """Disbelief d = s / (r + s + W)."""
    return s / (r + s + prior_weight)


@rule("float64(float64, float64, float64)")
def uncertainty(r: float, s: float, prior_weight: float) -> float:
    """Uncertainty u = W / (r + s + W): what a survey hears as "don't know"."""
    return prior_weight / (r + s + prior_weight)


@rule("float64(float64, float64, float64, float64)")
def projected_probability(r: float, s: float, base_rate: float, prior_weight: float) -> float:
    """Projected probability P = b + a u, the mean of Beta(r + a W, s + (1 - a) W)."""
    return (r + base_rate * prior_weight) / (r + s + prior_weight)


@rule("float64(float64, float64, float64)")
def evidence_behind(mass: float, uncertain: float, prior_weight: float) -> float:
    """Evidence behind a belief (or disbelief) mass: r = W b / u."""
    return prior_weight * mass / uncertain


@rule("float64(float64, float64, float64)")
def discounted_evidence(amount: float, trust: float, prior_weight: float) -> float:
    """Evidence that is left of a told amount after trust discounting.

    The teller's opinion from this evidence alone has b = amount / (amount + W). Discounting
    (Jøsang 2016, section 14.3) gives b' = trust b and u' = 1 - trust b, and so W b' / u'.
    """
    return prior_weight * trust * amount / (prior_weight + amount - trust * amount)


@rule("float64(float64, float64)")
def fading(age: float, half_life: float) -> float:
    """What is left of evidence after ``age`` days: 2^(-age / half-life)."""
    return math.pow(2.0, -age / half_life)


@rule("float64(float64, float64)")
def background(u: float, mean: float) -> float:
    """Evidence a person already holds at departure: an exponential draw with this mean."""
    return -mean * math.log(u)
