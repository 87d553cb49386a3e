"""A target: a number that is known, and what to ask of a run to compare with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scenarios.quantity import Quantity

__all__ = ["KINDS", "Target", "targets_text"]

KINDS = ("level",)
"""What a target can be: the value of a quantity in one scenario."""


@dataclass(frozen=True)
class Target:
    """A figure that the model is compared with.

    Attributes:
        id: Its id, such as `T07`, or `T15_smugglers` for one figure of several.
        kind: One of KINDS.
        quantity: What is asked of a run; its name is the id.
        observed: The figure.
        low: Lower end of what is near enough.
        high: Upper end.
        title: What it is, in plain words.
        evidence: Ids of the evidence that it stands on.
    """

    id: str
    kind: str
    quantity: Quantity
    observed: float
    low: float
    high: float
    title: str = ""
    evidence: tuple[str, ...] = ()

    @property
    def tolerance(self) -> float:
        """Half the width of what is near enough."""
        return (self.high - self.low) / 2

    def plain(self) -> dict[str, Any]:
        """The target as it is written in files."""
        from scenarios.quantities import plain_quantity

        asked = plain_quantity(self.quantity)
        del asked["name"]
        words = {"title": self.title, "evidence": list(self.evidence)}
        return {
            "id": self.id, "kind": self.kind, **{k: v for k, v in words.items() if v}, **asked,
            "observed": self.observed, "low": self.low, "high": self.high,
        }  # fmt: skip


def targets_text(targets: Iterable[Target]) -> str:
    """Targets as a complete file."""
    from scenarios.yaml_text import yaml_text

    return yaml_text({"targets": [target.plain() for target in targets]})
