"""Who answered the survey: not known, not fitted, and another mix in every draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.parameters import REGISTRY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from experiments.calibration.task import Task

__all__ = ["MIX", "mixes"]

MIX = ("surveyed_irregular", "surveyed_returnees", "surveyed_deportees")
"""Shares of those who answered: the rest of "all surveyed" are others."""
_ASKING = 2_000_011


def mixes(task: Task, number: int) -> dict[str, NDArray[np.float64]]:
    """A mix of respondents for each draw, even over the ranges of the registry.

    A share of "all surveyed" is linear in the mix and its range lies about evenly around the mix
    with which the model was lived, so that drawing it afterwards leaves the means where they are.
    What it adds is how unsure they are.

    Args:
        task: What is fitted; a mix that its design varies is left to it, and where no target asks
            the survey there is none.
        number: How many draws.

    Returns:
        The values of each parameter, shape [number].
    """
    if not any(target.quantity.question for target in task.targets):
        return {}
    rng = np.random.default_rng([task.design.seed, _ASKING])
    places = {name: (rng.permutation(number) + rng.random(number)) / number for name in MIX}
    return {
        name: REGISTRY[name].low + place * (REGISTRY[name].high - REGISTRY[name].low)
        for name, place in places.items()
        if name not in task.names
    }
