"""What a target can be."""

from __future__ import annotations

__all__ = ["EFFECTS", "KINDS", "LEVELS", "OVER", "QUOTIENTS"]

LEVELS = ("level", "ever")
"""A number asked of one scenario."""

EFFECTS = ("difference", "relative_change")
"""What a scenario changes against its baseline, pair by pair."""

QUOTIENTS = ("ratio", "remaining_share")
"""A number or an effect, divided by that of another target."""

OVER = " or ".join(QUOTIENTS)
"""The same in words."""

KINDS = (*LEVELS, *EFFECTS, *QUOTIENTS)
"""All of them."""
