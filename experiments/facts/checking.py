"""Trying facts: replicates side by side, and a verdict on each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from experiments.facts.fact import Experiment, Verdict, verdict
from experiments.facts.listing import EXPERIMENTS
from experiments.limits import refusal
from experiments.pairing import Counter, available_cores, replicate
from sim.problems import advice

__all__ = ["check_facts"]


def check_facts(
    names: Sequence[str] = (),
    *,
    replicates: int = 20,
    migrants: int | None = None,
    threads: int | None = None,
    progress: Callable[[int, int | None], None] | None = None,
) -> list[Verdict]:
    """Try stylised facts on the model.

    Args:
        names: Names of experiments; all where none is named.
        replicates: Paired replicates of each, at least 2.
        migrants: Simulated migrants, instead of what each experiment needs.
        threads: Replicates side by side; None: one per processor core.
        progress: Called with replicates done and in all, first with 0.

    Raises:
        InputProblem: If there is no such experiment.
    """
    chosen = [_named(name) for name in names] or list(EXPERIMENTS)
    counter = Counter(progress, len(chosen) * replicates)
    counter.begin()

    def live(number: int, run: int) -> dict[str, tuple[float, float]]:
        experiment = chosen[number]
        values = dict(experiment.live(run, migrants or experiment.migrants))
        counter.tick()
        return values

    found = replicate(
        live, len(chosen), replicates, threads=threads or available_cores(), counter=counter
    )
    verdicts = []
    for number, experiment in enumerate(chosen):
        for fact in experiment.facts:
            both = np.array([run[number][fact.id] for run in found], float)
            verdicts.append(verdict(fact, both[:, 0], both[:, 1]))
    return verdicts


def _named(name: str) -> Experiment:
    known = {experiment.name: experiment for experiment in EXPERIMENTS}
    if name not in known:
        raise refusal("facts", name, "is not an experiment", advice(name, known))
    return known[name]
