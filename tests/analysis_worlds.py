"""Designs and tables of runs made from plain functions, so that an analysis needs no simulation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path
from typing import Any, cast

import numpy as np
import pandas as pd

from scenarios.designing import Design, Lever, Sampler, Uncertainty
from scenarios.quantity import Quantity
from scenarios.scenario import Scenario

WALL = Lever("wall", "compliance", (0.0, 0.5, 1.0), ("0 %", "50 %", "100 %"))
KIND = Lever("leak", "kind", ("list", "photo", "talk"), ("list", "photo", "talk"))

Outcome = Callable[..., Any]


def design(
    method: str,
    points: int,
    names: Sequence[str],
    *,
    replicates: int = 1,
    levers: Sequence[Lever] = (),
    second_order: bool = False,
    levels: int = 4,
    log: Sequence[str] = (),
    measure: str = "asked",
    seed: int = 7,
) -> Design:
    """A design over [0, 1] in every parameter, or over 10 to 1000 on a log scale."""
    varied = tuple(
        Uncertainty(name, 10.0, 1000.0, "log")
        if name in log
        else Uncertainty(name, 0.0, 1.0, "linear")
        for name in names
    )
    outcomes = (Quantity("asked_ner", measure=measure), Quantity("other", measure="unmet"))
    return Design(
        "tiny", "A tiny design", "", cast(Scenario, None), Sampler(method, points, second_order,
        levels), seed, replicates, {}, varied, tuple(levers), outcomes, (), "name: tiny\n",
    )  # fmt: skip


def sample(made: Design, seed: int = 1) -> np.ndarray:
    """Points of the unit cube, in the order of the design's sampler; shape (points, parameters)."""
    names = [each.name for each in made.uncertainties]
    problem = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
    method, points = made.sampler.method, made.sampler.points
    if method == "sobol":
        from SALib.sample import sobol

        pairs = made.sampler.second_order
        return np.asarray(sobol.sample(problem, points, calc_second_order=pairs, seed=seed))
    if method == "morris":
        from SALib.sample import morris

        return np.asarray(morris.sample(problem, points, num_levels=made.sampler.levels, seed=seed))
    from scipy.stats import qmc

    return np.asarray(qmc.LatinHypercube(len(names), rng=seed).random(points))


def runs(made: Design, cube: np.ndarray, outcome: Outcome, seed: int = 3) -> pd.DataFrame:
    """The table of runs.

    Args:
        made: The design.
        cube: Its points in the unit cube.
        outcome: Called with the point, and also with the values of the levers if there are any,
            and with a random generator if it takes one more.
        seed: Seed of that generator.
    """
    rng = np.random.default_rng(seed)
    rows = []
    combinations = list(product(*(lever.values for lever in made.levers)))
    for point, place in enumerate(cube):
        values = {
            each.name: each.low * (each.high / each.low) ** x
            if each.scale == "log"
            else each.low + (each.high - each.low) * x
            for each, x in zip(made.uncertainties, place, strict=True)
        }
        for number, chosen in enumerate(combinations):
            set_to = {lever.name: v for lever, v in zip(made.levers, chosen, strict=True)}
            for replicate in range(made.replicates):
                found = outcome(place, *chosen, rng)
                rows.append(
                    {
                        "point": point, "levers": number, "replicate": replicate, **values,
                        **set_to, "asked_ner": float(found), "other": 1.0, "wall_s": 0.1,
                        "error": "",
                    }
                )  # fmt: skip
    frame = pd.DataFrame(rows)
    frame.insert(0, "run", range(len(frame)))
    return frame


def swept(folder: Path, made: Design, frame: pd.DataFrame) -> Any:
    """What an analysis reads, as if the sweep lay in a directory."""
    from experiments.analysis import Runs

    return Runs(made, frame, folder)
