"""Stylised facts: what is known of trust and help-seeking, tried on the model in pairs of runs.

A fact here is a sign, not a size: something falls, rises, or does not change. Each is measured in
paired replicates, the same people with the same luck with and without something, and holds if the
95 % interval excludes zero (or, for what must not change, lies within a stated margin).
"""

from experiments.facts.checking import check_facts
from experiments.facts.fact import Experiment, Fact, Verdict
from experiments.facts.listing import EXPERIMENTS

__all__ = ["EXPERIMENTS", "Experiment", "Fact", "Verdict", "check_facts"]
