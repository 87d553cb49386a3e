"""Targets: figures that the model is compared with, and how near it should come."""

from experiments.targets.choosing import chosen
from experiments.targets.reading import LIBRARY, Written, ask, read_targets, written_in
from experiments.targets.target import KINDS, Target, targets_text

__all__ = [
    "KINDS", "LIBRARY", "Target", "Written", "ask", "chosen", "read_targets", "targets_text",
    "written_in",
]  # fmt: skip
