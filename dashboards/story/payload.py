"""A story as one text: numbers as packed arrays, names and captions as plain words."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from dashboards.languages import Language
from dashboards.story.captions import captions_of
from dashboards.story.events import events_of, place_names
from dashboards.story.facts import facts_of
from dashboards.story.land import ground
from dashboards.story.numbers import tables_of
from dashboards.story.packing import NO_VALUE, PER_HUNDRED, packed, shares
from dashboards.story.spread import too_few
from dashboards.story.words import words_of
from dashboards.story.worlds import Lived

__all__ = ["as_json", "payload"]


def as_json(lived: Lived, language: Language) -> str:
    """The story as JSON; the same worlds and language give the same bytes."""
    return json.dumps(payload(lived, language), ensure_ascii=False, separators=(",", ":"),
                      allow_nan=False)  # fmt: skip


def payload(lived: Lived, language: Language) -> dict[str, Any]:
    """Everything that the drawing code needs.

    Args:
        lived: The worlds.
        language: The language of all texts.
    """
    plan = lived.tracks[0].plan
    used = np.flatnonzero(sum(track.set_off.sum(axis=0) for track in lived.tracks))
    story = lived.story
    t = language
    return {
        "id": story.id,
        "title": t.text(story.title),
        "question": t.text(story.question),
        "language": t.code,
        "direction": t.direction,
        "days": lived.tracks[0].days,
        "represents": lived.represents,
        "people": t.number(plan.people),
        "migrants": t.number(plan.migrants),
        "known": lived.known,
        "whatIf": t.text(story.what_if),
        "beside": list(story.beside),
        "it": t.text(story.word),
        "noValue": NO_VALUE,
        "perHundred": PER_HUNDRED,
        **ground(plan, t),
        "places": _places(lived),
        "legs": _legs(lived, used),
        "struck": list(lived.struck),
        "worlds": [_world(lived, number, used, t) for number in range(len(lived.tracks))],
        "facts": [fact._asdict() for fact in facts_of(lived, t)],
        "tables": [table._asdict() for table in tables_of(lived, t)],
        "words": words_of(t),
    }


def _places(lived: Lived) -> list[list[object]]:
    nodes = lived.tracks[0].plan.network.nodes
    names = place_names(lived.tracks[0].plan)
    few = too_few(lived.tracks[0])
    rows = zip(names, nodes["lon"].astype(float), nodes["lat"].astype(float), few[:-1], strict=True)
    return [[name, round(lon, 3), round(lat, 3), int(thin)] for name, lon, lat, thin in rows]


def _legs(lived: Lived, used: np.ndarray) -> list[list[int]]:
    network = lived.tracks[0].plan.network
    row = {node: index for index, node in enumerate(network.nodes["id"])}
    legs = network.legs.iloc[used]
    days = lived.tracks[0].leg_days[used]
    return [
        [row[start], row[end], int(length)]
        for start, end, length in zip(legs["from"], legs["to"], days, strict=True)
    ]


def _world(lived: Lived, number: int, used: np.ndarray, t: Language) -> dict[str, Any]:
    track = lived.tracks[number]
    away = track.present.shape[1] - 1
    return {
        "title": t.text(lived.story.worlds[number]),
        "present": packed(track.present),
        "danger": shares(track.danger),
        "heard": shares(track.share_heard()[:, :away]),
        "been": shares(track.share_been()[:, :away]),
        "heardAll": packed(track.heard.sum(axis=1)),
        "setOff": packed(track.set_off[:, used]),
        "inNeed": packed(track.in_need.sum(axis=1)),
        "asked": packed(track.asked.sum(axis=1)),
        "deterred": packed(track.deterred.sum(axis=1)),
        "hasWord": bool(track.heard.any()),
        "events": [_event(each.__dict__) for each in events_of(lived, number, t)],
        "captions": [[each.day, each.text] for each in captions_of(lived, number, t)],
    }


def _event(facts: dict[str, Any]) -> dict[str, Any]:
    names = ("start", "end", "known", "places", "sign", "remedy")
    return {name: facts[name] for name in names}
