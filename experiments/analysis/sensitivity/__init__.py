"""Which parameters matter: Sobol's indices, Morris' elementary effects, and a cheap screening."""

from experiments.analysis.sensitivity.analysing import METHODS, analyse, sensitivity
from experiments.analysis.sensitivity.result import Sensitivity

__all__ = ["METHODS", "Sensitivity", "analyse", "sensitivity"]
