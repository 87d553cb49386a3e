"""The prior, the kernel and the epsilon that pyABC is given.

This module imports pyABC, which takes seconds: import it where it is used.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pyabc

__all__ = ["Cube", "Falling", "Kernel", "OneModel"]


class Cube(pyabc.DistributionBase):  # type: ignore[misc]
    """Uniform from 0 to 1 in every direction."""

    def __init__(self, names: list[str]) -> None:
        self._names = names

    def rvs(self, *_: Any, **__: Any) -> Any:
        """Draw a place."""
        drawn = np.random.random_sample(len(self._names))  # noqa: NPY002 (pyABC's stream)
        return pyabc.Parameter(dict(zip(self._names, drawn.tolist(), strict=True)))

    def pdf(self, x: Any) -> float:
        """Density at a place: 1 inside, 0 outside."""
        return float(all(0.0 <= x[name] <= 1.0 for name in self._names))


class OneModel(pyabc.RVBase):  # type: ignore[misc]
    """The choice among models where there is one."""

    def copy(self) -> OneModel:
        """Itself, as nothing of it changes."""
        return self

    def rvs(self, *_: Any, **__: Any) -> int:
        """The model."""
        return 0

    def pmf(self, x: Any, *_: Any, **__: Any) -> float:
        """How probable a model is."""
        return float(x == 0)

    def pdf(self, x: Any, *_: Any, **__: Any) -> float:
        """The same."""
        return self.pmf(x)

    def cdf(self, x: Any, *_: Any, **__: Any) -> float:
        """How probable a model up to one is."""
        return float(x >= 0)


class Kernel(pyabc.MultivariateNormalTransition):  # type: ignore[misc]
    """A normal kernel of twice the covariance of those that were kept (Beaumont et al. 2009).

    pyABC's own width, Silverman's, is narrower the more there are. With eight parameters it let a
    few candidates weigh nearly all: of 100, a generation was worth 11 to 40; with this, 84 to 93.
    Draws are made without a data frame for each.
    """

    def __init__(self) -> None:
        super().__init__(bandwidth_selector=lambda _size, _parameters: math.sqrt(2))

    def fit(self, X: Any, w: Any) -> None:  # noqa: N803 (pyABC's name)
        """Set centres and width by what a generation kept."""
        super().fit(X, w)
        self._ends = np.cumsum(w)
        # The root of a symmetric matrix, which need not be definite.
        spread, directions = np.linalg.eigh(self.cov)
        self._root = directions * np.sqrt(np.clip(spread, 0, None))

    def rvs_single(self) -> Any:
        """Draw a place near one that was kept."""
        chance = np.random.random_sample() * self._ends[-1]  # noqa: NPY002 (pyABC's stream)
        near = min(int(np.searchsorted(self._ends, chance, side="right")), len(self._ends) - 1)
        step = np.random.standard_normal(len(self._root))  # noqa: NPY002
        values = self._X_arr[near] + self._root @ step
        return pyabc.Parameter(dict(zip(self.X.columns, values.tolist(), strict=True)))


class Falling(pyabc.Epsilon):  # type: ignore[misc]
    """The distance below which a share of the generation before lies, but not below an end.

    A distance that occurred is taken, not one between two, so that rounding cannot change it. The
    first generation takes whatever could be simulated.
    """

    def __init__(self, quantile: float, least: float) -> None:
        self._quantile, self._least = quantile, least
        self._at = {0: sys.float_info.max}

    def update(
        self, t: int, get_weighted_distances: Callable[[], Any], *_: Any, **__: Any
    ) -> None:
        """Set the epsilon of the next generation by the distances of this one."""
        found = np.sort(get_weighted_distances()["distance"].to_numpy(float))
        place = max(0, math.ceil(self._quantile * len(found)) - 1)
        self._at[t] = max(self._least, float(found[place]))

    def __call__(self, t: int) -> float:
        """The epsilon of a generation."""
        return self._at[t]
