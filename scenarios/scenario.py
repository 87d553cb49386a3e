"""A scenario: checked, complete, and unable to change."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from scenarios.yaml_text import yaml_text
from sim.codes import EXCHANGES
from sim.interventions import Intervention, Scope
from sim.parameters import Parameters
from sim.plan import Plan
from sim.problems import Problem

if TYPE_CHECKING:
    from sim.network import RouteNetwork

__all__ = ["Scenario"]


@dataclass(frozen=True)
class Scenario:
    """What the world of a run is. Made by `scenarios.load`.

    Two scenarios are equal if they say the same, however they were written.

    Attributes:
        name: Name, ASCII snake case.
        title: Title in plain words.
        question: The question it asks.
        network: Name of the network, as in the file.
        days: Days the run lasts.
        burn_in: Days lived before day 0, without interventions.
        start_date: Date of day 0, if it has one.
        seed: Seed of all random numbers.
        people: Real people the run stands for.
        migrants: Simulated migrants.
        present_at_start: Share of them on the way on day 0.
        status: Share of each status at departure.
        arrivals: Day, origin and number of people who set out; None: evenly.
        zero_exposure: Statuses that have nothing to fear.
        opinion_exchange: What people do to each other's opinions when they meet.
        parameters: Parameters that differ from their defaults.
        survey_days: Days on which the questionnaire is asked.
        interventions: What happens to the world.
        route: The network itself.
        warnings: What is legal but odd about it.
    """

    name: str
    title: str
    question: str
    network: str
    days: int
    burn_in: int
    start_date: dt.date | None
    seed: int
    people: float
    migrants: int
    present_at_start: float
    status: dict[str, float]
    arrivals: tuple[tuple[int, str, float], ...] | None
    zero_exposure: tuple[str, ...]
    opinion_exchange: str
    parameters: dict[str, float]
    survey_days: tuple[int, ...]
    interventions: tuple[Intervention, ...]
    route: RouteNetwork = field(compare=False, repr=False)
    warnings: tuple[Problem, ...] = field(default=(), compare=False, repr=False)

    def plan(self) -> Plan:
        """The scenario in the form the model takes."""
        return Plan(
            name=self.name,
            title=self.title,
            question=self.question,
            network=self.route,
            days=self.days,
            burn_in=self.burn_in,
            people=self.people,
            migrants=self.migrants,
            present_at_start=self.present_at_start,
            status=dict(self.status),
            arrivals=self.arrivals,
            parameters=Parameters.of(self.parameters),
            interventions=self.interventions,
            survey_days=self.survey_days,
            seed=self.seed,
            zero_exposure=self.zero_exposure,
            opinion_exchange=self.opinion_exchange,
        )

    def resolved(self) -> dict[str, Any]:
        """Everything as plain data: written as YAML and loaded again, it gives an equal scenario.

        A network of one's own is named relative to the scenario's folder, so such a file has to
        stand there.
        """
        population: dict[str, Any] = {
            "people": self.people,
            "migrants": self.migrants,
            "present_at_start": self.present_at_start,
            "status": dict(self.status),
        }
        if self.arrivals is not None:
            population["arrivals"] = [list(row) for row in self.arrivals]
        if self.zero_exposure:
            population["zero_exposure"] = list(self.zero_exposure)
        if self.opinion_exchange != EXCHANGES[0]:
            population["opinion_exchange"] = self.opinion_exchange
        start = {"start_date": self.start_date.isoformat()} if self.start_date else {}
        return {
            "name": self.name,
            "title": self.title,
            "question": self.question,
            "network": self.network,
            "days": self.days,
            "burn_in": self.burn_in,
            **start,
            "seed": self.seed,
            "population": population,
            "parameters": dict(self.parameters),
            "survey_days": list(self.survey_days),
            "interventions": [_plain(item) for item in self.interventions],
        }

    def to_yaml(self) -> str:
        """The resolved scenario as the text of a file."""
        return yaml_text(self.resolved())

    def summary(self) -> dict[str, Any]:
        """Name, title, question, network and interventions, as `waytrust scenarios list` shows."""
        return {
            "name": self.name,
            "title": self.title,
            "question": self.question,
            "network": self.network,
            "interventions": [item.id for item in self.interventions],
        }


def _plain(item: Intervention) -> dict[str, Any]:
    values = item.model_dump(mode="json", exclude_none=True, exclude={"scope"})
    return {**values, "scope": _plain_scope(item.scope)}


def _plain_scope(scope: Scope) -> dict[str, Any]:
    named: dict[str, Any] = {kind: list(names) for kind, names in scope.named().items()}
    return {**named, "all": True} if scope.all else named
