"""How long a calibration looks, and how near it wants to come."""

from __future__ import annotations

from dataclasses import dataclass

from experiments.limits import refusal

__all__ = ["METHODS", "Settings"]

_MOST = 1_000_000
_EMULATOR = "emulator"
METHODS = ("abc", _EMULATOR)


@dataclass(frozen=True)
class Settings:
    """How long a calibration looks, and how near it wants to come.

    Attributes:
        population: Sets of parameters that every generation keeps.
        generations: Generations after the first, which is a sample of the prior.
        epsilon: Distance at which it is near enough: the root mean square of the misses, in units
            of the tolerances. Where a tolerance is two standard errors, the truth misses by 0.5.
        quantile: A generation has to come nearer than this share of the one before.
        patience: A generation that tries so many times its population is given up.
        budget: Runs of the model for fitting, at most; None: as many as it takes.
        draws: Draws of the posterior that are stored.
        checks: Draws of the posterior whose predictions are looked at with new luck.
        method: `abc`, or `emulator`: learn what the model gives from a few waves of sets.
        points: Sets of parameters of each wave.
        waves: How many waves.
        folds: Whether to fit three times more, each time without a third of the targets.
    """

    population: int = 200
    generations: int = 5
    epsilon: float = 0.5
    quantile: float = 0.5
    patience: int = 25
    budget: int | None = None
    draws: int = 500
    checks: int = 100
    method: str = "abc"
    points: int = 300
    waves: int = 2
    folds: bool = False

    @property
    def emulated(self) -> bool:
        """Whether emulators fit."""
        return self.method == _EMULATOR

    @property
    def least(self) -> int:
        """Sets of parameters that it takes at least."""
        if self.emulated:
            return self.points * self.waves
        return self.population * (self.generations + 1)

    def check(self) -> None:
        """Refuse what cannot be.

        Raises:
            InputProblem: Naming the first thing that cannot.
        """
        _within("population", self.population, 10, _MOST)
        _within("generations", self.generations, 0, 1000)
        _within("patience", self.patience, 2, _MOST)
        _within("draws", self.draws, 10, _MOST)
        _within("checks", self.checks, 2, _MOST)
        _within("points", self.points, 20, 5_000)
        _within("waves", self.waves, 1, 10)
        if self.method not in METHODS:
            raise refusal("method", self.method, "is no way to fit", f"give {' or '.join(METHODS)}")
        if self.emulated and self.budget is not None:
            message = "cannot stand beside --method emulator, which takes as many as it is told"
            raise refusal("budget", self.budget, message, "give --points and --waves instead")
        if self.folds and not self.emulated:
            message = "can be had only with --method emulator, which lives nothing anew for them"
            raise refusal("folds", "", message, "add --method emulator")
        if self.budget is not None:
            _within("budget", self.budget, 1, 1_000 * _MOST)
        if not 0 < self.epsilon < 1e6:
            message = "is no distance that one could come to"
            raise refusal("epsilon", self.epsilon, message, "give 1, for example")
        if not 0 < self.quantile < 1:
            message = "is not between 0 and 1"
            raise refusal("quantile", self.quantile, message, "give 0.5, for example")


def _within(field: str, value: int, least: int, most: int) -> None:
    if least <= value <= most:
        return
    what = "is too small" if value < least else "is too large"
    raise refusal(field, value, what, f"give a whole number from {least:,} to {most:,}")
