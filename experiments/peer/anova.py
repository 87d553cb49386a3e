"""Analysis of variance: what each input adds to a straight line and a bend, over all runs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from experiments.peer.outputs import Seen

__all__ = ["anova"]


def anova(inputs: NDArray[np.float64], output: Seen, names: list[str]) -> dict[str, float]:
    """Per cent of the variance over all runs that is lost without an input.

    A model with the first and second power of every input is fitted to all runs; each input's
    share is the sum of squares by which the fit gets worse without its two terms (type II).

    Args:
        inputs: [points, inputs] between 0 and 1.
        output: What is explained.
        names: Names of the inputs.
    """
    centred = inputs - 0.5
    terms = np.concatenate([np.ones((len(inputs), 1)), centred, centred**2], axis=1)
    # The mean over a point's runs holds all that the inputs can explain of them.
    repeats = output.runs.shape[1]
    total = float((output.runs**2).sum())
    best = _missed(terms, output.mean)
    found = {}
    for n, name in enumerate(names):
        without = np.delete(terms, [1 + n, 1 + len(names) + n], axis=1)
        found[name] = 100.0 * repeats * (_missed(without, output.mean) - best) / total
    return found


def _missed(terms: NDArray[np.float64], values: NDArray[np.float64]) -> float:
    fit, *_ = np.linalg.lstsq(terms, values, rcond=None)
    return float(((values - terms @ fit) ** 2).sum())
