"""The main numbers of a story as tables: for those who read, and for those who cannot see a map."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from dashboards.languages import Language
from dashboards.report.phrases import NOTHING
from dashboards.story.change import asked_change, deterred_change, told
from dashboards.story.events import place_names
from dashboards.story.spread import REACHED, reaches
from dashboards.story.worlds import Lived

__all__ = ["Table", "tables_of"]

_MOST = 14


class Table(NamedTuple):
    """A table of words.

    Attributes:
        caption: What it shows.
        head: Heads of the columns.
        rows: Its rows; the first cell is a head.
    """

    caption: str
    head: list[str]
    rows: list[list[str]]


def tables_of(lived: Lived, language: Language) -> list[Table]:
    """The worlds beside each other, and how far word and people have come."""
    found = [_worlds(lived, language)]
    spread = _spread(lived, language)
    return [*found, spread] if spread.rows else found


def _worlds(lived: Lived, t: Language) -> Table:
    last = lived.tracks[0].days - 1
    rows = []
    for world, track in enumerate(lived.tracks):
        part = slice(lived.known if lived.known <= last else 0, None)
        need = max(1, int(track.in_need[part].sum()))
        shares = [1000 * int(each[part].sum()) / need for each in (track.asked, track.deterred)]
        changes = [NOTHING, NOTHING]
        if world:
            changes = [
                told(change(lived, 0, world, lived.known, last), t)
                for change in (asked_change, deterred_change)
            ]
        danger = float(np.nansum(track.danger[last] * track.present[last]))
        mean = danger / max(1, int(track.present[last].sum()))
        rows.append([
            t.text(lived.story.worlds[world]), t.number(shares[0], 1), changes[0],
            t.number(shares[1], 1), changes[1], t.percent(mean),
        ])  # fmt: skip
    return Table(
        t.text("The worlds beside each other, from day {day} on",
               day=t.number(min(lived.known, last))),
        [t.text("World"), t.text("Of 1,000 days in need, days on which people ask"),
         t.text("Change in how often people ask"),
         t.text("Of 1,000 days in need, days on which fear keeps people away"),
         t.text("Change in the days on which fear keeps people away"),
         t.text("How likely people hold it that asking is dangerous, on the last day")],
        rows,
    )  # fmt: skip


def _spread(lived: Lived, t: Language) -> Table:
    names = place_names(lived.tracks[0].plan)
    world = 1 if len(lived.tracks) > 1 else 0
    rows = [
        [names[each.place], _day(each.word, t), _day(each.people, t)]
        for each in reaches(lived, world)
        if each.word is not None
    ][:_MOST]
    return Table(
        t.text("When word and people reach places: “{world}”",
               world=t.text(lived.story.worlds[world])),
        [t.text("Place"),
         t.text("Day on which {share} there have heard", share=t.percent(REACHED, 0)),
         t.text("Day on which {share} there have been where it happened since it became known",
                share=t.percent(REACHED, 0))],
        rows,
    )  # fmt: skip


def _day(day: int | None, t: Language) -> str:
    return t.text("not in this run") if day is None else t.number(day)
