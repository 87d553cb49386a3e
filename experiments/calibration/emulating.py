"""Fitting by emulators: learn from some hundred sets of parameters what the model gives at any.

A run costs seconds, and one draw of luck says little about a small effect. So the model is lived at
points that fill the ranges; for each target a Gaussian process learns what it gives there
(Kennedy & O'Hagan 2001, *J. R. Stat. Soc. B* 63:425) and how unsure that is. A sample of the
posterior of these emulators is drawn. Later waves live the model where that sample lies, learn
again and draw again, so that emulators are best where it matters.

How well a set fits: each target counts as one observation, normal around what the model gives,
with the tolerance as its standard deviation and the emulator's own variance added. That is the
posterior that ABC with such a kernel comes to (Wilkinson 2013, *Stat. Appl. Genet. Mol. Biol.*
12:129); the chance of one run is not in it, since emulators give means.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from experiments.calibration.generation import (
    Candidate,
    Generation,
    distances_of,
    equally_weighted,
)
from experiments.calibration.tempering import draw
from experiments.emulation import Emulator, Error, cross_validated

if TYPE_CHECKING:
    from experiments.calibration.settings import Settings

__all__ = ["Learned", "Lived", "learn"]

PARTICLES = 1000
_FILLING, _DRAWING = 2_000_001, 2_000_002
Floats = NDArray[np.float64]
Evaluate = Callable[[Sequence[Candidate]], Floats]
"""Simulates candidates: what each gives for each target, shape [candidates, targets]."""


class Lived(NamedTuple):
    """What was lived in a wave.

    Attributes:
        points: Sets of parameters, each place from 0 to 1 in its range, shape [sets, parameters].
        values: What the model gave for each target, shape [sets, targets]; NaN where nothing.
    """

    points: Floats
    values: Floats


@dataclass(frozen=True)
class Learned:
    """What the model gives for each target at any set of parameters.

    Attributes:
        waves: What was lived.
        emulators: One for each target, on the scale of what was lived.
        scales: Mean and standard deviation of what was lived, for each target.
        observed: What was observed, shape [targets].
        tolerances: Standard deviation of what is near enough, shape [targets].
        seed: Decides the draws.
    """

    waves: tuple[Lived, ...]
    emulators: tuple[Emulator, ...]
    scales: tuple[tuple[float, float], ...]
    observed: Floats
    tolerances: Floats
    seed: int

    def posterior(self, targets: Sequence[int] | None = None, number: int = PARTICLES) -> Floats:
        """Draws that weigh the same, given some of the targets.

        Args:
            targets: Their places in the list; None: all.
            number: How many draws.

        Returns:
            Shape [number, parameters].
        """
        chosen = range(len(self.observed)) if targets is None else targets

        def fits(points: Floats) -> Floats:
            found = np.zeros(len(points))
            for k in chosen:
                mean, variance = self.foresee(k, points)
                variance += self.tolerances[k] ** 2
                found -= (mean - self.observed[k]) ** 2 / variance / 2 + np.log(variance) / 2
            return found

        # The same chance whatever is left out, so that folds differ by their targets alone.
        rng = np.random.default_rng([self.seed, _DRAWING, len(self.waves)])
        return draw(fits, self.waves[0].points.shape[1], number, rng)

    def foresee(self, target: int, points: Floats) -> tuple[Floats, Floats]:
        """What the model would give for a target, and the variance of that."""
        mean, variance, _ = self.emulators[target].foresee_with(points)
        level, unit = self.scales[target]
        return mean * unit + level, variance * unit**2

    def values(self, points: Floats) -> Floats:
        """What the model would give at some points, shape [points, targets]."""
        return np.column_stack([self.foresee(k, points)[0] for k in range(len(self.observed))])

    def generations(self) -> tuple[Generation, Generation]:
        """What was lived first, and the posterior with what emulators give for it."""
        first = self.waves[0]
        known = ~np.isnan(first.values).any(axis=1)
        unusable = [int(np.isnan(wave.values).any(axis=1).sum()) for wave in self.waves]
        points = self.posterior()
        return (
            self._generation(sys.float_info.max, len(first.points), unusable[0],
                             first.points[known], first.values[known]),
            self._generation(None, sum(len(wave.points) for wave in self.waves[1:]),
                             sum(unusable[1:]), points, self.values(points)),
        )  # fmt: skip

    def _generation(
        self, epsilon: float | None, tried: int, unusable: int, points: Floats, values: Floats
    ) -> Generation:
        distances = distances_of(values, self.observed, self.tolerances)
        farthest = float(distances.max()) if epsilon is None else epsilon
        weights = np.full(len(points), 1 / len(points))
        return Generation(farthest, tried, unusable, points, weights, values, distances)

    def errors(self) -> list[Error]:
        """How wrong each emulator is about points that it was not fitted to."""
        points, values = _usable(self.waves)
        scaled = _scaled(values, self.scales)
        return [
            cross_validated(points, scaled[:, k], None, emulator, refit=False)
            for k, emulator in enumerate(self.emulators)
        ]


def learn(
    evaluate: Evaluate,
    parameters: int,
    observed: Sequence[float],
    tolerances: Sequence[float],
    settings: Settings,
    seed: int,
    told: Callable[[int, int], None] = lambda _wave, _done: None,
) -> Learned:
    """Live waves of sets of parameters, and learn from them.

    Args:
        evaluate: Simulates candidates.
        parameters: How many parameters, each with a uniform prior from 0 to 1.
        observed: What was observed.
        tolerances: What is near enough.
        settings: How many waves of how many sets.
        seed: Decides every set.
        told: Told the wave and how many of its sets are done.
    """
    from scipy.stats import qmc

    against = np.array(observed, float), np.array(tolerances, float)
    waves: list[Lived] = []
    points = qmc.LatinHypercube(parameters, rng=np.random.default_rng([seed, _FILLING])).random(
        settings.points)
    while True:
        number = len(waves)
        told(number, 0)
        candidates = [Candidate(number, k, tuple(row)) for k, row in enumerate(points.tolist())]
        waves.append(Lived(points, evaluate(candidates)))
        told(number, len(points))
        learned = Learned(tuple(waves), *_emulators(waves), *against, seed)
        if len(waves) == settings.waves:
            return learned
        drawn = learned.posterior()
        rng = np.random.default_rng([seed, _FILLING, len(waves)])
        even = np.full(len(drawn), 1 / len(drawn))
        points = drawn[equally_weighted(even, settings.points, rng)]


def _emulators(
    waves: Sequence[Lived],
) -> tuple[tuple[Emulator, ...], tuple[tuple[float, float], ...]]:
    points, values = _usable(waves)
    scales = tuple((float(each.mean()), float(each.std()) or 1.0) for each in values.T)
    return tuple(Emulator(points, each, None) for each in _scaled(values, scales).T), scales


def _scaled(values: Floats, scales: Sequence[tuple[float, float]]) -> Floats:
    levels, units = np.array(scales).T
    return np.asarray((values - levels) / units)


def _usable(waves: Sequence[Lived]) -> tuple[Floats, Floats]:
    """Sets that gave something for every target."""
    points = np.concatenate([wave.points for wave in waves])
    values: Any = np.concatenate([wave.values for wave in waves])
    known = ~np.isnan(values).any(axis=1)
    return points[known], values[known]
