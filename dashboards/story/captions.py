"""What is said beside the map, made from the numbers of the run."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np

from dashboards.languages import Language, mark
from dashboards.story.change import asked_change, deterred_change, told
from dashboards.story.events import ENDS, KNOWN, Event, begins_text, events_of, place_names
from dashboards.story.spread import Reach, first_day, reaches
from dashboards.story.worlds import Lived

__all__ = ["Caption", "captions_of"]

_APART, _PATIENCE = 7, 21  # days between two captions; days for which one may wait
_AHEAD, _SETTLED, _LATER = 4, 14, 60
_LONG = 14  # days by which word must be ahead of people to be told
_HARDLY = 0.01  # a change in belief that is hardly one, a share that is hardly anyone


class Caption(NamedTuple):
    """A sentence or two that belong to a day, and stand until the next."""

    day: int
    text: str


class _Free(NamedTuple):
    """A caption that may stand on a later day, with the numbers of that day."""

    day: int
    text: Callable[[int], str]


def captions_of(lived: Lived, world: int, language: Language) -> list[Caption]:
    """All captions of a world, in order of time, none on the heels of another.

    Args:
        lived: The worlds.
        world: Which of them.
        language: The language.
    """
    events = events_of(lived, world, language)
    fixed, free = [_ordinary(lived, world, language)], []
    if not events:
        fixed += _uneventful(lived, language)
    else:
        fixed += [each for event in events for each in _happening(event, language)]
        fixed.append(_end(lived, world, events, language))
        free += _heard(lived, world, language)
        free += _stayed_away(lived, world, events, language)
        free += _believed(lived, world, events[0], language)
        free += _ahead(lived, world, language)
    return _spaced(fixed, free, lived.tracks[0].days)


def _ordinary(lived: Lived, world: int, t: Language) -> Caption:
    track = lived.tracks[world]
    mean = float(np.nansum(track.danger[0] * track.present[0]) / track.present[0].sum())
    return Caption(0, t.text(
        "Ordinary days. People travel, stay, and wonder where it is safe to ask for help. On "
        "average they hold it for {danger} likely that asking can lead to detention or "
        "deportation.", danger=t.percent(mean, 0)))  # fmt: skip


def _uneventful(lived: Lived, t: Language) -> list[Caption]:
    track = lived.tracks[0]
    last = track.days - 1

    def per_thousand(name: str) -> str:
        return t.number(1000 * getattr(track, name).sum() / max(1, track.in_need.sum()))

    return [
        Caption(track.days // 3, t.text(
            "Nothing unusual happens in this world. Fear is here all the same: it differs from "
            "place to place, with what people have lived through and been told.")),
        Caption(last, t.text(
            "The end of the run. Of 1,000 days on which somebody needed help, people "
            "asked on {asked}; on {deterred} fear kept them away.",
            asked=per_thousand("asked"), deterred=per_thousand("deterred"))),
    ]  # fmt: skip


def _happening(event: Event, t: Language) -> list[Caption]:
    found = [Caption(event.start, begins_text(event, t))]
    if event.known > event.start:
        text = KNOWN.get(event.kind, mark("It becomes known in {place}."))
        found.append(Caption(event.known, t.text(text, place=event.where)))
    if event.kind in ENDS:
        found.append(Caption(event.end, t.text(ENDS[event.kind])))
    return found


def _heard(lived: Lived, world: int, t: Language) -> list[_Free]:
    track = lived.tracks[world]
    found = []
    for place in lived.struck[:1]:
        day = first_day(track.share_heard()[:, place], 0.5)
        if day is not None:
            since = t.plural("{n} day", "{n} days", day - lived.known + 1).unescape()
            text = t.text(
                "Within {days}, half of the people in {place} have heard of {it}.",
                days=since, place=place_names(track.plan)[place], it=t.text(lived.story.word),
            )  # fmt: skip
            found.append(_Free(day, partial(_always, text)))
    return found


def _always(text: str, _day: int) -> str:
    return text


def _believed(lived: Lived, world: int, event: Event, t: Language) -> list[_Free]:
    if not lived.struck:
        return []
    return [_Free(event.known + _SETTLED, partial(_believed_text, lived, world, t))]


def _believed_text(lived: Lived, world: int, t: Language, day: int) -> str:
    place = lived.struck[0]
    here, without = (float(lived.tracks[each].danger[day, place]) for each in (world, 0))
    words = {"place": place_names(lived.tracks[0].plan)[place], "here": t.percent(here, 0),
             "without": t.percent(without, 0)}  # fmt: skip
    if abs(here - without) < _HARDLY:
        return t.text(
            "What people in {place} believe has hardly changed: they hold it for {here} likely "
            "that asking is dangerous, against {without} in the same world without it.", **words
        )  # fmt: skip
    return t.text(
        "People in {place} now hold it for {here} likely that asking is dangerous. In the same "
        "world without it: {without}.", **words)  # fmt: skip


def _ahead(lived: Lived, world: int, t: Language) -> list[_Free]:
    return [
        _Free(reach.word, partial(_ahead_text, lived, world, reach.place, t))
        for reach in _in_turn(lived, world)
        if reach.word is not None and (reach.people is None or reach.people > reach.word + _LONG)
    ]


def _ahead_text(lived: Lived, world: int, place: int, t: Language, day: int) -> str:
    track = lived.tracks[world]
    names = place_names(track.plan)
    heard, been = (float(each[day, place]) for each in (track.share_heard(), track.share_been()))
    words = {"place": names[place], "heard": t.percent(heard, 0), "been": t.percent(been, 0),
             "it": t.text(lived.story.word),
             "struck": t.listed([names[row] for row in lived.struck]).unescape()}  # fmt: skip
    if been < _HARDLY:
        return t.text(
            "In {place}, {heard} of people have now heard of {it}, and hardly anyone there has "
            "been in {struck} since. Word is ahead of people.", **words)  # fmt: skip
    return t.text(
        "In {place}, {heard} of people have now heard of {it}, but only {been} have been in "
        "{struck} since. Word is ahead of people.", **words)  # fmt: skip


def _in_turn(lived: Lived, world: int) -> list[Reach]:
    # The busiest place of each further country, in the order in which word arrives.
    track = lived.tracks[world]
    country = track.plan.network.nodes["country"].astype(str).to_list()
    home = {country[row] for row in lived.struck}
    busiest: dict[str, Reach] = {}
    busy = track.present.mean(axis=0)
    for each in reaches(lived, world):
        land = country[each.place]
        held = busiest.get(land)
        if (
            each.word is not None
            and land not in home
            and (held is None or busy[each.place] > busy[held.place])
        ):
            busiest[land] = each
    chosen = sorted(busiest.values(), key=lambda each: -busy[each.place])[:_AHEAD]
    return sorted(chosen, key=lambda each: (each.word, each.place))


def _stayed_away(lived: Lived, world: int, events: list[Event], t: Language) -> list[_Free]:
    last, first = lived.tracks[0].days - 1, events[0].known
    remedies = [event for event in events if event.remedy and event is not events[0]]
    found = []
    if first + _LATER < (remedies[0].start if remedies else last):
        found.append(_Free(first + _LATER, partial(_away_text, lived, world, first, t)))
    return found + [
        _Free(event.start + _LATER, partial(_mended_text, lived, world, event.start, t))
        for event in remedies
        if world > 1
    ]


def _away_text(lived: Lived, world: int, first: int, t: Language, day: int) -> str:
    change = told(deterred_change(lived, 0, world, first, day), t)
    return t.text(
        "Days on which fear keeps people from asking, in the {days} since: {change}, compared "
        "with the same world without it.",
        days=t.plural("{n} day", "{n} days", day - first).unescape(), change=change)  # fmt: skip


def _mended_text(lived: Lived, world: int, first: int, t: Language, day: int) -> str:
    change = told(asked_change(lived, world - 1, world, first, day), t)
    return t.text(
        "Two months on, how often people in need ask: {change}, compared with the world without "
        "this remedy.", change=change)  # fmt: skip


def _end(lived: Lived, world: int, events: list[Event], t: Language) -> Caption:
    last, first = lived.tracks[0].days - 1, events[0].known
    change = told(asked_change(lived, 0, world, first, last), t)
    return Caption(last, t.text(
        "The end of the run. How often people in need have asked for help since day {day}: "
        "{change}, compared with the world as it is.",
        day=t.number(first), change=change))  # fmt: skip


def _spaced(fixed: list[Caption], free: list[_Free], days: int) -> list[Caption]:
    # Those that may stand later wait until there is room; where there is none, they are left out.
    kept = [each for each in fixed if 0 <= each.day < days]
    for each in free:
        for day in range(max(0, each.day), min(each.day + _PATIENCE, days)):
            if all(abs(day - other.day) >= _APART for other in kept):
                kept.append(Caption(day, each.text(day)))
                break
    return sorted(kept)
