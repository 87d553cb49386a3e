"""The chart of a response curve."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dashboards.explore.charts.look import DASHES, SHAPES, Look, plain

if TYPE_CHECKING:
    from dashboards.explore.column import Column
    from dashboards.explore.curve import Curve

__all__ = ["curve_chart"]

_HIGH = 360
_APART = 7


def curve_chart(
    curve: Curve,
    column: Column,
    names: dict[Any, str],
    look: Look,
    *,
    legend: str,
    across: str,
    text: Callable[[str], str] = str,
) -> dict[str, Any]:
    """Means with intervals, the spread behind them, and cases as dots.

    Args:
        curve: What was found.
        column: The parameter or lever across.
        names: What each curve is called.
        look: Colours.
        legend: Title of the legend.
        across: Title of the axis across.
        text: Gives words for the mouse in the language of who reads them.
    """
    means = _named(plain(curve.means.to_dict("records")), names)
    dots = _named(plain(curve.dots.to_dict("records")), names)
    scale: dict[str, Any] = {"zero": False, "nice": False, "padding": 12}
    if column.scale == "log":
        scale = {"type": "log", "nice": False, "padding": 12}
    x = {"field": "x", "type": "quantitative", "title": across, "scale": scale,
         "axis": _ticks(column)}  # fmt: skip
    y = {"type": "quantitative", "title": curve.asked.outcome, "scale": {"zero": False}}
    tip = [
        *([{"field": "name", "type": "nominal", "title": legend}] if len(names) > 1 else []),
        *({"field": key, "type": "quantitative", "title": title, "format": ".4~g"}
          for key, title in (("x", column.name), ("mean", text("mean")), ("low", text("95 % from")),
                             ("high", text("95 % to")), ("cases", text("cases")),
                             ("runs", text("runs")))),
    ]  # fmt: skip
    layers = [
        layer
        for k, name in enumerate(names.values())
        for layer in _curve(name, k, len(names), dots, x, y, look)
    ]
    return {
        "width": "container", "height": _HIGH, "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": means},
        "layer": [*layers, *_marks(list(names.values()), x, y, look, legend, tip)],
    }  # fmt: skip


def _curve(
    name: str, k: int, of: int, dots: list[dict[str, Any]], x: dict[str, Any], y: dict[str, Any],
    look: Look,
) -> list[dict[str, Any]]:  # fmt: skip
    """One curve but for its marks: cases, their spread, the line and its intervals."""
    colour = look.colours[k % len(look.colours)]
    own = {"transform": [{"filter": {"field": "name", "equal": name}}]}
    beside = _APART * (k - (of - 1) / 2)  # so that intervals at one place do not hide each other
    return [
        {"data": {"values": [row for row in dots if row["name"] == name]},
         "mark": {"type": "point", "filled": True, "size": 13, "opacity": 0.35, "color": colour},
         "encoding": {"x": x, "y": {**y, "field": "y"}}},
        {**own, "mark": {"type": "area", "opacity": 0.1, "color": colour},
         "encoding": {"x": x, "y": {**y, "field": "p10"}, "y2": {"field": "p90"}}},
        {**own, "mark": {"type": "line", "strokeWidth": 2.2, "color": colour, "xOffset": beside,
                         "strokeDash": DASHES[k % len(DASHES)]},
         "encoding": {"x": x, "y": {**y, "field": "mean"}}},
        {**own, "mark": {"type": "rule", "strokeWidth": 2, "color": colour, "xOffset": beside},
         "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}}},
    ]  # fmt: skip


def _marks(
    names: list[str], x: dict[str, Any], y: dict[str, Any], look: Look, legend: str,
    tip: list[dict[str, str]],
) -> list[dict[str, Any]]:  # fmt: skip
    """The means, with a legend and words for the mouse."""
    shown = {"legend": {"title": legend, "columns": 3} if len(names) > 1 else None}
    colour, shape = (
        {"field": "name", "type": "nominal", **shown,
         "scale": {"domain": names, "range": _cycle(values, len(names))}}
        for values in (look.colours, SHAPES)
    )  # fmt: skip
    return [
        {"transform": [{"filter": {"field": "name", "equal": name}}],
         "mark": {"type": "point", "filled": True, "size": 75, "opacity": 1,
                  "xOffset": _APART * (k - (len(names) - 1) / 2)},
         "encoding": {"x": x, "y": {**y, "field": "mean"}, "color": colour, "shape": shape,
                      "tooltip": tip}}
        for k, name in enumerate(names)
    ]  # fmt: skip


def _named(rows: list[dict[str, Any]], names: dict[Any, str]) -> list[dict[str, Any]]:
    return [{**row, "name": names.get(row["curve"], str(row["curve"]))} for row in rows]


def _ticks(column: Column) -> dict[str, Any]:
    if column.values:
        texts = dict(zip((str(value) for value in column.values), column.texts, strict=True))
        made = " : ".join(f"datum.value == {value} ? '{text}'" for value, text in texts.items())
        return {"values": list(column.values), "labelExpr": f"{made} : datum.label"}
    return {"tickCount": 7, "format": ".4~r"}


def _cycle(of: Any, count: int) -> list[Any]:
    return [of[k % len(of)] for k in range(max(1, count))]
