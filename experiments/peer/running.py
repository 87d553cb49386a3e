"""Running the screening: every point of the design, several times, on one map."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from experiments.peer.journey import EXIT
from experiments.peer.routes import live
from experiments.peer.world import Size, World, make_world

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["WORLD_SEED", "outcomes", "run_design"]

WORLD_SEED = 123


def outcomes(world: World, inputs: Mapping[str, float], seed: int) -> dict[str, float]:
    """Live one run and count what the screening counts.

    Args:
        world: The map.
        inputs: A value for each of the seventeen inputs.
        seed: Of all chance in the run.

    Returns:
        `set_out` and `n_arrived` (people); of those under way at the end `mean_cap` (capital),
        `var_n_link` (variance of the number of links known) and `mean_freq_plan` (stays that ended
        with a whole route, per step); `var_links` (variance of traffic over links); and for each
        exit `exit_0`, ... the people who left by it.
    """
    journey = world.journey(inputs)
    people = live(journey, seed, world.size.steps)
    arrived = journey.arrived[:people] == 1
    under_way = np.flatnonzero(~arrived)
    known = journey.knows_link[under_way].sum(axis=1, dtype=np.int64)
    left = journey.through[world.kind == EXIT]
    nobody = len(under_way) < 2
    return {
        "set_out": people,
        "n_arrived": int(arrived.sum()),
        "mean_cap": 0.0 if nobody else float(journey.capital[under_way].mean()),
        "var_n_link": 0.0 if nobody else float(known.var(ddof=1)),
        "mean_freq_plan": 0.0 if nobody else float(
            (journey.planned[under_way] / (journey.steps[under_way] + 0.00001)).mean()),
        "var_links": float(journey.taken.var(ddof=1)),
        **{f"exit_{n}": int(count) for n, count in enumerate(left)},
    }


def run_design(design: pd.DataFrame, repeats: int, size: Size | None = None,
               progress: Callable[[int, int], None] = lambda _done, _of: None) -> pd.DataFrame:
    """Run every point of a design.

    Args:
        design: A row per point.
        repeats: Runs of each point, which differ in chance alone.
        size: Of the map and the runs.
        progress: Told how many runs are done, of how many.

    Returns:
        A row per run: `point`, `repeat`, and what :func:`outcomes` counts.
    """
    import pandas as pd

    world = make_world(size or Size(), WORLD_SEED)
    rows = []
    for point, inputs in enumerate(design.to_dict("records")):
        for repeat in range(repeats):
            seed = 1 + point * repeats + repeat
            row = outcomes(world, {str(name): value for name, value in inputs.items()}, seed)
            rows.append({"point": point, "repeat": repeat, **row})
            progress(len(rows), len(design) * repeats)
    return pd.DataFrame(rows)
