"""A quantity in words: what is asked of a run, of whom, where and when."""

from __future__ import annotations

from scenarios.model_words import model_word
from scenarios.naming import Names, listed
from scenarios.quantity import RATES, Group, Place, Quantity, Window
from sim.said import Listed, Said

__all__ = ["quantity_words"]

_WAY = ("on_the_way",)

_PER = {
    "": Said("{measure}, added up"),
    "in_need": Said("{measure}, per person-day in need"),
    "present": Said("{measure}, per person-day inside the system"),
    "people": Said("{measure}, per person"),
}
_RATES = {
    "help_seeking_rate": Said("share of person-days in need on which help was asked for"),
    "willingness": Said("share who asked, of those who could and decided"),
}
_GROUPS = {
    "status": Said("status {words}"), "need": Said("need {words}"),
    "urgency": Said("urgency {words}"), "money": Said("money {words}"),
}  # fmt: skip


def quantity_words(asked: Quantity, names: Names) -> str:
    """What a quantity is, in one sentence without a full stop.

    Args:
        asked: The quantity.
        names: Names of the things on the route.
    """
    parts = [_what(asked), *_group(asked.group), *_place(asked.place, names), _when(asked)]
    return Listed([part for part in parts if part], ",")


def _what(asked: Quantity) -> Said:
    if asked.question:
        return Said("survey: answer {answer} to {question}", answer=model_word(asked.answer),
                    question=asked.question)  # fmt: skip
    measure = model_word(asked.measure)
    if asked.ever:
        return Said("share of people to whom it happened at least once: {measure}",
                    measure=measure)  # fmt: skip
    if asked.measure in RATES:
        return _RATES[asked.measure]
    return Said(_PER[asked.per], measure=measure)


def _group(group: Group) -> list[Said]:
    said = [
        Said(template, words=listed([model_word(word) for word in words]))
        for kind, template in _GROUPS.items() if (words := getattr(group, kind))
    ]  # fmt: skip
    if group.exposed is not None:
        said.append(
            Said("exposed people") if group.exposed else Said("people who are not exposed")
        )
    return said


def _place(place: Place, names: Names) -> list[Said]:
    said = [
        Said("on the way") if words == _WAY else Said("in {places}", places=names.of(kind, words))
        for kind in ("node", "country") if (words := getattr(place, kind))
    ]  # fmt: skip
    if place.not_node == _WAY:
        said.append(Said("not on the way"))
    elif place.not_node:
        said.append(Said("not in {places}", places=names.of("node", place.not_node)))
    if place.step:
        said.append(Said("journey step {steps}", steps=listed(list(map(model_word, place.step)))))
    return said + [
        Said("with {helpers}", helpers=names.of(kind, words))
        for kind in ("organisation", "family", "service_point") if (words := getattr(place, kind))
    ]  # fmt: skip


def _when(asked: Quantity) -> str:
    if asked.day is not None:
        return Said("on day {day}", day=asked.day)
    window = _window(asked.window)
    if not asked.daily:
        return window
    if not window:
        return Said("each day by itself")
    return Said("{window} (and each day by itself)", window=window)


def _window(window: Window) -> str:
    first, last = window.start, None if window.stop is None else window.stop - 1
    if window.after and last is None:
        return Said("days {first} to the last day from {moment} on", first=first,
                    moment=window.after)  # fmt: skip
    if window.after:
        return Said("days {first} to {last} from {moment} on", first=first, last=last,
                    moment=window.after)  # fmt: skip
    if last is None:
        return Said("from day {first} on", first=first) if first else ""
    return Said("days {first} to {last}", first=first, last=last)
