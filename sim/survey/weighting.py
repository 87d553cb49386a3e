"""What "all surveyed" means: a named mix of groups, not the people of the run."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import numpy as np
from numpy.typing import NDArray

from sim.codes import DEPORTEE, IRREGULAR, RETURNEE, STATUSES
from sim.parameters import REGISTRY
from sim.problems import InputProblem, Problem, nearest

__all__ = ["GROUPS", "check_weighting", "group_of", "mix", "possible_mixes", "rescaled", "stated"]

GROUPS = ("others", "irregular", "returnees", "deportees")
"""Groups of the mix; the others are all statuses that are not named."""
_SHARES = tuple(f"surveyed_{name}" for name in GROUPS[1:])
_GROUP_OF = np.array([{IRREGULAR: 1, RETURNEE: 2, DEPORTEE: 3}.get(n, 0)
                      for n in range(len(STATUSES))])
NAMES = ("all_surveyed",)


def check_weighting(name: str) -> None:
    """Refuse a weighting that nobody knows.

    Raises:
        InputProblem: If there is no such weighting.
    """
    if name not in NAMES:
        near = nearest(str(name), NAMES)
        raise InputProblem(Problem(
            field="weighting", value=str(name), message=f"there is no weighting '{name}'",
            suggestion=f"did you mean '{near}'?" if near else f"there is: {', '.join(NAMES)}"))


def group_of(status: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Group of the mix to which each status belongs."""
    return _GROUP_OF[status]


def mix(parameters: Mapping[str, float]) -> NDArray[np.float64]:
    """Share of each group in the mix.

    Raises:
        InputProblem: If the shares of the named groups are more than everyone.
    """
    named = np.array([parameters[name] for name in _SHARES])
    if named.sum() > 1.0:
        raise InputProblem(Problem(
            field=f"parameters.{_SHARES[0]}", value=f"{parameters[_SHARES[0]]:g}",
            message=f"irregular, returnees and deportees make up {named.sum():.0%} of all surveyed",
            suggestion="together they can be at most 100 %"))
    return np.array([1.0 - named.sum(), *named])


def possible_mixes() -> NDArray[np.float64]:
    """Mixes at the corners of the plausible ranges, one per row."""
    ranges = [(REGISTRY[name].low, REGISTRY[name].high) for name in _SHARES]
    return np.array([[1.0 - sum(named), *named] for named in product(*ranges)])


def rescaled(weights: NDArray[np.float64], asked: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights of groups (rows) for each answer (columns) when some groups have nobody.

    Args:
        weights: Share of each group in the mix.
        asked: People asked, shape [groups, answers].
    """
    present = np.where(asked > 0, weights[:, None], 0.0)
    whole = present.sum(axis=0)
    return present / np.where(whole > 0, whole, np.nan)


def stated(weights: NDArray[np.float64], asked: NDArray[np.float64]) -> str:
    """The mix in words, with the groups in which nobody was asked."""
    used = rescaled(weights, asked[:, None])[:, 0]
    if not asked.any():
        return "all_surveyed: nobody was asked"
    parts = [f"{share:.0%} {name}".replace("%", " %")
             for name, share in zip(GROUPS, used, strict=True) if share > 0]
    absent = [name for name, n in zip(GROUPS, asked, strict=True) if n == 0]
    words = f"all_surveyed: {', '.join(parts)}"
    return f"{words} (nobody asked among {', '.join(absent)})" if absent else words
