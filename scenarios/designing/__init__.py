"""Designs: files that say what is varied over many runs, and the loader that checks them."""

from scenarios.designing.design import METHODS, Design, Lever, Sampler, Uncertainty

__all__ = ["METHODS", "Design", "Lever", "Sampler", "Uncertainty"]
