"""Sweeps: a design run many times, on all cores or a cluster, into a store that loses nothing."""

from experiments.sweep.store import Store
from experiments.sweep.sweeping import Estimate, Progress, Sweep, sweep

__all__ = ["Estimate", "Progress", "Store", "Sweep", "sweep"]
