"""The charts of a calibration: targets, parameters, and which make up for each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dashboards.explore.charts.look import Look, plain
from experiments.words import MINUS

if TYPE_CHECKING:
    import pandas as pd

    from dashboards.explore.fit import Fit

__all__ = ["correlation_chart", "pair_chart", "parameter_chart", "target_chart"]

_ROW = 46
_CELL, _AROUND = 250, 66
_FEW = 5


def target_chart(
    targets: pd.DataFrame,
    look: Look,
    *,
    axis: str,
    before: str,
    after: str,
    text: Callable[[str], str] = str,
) -> dict[str, Any]:
    """Each target with its tolerance and the figure observed, and predictions before and after.

    Args:
        targets: As `Fit.targets` has them.
        look: Colours.
        axis: What the axis shows.
        before: Name of the predictions before fitting.
        after: Name of those after.
        text: Gives words for the mouse in the language of who reads them.
    """
    rows = []
    for each in targets.to_dict("records"):
        for kind, name in (("prior", before), ("posterior", after)):
            rows.append({
                "id": each["id"], "title": each.get("title") or each["id"], "kind": name,
                "observed": each["observed"], "least": each["low"], "most": each["high"],
                "mean": each[f"{kind}_mean"], "low": each[f"{kind}_low"],
                "high": each[f"{kind}_high"],
            })  # fmt: skip
    y = {"field": "id", "type": "nominal", "sort": list(targets["id"]), "title": None,
         "axis": {"ticks": False, "domain": False, "labelFontWeight": 600}}  # fmt: skip
    x = {"type": "quantitative", "title": axis, "scale": {"zero": False}}
    domain = [before, after]
    colour = {"field": "kind", "type": "nominal", "title": None,
              "scale": {"domain": domain, "range": [look.colours[1], look.colours[0]]}}  # fmt: skip
    shape = {"field": "kind", "type": "nominal", "title": None,
             "scale": {"domain": domain, "range": ["diamond", "circle"]}}  # fmt: skip
    tip = [{"field": "title", "title": text("target")}, {"field": "kind", "title": ""},
           *({"field": key, "title": title, "type": "quantitative", "format": ".4~g"}
             for key, title in (("mean", text("mean")), ("low", text("9 of 10 from")),
                                ("high", text("9 of 10 to")),
                                ("observed", text("observed"))))]  # fmt: skip
    return {
        "width": "container", "height": _ROW * len(targets),
        "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": plain(rows)},
        "layer": [
            {"mark": {"type": "bar", "height": 36, "color": look.pale},
             "encoding": {"y": y, "x": {**x, "field": "least"}, "x2": {"field": "most"}}},
            {"mark": {"type": "tick", "thickness": 2.5, "size": 36, "color": look.ink},
             "encoding": {"y": y, "x": {**x, "field": "observed"}}},
            *(layer for name, beside in ((before, -8), (after, 8)) for layer in (
                {"transform": [{"filter": {"field": "kind", "equal": name}}],
                 "mark": {"type": "rule", "strokeWidth": 2.4, "yOffset": beside},
                 "encoding": {"y": y, "x": {**x, "field": "low"}, "x2": {"field": "high"},
                              "color": colour}},
                {"transform": [{"filter": {"field": "kind", "equal": name}}],
                 "mark": {"type": "point", "filled": True, "size": 75, "opacity": 1,
                          "yOffset": beside},
                 "encoding": {"y": y, "x": {**x, "field": "mean"}, "color": colour,
                              "shape": shape, "tooltip": tip}},
            )),
        ],
    }  # fmt: skip


def parameter_chart(
    fit: Fit, look: Look, *, before: str, after: str, text: Callable[[str], str] = str
) -> dict[str, Any]:
    """The posterior of each parameter as bars over its range; the line is before fitting.

    Args:
        fit: What was found.
        look: Colours.
        before: Name of the line.
        after: Name of the bars.
        text: Gives words for the mouse in the language of who reads them.
    """
    known: dict[str, dict[str, Any]] = {
        str(row["name"]): dict(row) for row in plain(fit.parameters.to_dict("records"))
    }
    rows = [
        {**row, "at": row["part"] / 20, "to": (row["part"] + 1) / 20,
         "name": row["parameter"].replace("_", " ") + (
             " (log)" if known[row["parameter"]]["scale"] == "log" else ""),
         "words": f"{row['low']:.4g} \N{EN DASH} {row['high']:.4g}",
         "least": f"{known[row['parameter']]['prior_low']:.4g}",
         "most": f"{known[row['parameter']]['prior_high']:.4g}"}
        for row in plain(fit.histograms().to_dict("records"))
    ]  # fmt: skip
    x = {"field": "at", "type": "quantitative", "scale": {"domain": [0, 1], "nice": False},
         "axis": None, "title": None}  # fmt: skip
    y = {"field": "density", "type": "quantitative", "title": None,
         "axis": {"tickCount": 3, "format": ".4~r"}}  # fmt: skip
    label = {"type": "text", "baseline": "top", "dy": 5, "fontSize": 11.5}
    first = {"transform": [{"filter": "datum.part == 0"}]}
    low = {"value": "height"}
    return {
        "usermeta": {"cell": _CELL, "around": _AROUND, "panels": len(known)},
        "data": {"values": plain(rows)},
        "facet": {"field": "name", "type": "nominal", "title": None,
                  "sort": [row["name"] for row in rows[::20]]},
        "columns": 3, "spacing": {"row": 30, "column": 24},
        "resolve": {"scale": {"y": "independent"}},
        "spec": {
            "width": 190, "height": 90,
            "layer": [
                {"mark": {"type": "bar", "color": look.colours[0], "opacity": 0.8},
                 "encoding": {"x": x, "x2": {"field": "to"}, "y": y, "y2": {"datum": 0},
                              "tooltip": [{"field": "words", "title": text("range")},
                                          {"field": "density", "title": after, "format": ".2f",
                                           "type": "quantitative"}]}},
                {"mark": {"type": "rule", "color": look.colours[1], "strokeWidth": 2.2,
                          "strokeDash": [6, 3]},
                 "encoding": {"y": {"datum": 1, "type": "quantitative"}}},
                {**first, "mark": {**label, "align": "left"},
                 "encoding": {"x": {"value": 0}, "y": low, "text": {"field": "least"}}},
                {**first, "mark": {**label, "align": "right"},
                 "encoding": {"x": {"value": "width"}, "y": low, "text": {"field": "most"}}},
            ],
        },
        "title": {"text": f"{after} ▮   {before} - -", "anchor": "start", "color": look.ink,
                  "fontSize": 12.5, "fontWeight": 500},
    }  # fmt: skip


def correlation_chart(fit: Fit, look: Look, text: Callable[[str], str] = str) -> dict[str, Any]:
    """How every two parameters go together in the posterior; numbers in the cells.

    Args:
        fit: What was found.
        look: Colours.
        text: Gives words for the mouse in the language of who reads them.
    """
    found = fit.correlations()
    names, values = list(map(str, found.columns)), found.to_numpy(dtype=float)
    rows = [
        {"one": names[k], "other": names[n], "number": str(n + 1),
         "value": 0.0 if k == n else float(values[k, n]),
         "words": "" if k == n else _short(float(values[k, n]))}
        for k in range(len(names)) for n in range(k + 1)
    ]  # fmt: skip
    labels = {name: f"{k}  {name}" for k, name in enumerate(names, 1)}
    rows = [{**row, "row": labels[str(row["one"])]} for row in rows]
    y = {"field": "row", "type": "nominal", "sort": list(labels.values()), "title": None,
         "axis": {"ticks": False, "domain": False, "labelLimit": 250}}  # fmt: skip
    x = {"field": "number", "type": "nominal", "title": None,
         "sort": [str(k) for k in range(1, len(names) + 1)],
         "axis": {"orient": "top", "ticks": False, "domain": False, "labelAngle": 0}}  # fmt: skip
    # Blue to orange by way of the paper: told apart with and without colour blindness.
    scale = {"domain": [-1, 0, 1], "range": [look.colours[1], look.paper, look.colours[0]],
             "interpolate": "rgb"}  # fmt: skip
    return {
        "width": {"step": 52} if len(names) <= _FEW else "container",
        "height": 28 * len(names),
        **({} if len(names) <= _FEW else {"autosize": {"type": "fit-x", "contains": "padding"}}),
        "data": {"values": plain(rows)},
        "encoding": {"x": x, "y": y},
        "layer": [
            {"mark": {"type": "rect", "stroke": look.paper, "strokeWidth": 2},
             "encoding": {"color": {"field": "value", "type": "quantitative", "scale": scale,
                                    "legend": None},
                          "tooltip": [{"field": "one", "title": ""},
                                      {"field": "other", "title": " "},
                                      {"field": "value", "title": text("correlation"),
                                       "type": "quantitative", "format": ".2f"}]}},
            {"mark": {"type": "text", "fontSize": 11.5},
             "encoding": {"text": {"field": "words"}}},
        ],
    }  # fmt: skip


def _short(value: float) -> str:
    return f"{round(value, 1) + 0.0:.1f}".replace("-", MINUS)


def pair_chart(fit: Fit, one: str, other: str, look: Look) -> dict[str, Any]:
    """Draws of two parameters, on the scales and over the whole of their ranges."""
    known = fit.parameters.set_index("name")
    x, y = (
        {"field": name, "type": "quantitative", "title": name,
         "scale": {"domain": [known.loc[name, "prior_low"], known.loc[name, "prior_high"]],
                   "type": str(known.loc[name, "scale"]), "nice": False},
         "axis": {"format": ".4~r", "tickCount": 5}}
        for name in (one, other)
    )  # fmt: skip
    return {
        "width": "container", "height": 320, "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": plain(fit.pair(one, other).to_dict("records"))},
        "mark": {"type": "point", "filled": True, "size": 30, "opacity": 0.55,
                 "color": look.colours[0]},
        "encoding": {"x": x, "y": y},
    }  # fmt: skip
