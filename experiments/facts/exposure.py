"""Who has nothing to fear does not change; who has little changes little."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from experiments.facts.breaches import leak
from experiments.facts.fact import Experiment, Fact, Values
from experiments.facts.living import SHOCK, lived, ordinary, with_acts
from sim.codes import STATUSES

if TYPE_CHECKING:
    from sim.model import TrustModel
    from sim.plan import Plan

__all__ = ["EXPERIMENTS"]

SAFE = ("regular", "other")
EXPOSED = ("irregular", "refused")


def _lived(base: Plan, replicate: int) -> list[TrustModel]:
    return lived(base, replicate, with_acts(base, leak()))


def _asked(run: TrustModel, statuses: tuple[str, ...] = STATUSES) -> float:
    rows = [STATUSES.index(name) for name in statuses]
    column = run.record.measures.index("asked")
    return float(run.record.counts[SHOCK:, :, rows, column].sum())


def _nobody_exposed(replicate: int, migrants: int) -> Values:
    """Everybody has zero exposure: every count of every day, summed as one number."""
    runs = _lived(replace(ordinary(migrants=migrants), zero_exposure=STATUSES), replicate)
    columns = [runs[0].record.measures.index(name) for name in ("asked", "deterred", "served")]
    weights = np.arange(1, runs[0].record.counts[..., columns].size + 1, dtype=float)
    one, other = (
        float(run.record.counts[..., columns].ravel() @ weights) for run in runs
    )
    return {"zero_exposure_for_all": (one, other)}


def _some_safe(replicate: int, migrants: int) -> Values:
    runs = _lived(replace(ordinary(migrants=migrants), zero_exposure=SAFE), replicate)
    return {"zero_exposure_among_others": (_asked(runs[0], SAFE), _asked(runs[1], SAFE))}


def _low(replicate: int, migrants: int) -> Values:
    """Half the fall of the exposed, and the fall of the least exposed, relative to each."""
    calm, leaked = _lived(ordinary(migrants=migrants), replicate)
    fall = [1.0 - _asked(leaked, who) / _asked(calm, who) for who in (EXPOSED, SAFE)]
    return {"low_exposure": (fall[0] / 2, abs(fall[1]))}


EXPERIMENTS = (
    Experiment("nobody_exposed", (
        Fact("zero_exposure_for_all", "M05", "After a breach where nobody has anything to fear, "
             "who asks where and when", "same"),
    ), _nobody_exposed, 1_000),
    Experiment("some_safe", (
        Fact("zero_exposure_among_others", "M05", "After a breach, asking by people who have "
             "nothing to fear among others", "nothing", margin=0.02),
    ), _some_safe, 2_000),
    Experiment("low_exposure", (
        Fact("low_exposure", "C10", "The change of people with little to fear over half that of "
             "the exposed", "falls", relative=False),
    ), _low, 4_000),
)  # fmt: skip
"""Experiments with exposure."""
