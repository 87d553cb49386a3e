"""The chart of sensitivity indices: a bar for each parameter, a panel for each combination."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dashboards.explore.charts.look import Look, plain

if TYPE_CHECKING:
    from experiments.analysis.sensitivity import Sensitivity

__all__ = ["HEADLINE", "MOST_BARS", "index_chart", "panels_of"]

HEADLINE = {"sobol": ("ST", "S1"), "morris": ("mu_star", ""), "screening": ("pawn", "")}
"""The index by which parameters are ranked, and one that is drawn inside its bar."""
MOST_BARS = 15
_BAR = 30


def panels_of(found: Sensitivity) -> list[str]:
    """Combinations of levers for which there are indices, in words."""
    return list(dict.fromkeys(found.table["levers"]))


def index_chart(
    found: Sensitivity,
    levers: str,
    look: Look,
    *,
    axis: str,
    clear: str,
    unclear: str,
    tell: Callable[[str], str] = str,
    text: Callable[[str], str] = str,
) -> dict[str, Any]:
    """Bars of one combination of levers, the largest first, with 95 % intervals.

    Args:
        found: What was found, for one outcome.
        levers: The combination of levers, in words.
        look: Colours.
        axis: What the axis shows.
        clear: Name of bars that stand out from chance.
        unclear: Name of those that do not.
        tell: Tells what the analysis says in the language of who reads it.
        text: Gives words for the mouse in that language.
    """
    headline, part = HEADLINE[found.method]
    table = found.table[found.table["levers"] == levers]
    bars = table[table["index"] == headline].sort_values("rank").head(MOST_BARS)
    inner: Any = table[table["index"] == part].set_index("parameter")["value"] if part else {}
    titles = {factor.name: tell(factor.title) for factor in found.factors}
    rows = [
        {
            "parameter": row["parameter"] + (" *" if row["assumed"] else ""),
            "value": max(0.0, row["value"]), "low": row["low"], "high": row["high"],
            "inner": max(0.0, float(inner[row["parameter"]])) if part else None,
            "kind": unclear if row["note"] else clear, "title": titles[row["parameter"]],
        }
        for row in bars.to_dict("records")
    ]  # fmt: skip
    order = [row["parameter"] for row in rows]
    y = {"field": "parameter", "type": "nominal", "sort": order, "title": None,
         "axis": {"labelLimit": 230, "ticks": False, "domain": False}}  # fmt: skip
    x = {"type": "quantitative", "title": axis, "scale": {"zero": True}}
    tip = [{"field": "title", "title": text("parameter")},
           *({"field": key, "title": title, "type": "quantitative", "format": ".3f"}
             for key, title in (("value", headline), ("low", text("95 % from")),
                                ("high", text("95 % to")),
                                *([("inner", part)] if part else [])))]  # fmt: skip
    fill = {
        "field": "kind",
        "type": "nominal",
        "title": None,
        "scale": {"domain": [clear, unclear], "range": [look.colours[0], look.paper]},
    }
    layers: list[dict[str, Any]] = [
        {"mark": {"type": "bar", "height": 17, "stroke": look.colours[0], "strokeWidth": 1.2,
                  "fillOpacity": 0.45},
         "encoding": {"y": y, "x": {**x, "field": "value"}, "fill": fill, "tooltip": tip,
                      "strokeDash": {"field": "kind", "legend": None, "type": "nominal",
                                     "scale": {"domain": [clear, unclear],
                                               "range": [[1, 0], [4, 3]]}}}},
    ]  # fmt: skip
    if part:
        layers.append(
            {"mark": {"type": "bar", "height": 8, "color": look.colours[0]},
             "encoding": {"y": y, "x": {**x, "field": "inner"}, "tooltip": tip}}
        )  # fmt: skip
    layers.append(
        {"mark": {"type": "rule", "strokeWidth": 1.8, "color": look.ink},
         "encoding": {"y": y, "x": {**x, "field": "low"}, "x2": {"field": "high"}}}
    )  # fmt: skip
    layers += [
        {"mark": {"type": "tick", "thickness": 1.8, "size": 9, "color": look.ink},
         "encoding": {"y": y, "x": {**x, "field": end}}}
        for end in ("low", "high")
    ]  # fmt: skip
    return {
        "width": "container", "height": _BAR * len(rows),
        "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": plain(rows)}, "layer": layers,
    }  # fmt: skip
