"""A small sketch of a network for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from experiments.network_check.checking import Checked

if TYPE_CHECKING:
    from rich.text import Text

__all__ = ["sketch"]

SIGNS = {"origin": ("O", "bold yellow"), "border": ("|", "white"), "transit": ("+", "white"),
         "camp": ("C", "bold green"), "arrival": ("A", "bold cyan"),
         "long_stay": ("L", "bold cyan"), "return": ("R", "magenta")}
LONE = ("!", "bold red")
RANK = ("transit", "border", "return", "camp", "origin", "long_stay", "arrival")
WAY = "·"
LEAST_SPAN = 0.01


def sketch(checked: Checked, width: int = 72, height: int = 20) -> Text:
    """Places by their journey step, ways as dots; ! where no way leads.

    Args:
        checked: A network that could be read.
        width: Characters across.
        height: Lines.
    """
    from rich.text import Text

    nodes = list(checked.net.rows("nodes.csv"))
    at = _positions(nodes, width, height)
    signs = [[(" ", "")] * width for _ in range(height)]
    for leg in checked.net.rows("legs.csv"):
        if leg["from"] in at and leg["to"] in at:
            for x, y in _between(at[leg["from"]], at[leg["to"]]):
                signs[y][x] = (WAY, "bright_black")
    lone = {name for part in checked.islands.parts for name in part}
    lone |= set(checked.islands.unreached)
    used: dict[str, tuple[str, str]] = {}
    for node in sorted(nodes, key=lambda row: RANK.index(row["journey_step"])):
        x, y = at[node["id"]]
        word = "not reached" if node["id"] in lone else node["journey_step"]
        used[word] = signs[y][x] = LONE if word == "not reached" else SIGNS[word]
    text = Text()
    for line in signs:
        for sign, style in line:
            text.append(sign, style)
        text.append("\n")
    for word, (sign, style) in used.items():
        text.append(f" {sign} ", style)
        text.append(word.replace("_", " "))
    return text


def _positions(nodes: list[dict[str, Any]], width: int, height: int) -> dict[str, tuple[int, int]]:
    lats, lons = [n["lat"] for n in nodes], [n["lon"] for n in nodes]
    tall = max(max(lats) - min(lats), LEAST_SPAN)
    wide = max(max(lons) - min(lons), LEAST_SPAN)
    return {
        node["id"]: (round((node["lon"] - min(lons)) / wide * (width - 1)),
                     round((max(lats) - node["lat"]) / tall * (height - 1)))
        for node in nodes
    }


def _between(start: tuple[int, int], end: tuple[int, int]) -> list[tuple[int, int]]:
    """Cells on the line between two cells."""
    steps = max(abs(end[0] - start[0]), abs(end[1] - start[1]), 1)
    return [(round(start[0] + (end[0] - start[0]) * n / steps),
             round(start[1] + (end[1] - start[1]) * n / steps)) for n in range(steps + 1)]
