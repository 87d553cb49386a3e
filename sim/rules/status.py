"""How a migrant's legal status changes, and how much a status leaves one to fear."""

from __future__ import annotations

from sim.compiling import rule

__all__ = ["daily_chance", "yearly_chance"]


@rule("float64(float64)")
def daily_chance(mean_days: float) -> float:
    """Daily chance of an event that takes ``mean_days`` on average; 0 if that is 0 (never)."""
    return min(1.0, 1.0 / mean_days) if mean_days > 0.0 else 0.0


@rule("float64(float64)")
def yearly_chance(per_year: float) -> float:
    """Daily chance of an event that happens to this share of people a year."""
    return 1.0 - (1.0 - per_year) ** (1.0 / 365.0)
