"""Validation: the model beside figures that were observed, and beside simpler models."""

from experiments.validation.validating import targets_of, validate
from experiments.validation.validation import Row, Validation

__all__ = ["Row", "Validation", "targets_of", "validate"]
