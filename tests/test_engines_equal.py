"""Both engines leave the same bytes after every phase of every day, in eventful worlds."""

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
import pytest
from engines_in_step import first_difference, in_step, twins
from eventful_worlds import CASES, NAMES, NETWORKS, eventful
from mesa.discrete_space import CellAgent

from sim.codes import (
    DEAD,
    E_BREACH,
    E_BROKEN,
    E_DEPORTED,
    E_DETAINED,
    E_DETAINED_SERVICE,
    E_FIREWALL,
    E_FULL,
    E_INTERCEPTED,
    E_LEG_DANGER,
    E_MISTREATED,
    E_REFUSED,
    E_SERVED,
    MEASURES,
    NEVER,
)
from sim.columns import OWN_STORIES
from sim.model import TrustModel
from sim.network import load_network
from sim.parameters import Parameters

ALWAYS = set(MEASURES) - {"people_stranded"}
EXPERIENCES = {E_SERVED, E_FULL, E_REFUSED, E_MISTREATED, E_DETAINED, E_DEPORTED,
               E_INTERCEPTED, E_LEG_DANGER}


class Sights:
    """What has been seen to happen: no path may go untried."""

    def __init__(self) -> None:
        self.counted: set[str] = set()
        self.experiences: set[int] = set()
        self.stories: set[int] = set()
        self.changed_minds: set[str] = set()
        self.found_through_data = self.broken_firewall = self.sources = self.own_stories = 0
        self.leg_stories = self.knew_firewall = 0
        self._minds = b""

    def watch(self, phase: str, model: TrustModel) -> None:
        tables, people = model.world.tables, model.world.people
        minds, body = tables.mind.tobytes(), tables.body[:people]
        if minds != self._minds:
            self.changed_minds.add(phase)
            self._minds = minds
        today = body["told_kind"][body["told_day"] == model.day]
        if phase == "enforcement":
            self.found_through_data += int(np.isin(today, (E_DETAINED_SERVICE, E_BROKEN)).sum())
        elif phase == "observing":
            self.broken_firewall += int((today == E_BROKEN).sum())
            self._end_of_day(model)

    def _end_of_day(self, model: TrustModel) -> None:
        tables, people = model.world.tables, model.world.people
        body, live = tables.body[:people], tables.stories["live"] == 1
        self.experiences |= set(body["told_kind"].tolist())
        heard = np.bitwise_or.reduce(body["heard"])
        self.stories |= {int(s["kind"]) for n, s in enumerate(tables.stories)
                         if s["live"] and int(heard) >> n & 1 and n >= OWN_STORIES}
        self.own_stories += int(live[:OWN_STORIES].sum())
        self.leg_stories += int((live & (tables.stories["leg"] >= 0)).sum())
        self.sources += int((tables.sources["told_kind"] > 0).sum())
        self.knew_firewall += int((tables.points["firewall_story"] >= OWN_STORIES).any()
                                  and E_FIREWALL in self.stories)
        counts = model.world.tally.counts.sum(axis=(0, 1))
        self.counted |= {name for name, count in zip(MEASURES, counts, strict=True) if count}

    def check(self, case: str) -> None:
        """Assert that all paths of a case were tried."""
        assert self.counted >= ALWAYS, ALWAYS - self.counted
        assert self.experiences >= EXPERIENCES, EXPERIENCES - self.experiences
        assert "observing" not in self.changed_minds
        assert {"enforcement", "asking", "service", "witnessing", "meetings", "outreach",
                "moving"} <= self.changed_minds
        assert self.sources
        assert self.own_stories
        assert self.leg_stories
        everything = case == "everything"
        if everything or case == "data_breach":
            assert self.found_through_data
            assert E_BREACH in self.stories
        if everything or case == "co_located_enforcement":
            assert E_DETAINED_SERVICE in self.experiences
        if everything or case == "firewall":
            assert self.knew_firewall
            assert self.broken_firewall or not everything
        if everything or case == "rumour":
            assert E_DETAINED in self.stories


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", NAMES)
def test_engines_leave_the_same_bytes(name: str, case: str) -> None:
    compiled, reference = twins(eventful(name, case, migrants=160))
    sights = Sights()
    for _ in in_step(compiled, reference, watch=sights.watch):
        assert compiled.state_hash() == reference.state_hash()
    sights.check(case)
    for field in ("counts", "shares", "by_point", "opinions", "stories"):
        assert np.array_equal(getattr(compiled.record, field), getattr(reference.record, field))
    assert compiled.summary() == reference.summary()


