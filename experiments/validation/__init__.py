"""Validation: the model beside figures that were observed, and beside simpler models."""

from experiments.validation.crossing import Crossed, CrossValidation, cross_validate
from experiments.validation.folds import FOLDS, folds_of
from experiments.validation.validating import targets_of, validate
from experiments.validation.validation import Row, Validation

__all__ = [
    "FOLDS", "CrossValidation", "Crossed", "Row", "Validation", "cross_validate", "folds_of",
    "targets_of", "validate",
]  # fmt: skip
