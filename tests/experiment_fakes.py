"""A tiny stand-in for the model: counts drawn from the seed, quick enough for unit tests."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

import sim.model
import sim.survey
from experiments.memory import MEMORY
from sim import compiling
from sim.codes import CHANNELS, MEASURES, STATUSES
from sim.interventions import DataBreach, Firewall
from sim.network import RouteNetwork
from sim.parameters import Parameters
from sim.plan import Plan

NODES = ("coast", "hub", "village", "island")
SHOCK = 14


def network() -> RouteNetwork:
    nodes = pd.DataFrame(
        {
            "id": NODES,
            "name": ["Coast (placed at the port)", "Hub", "Village", "Island"],
            "country": ["BBB", "AAA", "AAA", "CCC"],
            "journey_step": ["transit", "transit", "origin", "arrival"],
            "departures": [0.0, 0.0, 1.0, 0.0],
            "attraction": [0.0, 0.0, 0.0, 1.0],
        }
    )
    legs = pd.DataFrame(
        {
            "from": ["village", "hub", "coast", "hub"],
            "to": ["hub", "coast", "island", "village"],
            "km": [500.0, 800.0, 300.0, 500.0],
        }
    )
    points = pd.DataFrame(
        {
            "id": ["hub_clinic", "coast_clinic", "coast_un"],
            "organisation": ["red", "red", "un"],
            "node": ["hub", "coast", "coast"],
        }
    )
    organisations = pd.DataFrame({"id": ["red", "un"], "name": ["Red Cross", "UN"]})
    countries = pd.DataFrame(
        {"country": ["AAA", "BBB", "CCC"], "name": ["Aland", "Bland", "Cland"]}
    )
    return RouteNetwork("tiny", None, nodes, legs, countries, organisations, points)


def plan(name: str = "calm", **changes: Any) -> Plan:
    settings: dict[str, Any] = {
        "name": name, "title": f"The {name} one", "question": "", "network": network(),
        "days": 40, "burn_in": 2, "people": 4000.0, "migrants": 400, "present_at_start": 0.5,
        "status": {"irregular": 1.0}, "arrivals": None, "parameters": Parameters.of(),
        "interventions": (), "survey_days": (20, 39), "seed": 5,
    }  # fmt: skip
    return Plan(**{**settings, **changes})


def breach() -> DataBreach:
    return DataBreach(id="leak", start=SHOCK, recipient=("AAA",), scope={"node": "hub"})


def wall() -> Firewall:
    return Firewall(id="wall", start=SHOCK + 7, scope={"country": "AAA"})


class FakeScenario:
    """What `scenarios.load` gives, as far as experiments look at it."""

    def __init__(self, made: Plan) -> None:
        self._plan = made
        self.name = made.name

    def plan(self) -> Plan:
        return self._plan


class FakeRecord:
    """The record of a fake run."""

    def __init__(self, net: Any, days: int) -> None:
        self.measures = list(MEASURES)
        self.places = [*net.nodes["id"], "on_the_way"]
        self.statuses = list(STATUSES)
        self.points = list(net.points["id"])
        shape = (days, len(self.places), len(self.statuses))
        self.counts = np.zeros((*shape, len(MEASURES)), dtype=np.int32)
        self.channels = np.zeros((*shape, len(CHANNELS)))
        self.by_point = np.zeros((days, len(self.points), 4), dtype=np.int32)

    def shrink(self) -> None:
        """Nothing to give back."""

    def to_frame(self) -> pd.DataFrame:
        day, place, status, measure = np.nonzero(self.counts)
        return pd.DataFrame(
            {
                "day": day,
                "node": np.array(self.places)[place],
                "status": np.array(self.statuses)[status],
                "measure": np.array(self.measures)[measure],
                "channel": "",
                "value": self.counts[day, place, status, measure].astype(float),
            }
        )


class FakeModel:
    """Same people and luck for the same seed and replicate; fewer ask after a breach."""

    fail_on: tuple[str, int] | None = None

    def __init__(
        self,
        scenario: Any,
        *,
        migrants: int | None = None,
        days: int | None = None,
        seed: int | None = None,
        replicate: int = 0,
        engine: str = "compiled",
        threads: int = 1,
    ) -> None:
        plan = scenario.plan() if hasattr(scenario, "plan") else scenario
        changes = {"migrants": migrants, "days": days, "seed": seed}
        self.plan = replace(plan, **{k: v for k, v in changes.items() if v is not None})
        self.day = -plan.burn_in
        self.record = FakeRecord(plan.network, self.plan.days)
        self.world = self
        self.surveys: list[pd.DataFrame] = []
        self._replicate = replicate
        self._luck = np.random.default_rng([self.plan.seed, replicate])

    @property
    def nbytes(self) -> int:
        return self.record.counts.nbytes

    @property
    def running(self) -> bool:
        return self.day < self.plan.days

    def afraid(self) -> int:
        """People of each status who stay away from the hub after the shock."""
        return 2

    def step(self) -> None:
        if (self.plan.name, self._replicate) == self.fail_on:
            raise RuntimeError("the fake model was told to fail")
        if self.day < 0:
            self.day += 1
            return
        shape = self.record.counts.shape[1:3]
        need = self._luck.integers(8, 14, size=shape)
        would_ask = self._luck.integers(4, 8, size=shape)
        afraid = np.zeros(shape, dtype=int)
        if self.plan.interventions and self.day >= SHOCK:
            afraid[1] = self.afraid()
        today = self.record.counts[self.day]
        for name, value in {
            "in_need": need, "asked": would_ask - afraid, "served": would_ask - afraid,
            "deterred": afraid, "not_worth": need - would_ask, "present": need + 20,
        }.items():  # fmt: skip
            today[..., MEASURES.index(name)] = value
        today[..., MEASURES.index("in_need")][:, -1] = 0  # nobody of the last status
        self.record.channels[self.day, ..., 3] = afraid
        self.record.by_point[self.day, :, 0] = self.record.by_point[self.day, :, 1] = 3
        if self.day in self.plan.survey_days:
            self.surveys.append(fake_standing_survey(self, day=self.day))
        self.day += 1

    def branch(self, other: Plan) -> FakeModel:
        made = copy.deepcopy(self)
        made.plan = other
        return made

    def share_among(self, threads: int) -> None:
        """It has one thread."""

    def summary(self) -> dict[str, Any]:
        totals = {"in_need": 100, "asked": 40, "help_seeking_rate": 0.4, "willingness": 0.8}
        return {
            "migrants": self.plan.migrants, "days": self.plan.days, "agent_steps": 1000,
            "totals": totals, "help_seeking_rate": 0.4, "survey": {}, "state_hash": "00",
        }  # fmt: skip


def fake_survey(
    world: FakeModel, *, day: int, sample: int | None = None, **cut: str | None
) -> pd.DataFrame:
    named = "+".join(f"{kind}:{name}" for kind, name in cut.items() if name)
    return _answers(named or "all", day, sample or world.plan.migrants)


def fake_standing_survey(world: FakeModel, *, day: int) -> pd.DataFrame:
    groups = ["all", "status:irregular", "country:NER", "node:agadez"]
    tables = [_answers(group, day, world.plan.migrants) for group in groups]
    return pd.concat(tables, ignore_index=True)


def _answers(group: str, day: int, n: int) -> pd.DataFrame:
    share = 0.25 if group == "all" else 0.5
    row = {
        "question": "danger", "answer": "agree", "group": group, "share": share,
        "low": share - 0.05, "high": share + 0.05, "n": n, "published": 0.25,
        "weighting": "none", "since": "", "respondents": "100 % irregular", "day": day,
    }  # fmt: skip
    return pd.DataFrame([row])


@pytest.fixture(autouse=True)
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[FakeModel]]:
    """Put the fake in place of the model, and forget what it lives."""
    MEMORY.clear()
    monkeypatch.setattr(FakeModel, "fail_on", None)
    monkeypatch.setattr(sim.model, "TrustModel", FakeModel)
    monkeypatch.setattr(compiling, "mark_compiled", lambda: None)
    monkeypatch.setattr(compiling, "is_compiled", lambda: True)
    monkeypatch.setattr(sim.survey, "survey", fake_survey)
    monkeypatch.setattr(sim.survey, "standing_survey", fake_standing_survey)
    yield FakeModel
    MEMORY.clear()
