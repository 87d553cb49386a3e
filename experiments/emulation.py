"""A Gaussian process in place of the model, and how far it can be trusted."""

from __future__ import annotations

import warnings
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from sklearn.gaussian_process import GaussianProcessRegressor

__all__ = ["Emulator", "Error", "cross_validated"]

FOLDS = 10
_LEAST_NOISE = 1e-6
_LONGEST = 100.0
_ROUNDS, _MORE_ROUNDS = 50, 10
"""Steps of the search for lengths: from the beginning, and from those of nearly the same points."""


class Error(NamedTuple):
    """How wrong an emulator is about points it was not fitted to.

    Attributes:
        as_theirs: Root mean square of errors, each over the emulator's own standard deviation,
            averaged over folds: the measure that is 1.48 for Routes and Rumours. Beyond 1 the
            emulator is too sure of itself; chance in the runs left out is not allowed for.
        with_noise: The same with the variance of the mean of the runs left out added: 1 if both
            are calibrated.
        explained: Share of the variance between points that is foreseen.
    """

    as_theirs: float
    with_noise: float
    explained: float


class Emulator:
    """A Gaussian process over the inputs, scaled to the unit cube.

    Matérn 5/2 with a length of its own for each input and a constant mean. Noise is, at each point,
    what the repeats say; for an output without repeats one amount for all, which is fitted.

    Args:
        inputs: [points, inputs] between 0 and 1.
        mean: [points] what is emulated, in units in which it spreads by about 1.
        noise: [points] variance of the mean; None if it is to be fitted.
        start: An emulator of nearly the same points, from whose lengths to begin.
    """

    def __init__(
        self,
        inputs: NDArray[np.float64],
        mean: NDArray[np.float64],
        noise: NDArray[np.float64] | None,
        start: Emulator | None = None,
    ) -> None:
        self._level = float(mean.mean())
        self._process = _process(inputs.shape[1], noise, start)
        with warnings.catch_warnings():
            # An input without effect has no length; its bound is as good as any beyond.
            warnings.simplefilter("ignore")
            self._process.fit(inputs, mean - self._level)
        self.kernel: Any = self._process.kernel_
        self._own_noise = float(self.kernel.k2.noise_level) if noise is None else 0.0

    def foresee(self, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
        """What the model is expected to give at some points."""
        return np.asarray(self._process.predict(inputs)) + self._level

    def foresee_with(
        self, inputs: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
        """The same, the variance of each expectation, and the noise that was fitted, if any."""
        mean, deviation = self._process.predict(inputs, return_std=True)
        variance = np.maximum(deviation**2 - self._own_noise, 1e-12)
        return mean + self._level, variance, self._own_noise


    def foresee_without(
        self, places: NDArray[np.integer]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
        """What `foresee_with` would say of some of its own points, had it never seen them.

        Lengths stay as they are, so that one inverse serves all points (Rasmussen & Williams
        2006, Gaussian Processes for Machine Learning, 5.4.2, for groups of points).

        Args:
            places: Which of the points.
        """
        inner = np.linalg.inv(self._inverse[np.ix_(places, places)])
        missed = inner @ np.ravel(self._process.alpha_)[places]
        foreseen = np.ravel(self._process.y_train_)[places] - missed + self._level
        variance = np.maximum(np.diag(inner) - self._noise_at(places), 1e-12)
        return foreseen, variance, self._own_noise

    @cached_property
    def _inverse(self) -> NDArray[np.float64]:
        from scipy.linalg import cho_solve

        lower = self._process.L_
        return np.asarray(cho_solve((lower, True), np.eye(len(lower))))

    def _noise_at(self, places: NDArray[np.integer]) -> NDArray[np.float64]:
        alpha = np.broadcast_to(np.asarray(self._process.alpha, float), len(self._process.L_))
        return np.asarray(alpha[places] + self._own_noise)


def _process(
    dimensions: int, noise: NDArray[np.float64] | None, start: Emulator | None
) -> GaussianProcessRegressor:
    from sklearn.gaussian_process import GaussianProcessRegressor
    from sklearn.gaussian_process.kernels import ConstantKernel, Matern, WhiteKernel

    kernel = start.kernel if start else None
    if kernel is None:
        kernel = ConstantKernel(1.0, (1e-3, 1e3)) * Matern(
            np.full(dimensions, 2.0), (0.05, _LONGEST), nu=2.5)
        if noise is None:
            kernel = kernel + WhiteKernel(0.3, (1e-5, 10.0))
    alpha: Any = 1e-10 if noise is None else np.maximum(noise, _LEAST_NOISE)
    rounds = _ROUNDS if start is None else _MORE_ROUNDS

    def climb(
        objective: Any, begin: NDArray[np.float64], bounds: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], float]:
        from scipy.optimize import minimize

        found = minimize(objective, begin, jac=True, bounds=bounds, method="L-BFGS-B",
                         options={"maxiter": rounds})  # fmt: skip
        return found.x, float(found.fun)

    return GaussianProcessRegressor(kernel, alpha=alpha, optimizer=climb)


def cross_validated(
    inputs: NDArray[np.float64],
    mean: NDArray[np.float64],
    noise: NDArray[np.float64] | None,
    whole: Emulator,
    seed: int = 1,
    *,
    refit: bool = True,
) -> Error:
    """Foresee each tenth of the points without it, and compare.

    Args:
        inputs: [points, inputs] between 0 and 1.
        mean: [points] what is emulated.
        noise: [points] variance of the mean; None if it was fitted.
        whole: The emulator of all points.
        seed: Of which point is in which tenth.
        refit: Whether lengths are fitted ten times, too, each time without a tenth; or stay those
            of all points, which takes a hundredth of the time and hardly differs.
    """
    order = np.random.default_rng(seed).permutation(len(inputs))
    theirs, noisy, missed = [], [], []
    for test in np.array_split(order, FOLDS):
        if refit:
            train = np.setdiff1d(order, test)
            some = None if noise is None else noise[train]
            emulator = Emulator(inputs[train], mean[train], some, whole)
            foreseen, variance, own = emulator.foresee_with(inputs[test])
        else:
            foreseen, variance, own = whole.foresee_without(test)
        error = mean[test] - foreseen
        extra = own if noise is None else noise[test]
        theirs.append(np.sqrt(np.mean(error**2 / variance)))
        noisy.append(np.sqrt(np.mean(error**2 / (variance + extra))))
        missed.append(error)
    left = np.concatenate(missed).var() / mean.var() if mean.var() else 0.0
    return Error(float(np.mean(theirs)), float(np.mean(noisy)), float(1.0 - left))
