"""How stories live: whom news reaches, who stops telling a story, and when."""

from __future__ import annotations

from sim.compiling import rule

__all__ = ["fade_probability", "news_reach"]


@rule("float64(float64, float64, float64)")
def fade_probability(age: float, at_first: float, half_age: float) -> float:
    """Daily chance of no longer telling a story of this age (days): a heavy tail (M08)."""
    return at_first / (1.0 + age / half_age)


@rule("float64(float64, float64, float64, float64, float64)")
def news_reach(reach: float, at_the_place: float, in_the_country: float, here: float,
               abroad: float) -> float:
    """Daily chance that an announcement reaches a person: most at the place it is about.

    Args:
        reach: Share of people in the country whom it reaches a day.
        at_the_place: 1 at the node it is about, else 0.
        in_the_country: 1 in the country it is about, else 0.
        here: Reach at that node, relative to the country.
        abroad: Reach in other countries, relative to the country.
    """
    if at_the_place > 0.5:
        return min(1.0, reach * here)
    return reach if in_the_country > 0.5 else reach * abroad
