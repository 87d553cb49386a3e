"""When it goes wrong: boxes in the space of uncertainties and levers, in words (PRIM)."""

from experiments.analysis.discovery.result import Discovery
from experiments.analysis.discovery.searching import discover, search

__all__ = ["Discovery", "discover", "search"]
