"""ABC-SMC by pyABC, with candidates that are the same whoever simulates them, and in what order.

A first generation samples the prior. Each one after draws candidates near those that the one
before kept, keeps those that come nearer than half of these did, and weighs them so that the prior
still counts (Toni et al. 2009, with an epsilon that adapts as in Del Moral et al. 2012).

pyABC draws from NumPy's global stream, and its parallel samplers take whichever candidates are
ready, so what they give depends on the number of workers. Here a candidate's own seed decides what
it is; candidates are simulated in batches and looked at in the order of their numbers. Places lie
from 0 to 1 in the range of each parameter, on its scale, where every prior is uniform.

This module imports pyABC, which takes seconds: import it where it is used.
"""

from __future__ import annotations

import logging
import math
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyabc
from pyabc.inference_util import (
    create_prior_pdf,
    create_transition_pdf,
    create_weight_function,
    evaluate_proposal,
    generate_valid_proposal,
)
from pyabc.sampler import Sampler

from experiments.calibration.generation import Candidate, Generation, distances_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from experiments.calibration.settings import Settings

__all__ = ["Fit", "Looking", "abc_smc"]

Evaluate = Callable[[Sequence[Candidate]], "NDArray[np.float64]"]
"""Simulates candidates: what each gives for each target, shape [candidates, targets]."""
Looking = Callable[[int, float, int, int], None]
"""Told the generation, its epsilon, how many it has kept and how many it has tried."""


class Fit(NamedTuple):
    """What ABC-SMC found.

    Attributes:
        generations: Every generation that was completed; none if the first could not be.
        given_up: Candidates tried in a generation that could not be completed; 0 if none was.
    """

    generations: tuple[Generation, ...]
    given_up: int


def abc_smc(
    evaluate: Evaluate,
    parameters: int,
    observed: Sequence[float],
    tolerances: Sequence[float],
    settings: Settings,
    seed: int,
    *,
    most_candidates: float = math.inf,
    ahead: int = 1,
    looking: Looking | None = None,
) -> Fit:
    """Fit parameters, each with a uniform prior from 0 to 1.

    Args:
        evaluate: Simulates candidates.
        parameters: How many parameters.
        observed: What was observed.
        tolerances: What the misses are divided by.
        settings: How long to look, and how near to come.
        seed: Decides every candidate.
        most_candidates: Candidates in all, at most.
        ahead: Candidates that may be simulated beyond what turns out to be needed. It decides
            how long it takes and nothing else.
        looking: Told how far it is.

    Returns:
        Every generation, and what was tried in vain at the end.
    """
    logging.getLogger("ABC").setLevel(logging.ERROR)
    names = [f"p{k:04d}" for k in range(parameters)]
    kept: list[_Kept] = []
    current: dict[str, Any] = {}
    against = np.array(observed, float), np.array(tolerances, float)
    epsilon = _Falling(settings.quantile, settings.epsilon)
    sampler = _InOrder(names, evaluate, current, seed, kept)
    sampler.limits(settings, most_candidates, ahead, looking)
    fit = pyabc.ABCSMC(
        lambda _: current,
        _Cube(names),
        lambda given, _: float(distances_of(given["values"][None], *against)[0]),
        population_size=settings.population,
        model_prior=_OneModel(),
        transitions=_Kernel(),
        eps=epsilon,
        sampler=sampler,
    )
    with _global_stream_kept():
        # What a generation needs to go on stands in the caller's cache, so a file is of no use.
        fit.new("sqlite://", {})
        fit.run(minimum_epsilon=settings.epsilon, max_nr_populations=settings.generations + 1)
    return Fit(
        tuple(each.generation(names) for each in kept if each.complete),
        sum(each.tried for each in kept if not each.complete),
    )


class _Kept:
    """What a generation keeps, while it looks."""

    def __init__(self, epsilon: float) -> None:
        self.epsilon = epsilon
        self.tried = self.unusable = 0
        self.complete = False
        self.particles: list[Any] = []

    def generation(self, names: list[str]) -> Generation:
        weights = np.array([each.weight for each in self.particles], float)
        return Generation(
            self.epsilon,
            self.tried,
            self.unusable,
            np.array([[each.parameter[name] for name in names] for each in self.particles]),
            weights / weights.sum(),
            np.array([each.sum_stat["values"] for each in self.particles]),
            np.array([each.distance for each in self.particles]),
        )


class _Cube(pyabc.DistributionBase):  # type: ignore[misc]
    """Uniform from 0 to 1 in every direction."""

    def __init__(self, names: list[str]) -> None:
        self._names = names

    def rvs(self, *_: Any, **__: Any) -> Any:
        drawn = np.random.random_sample(len(self._names))  # noqa: NPY002 (pyABC's stream)
        return pyabc.Parameter(dict(zip(self._names, drawn.tolist(), strict=True)))

    def pdf(self, x: Any) -> float:
        return float(all(0.0 <= x[name] <= 1.0 for name in self._names))


class _OneModel(pyabc.RVBase):  # type: ignore[misc]
    """The choice among models where there is one."""

    def copy(self) -> _OneModel:
        return self

    def rvs(self, *_: Any, **__: Any) -> int:
        return 0

    def pmf(self, x: Any, *_: Any, **__: Any) -> float:
        return float(x == 0)

    def pdf(self, x: Any, *_: Any, **__: Any) -> float:
        return self.pmf(x)

    def cdf(self, x: Any, *_: Any, **__: Any) -> float:
        return float(x >= 0)


