"""The charts of boxes: the limits of each, and the cases inside and outside."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboards.explore.charts.look import SHAPES, Look, plain

if TYPE_CHECKING:
    from experiments.analysis.discovery import Discovery
    from experiments.analysis.discovery.dimension import Dimension

__all__ = ["MOST_CASES", "cases_chart", "limited", "limits_chart"]

MOST_CASES = 1_500
"""Cases that are drawn, at most."""
_BAR = 34


def limits_chart(
    found: Discovery, look: Look, *, axis: str, box: str, tell: Callable[[str], str] = str
) -> dict[str, Any]:
    """A line for each limited dimension of each box: its range, and what of it is inside.

    Args:
        found: What was found.
        look: Colours.
        axis: What the axis shows.
        box: What a box is called.
        tell: Tells what the search says in the language of who reads it.
    """
    from experiments.analysis.discovery.words import limit_words

    rows = []
    for each in found.boxes:
        for at in sorted({limit.limit.dimension for limit in each.limits}):
            dimension = found.cases.dimensions[at]
            limits = [limit.limit for limit in each.limits if limit.limit.dimension == at]
            low, high, words = _span(found, at, limits)
            rows.append({
                "box": f"{box} {each.number}", "row": f"{each.number}. {dimension.name}",
                "low": low, "high": high, "from": tell(words[0]), "to": tell(words[1]),
                "words": tell(limit_words(dimension, limits)),
            })  # fmt: skip
    order = [row["row"] for row in rows]
    y = {"field": "row", "type": "nominal", "sort": order, "title": None,
         "axis": {"labelLimit": 240, "ticks": False, "domain": False}}  # fmt: skip
    x = {"type": "quantitative", "title": axis, "scale": {"domain": [0, 1]},
         "axis": {"format": "%", "tickCount": 5}}  # fmt: skip
    colour: dict[str, Any] = {"field": "box", "type": "nominal", "title": None,
              "legend": {} if len(found.boxes) > 1 else None}  # fmt: skip
    ends = [
        {"mark": {"type": "text", "fontSize": 11.5, "dy": -14, "align": "center"},
         "encoding": {"y": y, "x": {**x, "field": key}, "text": {"field": text}}}
        for key, text in (("low", "from"), ("high", "to"))
    ]  # fmt: skip
    return {
        "width": "container", "height": _BAR * len(rows),
        "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": plain(rows)},
        "layer": [
            {"mark": {"type": "rule", "strokeWidth": 7, "color": look.pale, "strokeCap": "round"},
             "encoding": {"y": y, "x": {"datum": 0, **x}, "x2": {"datum": 1}}},
            {"mark": {"type": "rule", "strokeWidth": 11},
             "encoding": {"y": y, "x": {**x, "field": "low"}, "x2": {"field": "high"},
                          "color": colour, "tooltip": {"field": "words"}}},
            *ends,
        ],
    }  # fmt: skip


def limited(found: Discovery) -> list[int]:
    """Dimensions that the boxes limit, those of the first box first."""
    return list(dict.fromkeys(
        limit.limit.dimension for each in found.boxes for limit in each.limits
    ))  # fmt: skip


def cases_chart(
    found: Discovery,
    one: int,
    other: int | None,
    look: Look,
    *,
    hit: str,
    miss: str,
    tell: Callable[[str], str] = str,
) -> dict[str, Any]:
    """Cases on two dimensions (or one and the outcome), with the boxes around them.

    Args:
        found: What was found.
        one: Dimension across.
        other: Dimension upwards; None: the outcome.
        look: Colours.
        hit: Name of the cases that were searched for.
        miss: Name of the others.
        tell: Tells units in the language of who reads them.
    """
    cases = found.cases
    chosen = np.arange(len(cases.hit))
    if len(chosen) > MOST_CASES:
        chosen = np.argsort((chosen * 2654435761) % 2**32)[:MOST_CASES]
    upwards = cases.values if other is None else cases.inputs[:, other]
    across = cases.inputs[chosen, one] + _beside(found, one, chosen)
    upwards = upwards[chosen] + (0.0 if other is None else _beside(found, other, chosen))
    rows = [
        {"x": float(x), "y": float(y), "kind": hit if cases.hit[k] else miss}
        for k, x, y in zip(chosen, across, upwards, strict=True)
    ]  # fmt: skip
    x, y = _axis(found, one, "x", tell), _axis(found, other, "y", tell)
    domain = [hit, miss]
    colour = {"field": "kind", "type": "nominal", "title": None,
              "scale": {"domain": domain, "range": [look.colours[1], look.colours[0]]}}  # fmt: skip
    shape = {"field": "kind", "type": "nominal", "title": None,
             "scale": {"domain": domain, "range": [SHAPES[2], SHAPES[0]]}}  # fmt: skip
    boxes = [] if other is None else [
        {**_sides(found, each, one, "x"), **_sides(found, each, other, "y"),
         "box": str(each.number)}
        for each in found.boxes
    ]  # fmt: skip
    return {
        "width": "container", "height": 340, "autosize": {"type": "fit-x", "contains": "padding"},
        "layer": [
            {"data": {"values": plain(rows)},
             "mark": {"type": "point", "filled": True, "size": 34, "opacity": 0.6},
             "encoding": {"x": x, "y": y, "color": colour, "shape": shape}},
            {"data": {"values": plain(boxes)},
             "mark": {"type": "rect", "fill": None, "stroke": look.ink, "strokeWidth": 2.2,
                      "strokeDash": [7, 3]},
             "encoding": {"x": {**x, "field": "x0"}, "x2": {"field": "x1"},
                          "y": {**y, "field": "y0"}, "y2": {"field": "y1"}}},
        ],
    }  # fmt: skip


def _span(found: Discovery, at: int, limits: list[Any]) -> tuple[float, float, tuple[str, str]]:
    """Which share of a dimension's range is inside, and the words of its ends."""
    from experiments.analysis.discovery.dimension import NUMBER

    dimension = found.cases.dimensions[at]
    sides = {limit.side: limit.value for limit in limits}
    if dimension.kind != NUMBER:  # a lever: each of its values takes as much room
        kept = [
            value for value in dimension.values
            if (sides.get("low", value) <= value <= sides.get("high", value))
            and (not limits[0].among or value in limits[0].among)
        ]  # fmt: skip
        first, last = (dimension.values.index(value) for value in (kept[0], kept[-1]))
        size = len(dimension.values)
        words = " / ".join(map(dimension.words, kept)), ""
        return first / size, (last + 1) / size, words
    least, most = _ends(found, at)
    low, high = sides.get("low", least), sides.get("high", most)
    words = (dimension.words(low) if "low" in sides else "",
             dimension.words(high) if "high" in sides else "")  # fmt: skip
    log = _is_log(found, dimension)

    def place(value: float) -> float:
        if most <= least:
            return 0.5
        if log:
            return math.log(value / least) / math.log(most / least)
        return (value - least) / (most - least)

    return max(0.0, place(low)), min(1.0, place(high)), words


