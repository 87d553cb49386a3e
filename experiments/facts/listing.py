"""All experiments with stylised facts."""

from __future__ import annotations

from experiments.facts import breaches, doors, encounters, exposure, organisations
from experiments.facts.fact import Experiment

__all__ = ["EXPERIMENTS"]

EXPERIMENTS: tuple[Experiment, ...] = (
    *encounters.EXPERIMENTS, *breaches.EXPERIMENTS, *doors.EXPERIMENTS, *exposure.EXPERIMENTS,
    *organisations.EXPERIMENTS,
)  # fmt: skip
"""Every experiment, in the order in which they are told."""