class _Kernel(pyabc.MultivariateNormalTransition):  # type: ignore[misc]
    """A normal kernel of twice the covariance of those that were kept (Beaumont et al. 2009).

    pyABC's own width, Silverman's, is narrower the more there are. With eight parameters it let a
    few candidates weigh nearly all: of 100, a generation was worth 11 to 40; with this, 84 to 93.
    Draws are made without a data frame for each.
    """

    def __init__(self) -> None:
        super().__init__(bandwidth_selector=lambda _size, _parameters: math.sqrt(2))

    def fit(self, X: Any, w: Any) -> None:  # noqa: N803 (pyABC's name)
        super().fit(X, w)
        self._ends = np.cumsum(w)
        # The root of a symmetric matrix, which need not be definite.
        spread, directions = np.linalg.eigh(self.cov)
        self._root = directions * np.sqrt(np.clip(spread, 0, None))

    def rvs_single(self) -> Any:
        chance = np.random.random_sample() * self._ends[-1]  # noqa: NPY002 (pyABC's stream)
        near = min(int(np.searchsorted(self._ends, chance, side="right")), len(self._ends) - 1)
        step = np.random.standard_normal(len(self._root))  # noqa: NPY002
        values = self._X_arr[near] + self._root @ step
        return pyabc.Parameter(dict(zip(self.X.columns, values.tolist(), strict=True)))


class _Falling(pyabc.Epsilon):  # type: ignore[misc]
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
        found = np.sort(get_weighted_distances()["distance"].to_numpy(float))
        place = max(0, math.ceil(self._quantile * len(found)) - 1)
        self._at[t] = max(self._least, float(found[place]))

    def __call__(self, t: int) -> float:
        return self._at[t]


class _InOrder(Sampler):  # type: ignore[misc]
    """Tries candidates in the order of their numbers and keeps the first that are near enough."""

    def __init__(
        self,
        names: list[str],
        evaluate: Evaluate,
        current: dict[str, Any],
        seed: int,
        kept: list[_Kept],
    ) -> None:
        super().__init__()
        self._names, self._evaluate, self._current = names, evaluate, current
        self._seed, self._kept = seed, kept

    def limits(
        self, settings: Settings, most: float, ahead: int, looking: Looking | None
    ) -> None:
        """Set how many to try, and whom to tell."""
        self._settings, self._left, self._ahead, self._looking = settings, most, ahead, looking

    def sample_until_n_accepted(
        self,
        n: int,
        simulate_one: Any,  # noqa: ARG002 (it would draw, simulate and look, one after another)
        t: int,
        *,
        max_eval: float = math.inf,  # noqa: ARG002
        all_accepted: bool = False,  # noqa: ARG002
        ana_vars: Any = None,
    ) -> Any:
        sample = self._create_empty_sample()
        kept = _Kept(ana_vars.eps(t))
        self._kept.append(kept)
        most = min(self._left, self._settings.patience * n)
        weigh = self._weight_function(t, ana_vars)
        while len(kept.particles) < n and kept.tried < most:
            self._tell(t, kept)
            # At least as many more are needed as are missing, so none of these is in vain.
            wave = min(max(n - len(kept.particles), self._ahead), most - kept.tried)
            drawn = [self._drawn(t, kept.tried + k, ana_vars) for k in range(int(wave))]
            for particle in self._looked_at(t, drawn, kept, weigh, ana_vars, n):
                sample.append(particle)
        kept.complete = len(kept.particles) == n
        sample.ok = kept.complete
        self.nr_evaluations_ = kept.tried
        self._left -= kept.tried
        self._tell(t, kept)
        return sample

    def _looked_at(
        self, t: int, drawn: list[Any], kept: _Kept, weigh: Any, ana_vars: Any, n: int
    ) -> Iterator[Any]:
        candidates = [
            Candidate(t, kept.tried + k, tuple(theta[name] for name in self._names))
            for k, (_, theta) in enumerate(drawn)
        ]
        found = self._evaluate(candidates)
        for values, (model, theta) in zip(found, drawn, strict=True):
            if len(kept.particles) == n:
                return
            self._current["values"] = values
            particle = evaluate_proposal(
                model, theta, t, ana_vars.models, dict, ana_vars.distance_function, ana_vars.eps,
                ana_vars.acceptor, ana_vars.x_0, weigh, 0,
            )  # fmt: skip
            kept.tried += 1
            kept.unusable += not math.isfinite(particle.distance)
            if particle.accepted:
                kept.particles.append(particle)
                yield particle

    def _drawn(self, t: int, number: int, ana_vars: Any) -> Any:
        """The candidate that its number means."""
        words = np.random.SeedSequence([self._seed, t, number]).generate_state(8)
        np.random.seed(words)  # noqa: NPY002 (pyABC's stream)
        return generate_valid_proposal(
            t, [0], [1.0], ana_vars.model_prior, ana_vars.parameter_priors,
            ana_vars.model_perturbation_kernel, ana_vars.transitions,
        )  # fmt: skip

    def _weight_function(self, t: int, ana_vars: Any) -> Any:
        prior = create_prior_pdf(ana_vars.model_prior, ana_vars.parameter_priors)
        if t == 0:
            return create_weight_function(prior, prior)
        only = _alone()
        kernel = ana_vars.model_perturbation_kernel
        return create_weight_function(prior, create_transition_pdf(ana_vars.transitions, only,
                                                                   kernel))

    def _tell(self, t: int, kept: _Kept) -> None:
        if self._looking is not None:
            self._looking(t, kept.epsilon, len(kept.particles), kept.tried)


def _alone() -> Any:
    """How probable each model is, as pyABC has it, where there is only one."""
    import pandas as pd

    return pd.DataFrame({"p": [1.0]}, index=[0])


@contextmanager
def _global_stream_kept() -> Iterator[None]:
    """Leave NumPy's global stream as it was found."""
    state = np.random.get_state()  # noqa: NPY002
    try:
        yield
    finally:
        np.random.set_state(state)  # noqa: NPY002
