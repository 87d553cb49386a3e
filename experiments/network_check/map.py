"""The map of a network as a picture: places, ways and what is odd.

Matplotlib is used without pyplot, so pictures may be drawn from any thread. There is no background
map: nothing is ever fetched.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.limits import refusal
from experiments.network_check.checking import Checked
from experiments.writing import new_file

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["check_map_place", "draw_map", "map_figure"]

KINDS = (".svg", ".png")
# Okabe and Ito's palette; signs tell the steps apart too.
STEPS: dict[str, tuple[str, str]] = {
    "origin": ("#E69F00", "o"), "border": ("#999999", "|"), "transit": ("#666666", "o"),
    "camp": ("#009E73", "^"), "arrival": ("#0072B2", "s"), "long_stay": ("#56B4E9", "D"),
    "return": ("#CC79A7", "v"),
}
DASHES: dict[str, Any] = {"sea": (0, (5, 2)), "river": (0, (5, 2)), "air": (0, (1, 2)),
                          "foot": (0, (3, 1, 1, 1)), "rail": (0, (9, 1))}
INK, QUIET, WRONG = "#222222", "#888888", "#D55E00"
DOTS_PER_INCH = 150
MOST_NAMED = 80
WIDTH, LOWEST, HIGHEST = 9.0, 4.0, 12.0


def check_map_place(path: Path) -> None:
    """Refuse a file that is no picture, or a folder that is not there.

    Raises:
        InputProblem: If the map cannot be written there.
    """
    if path.suffix.lower() not in KINDS:
        raise refusal("map", path, "is no picture that can be drawn",
                      f"end its name in {' or '.join(KINDS)}")
    if path.is_dir() or not path.parent.is_dir():
        raise refusal("map", path, "cannot be written", "name a file in a folder that is there")


def draw_map(checked: Checked, path: Path) -> None:
    """Draw the map into a file, whole or not at all.

    Raises:
        InputProblem: If it cannot be written, or the network's nodes and legs cannot be read.
    """
    check_map_place(path)
    if not checked.drawable:
        raise refusal("map", path, "cannot be drawn: nodes.csv or legs.csv has faults",
                      "correct them first")
    figure = map_figure(checked)
    with new_file(path, "map") as draft:
        figure.savefig(draft, dpi=DOTS_PER_INCH, bbox_inches="tight")


def map_figure(checked: Checked) -> Figure:
    """The map as a figure."""
    from matplotlib.figure import Figure

    nodes = {row["id"]: row for row in checked.net.rows("nodes.csv")}
    lats = [row["lat"] for row in nodes.values()]
    lons = [row["lon"] for row in nodes.values()]
    middle = math.radians((max(lats) + min(lats)) / 2)
    aspect = 1.0 / max(math.cos(middle), 0.2)
    shape = aspect * (max(lats) - min(lats)) / max(max(lons) - min(lons), 0.1)
    figure = Figure(figsize=(WIDTH, min(HIGHEST, max(LOWEST, WIDTH * shape))))
    axes = figure.add_subplot()
    axes.set_aspect(aspect)
    _draw_legs(axes, checked, nodes)
    _draw_nodes(axes, checked, nodes)
    name = checked.net.folder.resolve().name.replace("_", " ")
    axes.set_title(f"{name}: {len(nodes)} places", color=INK, loc="left")
    axes.set_xlabel("degrees east", color=QUIET)
    axes.set_ylabel("degrees north", color=QUIET)
    axes.tick_params(colors=QUIET)
    axes.margins(0.08)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5), frameon=False, fontsize=8)
    return figure


def _draw_legs(axes: Axes, checked: Checked, nodes: dict[str, Any]) -> None:
    odd = {p.line for p in checked.problems if Path(p.file).name == "legs.csv"}
    labels: set[str] = set()
    for leg in checked.net.rows("legs.csv"):
        if leg["from"] not in nodes or leg["to"] not in nodes:
            continue
        start, end = nodes[leg["from"]], nodes[leg["to"]]
        wrong = leg["line"] in odd
        label = "odd length or speed" if wrong else f"by {leg['mode']}"
        axes.plot([start["lon"], end["lon"]], [start["lat"], end["lat"]],
                  color=WRONG if wrong else QUIET, linestyle=DASHES.get(leg["mode"], "-"),
                  linewidth=1.6 if wrong else 0.9, zorder=1,
                  label=None if label in labels else label)
        labels.add(label)


def _draw_nodes(axes: Axes, checked: Checked, nodes: dict[str, Any]) -> None:
    lone = set(checked.islands.unreached) | {n for part in checked.islands.parts for n in part}
    for step, (colour, sign) in STEPS.items():
        rows = [row for row in nodes.values() if row["journey_step"] == step]
        if rows:
            axes.scatter([row["lon"] for row in rows], [row["lat"] for row in rows], s=34,
                         color=colour, marker=sign, zorder=3, label=step.replace("_", " "))
    rows = [row for name, row in nodes.items() if name in lone]
    if rows:
        axes.scatter([row["lon"] for row in rows], [row["lat"] for row in rows], s=130,
                     facecolors="none", edgecolors=WRONG, linewidths=1.4, zorder=2,
                     label="nobody gets there")
    if len(nodes) <= MOST_NAMED:
        for row in nodes.values():
            axes.annotate(str(row["name"]).split(" (")[0][:28].replace("$", r"\$"),
                          (row["lon"], row["lat"]), xytext=(4, 3), textcoords="offset points",
                          fontsize=6.5, color=INK, zorder=4)
