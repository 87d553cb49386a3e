"""What may be written about a target."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from experiments.limits import MOST_DAYS, MOST_MIGRANTS
from experiments.targets.kinds import EFFECTS, KINDS, OVER, QUOTIENTS
from scenarios import units
from scenarios.quantity_schema import QuantityFile, Switch, one_of
from scenarios.schema import Days, Settings, Text, Whole
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
    """A target as a person writes it, once what it takes from others has been filled in.

    Attributes:
        id: Its id.
        kind: What it is: `level`, the value itself; `ever`, the share of people to whom something
            happened at least once; `difference` and `relative_change` between two scenarios;
            `ratio`, its value over that of `of`; `remaining_share`, what is left of the effect of
            `of` in another window.
        scenario: The scenario that is asked: one of the library, a file beside this one, or one
            written under `scenarios`. A calibration asks its design's.
        baseline: What it is compared with, likewise.
        like: Another target, whose settings are taken where this one gives none.
        of: The target that this one is divided by; settings are taken from it, too.
        title: What it is, in plain words.
        note: Anything that a reader should know.
        evidence: Ids of the evidence that it stands on.
        fitted: Whether parameters were fitted to it.
        observed: The figure.
        low: Lower end of what is near enough.
        high: Upper end.
        days: Length of the runs, instead of what the scenarios say.
        migrants: Simulated migrants of the runs, likewise.
        measure: As in a design, and so are `per`, `group`, `place`, `window`, `ever`, `question`,
            `answer` and `day`.
    """

    id: Annotated[str, AfterValidator(_id)]
    kind: Annotated[str, AfterValidator(one_of(KINDS, "a kind of target"))] = "level"
    scenario: Any = None
    baseline: Any = None
    like: Text = ""
    of: Text = ""
    title: Text = ""
    note: Text = ""
    evidence: Ids = ()
    fitted: Switch = False
    observed: Figure
    low: Figure
    high: Figure
    days: Annotated[Days, Field(ge=1, le=MOST_DAYS)] | None = None
    migrants: Annotated[Whole, Field(ge=1, le=MOST_MIGRANTS)] | None = None
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

    @model_validator(mode="after")
    def _of_its_kind(self) -> TargetFile:
        """Kinds need the settings they are made of, and no others."""
        if self.kind in QUOTIENTS and not self.of:
            raise units.UnitError(
                f"a {self.kind} needs the target that it is divided by",
                "add of: and the id of another target",
            )
        if self.of and self.kind not in QUOTIENTS:
            raise units.UnitError(
                f"`of` means nothing for a target of kind {self.kind}",
                f"write kind: {OVER}, or like instead of of",
            )
        if self.kind in EFFECTS and self.baseline is None:
            raise units.UnitError(
                f"a {self.kind} needs a scenario to compare with", "add baseline: and its name"
            )
        return self
