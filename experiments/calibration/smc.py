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
from experiments.calibration.parts import Cube, Falling, Kernel, OneModel

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
    epsilon = Falling(settings.quantile, settings.epsilon)
    sampler = _InOrder(names, evaluate, current, seed, kept)
    sampler.limits(settings, most_candidates, ahead, looking)
    fit = pyabc.ABCSMC(
        lambda _: current,
        Cube(names),
        lambda given, _: float(distances_of(given["values"][None], *against)[0]),
        population_size=settings.population,
        model_prior=OneModel(),
        transitions=Kernel(),
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
