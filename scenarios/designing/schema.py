"""What may stand in the file of a design."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from scenarios import units
from scenarios.designing.design import METHODS
from scenarios.quantity_schema import one_of
from scenarios.schema import UNIT_SCHEMAS, Name, Settings, Text, Whole

__all__ = [
    "MOST_VALUES", "RESERVED", "SCALES", "SETTINGS", "DesignFile", "LeverFile", "SamplerFile",
    "UncertaintyFile",
]  # fmt: skip

SCALES = ("linear", "log")
SETTINGS = ("migrants", "days")
"""Settings of a scenario that a design may hold constant, beside the parameters."""
RESERVED = (
    "run", "key", "point", "replicate", "wall_s", "error", "batch",
)  # fmt: skip
"""Columns of results that no outcome may be called."""
MOST_VALUES = 1000
MOST_LISTED = 1000
MOST_POINTS = 10_000_000
MOST_LEVELS = 100

_Switch = Annotated[
    bool,
    BeforeValidator(lambda value: bool(units.switch(value))),
    WithJsonSchema(UNIT_SCHEMAS["switch"]),
]
_Method = Annotated[
    str, AfterValidator(one_of(METHODS, "a way of choosing points")),
    WithJsonSchema({"enum": list(METHODS)}),
]  # fmt: skip
_Scale = Annotated[
    str, AfterValidator(one_of(SCALES, "a scale")), WithJsonSchema({"enum": list(SCALES)})
]
_Words = Annotated[
    tuple[Text, ...],
    Field(max_length=MOST_LISTED),
    BeforeValidator(lambda value: (value,) if isinstance(value, str) else value),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]


class SamplerFile(Settings):
    """How points are chosen among what is uncertain.

    Attributes:
        method: `grid`: every combination of values; `lhs`: a Latin hypercube, evenly spread;
            `sobol`: for shares of variance; `morris`: trajectories that change one at a time.
        points: `grid`: values of each uncertainty; `lhs`: points in all; `sobol`: base samples N,
            a power of 2; `morris`: trajectories.
        second_order: `sobol` only: whether pairs are looked at too.
        levels: `morris` only: levels of its grid, an even number.
    """

    method: _Method
    points: Whole | None = Field(None, ge=1, le=MOST_POINTS)
    second_order: _Switch = False
    levels: Whole = Field(4, ge=2, le=MOST_LEVELS)


class UncertaintyFile(Settings):
    """The range of a parameter, in its unit.

    Attributes:
        low: Lower end.
        high: Upper end.
        scale: `linear` or `log`; by default that of the registry.
        values: Instead of a range, the values of a grid.
    """

    low: Any = None
    high: Any = None
    scale: _Scale = ""
    values: tuple[Any, ...] = Field((), max_length=MOST_VALUES)


class LeverFile(Settings):
    """A setting of an intervention that somebody decides.

    Attributes:
        intervention: Id of the intervention in the scenario.
        field: Its setting, such as `start` or `compliance`.
        values: The values to try, as in a scenario.
    """

    intervention: Text
    field: Text
    values: tuple[Any, ...] = Field(min_length=1, max_length=MOST_VALUES)


class DesignFile(Settings):
    """A design as a person writes it.

    Attributes:
        name: Name in ASCII snake case; the file's name where it is missing.
        title: Title in plain words.
        question: The question it answers.
        scenario: Scenario of the library, a file beside this one, or a scenario written here.
        sampler: How points are chosen among what is uncertain.
        seed: Seed of the points and of every run.
        replicates: Runs of each point and combination of levers, each with its own luck.
        constants: `migrants`, `days` and parameters that are the same in every run.
        uncertainties: Parameters that are not known, each `default` or with a range.
        levers: What somebody decides; every combination is run at every point.
        outcomes: What is asked of every run.
        targets: Ids of targets, for a calibration.
    """

    name: Name = "design"
    title: Text = ""
    question: Text = ""
    scenario: Any
    sampler: Any = None
    seed: Whole = Field(1, ge=0, lt=2**63)
    replicates: Whole = Field(1, ge=1, le=MOST_POINTS)
    constants: dict[str, Any] = Field({}, max_length=MOST_LISTED)
    uncertainties: dict[str, Any] = Field({}, max_length=MOST_LISTED)
    levers: tuple[Any, ...] = Field((), max_length=MOST_LISTED)
    outcomes: tuple[Any, ...] = Field((), max_length=MOST_LISTED)
    targets: _Words = ()
