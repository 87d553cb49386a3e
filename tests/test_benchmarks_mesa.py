"""The minimal Mesa models that the whole model is timed beside do what they say."""

from __future__ import annotations

import networkx as nx
import pytest

from benchmarks.minimal_mesa import BareLoop, MinimalModel, OwnCells

EVERY = pytest.mark.parametrize("kind", [MinimalModel, OwnCells, BareLoop])


@EVERY
def test_agents_move_and_average(kind: type[MinimalModel]) -> None:
    model = kind(60, nx.cycle_graph(5))
    before = model.agents.get("value")
    cells = model.agents.get("cell")
    for _ in range(200):
        model.step()
    after = model.agents.get("value")
    assert max(after) - min(after) < 0.1 * (max(before) - min(before))
    assert any(now is not then for now, then in zip(model.agents.get("cell"), cells, strict=True))


@EVERY
def test_agents_are_conserved_and_numbers_stay_within_bounds(kind: type[MinimalModel]) -> None:
    model = kind(40, nx.path_graph(4))
    before = model.agents.get("value")
    ids = sorted(model.agents.get("unique_id"))
    for _ in range(100):
        model.step()
    there = [agent for cell in model.space.all_cells for agent in cell.agents]
    assert sorted(agent.unique_id for agent in there) == ids
    assert len(ids) == len(model.agents) == 40
    after = model.agents.get("value")
    assert min(before) <= min(after) <= sum(after) / 40 <= max(after) <= max(before)


@EVERY
def test_what_agents_keep_is_what_mesa_says(kind: type[MinimalModel]) -> None:
    model = kind(40, nx.path_graph(4))
    for _ in range(100):
        model.step()
    for agent in model.agents:
        assert agent.company == agent.cell.agents
        assert agent.company is model.space.all_cells[agent.cell]
        assert agent in agent.company
        assert list(agent.ways) == list(agent.cell.connections.values())


@EVERY
def test_agents_move_along_legs_as_often_as_they_should(kind: type[MinimalModel]) -> None:
    model = kind(500, nx.path_graph(6))
    moves = 0
    for _ in range(40):
        before = model.agents.get("cell")
        model.step()
        for was, now in zip(before, model.agents.get("cell"), strict=True):
            assert now is was or now in was.connections.values()
            moves += now is not was
    assert moves / (500 * 40) == pytest.approx(0.05, abs=0.01)


def test_a_quick_cell_knows_where_each_agent_is() -> None:
    model = OwnCells(40, nx.path_graph(4))
    for _ in range(100):
        model.step()
    for cell in model.space.all_cells:
        assert [agent.place for agent in cell.agents] == list(range(len(cell.agents)))
