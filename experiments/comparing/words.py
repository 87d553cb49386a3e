"""What a comparison says in sentences: how sure it is, what pairing saved, what parts mean."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

from experiments.words import MINUS

if TYPE_CHECKING:
    from experiments.comparison import Comparison

__all__ = ["decomposition_words", "precision_words"]


def precision_words(comparison: Comparison) -> list[str]:
    """For each scenario, how near its difference in help-seeking is known, and what more needs."""
    whole = comparison.differences.query("by == 'all' and measure == 'help_seeking_rate'")
    near = comparison.precision.to_dict("records")
    return [
        _precision(comparison, float(difference), row)
        for difference, row in zip(whole["difference"], near, strict=True)
    ]


def decomposition_words(comparison: Comparison) -> list[str]:
    """What the parts of a decomposition are, and what they are not."""
    if comparison.parts is None:
        return []
    game = comparison.parts.game
    how = (
        f"all {game.everybody + 1} combinations of channels switched on and off"
        if game.permutations is None
        else f"{game.permutations} random orders of switching channels on, in each replicate"
    )
    return [
        f"“What a channel adds” (Shapley values) comes from {how}, in the baseline too: by how "
        "much the difference grows when the channel is switched on, as a mean over the orders of "
        "switching on. It answers what would be different without a channel. “Deterred by” "
        "answers through which channel the fear of those who stayed away came, in runs with all "
        "channels as they are. The two may differ, and are not to be added up."
    ]


def _precision(
    comparison: Comparison, difference: float, row: Mapping[Hashable, Any]
) -> str:
    name, half_width = row["scenario"], row["half_width"]
    if math.isnan(half_width):
        return f"{name}: no interval is known of the difference in “asked, of days in need”."
    words = (
        f"{name}: “asked, of days in need” differs by {_points(difference)} percentage points, "
        f"known to ±{_points(half_width)} with these {comparison.replicates} replicates"
    )
    if not math.isnan(row["needed"]) and row["wanted"] > 0:
        why = " (a tenth of it)" if comparison.half_width is None else ""
        words += f"; ±{_points(row['wanted'])}{why} needs about {row['needed']:,.0f}"
    return f"{words}. {_pairing(row['pairing'])}".rstrip()


def _pairing(gain: float) -> str:
    if math.isnan(gain):
        return ""
    if math.isinf(gain):
        return "Pairing left no chance in it at all."
    if gain < 1.05:
        return f"Pairing saved nothing here (variance ratio {gain:.2f})."
    times = f"{gain:,.0f}" if gain >= 10 else f"{gain:.1f}"
    return f"Pairing made the interval as narrow as {times} times as many unpaired runs would."


def _points(share: float) -> str:
    return f"{100 * share:.2g}".replace("-", MINUS)
