"""Targets: figures that the model is compared with, and how near it should come."""

from experiments.targets.choosing import chosen
from experiments.targets.kinds import EFFECTS, KINDS, LEVELS, QUOTIENTS
from experiments.targets.posing import Sizes, ask, pose, read_targets
from experiments.targets.reading import LIBRARY, Written, written_in
from experiments.targets.target import Side, Target, Value, targets_text

__all__ = [
    "EFFECTS", "KINDS", "LEVELS", "LIBRARY", "QUOTIENTS", "Side", "Sizes", "Target", "Value",
    "Written", "ask", "chosen", "pose", "read_targets", "targets_text", "written_in",
]  # fmt: skip
