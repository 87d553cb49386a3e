"""The map: how help-seeking changed at each place of the route."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from dashboards.languages import Language
from dashboards.outlines import Box, borders_in
from dashboards.report.change import Change
from dashboards.report.labels import Label, spread_labels
from dashboards.report.result import Place, Route
from dashboards.report.svg import (
    FEWER,
    HALO,
    INK,
    MORE,
    QUIET,
    Figure,
    element,
    group,
    label,
    path,
    sign_path,
)

__all__ = ["Mark", "change_mark", "draw_map", "legend", "located"]

_WIDTH, _MOST_HIGH, _LEAST_HIGH = 760.0, 720.0, 360.0
_LAND, _SEA, _BORDER, _NAMES = "#f3efe6", "#dfeaf1", "#b9b2a3", "#6d6350"
_MARGIN = 0.09  # of the larger side of the route


@dataclass(frozen=True)
class Mark:
    """How a place is drawn.

    Attributes:
        shape: Shape of the sign.
        size: Its size (pixels).
        fill: Its colour inside.
        edge: Its colour at the edge.
        words: The number beside it, or nothing.
        tip: What it says, in full.
    """

    shape: str
    size: float
    fill: str
    edge: str
    words: str
    tip: str

    def data(self) -> dict[str, object]:
        """What a script needs to draw it."""
        return {
            "d": sign_path(self.shape, 0, 0, self.size), "fill": self.fill, "edge": self.edge,
            "words": self.words, "tip": self.tip,
        }  # fmt: skip


def change_mark(change: Change | None, name: str, largest: float, language: Language) -> Mark:
    """The mark of a change at a place.

    Args:
        change: The relative change; None where nobody was.
        name: Name of the place.
        largest: Largest change on any map of the report, which gets the largest sign.
        language: The language of words.
    """
    t = language
    if change is None or not change.known:
        return Mark("circle", 2.2, "#ffffff", QUIET, "", f"{name}: {t.text('not known')}")
    ends = t.text("{low} to {high}", low=t.percent(change.low, sign=True),
                  high=t.percent(change.high, sign=True))  # fmt: skip
    value = t.percent(change.value, sign=True)
    if change.few:
        return Mark("circle", 3.5, "#ffffff", QUIET, "", f"{name}: {t.text('too few to trust')}")
    if not change.clear:
        said = t.text("no clear change")
        return Mark("circle", 3.5, QUIET, QUIET, "", f"{name}: {said} ({ends})")
    size = 4.5 + 8.5 * math.sqrt(min(1.0, abs(change.value) / largest)) if largest > 0 else 6.0
    less = change.value < 0
    tone = FEWER if less else MORE
    return Mark("down" if less else "up", size, tone, "#ffffff", value, f"{name}: {value} ({ends})")


def located(route: Route) -> list[Place]:
    """Places of which it is known where they are."""
    return [place for place in route.places if place.lat is not None and place.lon is not None]


def draw_map(
    name: str, route: Route, marks: Mapping[str, Mark], language: Language, title: str,
    description: str, struck: Sequence[str] = (), key: Sequence[tuple[Mark, str]] = (),
) -> Figure:  # fmt: skip
    """Draw the route over the outlines of countries.

    Args:
        name: Name of the figure.
        route: The route.
        marks: The mark of each place.
        language: The language of the names of countries.
        title: Title of the figure.
        description: The same in words.
        struck: Places that get a ring: what happens in the scenario happens there.
        key: What marks mean, drawn below the map.
    """
    places = located(route)
    view = _View.over(places)
    head, foot = 34.0, 20.0 * len(key) + 26
    at = {place.id: view.at(place.lon or 0, place.lat or 0) for place in places}
    land = _land(view)
    texts = spread_labels(
        [_label_of(place, marks[place.id], at[place.id], place.id in struck) for place in places],
        view.width, view.height,
    )  # fmt: skip
    sheet = [
        element("rect", width=view.width, height=view.height, fill=_SEA),
        land,
        _legs(route, at),
        _country_names(route, view, at, texts, language),
        *(_ring(*at[node]) for node in struck if node in at),
        *(
            _mark(place, marks[place.id], at[place.id], texts.get(place.id))
            for place in sorted(places, key=lambda p: marks[p.id].size)
        ),
    ]
    clip = element("clipPath", element("rect", width=view.width, height=view.height),
                   id=f"{name}-edge")  # fmt: skip
    content = Markup("").join([
        label(title, 0, 20, font_size=15, font_weight=600),
        element("defs", clip),
        element("g", group(sheet, clip_path=f"url(#{name}-edge)"),
                transform=f"translate(0 {head:.0f})"),
        legend(key, head + view.height + 22),
    ])  # fmt: skip
    return Figure(name, title, description, view.width, head + view.height + foot, content)


def legend(key: Sequence[tuple[Mark, str]], top: float) -> Markup:
    """What marks mean, one line each."""
    parts = []
    for index, (mark, words) in enumerate(key):
        y = top + 20 * index
        parts += [
            element("path", d=sign_path(mark.shape, 14, y - 4, mark.size), fill=mark.fill,
                    stroke=mark.edge, stroke_width=1.4),
            label(words, 32, y, font_size=13),
        ]  # fmt: skip
    return group(parts)


@dataclass(frozen=True)
class _View:
    """A plate carrée whose middle latitude keeps its shape."""

    box: Box
    width: float
    height: float

    @classmethod
    def over(cls, places: Sequence[Place]) -> _View:
        lons = [place.lon or 0.0 for place in places]
        lats = [place.lat or 0.0 for place in places]
        squeeze = max(0.2, math.cos(math.radians((min(lats) + max(lats)) / 2)))
        wide, high = (max(lons) - min(lons)) * squeeze, max(lats) - min(lats)
        edge = max(wide, high, 1.0) * _MARGIN
        wide, high = wide + 2 * edge, high + 2 * edge
        # A route that runs due north or east still gets a sheet one can look at.
        shape = min(max(high / wide, _LEAST_HIGH / _WIDTH), _MOST_HIGH / _WIDTH)
        wide, high = max(wide, high / shape), max(high, wide * shape)
        west = (min(lons) + max(lons)) / 2 - wide / squeeze / 2
        south = (min(lats) + max(lats)) / 2 - high / 2
        box = Box(west, south, west + wide / squeeze, south + high)
        return cls(box, _WIDTH, _WIDTH * high / wide)

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        box = self.box
        return (
            (lon - box.west) / (box.east - box.west) * self.width,
            (box.north - lat) / (box.north - box.south) * self.height,
        )

    def line(self, points: np.ndarray) -> list[tuple[float, float]]:
        """Points on the sheet, without those that lie on one pixel or far outside."""
        box = self.box
        wide, high = box.east - box.west, box.north - box.south
        near = np.clip(points, [box.west - wide, box.south - high],
                       [box.east + wide, box.north + high])  # fmt: skip
        found = [self.at(lon, lat) for lon, lat in near]
        kept = found[:1]
        for point in found[1:]:
            if math.dist(point, kept[-1]) >= 0.8:
                kept.append(point)
        return kept


def _land(view: _View) -> Markup:
    rings, shared = borders_in(view.box)
    fill = "".join(path(view.line(ring), closed=True) for ring in rings)
    lines = "".join(path(view.line(line)) for line in shared)
    return group([
        element("path", d=fill, fill=_LAND, stroke="#c9c2b2", stroke_width=0.6),
        element("path", d=lines, fill="none", stroke=_BORDER, stroke_width=0.9,
                stroke_dasharray="4 2"),
    ])  # fmt: skip


def _country_names(
    route: Route, view: _View, at: Mapping[str, tuple[float, float]],
    texts: Mapping[str, tuple[float, float, str]], language: Language,
) -> Markup:  # fmt: skip
    # In the middle of a country's places, moved until it covers none of them and none of the names.
    taken = [
        *at.values(),
        *((x + {"start": 40, "end": -40}.get(a, 0), y) for x, y, a in texts.values()),
    ]
    parts = []
    for code, name in route.countries.items():
        own = [at[place.id] for place in located(route) if place.country == code]
        if not own:
            continue
        middle = (sum(x for x, _ in own) / len(own), sum(y for _, y in own) / len(own))
        words = language.country(code, name)
        spot = _free(middle, taken, 4.0 * len(words), view)
        if spot is not None:
            taken.append(spot)
            parts.append(
                label(words, *spot, text_anchor="middle", font_size=11.5, fill=_NAMES, **HALO)
            )
    return group(parts)


def _free(
    middle: tuple[float, float], taken: Sequence[tuple[float, float]], half: float, view: _View
) -> tuple[float, float] | None:
    for reach in (22, 34, 48, 64):
        for turn in (270, 90, 225, 315, 135, 45, 180, 0):
            x = middle[0] + 1.6 * reach * math.cos(math.radians(turn))
            y = middle[1] + reach * math.sin(math.radians(turn))
            inside = half < x < view.width - half and 14 < y < view.height - 8
            if inside and all(abs(x - a) > half + 26 or abs(y - b) > 14 for a, b in taken):
                return x, y
    return None


def _legs(route: Route, at: Mapping[str, tuple[float, float]]) -> Markup:
    lines = "".join(path([at[a], at[b]]) for a, b in route.legs if a in at and b in at)
    return element("path", d=lines, fill="none", stroke="#8c98a3", stroke_width=1, opacity=0.75)


def _ring(x: float, y: float) -> Markup:
    return element("circle", cx=x, cy=y, r=17, fill="none", stroke=INK, stroke_width=1.6,
                   stroke_dasharray="4 3")  # fmt: skip


def _label_of(place: Place, mark: Mark, at: tuple[float, float], struck: bool) -> Label:
    important = bool(mark.words) or struck
    words = f"{place.name} {mark.words}".strip()
    return Label(place.id, words, at[0], at[1], mark.size, important,
                 abs(mark.size) + 20 * struck)  # fmt: skip


def _mark(
    place: Place, mark: Mark, at: tuple[float, float], text: tuple[float, float, str] | None
) -> Markup:
    parts = [
        element("path", d=sign_path(mark.shape, 0, 0, mark.size), fill=mark.fill,
                stroke=mark.edge, stroke_width=1.2, transform=f"translate({at[0]:.1f} {at[1]:.1f})",
                data_sign="")
    ]  # fmt: skip
    if text is not None:
        x, y, anchor = text
        size = 12.5 if mark.words else 10.5
        name = element("tspan", place.name, fill=INK if mark.words else QUIET)
        number = element("tspan", mark.words, font_weight=700, data_words="", dx=3)
        parts.append(
            label(Markup("").join([name, number]), x, y, text_anchor=anchor, font_size=size, **HALO)
        )
    return group(parts, data_place=place.id, data_tip=mark.tip)
