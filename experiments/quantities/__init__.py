"""Quantities: what a design or a target asks of a run, counted while it lives and then read."""

from experiments.quantities.asked import Asked

__all__ = ["Asked"]