@pytest.mark.parametrize("off", ["witness", "hearsay", "rumour", "outreach", "association"])
def test_engines_agree_with_a_channel_switched_off(off: str) -> None:
    plan = eventful("central_mediterranean", "everything", migrants=150, days=25, burn_in=10,
                    **{f"channel_{off}": 0.0})
    compiled, reference = twins(plan, seed=11)
    assert len(list(in_step(compiled, reference))) == 35


def test_engines_agree_where_some_have_nothing_to_fear() -> None:
    plan = replace(eventful("horn_of_africa", "everything", migrants=150, days=25, burn_in=10),
                   zero_exposure=("irregular", "regular"))
    compiled, reference = twins(plan, replicate=3)
    assert len(list(in_step(compiled, reference))) == 35


def test_engines_agree_with_the_parameters_as_declared() -> None:
    network = load_network(NETWORKS / "central_america")
    plan = replace(eventful("central_america", "everything", days=60, burn_in=60),
                   network=network, parameters=Parameters.of())
    compiled, reference = twins(plan)
    assert len(list(in_step(compiled, reference))) == 120


def test_interventions_change_what_happens() -> None:
    hashes = {case: TrustModel(eventful("horn_of_africa", case)).run().state_hash()
              for case in CASES}
    assert len(set(hashes.values())) == len(CASES)


def test_a_difference_is_found_and_named() -> None:
    compiled, reference = twins(eventful("horn_of_africa", "nothing", migrants=60))
    list(in_step(compiled, reference, days=20))
    assert first_difference(compiled, reference, "observing") is None
    reference.world.tables.mind["evidence"][7, 3] += np.float32(1e-6)
    reference.world.tables.body["node"][9] += 1
    found = first_difference(compiled, reference, "observing")
    assert found is not None
    assert (found.table, found.row, found.field) == ("body", 9, "node")
    reference.world.tables.body["node"][9] -= 1
    found = first_difference(compiled, reference, "observing")
    assert found is not None
    assert (found.table, found.row, found.field) == ("mind", (7, 3), "evidence")
    assert "day -10, after observing: mind[(7, 3)].evidence" in str(found)


def test_migrants_are_mesa_agents_in_the_cells_of_the_network() -> None:
    plan = eventful("horn_of_africa", "nothing", migrants=120, days=20)
    model = TrustModel(plan, engine="reference").run()
    body, nodes = model.world.tables.body, list(plan.network.nodes["id"])
    assert len(model.agents) == model.world.people == 120
    assert (body["state"] == DEAD).any()
    assert (body["leg"] >= 0).any()
    assert (body["departed"] > NEVER).any()
    for index, agent in enumerate(model.agents):
        assert isinstance(agent, CellAgent)
        assert agent.index == index
        if body["leg"][index] >= 0 or body["state"][index] == DEAD:
            assert agent.cell is None
        else:
            assert agent.cell.coordinate == nodes[body["node"][index]]
            assert agent in agent.cell.agents


@pytest.mark.parametrize("engine", ["compiled", "reference"])
def test_a_model_taken_apart_and_put_together_lives_on_alike(engine: str) -> None:
    plan = eventful("horn_of_africa", "everything", migrants=80, days=12, burn_in=10)
    model = TrustModel(plan, engine=engine)
    for _ in range(15):
        model.step()
    assert model.migrants[0].index == 0
    again = pickle.loads(pickle.dumps(model))
    again.migrants[3].money = "richest_third"
    assert again.world.tables.body["money"][3] == 2
    model.migrants[3].money = "richest_third"
    assert again.run().summary() == model.run().summary()
