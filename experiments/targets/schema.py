"""What may be written about a target."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from experiments.targets.target import KINDS
from scenarios import units
from scenarios.quantity_schema import QuantityFile, one_of
from scenarios.schema import Settings, Text
from sim.problems import quoted

__all__ = ["ASKED", "TargetFile"]

ASKED = tuple(name for name in QuantityFile.model_fields if name not in ("name", "daily"))
"""Settings of a target that say what is asked of a run; they are read as in a design."""
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}", re.ASCII)


def _id(word: str) -> str:
    if not _ID.fullmatch(word):
        raise units.UnitError(
            f"{quoted(word)} cannot be an id",
            "use letters (a to z), digits and underscores, beginning with a letter",
        )
    return word


def _figure(value: object) -> float:
    """A plain number or a percentage, above or below zero."""
    if isinstance(value, str) and value.rstrip().endswith("%"):
        return units.number(value.rstrip()[:-1]) / 100
    return units.number(value)


Figure = Annotated[float, BeforeValidator(_figure)]
Ids = Annotated[
    tuple[Text, ...],
    Field(max_length=100),
    BeforeValidator(lambda value: (value,) if isinstance(value, str) else value),
]


class TargetFile(Settings):
    """A target as a person writes it.

    Attributes:
        id: Its id.
        kind: What it is: `level`, the value itself.
        scenario: The scenario that a validation asks. A calibration asks its design's.
        title: What it is, in plain words.
        evidence: Ids of the evidence that it stands on.
        observed: The figure.
        low: Lower end of what is near enough.
        high: Upper end.
        measure: As in a design, and so are `per`, `group`, `place`, `window`, `ever`, `question`,
            `answer` and `day`.
    """

    id: Annotated[str, AfterValidator(_id)]
    kind: Annotated[str, AfterValidator(one_of(KINDS, "a kind of target"))] = "level"
    scenario: Any = None
    title: Text = ""
    evidence: Ids = ()
    observed: Figure
    low: Figure
    high: Figure
    measure: Any = None
    per: Any = None
    group: Any = None
    place: Any = None
    window: Any = None
    ever: Any = None
    question: Any = None
    answer: Any = None
    day: Any = None

    @model_validator(mode="after")
    def _in_order(self) -> TargetFile:
        if not self.low < self.high:
            raise units.UnitError(
                f"low ({self.low:g}) is not below high ({self.high:g})",
                "exchange them, or widen the tolerance",
            )
        if not self.low <= self.observed <= self.high:
            raise units.UnitError(
                f"observed ({self.observed:g}) does not lie from low ({self.low:g}) to high "
                f"({self.high:g})",
                "correct one of the three",
            )
        return self