def _ends(found: Discovery, at: int) -> tuple[float, float]:
    column = found.cases.inputs[:, at]
    return float(column.min()), float(column.max())


def _is_log(found: Discovery, dimension: Dimension) -> bool:
    return any(
        each.name == dimension.name and each.scale == "log" for each in found.design.uncertainties
    )


def _axis(found: Discovery, at: int | None, key: str, tell: Callable[[str], str]) -> dict[str, Any]:
    from experiments.analysis.discovery.dimension import NUMBER

    if at is None:
        return {"field": key, "type": "quantitative", "title": found.question.outcome,
                "scale": {"zero": False}}  # fmt: skip
    dimension = found.cases.dimensions[at]
    scale: dict[str, Any] = {"zero": False, "nice": False, "padding": 14}
    if _is_log(found, dimension):
        scale = {"type": "log", "nice": False, "padding": 14}
    axis: dict[str, Any] = {"format": ".4~r", "tickCount": 6}
    if dimension.kind != NUMBER:
        made = " : ".join(
            f"datum.value == {value} ? {text!r}"
            for value, text in zip(dimension.values, dimension.texts, strict=True)
        )
        axis = {"values": list(dimension.values), "labelExpr": f"{made} : ''"}
    unit = f" ({tell(dimension.unit)})" if dimension.unit else ""
    return {"field": key, "type": "quantitative", "title": dimension.name + unit, "scale": scale,
            "axis": axis}  # fmt: skip


def _beside(found: Discovery, at: int, cases: Any) -> Any:
    # Cases with one value of a lever would lie on top of each other: they are spread out a little.
    if found.cases.dimensions[at].kind == "number":
        return 0.0
    least, most = _ends(found, at)
    spread = (np.asarray(cases) * 40503 % 4096) / 4096 - 0.5
    return 0.16 * (most - least) * spread


def _sides(found: Discovery, box: Any, at: int, key: str) -> dict[str, float]:
    least, most = _ends(found, at)
    limits = [each.limit for each in box.limits if each.limit.dimension == at]
    among = next((limit.among for limit in limits if limit.side == "among"), None)
    low = next((limit.value for limit in limits if limit.side == "low"), least)
    high = next((limit.value for limit in limits if limit.side == "high"), most)
    if among:
        low, high = min(among), max(among)
    dimension = found.cases.dimensions[at]
    edge = 0.0 if dimension.kind == "number" else 0.12 * (most - least)
    return {f"{key}0": low - edge, f"{key}1": high + edge}
