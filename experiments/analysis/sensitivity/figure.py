"""The figure of a sensitivity analysis: one bar per parameter, with its interval and its source."""

from __future__ import annotations

import math
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.analysis.sensitivity.words import HEADLINE, how_to_read, subject
from experiments.behaviour.drawing import COLOURS, INK, QUIET, axes_in, heading, page, save

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from experiments.analysis.sensitivity.finding import Finding, Index
    from experiments.analysis.sensitivity.result import Sensitivity

__all__ = ["draw", "outcome_figure"]

_MOST_BARS = 12
_MOST_PANELS = 4
_SECOND = {"sobol": "S1"}
_ACROSS = {
    "sobol": "share of the variance: whole bar with interactions (ST), dark part alone (S1)",
    "morris": "mean size of the change over the whole range (mu_star), in units of the outcome",
    "screening": "how far the distribution moves (pawn)",
}


def draw(result: Sensitivity, folder: Path) -> list[Path]:
    """Draw `OUTCOME.png` and `OUTCOME.svg`, a panel per combination of levers (the first four)."""
    paths: list[Path] = []
    for outcome in dict.fromkeys(s.outcome for s, finding in result.found if finding.indices):
        paths += save(outcome_figure(result, outcome), folder, outcome, result.sentences[0])
    return paths


def outcome_figure(result: Sensitivity, outcome: str) -> Figure:
    """What one outcome depends on, a panel per combination of levers (the first four)."""
    panels = [(s, f) for s, f in result.found if s.outcome == outcome and f.indices]
    shown = panels[:_MOST_PANELS]
    bars = min(_MOST_BARS, len(result.factors))
    title = f"What {outcome} depends on: {result.design.title or result.design.name}"
    note = how_to_read(result.method) + " Pale bars with hatching: not told apart from chance, or "
    note += "from a parameter without effect. * the range is at least in part an assumption."
    if len(panels) > len(shown):
        note += f" {len(panels) - len(shown)} more combinations of levers are in the tables."
    height = 2.4 + len(shown) * (0.9 + 0.3 * bars)
    figure = page(title, note, (11.0, height))
    drawn: Any = axes_in(figure, title, note, len(shown), hspace=2.6 / bars, left=0.3)
    for axes, (sample, finding) in zip(drawn[:, 0], shown, strict=True):
        _draw_panel(axes, result, finding)
        heading(axes, subject(sample), _ACROSS[result.method])
        axes.grid(axis="y", visible=False)
        axes.grid(axis="x", color="#DDDDDD", linewidth=0.6)
    return figure


def _draw_panel(axes: Axes, result: Sensitivity, finding: Finding) -> None:
    headline = HEADLINE[result.method]
    ranked = sorted((i for i in finding.indices if i.index == headline), key=lambda i: i.rank)
    ranked = ranked[:_MOST_BARS]
    by = {(i.parameter, i.index): i for i in finding.indices}
    for height, each in enumerate(ranked):
        _draw_bar(axes, height, each, by.get((each.parameter, _SECOND.get(result.method, ""))))
    assumed = {factor.name for factor in result.factors if factor.assumed}
    names = [
        "\n".join(textwrap.wrap(each.parameter + (" *" if each.parameter in assumed else ""), 42))
        for each in ranked
    ]
    axes.set_yticks(range(len(ranked)), names, fontsize=9, color=INK)
    axes.invert_yaxis()
    axes.set_xlim(left=min(0.0, axes.get_xlim()[0]))


def _draw_bar(axes: Axes, height: int, each: Index, part: Index | None) -> None:
    faint = bool(each.note)
    axes.barh(
        height, max(0.0, each.value), height=0.62, color="white" if faint else "#A6CEE3",
        edgecolor=QUIET if faint else COLOURS[0], hatch="///" if faint else "", linewidth=0.8,
    )  # fmt: skip
    if part is not None and part.value > 0:
        axes.barh(height, part.value, height=0.3, color=QUIET if faint else COLOURS[0])
    if not math.isnan(each.low):
        axes.plot(
            [max(0.0, each.low), each.high], [height, height], color=INK, linewidth=1.3,
            marker="|", markersize=7,
        )  # fmt: skip
