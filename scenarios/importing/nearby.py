"""The place nearest to a position."""

from __future__ import annotations

import math

from scenarios.importing.given import Given
from sim.network import great_circle_km

__all__ = ["nearest_place"]


def nearest_place(given: Given, lat: float, lon: float) -> tuple[str | None, float]:
    """Key of the nearest place, and how far it is in kilometres; None where there is no place."""
    best: tuple[str | None, float] = (None, math.inf)
    for place in given.places:
        if abs(place.lat - lat) * 110.0 > best[1]:  # a degree of latitude is 110 km or more
            continue
        km = great_circle_km(lat, lon, place.lat, place.lon)
        if km < best[1]:
            best = place.key, km
    return best
