"""A quantity in words: what is asked of a run, of whom, where and when."""

from __future__ import annotations

from scenarios.naming import Names, listed
from scenarios.quantity import RATES, Group, Place, Quantity, Window

__all__ = ["quantity_words"]

_PER = {
    "": "added up", "in_need": "per person-day in need",
    "present": "per person-day inside the system", "people": "per person",
}  # fmt: skip
_RATES = {
    "help_seeking_rate": "share of person-days in need on which help was asked for",
    "willingness": "share who asked, of those who could and decided",
}


def quantity_words(asked: Quantity, names: Names) -> str:
    """What a quantity is, in one sentence without a full stop.

    Args:
        asked: The quantity.
        names: Names of the things on the route.
    """
    parts = [_what(asked), *_group(asked.group), *_place(asked.place, names), _when(asked)]
    return ", ".join(part for part in parts if part)


def _what(asked: Quantity) -> str:
    if asked.question:
        return f"survey: answer {_plain(asked.answer)} to {asked.question}"
    measure = _plain(asked.measure)
    if asked.ever:
        return f"share of people to whom it happened at least once: {measure}"
    if asked.measure in RATES:
        return _RATES[asked.measure]
    return f"{measure}, {_PER[asked.per]}"


def _group(group: Group) -> list[str]:
    said = [f"{kind} {listed([_plain(word) for word in words])}"
            for kind in ("status", "need", "urgency", "money")
            if (words := getattr(group, kind))]
    if group.exposed is not None:
        said.append("exposed people" if group.exposed else "people who are not exposed")
    return said


def _place(place: Place, names: Names) -> list[str]:
    said = [f"in {names.of(kind, words)}" for kind in ("node", "country")
            if (words := getattr(place, kind))]
    if place.not_node:
        said.append(f"not in {names.of('node', place.not_node)}")
    if place.step:
        said.append(f"journey step {listed([_plain(step) for step in place.step])}")
    return said + [f"with {names.of(kind, words)}"
                   for kind in ("organisation", "family", "service_point")
                   if (words := getattr(place, kind))]


def _when(asked: Quantity) -> str:
    if asked.day is not None:
        return f"on day {asked.day}"
    window: Window = asked.window
    daily = " (and each day by itself)" if asked.daily else ""
    if window.after:
        last = "the last day" if window.stop is None else f"{window.stop - 1}"
        return f"days {window.start} to {last} from {window.after} on{daily}"
    if window.stop is None:
        return (f"from day {window.start} on" if window.start else "") + daily
    return f"days {window.start} to {window.stop - 1}{daily}"


def _plain(word: str) -> str:
    return word.replace("_", " ")
