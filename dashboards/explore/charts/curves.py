"""The chart of a response curve."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboards.explore.charts.look import DASHES, SHAPES, Look, plain

if TYPE_CHECKING:
    from dashboards.explore.column import Column
    from dashboards.explore.curve import Curve

__all__ = ["curve_chart"]

_HIGH = 360


def curve_chart(
    curve: Curve, column: Column, names: dict[Any, str], look: Look, *, legend: str, across: str
) -> dict[str, Any]:
    """Means with intervals, the spread behind them, and cases as dots.

    Args:
        curve: What was found.
        column: The parameter or lever across.
        names: What each curve is called.
        look: Colours.
        legend: Title of the legend.
        across: Title of the axis across.
    """
    means = _named(plain(curve.means.to_dict("records")), names)
    dots = _named(plain(curve.dots.to_dict("records")), names)
    many = len(names) > 1
    domain = list(names.values())
    scale: dict[str, Any] = {"zero": False, "nice": False, "padding": 12}
    if column.scale == "log":
        scale |= {"type": "log"}
    x = {"field": "x", "type": "quantitative", "title": across, "scale": scale,
         "axis": _ticks(column)}  # fmt: skip
    y = {"type": "quantitative", "title": curve.asked.outcome, "scale": {"zero": False}}
    colour = {
        "field": "name", "type": "nominal", "scale": {"domain": domain, "range": _some(look)},
        "legend": {"title": legend, "columns": 3, "symbolOpacity": 1} if many else None,
    }  # fmt: skip
    shape = {"field": "name", "type": "nominal", "legend": colour["legend"],
             "scale": {"domain": domain, "range": _cycle(SHAPES, len(domain))}}  # fmt: skip
    dashes = {"field": "name", "type": "nominal", "legend": None,
              "scale": {"domain": domain, "range": _cycle(DASHES, len(domain))}}  # fmt: skip
    tip = [{"field": key, "type": kind, "title": title, **more} for key, kind, title, more in (
        ("name", "nominal", legend, {}), ("x", "quantitative", column.name, {"format": ".4~g"}),
        ("mean", "quantitative", "mean", {"format": ".4~g"}),
        ("low", "quantitative", "95 % from", {"format": ".4~g"}),
        ("high", "quantitative", "95 % to", {"format": ".4~g"}),
        ("cases", "quantitative", "cases", {}), ("runs", "quantitative", "runs", {}),
    )][0 if many else 1:]  # fmt: skip
    return {
        "width": "container", "height": _HIGH, "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": means},
        "layer": [
            {"data": {"values": dots},
             "mark": {"type": "point", "filled": True, "size": 12, "opacity": 0.3},
             "encoding": {"x": x, "y": {**y, "field": "y"}, "color": colour}},
            {"mark": {"type": "area", "opacity": 0.13},
             "encoding": {"x": x, "y": {**y, "field": "p10"}, "y2": {"field": "p90"},
                          "color": colour}},
            {"mark": {"type": "line", "strokeWidth": 2.2},
             "encoding": {"x": x, "y": {**y, "field": "mean"}, "color": colour,
                          "strokeDash": dashes}},
            {"mark": {"type": "rule", "strokeWidth": 2},
             "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"},
                          "color": colour}},
            {"mark": {"type": "point", "filled": True, "size": 70, "opacity": 1},
             "encoding": {"x": x, "y": {**y, "field": "mean"}, "color": colour, "shape": shape,
                          "tooltip": tip}},
        ],
    }  # fmt: skip


def _named(rows: list[dict[str, Any]], names: dict[Any, str]) -> list[dict[str, Any]]:
    return [{**row, "name": names.get(row["curve"], str(row["curve"]))} for row in rows]


def _ticks(column: Column) -> dict[str, Any]:
    if column.values:
        texts = dict(zip((str(value) for value in column.values), column.texts, strict=True))
        made = " : ".join(f"datum.value == {value} ? '{text}'" for value, text in texts.items())
        return {"values": list(column.values), "labelExpr": f"{made} : datum.label"}
    return {"tickCount": 7, "format": "~g" if column.scale == "log" else ".3~g"}


def _some(look: Look) -> list[str]:
    return list(look.colours)


def _cycle(of: Any, count: int) -> list[Any]:
    return [of[k % len(of)] for k in range(max(1, count))]
