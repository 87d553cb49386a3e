"""How stories live: who stops telling them, and when."""

from __future__ import annotations

from sim.compiling import rule

__all__ = ["fade_probability"]


@rule("float64(float64, float64, float64)")
def fade_probability(age: float, at_first: float, half_age: float) -> float:
    """Daily chance of no longer telling a story of this age (days): a heavy tail (M08)."""
    return at_first / (1.0 + age / half_age)
