"""A design: what is varied over many runs of one scenario, and what is asked of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scenarios.quantity import Quantity
    from scenarios.scenario import Scenario
    from sim.problems import Problem

__all__ = ["METHODS", "Design", "Lever", "Sampler", "Uncertainty"]

METHODS = ("grid", "lhs", "sobol", "morris")


@dataclass(frozen=True)
class Sampler:
    """How points are chosen in the space of the uncertainties.

    Attributes:
        method: One of METHODS.
        points: `grid`: values of each uncertainty; `lhs`: points in all; `sobol`: base samples N,
            a power of 2, which give N (D + 2) points; `morris`: trajectories T, which give
            T (D + 1) points. D is the number of uncertainties.
        second_order: `sobol` only: whether pairs are looked at too, N (2 D + 2) points.
        levels: `morris` only: levels of its grid, an even number.
    """

    method: str
    points: int
    second_order: bool = False
    levels: int = 4


@dataclass(frozen=True)
class Uncertainty:
    """A parameter that is not known, with its range.

    Attributes:
        name: A parameter of the registry.
        low: Lower end, in the registry's unit.
        high: Upper end.
        scale: `linear` or `log`.
        values: The values of a grid, instead of equal steps; else empty.
    """

    name: str
    low: float
    high: float
    scale: str
    values: tuple[float, ...] = ()


@dataclass(frozen=True)
class Lever:
    """A setting of an intervention that somebody decides.

    Attributes:
        intervention: Id of the intervention in the scenario.
        field: Its field.
        values: Its values, as the intervention takes them (numbers or words).
        texts: The same as they were written.
    """

    intervention: str
    field: str
    values: tuple[object, ...]
    texts: tuple[str, ...]

    @property
    def name(self) -> str:
        """Its column in results, such as `wall.compliance`."""
        return f"{self.intervention}.{self.field}"


@dataclass(frozen=True)
class Design:
    """What is varied over many runs, and what is asked of each.

    Attributes:
        name: Name, ASCII snake case.
        title: Title in plain words.
        question: The question it answers.
        scenario: The scenario, with the design's constants put in (migrants, days, parameters).
        sampler: How points are chosen.
        seed: Seed of the points and of every run.
        replicates: Runs of each point and combination of levers, each with its own luck; replicate
            r has the same luck everywhere.
        constants: The constants as numbers, by name.
        uncertainties: What is not known.
        levers: What somebody decides; every combination is run at every point.
        outcomes: What is asked of every run.
        targets: Ids of targets, for a calibration.
        text: The design as YAML with everything in it but the scenario, which is named as it was
            (or stands there whole, where it was written so).
        warnings: What is odd about it.
    """

    name: str
    title: str
    question: str
    scenario: Scenario
    sampler: Sampler
    seed: int
    replicates: int
    constants: dict[str, float]
    uncertainties: tuple[Uncertainty, ...]
    levers: tuple[Lever, ...]
    outcomes: tuple[Quantity, ...]
    targets: tuple[str, ...]
    text: str
    warnings: tuple[Problem, ...] = field(default=(), compare=False, repr=False)
