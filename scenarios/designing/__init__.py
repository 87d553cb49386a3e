"""Designs: files that say what is varied over many runs, and the loader that checks them."""

from scenarios.designing.counting import combinations_of, points_of, runs_of
from scenarios.designing.design import METHODS, Design, Lever, Sampler, Uncertainty
from scenarios.designing.finding import design_names
from scenarios.designing.loader import check_design, load_design

__all__ = [
    "METHODS", "Design", "Lever", "Sampler", "Uncertainty", "check_design", "combinations_of",
    "design_names", "load_design", "points_of", "runs_of",
]  # fmt: skip
