"""The benchmarks run, count rightly and say what they measured."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
import pytest

from benchmarks import __main__ as command
from benchmarks import phases, speed
from benchmarks.machine import describe
from benchmarks.minimal_mesa import MinimalModel
from benchmarks.tables import phase_rows, speed_rows
from sim.engine.schedule import PHASES


def test_the_minimal_model_moves_and_averages() -> None:
    model = MinimalModel(60, nx.cycle_graph(5))
    before = [walker.value for walker in model.walkers]
    cells = [walker.cell for walker in model.walkers]
    for _ in range(200):
        model.step()
    after = [walker.value for walker in model.walkers]
    assert max(after) - min(after) < 0.1 * (max(before) - min(before))
    assert any(walker.cell is not cell for walker, cell in zip(model.walkers, cells, strict=True))


def test_cells_hold_everybody_once() -> None:
    model = MinimalModel(40, nx.path_graph(4))
    for _ in range(100):
        model.step()
    there = [agent for cell in model.space.all_cells for agent in cell.agents]
    assert sorted(a.unique_id for a in there) == sorted(a.unique_id for a in model.walkers)
    for cell in model.space.all_cells:
        for place, agent in enumerate(cell.agents):
            assert agent.cell is cell
            assert agent.place == place


def test_everybody_is_inside_when_the_clock_starts() -> None:
    model = speed.crowd(300, days=3, burn_in=20)
    while model.day < 0:
        model.step()
    before = model.record.agent_steps
    model.step()
    living = model.record.agent_steps - before
    assert 0.95 * 300 < living <= 300


def test_speed_has_a_ratio_for_every_shared_size() -> None:
    found = speed.measure((100, 200), (100,), repeats=2, days=1)
    assert [(p.model, p.agents) for p in found.paces] == [
        (speed.WHOLE, 100), (speed.MESA, 100), (speed.WHOLE, 200)
    ]  # fmt: skip
    assert set(found.ratios) == {100}
    assert all(len(pace.per_second) == 2 and min(pace.per_second) > 0 for pace in found.paces)


def test_phases_are_those_of_the_schedule() -> None:
    found = phases.measure(150, days=1, repeats=1)
    assert list(found.nanoseconds) == [*(phase.method for phase in PHASES), phases.KEEPING]
    assert found.total == pytest.approx(sum(found.nanoseconds.values()))


def test_the_command_writes_results_and_a_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    marks = "".join(f"<!-- {n} -->\n<!-- /{n} -->\n" for n in ("speed", "machine", "phases"))
    page.write_text(marks, encoding="utf-8")
    command.main(["--small", "--out", str(tmp_path / "results"), "--page", str(page)])
    kept = {
        name: json.loads((tmp_path / "results" / f"{name}.json").read_text(encoding="utf-8"))
        for name in ("speed", "phases")
    }
    assert str(tmp_path) not in json.dumps(kept)
    assert kept["speed"]["machine"] == describe()
    assert "| Agents |" in page.read_text(encoding="utf-8")
    assert "Cost per agent-step" in capsys.readouterr().out


def test_tables_show_every_size_and_phase() -> None:
    paces = [
        {"model": speed.WHOLE, "agents": 1000, "median_per_second": 2.5e6},
        {"model": speed.MESA, "agents": 1000, "median_per_second": 1e6},
        {"model": speed.WHOLE, "agents": 2000, "median_per_second": 2e6},
    ]
    head, rows = speed_rows({"paces": paces, "whole_model_over_minimal_mesa": {"1000": 2.5}})
    assert len(head) == 4
    assert rows == [
        ["1,000", "2.50 million/s", "1.00 million/s", "2.5"], ["2,000", "2.00 million/s", "", ""],
    ]  # fmt: skip
    cost = {
        "agents": 1000, "total": 4.0, "nanoseconds": {"needs": 1.0, "asking": 3.0},
        "words": {"needs": "Needs.", "asking": "Asking."},
    }  # fmt: skip
    _, rows = phase_rows([cost])
    assert rows[1] == ["Asking.", "3.0", "75 %"]
    assert rows[-1] == ["Whole day", "4.0", "100 %"]


def test_the_committed_results_are_those_of_the_page() -> None:
    from experiments.pages import block, markdown_table

    page = (command.RESULTS.parent.parent / "docs" / "performance.md").read_text(encoding="utf-8")
    found = {
        name: json.loads((command.RESULTS / f"{name}.json").read_text(encoding="utf-8"))
        for name in ("speed", "phases")
    }
    for name, rows in (
        ("speed", speed_rows(found["speed"])), ("phases", phase_rows(found["phases"]["sizes"])),
    ):  # fmt: skip
        assert block(page, name) == markdown_table(rows, right=len(rows[0]) - 1)
