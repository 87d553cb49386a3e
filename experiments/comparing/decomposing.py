"""What a difference loses when channels are switched off, in every combination (Shapley values).

This answers another question than the attribution within the runs (`channel_table`): not through
which channel came the fear of those who stayed away, but what would be different if a channel did
not exist. The two are shown side by side and never mixed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from experiments.comparing.game import Game, is_on
from experiments.comparing.lives import Lives
from experiments.living import live
from experiments.memory import Memory
from experiments.outcome import Layout, Outcome
from experiments.pairing import Counter, replicate

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from experiments.comparison import Comparison
    from experiments.posterior import Posterior

__all__ = ["DECOMPOSED", "DIRECT", "Parts", "decomposition_table", "play", "runs_to_play"]

DECOMPOSED = ("deterred", "asked")
"""Measures whose differences are taken apart."""

DIRECT = "direct"
"""What remains when every channel is off: what needs no evidence, such as capacity."""


@dataclass(frozen=True)
class Parts:
    """What each channel adds to the differences of a comparison.

    Attributes:
        game: Which channels were switched, and how.
        values: Replicate x scenario x measure of `DECOMPOSED` x player, and `direct` at the end.
        runs: Runs that it took beside those of the comparison.
    """

    game: Game
    values: NDArray[np.float64] = field(repr=False)
    runs: int


def runs_to_play(game: Game, replicates: int) -> int:
    """Runs that a game takes beside those of the comparison."""
    return len(game.plans) * len(_tasks(game, replicates))


def play(
    game: Game, runs: Sequence[tuple[Outcome, ...]], layout: Layout, *, threads: int,
    counter: Counter, posterior: Posterior | None = None,
) -> Parts:  # fmt: skip
    """Live every set of channels that is wanted, in every replicate.

    Args:
        game: The game.
        runs: The replicates of the comparison, in which all channels are on.
        layout: The rows of the outcomes.
        threads: Sets lived side by side.
        counter: Counts the days.
        posterior: Where fitted parameters come from, if so; switches stay as the game has them.
    """
    tasks = _tasks(game, len(runs))
    switches = tuple(f"channel_{player}" for player in game.players)
    lives = {
        one: Lives(game.plans_of(one), posterior, kept=switches)
        for one in {coalition for _, coalition in tasks}
    }

    def simulate(_: int, number: int) -> NDArray[np.float64]:
        repetition, coalition = tasks[number]
        # A memory of its own: what is kept of these runs is two numbers.
        found = live(lives[coalition].of(repetition), repetition, layout, Memory(0), counter.tick)
        return _worth(found)

    found = replicate(simulate, 1, len(tasks), threads=threads, counter=counter)
    shape = (len(runs), len(game.plans) - 1, len(DECOMPOSED), game.everybody + 1)
    worth = np.full(shape, np.nan)
    for number, run in enumerate(runs):
        worth[number, ..., game.everybody] = _worth(run)
    for (number, coalition), (one,) in zip(tasks, found, strict=True):
        worth[number, ..., coalition] = one
    values = np.array([game.values(each, number) for number, each in enumerate(worth)])
    return Parts(game, values, len(game.plans) * len(tasks))


def decomposition_table(comparison: Comparison) -> pd.DataFrame:
    """One row per scenario, measure and channel; the rows of a measure add up to its difference."""
    import pandas as pd

    columns = ["scenario", "measure", "channel", "difference", "low", "high"]
    parts = comparison.parts
    if parts is None:
        return pd.DataFrame(columns=columns)
    plans, rows = parts.game.plans, []
    for scenario, name in enumerate(comparison.names[1:]):
        both = (plans[0], plans[1 + scenario])
        for index, measure in enumerate(DECOMPOSED):
            found = comparison.method.mean(parts.values[:, scenario, index])
            for player, channel in enumerate((*parts.game.players, DIRECT)):
                if channel == DIRECT or any(is_on(plan, channel) for plan in both):
                    rows.append((name, measure, channel, *found.at(player)))
    return pd.DataFrame(rows, columns=columns)


def _tasks(game: Game, replicates: int) -> list[tuple[int, int]]:
    return [
        (number, coalition)
        for number in range(replicates)
        for coalition in game.coalitions(number)
        if coalition != game.everybody
    ]


def _worth(run: Sequence[Outcome]) -> NDArray[np.float64]:
    """What each scenario changes: scenario x measure."""
    values = np.array([[outcome.value(measure) for measure in DECOMPOSED] for outcome in run])
    return np.asarray(values[1:] - values[0])
