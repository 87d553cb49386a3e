"""Draws from a posterior whose density costs little, such as that of an emulator.

Sequential Monte Carlo with tempering (Del Moral, Doucet & Jasra 2006, *J. R. Stat. Soc. B* 68:411):
a sample of the prior in which the likelihood counts for more and more. Each step is as large as
leaves half of the sample's worth; then those that fit little are replaced by copies of those that
fit, and all walk on by Metropolis steps, so that copies part.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from experiments.calibration.generation import equally_weighted

__all__ = ["draw"]

LogLikelihood = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""Of places in the unit cube, shape [places, dimensions]: shape [places]."""
_WORTH = 0.5
_STEPS = 12
_WANTED = 0.25
_BISECTIONS = 60


def draw(
    log_likelihood: LogLikelihood, dimensions: int, number: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Draws that weigh the same, from a prior that is uniform in the unit cube.

    Args:
        log_likelihood: How well a place fits.
        dimensions: Of the cube.
        number: How many draws.
        rng: Where chance comes from.

    Returns:
        Shape [number, dimensions].
    """
    places = rng.random((number, dimensions))
    fits = log_likelihood(places)
    counted, reach = 0.0, 1.0
    while counted < 1.0:
        step = _largest_step(fits, 1.0 - counted)
        counted += step
        weights = _weights(fits, step)
        kept = equally_weighted(weights, number, rng)
        places, fits = places[kept], fits[kept]
        together = np.cov(places.T).reshape(dimensions, dimensions) + 1e-10 * np.eye(dimensions)
        spread = np.linalg.cholesky(together)
        for _ in range(_STEPS):
            places, fits, share = _walk(log_likelihood, places, fits, counted, reach * spread, rng)
            reach = float(np.clip(reach * math.exp(share - _WANTED), 0.05, 4.0))
    return places


def _walk(
    log_likelihood: LogLikelihood,
    places: NDArray[np.float64],
    fits: NDArray[np.float64],
    counted: float,
    spread: NDArray[np.floating],
    rng: np.random.Generator,
) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
    """One Metropolis step of every draw; steps over an edge are thrown back by it."""
    number, dimensions = places.shape
    scale = 2.38 / math.sqrt(dimensions)
    there = places + scale * rng.standard_normal((number, dimensions)) @ spread.T
    there = 1.0 - np.abs(1.0 - np.mod(there, 2.0))
    found = log_likelihood(there)
    goes = np.log(rng.random(number)) < counted * (found - fits)
    return (np.where(goes[:, None], there, places), np.where(goes, found, fits),
            float(goes.mean()))  # fmt: skip


def _largest_step(fits: NDArray[np.float64], most: float) -> float:
    """How much more the likelihood may count: as much as leaves half of the sample's worth."""
    if _worth(_weights(fits, most)) >= _WORTH:
        return most
    low, high = 0.0, most
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        low, high = (middle, high) if _worth(_weights(fits, middle)) >= _WORTH else (low, middle)
    return max(low, 1e-12)


def _weights(fits: NDArray[np.float64], step: float) -> NDArray[np.float64]:
    weights = np.exp(step * (fits - fits.max()))
    return np.asarray(weights / weights.sum())


def _worth(weights: NDArray[np.float64]) -> float:
    """Share of draws that weigh the same which would be worth as much (Kish 1965)."""
    return float(1.0 / (weights**2).sum() / len(weights))
