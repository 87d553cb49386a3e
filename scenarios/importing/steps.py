"""The journey step of every place, where a file does not give it."""

from __future__ import annotations

from scenarios.importing.given import Given, GivenPlace, fault, text, two_way
from sim.codes import STEPS
from sim.network import great_circle_km
from sim.problems import nearest

__all__ = ["journey_steps"]

AIMS = ("arrival", "long_stay", "camp")


def journey_steps(given: Given) -> dict[str, str]:
    """Journey step of each place by key.

    Where no place is an origin, those from which ways only lead away are; where none is an aim,
    those to which ways only lead. If there are no such places either, the first place of the file
    is the origin, and the place farthest from it the aim: it has to be looked at.

    Raises:
        InputProblem: If a step is none that the model knows.
    """
    found = {place.key: _said(given, place) for place in given.places}
    both = [way for way in given.ways if two_way(given, way)]
    starts = {way.start for way in given.ways} | {way.end for way in both}
    ends = {way.end for way in given.ways} | {way.start for way in both}
    open_ones = [place for place in given.places if not found[place.key]]
    if "origin" not in found.values():
        chosen = [place for place in open_ones if place.key in starts - ends] or open_ones[:1]
        _choose(given, chosen, "origin", found)
    if not set(AIMS) & set(found.values()):
        open_ones = [place for place in open_ones if not found[place.key]]
        first = next((place for place in given.places if found[place.key] == "origin"),
                     given.places[0])
        far = sorted(open_ones, key=lambda p: -great_circle_km(first.lat, first.lon, p.lat, p.lon))
        chosen = [place for place in open_ones if place.key in ends - starts] or far[:1]
        _choose(given, chosen, "arrival", found)
    for place in given.places:
        found[place.key] = found[place.key] or "transit"
    return found


def _said(given: Given, place: GivenPlace) -> str:
    word = text(place.values, "journey_step", "step").lower().replace(" ", "_").replace("-", "_")
    if word and word not in STEPS:
        near = nearest(word, STEPS)
        raise fault(given.file, place.where, f"is not one of {', '.join(STEPS)}",
                    name="journey_step", value=word,
                    suggestion=f"did you mean '{near}'?" if near else "")
    return word


def _choose(given: Given, places: list[GivenPlace], step: str, found: dict[str, str]) -> None:
    for place in places:
        found[place.key] = step
    named = ", ".join(f"'{place.key}'" for place in places[:5])
    more = f" and {len(places) - 5} more" if len(places) > 5 else ""
    if places:
        given.warn("", f"no place has the journey step {step}; it is assumed for {named}{more}",
                   suggestion=f"give journey_step: {step} to the places that are")
