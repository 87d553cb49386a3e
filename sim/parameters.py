"""Every parameter of the model: default, unit, plausible range and source, each declared once.

The declarations stand in ``sim/registry/``, one file per part of the model, in the order in
which the day meets them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, Self

import numpy as np
from pydantic import BaseModel, ConfigDict, model_validator

from sim.registry import (
    belief,
    channels,
    evidence_amounts,
    helping,
    journey,
    needing,
    reasons,
    stories,
    surveying,
)

__all__ = ["REGISTRY", "Parameter", "Parameters"]

Scale = Literal["linear", "log"]


class Parameter(BaseModel):
    """One number of the model and where it comes from.

    Attributes:
        name: Name used in scenario files.
        default: Value used unless a scenario says otherwise.
        unit: ``days``, ``share``, ``1/day``, ``amount`` (evidence), ``utility``, ``multiplier``,
            ``dollars``, ``count`` or ``switch``.
        low: Lower end of the plausible range.
        high: Upper end of the plausible range.
        scale: Scale on which the range is explored.
        source: Evidence ids, a citation, ``design`` (a switch of the model) or ``assumed``; also
            ``trial``: a starting value that a small trial on another route had been fitted to.
        note: What it means, in one sentence.
        group: Part of the model it belongs to.
        reason: Where something is assumed: why, or what is missing; otherwise empty.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    default: float
    unit: str
    low: float
    high: float
    scale: Scale = "linear"
    source: str
    note: str
    group: str
    reason: str = ""

    @model_validator(mode="after")
    def _range_holds_default(self) -> Self:
        if not self.low <= self.default <= self.high:
            raise ValueError(f"{self.name}: default {self.default} outside {self.low}..{self.high}")
        return self

    @property
    def assumed(self) -> bool:
        """Whether its value, at least in part, rests on an assumption."""
        return "assumed" in self.source.split()

    @property
    def wide(self) -> bool:
        """Whether its range is as wide as an assumption needs.

        Its ends differ by a factor of three (from zero: by any), or lie far apart: 0.4 between
        shares, 2 between utilities (which changes the odds of a choice by a factor of seven).
        """
        nearly = 1.0 - 1e-9
        if self.high - self.low >= nearly * {"share": 0.4, "utility": 2.0}.get(self.unit, np.inf):
            return True
        return self.low >= 0.0 and self.high >= nearly * 3.0 * self.low

    @property
    def least(self) -> float:
        """Smallest value that makes sense at all."""
        return -np.inf if self.unit == "utility" else 0.0

    @property
    def most(self) -> float:
        """Largest value that makes sense at all."""
        limits = {"share": 1.0, "switch": 1.0, "days": 36500.0, "1/day": 100.0, "count": 100.0}
        return limits.get(self.unit, 1e6)


def _declare() -> dict[str, Parameter]:
    registry: dict[str, Parameter] = {}
    for part in (belief, evidence_amounts, channels, stories, needing, helping, journey,
                 surveying):
        for row in part.ROWS:
            name, default, unit, low, high, source, note, *scale = row
            if name in registry:
                raise ValueError(f"the parameter '{name}' is declared twice")
            registry[name] = Parameter(
                name=name, default=default, unit=unit, low=low, high=high, source=source,
                note=note, group=part.GROUP, scale=scale[0] if scale else "linear",
                reason=reasons.REASONS.get(name, ""),
            )
    return registry


REGISTRY: dict[str, Parameter] = _declare()


class Parameters(Mapping[str, float]):
    """The value of every parameter in one run; cannot be changed."""

    def __init__(self, values: Mapping[str, float]) -> None:
        self._values = {name: float(values[name]) for name in REGISTRY}

    @classmethod
    def of(cls, changes: Mapping[str, float] | None = None) -> Self:
        """Defaults with some values changed.

        Raises:
            KeyError: If a name is not in the registry.
        """
        changes = changes or {}
        for name in changes:
            if name not in REGISTRY:
                raise KeyError(name)
        return cls({name: changes.get(name, p.default) for name, p in REGISTRY.items()})

    def changed(self) -> dict[str, float]:
        """Values that differ from the default."""
        return {n: v for n, v in self._values.items() if v != REGISTRY[n].default}

    def __getitem__(self, name: str) -> float:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"Parameters.of({self.changed()!r})"
