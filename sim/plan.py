"""A plan: everything one run needs to know, already checked and in plain numbers."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from sim.codes import EXCHANGES
from sim.interventions import Intervention
from sim.network.opening import with_new_points
from sim.parameters import Parameters

if TYPE_CHECKING:
    from sim.network import RouteNetwork

__all__ = ["Plan"]


@dataclass(frozen=True)
class Plan:
    """What one run is about. Made by a scenario, or by hand in a test.

    Attributes:
        name: Name of the scenario, ASCII snake case.
        title: Title in plain words.
        question: The question the scenario asks.
        network: The route network people move on, with the service points that interventions open.
        days: Days the run lasts.
        burn_in: Days lived before day 0, without interventions.
        people: Real people the run stands for.
        migrants: Simulated migrants: everyone who ever exists.
        present_at_start: Share of them already on the way on day 0.
        status: Share of each status at departure; adds up to 1.
        arrivals: Day, origin and number of real people who set out; None: evenly.
        parameters: The value of every parameter.
        interventions: What happens to the world, in the order of the file.
        survey_days: Days on which the questionnaire is asked.
        seed: Seed of all random numbers.
        zero_exposure: Statuses that have nothing to fear (exposure 0).
        opinion_exchange: What people do to each other's opinions when they meet: `waytrust` (they
            tell what happened to them) or `routes_and_rumours` (they exchange beliefs).
    """

    name: str
    title: str
    question: str
    network: RouteNetwork
    days: int
    burn_in: int
    people: float
    migrants: int
    present_at_start: float
    status: dict[str, float]
    arrivals: tuple[tuple[int, str, float], ...] | None
    parameters: Parameters
    interventions: tuple[Intervention, ...]
    survey_days: tuple[int, ...]
    seed: int
    zero_exposure: tuple[str, ...] = ()
    opinion_exchange: str = "waytrust"

    def __post_init__(self) -> None:
        kinds: dict[type | tuple[type, ...], tuple[str, ...]] = {
            str: ("name", "title", "question", "opinion_exchange"),
            int: ("days", "burn_in", "migrants", "seed"),
            (int, float): ("people", "present_at_start"),
            dict: ("status",),
            Parameters: ("parameters",),
            tuple: ("interventions", "survey_days", "zero_exposure"),
            (tuple, type(None)): ("arrivals",),
        }
        for kind, names in kinds.items():
            for name in names:
                value = getattr(self, name)
                if isinstance(value, bool) or not isinstance(value, kind):
                    raise TypeError(f"Plan.{name} cannot be a {type(value).__name__}: {value!r}")
        if self.opinion_exchange not in EXCHANGES:
            raise ValueError(f"Plan.opinion_exchange cannot be {self.opinion_exchange!r}: "
                             f"choose among {', '.join(EXCHANGES)}")
        for item in self.interventions:
            if not isinstance(item, Intervention):
                raise TypeError(f"Plan.interventions holds a {type(item).__name__}: {item!r}")
        new = [point for item in self.interventions for point in item.new_points()]
        # Points that open during the run are there from its first day, closed.
        object.__setattr__(self, "network", with_new_points(self.network, new))

    def __repr__(self) -> str:
        ids = ", ".join(i.id for i in self.interventions) or "none"
        return f"Plan({self.name!r}, {len(fields(self))} fields, interventions: {ids})"
