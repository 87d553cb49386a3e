"""The benchmarks run, count rightly and say what they measured."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from benchmarks import __main__ as command
from benchmarks import dashboard, growth, largest, phases, shell, sizes, speed, threads
from benchmarks.crowd import Crowds, live
from benchmarks.headlines import HEADLINES
from benchmarks.machine import describe
from benchmarks.scale import SMALL
from benchmarks.story_file import write_story
from benchmarks.synthetic_network import LEGS_PER_NODE, write_network
from benchmarks.tables import numbers
from benchmarks.timing import Timed, in_turn, ratio
from experiments.pages import block, markdown_table
from sim.engine.schedule import PHASES
from sim.network import load_network

PAGE = command.RESULTS.parent.parent / "docs" / "performance.md"
QUICK = "speed,sizes,phases,threads"


def silent(_: str) -> None:
    """Progress that nobody listens to."""


@pytest.fixture(scope="module")
def crowds() -> Crowds:
    return Crowds(burn_in=10)


# --- worlds ------------------------------------------------------------------------------------

def test_everybody_is_inside_when_the_clock_starts(crowds: Crowds) -> None:
    model = crowds.copy(300)
    assert model.day == 0
    assert 0.95 * 300 < live(model, 1) <= 300


def test_every_part_starts_from_the_same_world(crowds: Crowds) -> None:
    one, two = crowds.copy(300), crowds.copy(300, threads=2)
    assert (one.engine.threads, two.engine.threads) == (1, 2)
    assert live(one, 5) == live(two, 5)
    assert one.summary()["totals"] == two.summary()["totals"]
    again = crowds.copy(300)
    assert again.day == 0
    assert live(again, 5) + live(again, 1) > live(one, 1)


def test_a_very_large_world_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.crowd.MOST_KEPT", 100)
    said: list[str] = []
    crowds = Crowds(3, said.append)
    assert crowds.copy(150) is not crowds.copy(150)
    crowds.copy(50)
    crowds.copy(50)
    assert [word.split()[3] for word in said] == ["150", "150", "50"]


# --- timing ------------------------------------------------------------------------------------

def test_things_are_timed_in_turn_and_compared_turn_by_turn() -> None:
    order: list[str] = []

    def work(name: str) -> int:
        order.append(name)
        return 10

    a, b = Timed("a", lambda: work("a")), Timed("b", lambda: work("b"))
    in_turn([a, b], 3)
    assert order == ["a", "b"] * 3
    assert len(a.costs) == len(b.costs) == 3
    a.costs, b.costs = [4.0, 90.0, 6.0], [2.0, 30.0, 1.0]
    assert ratio(a, b) == 3.0
    assert a.to_dict()["median_s"] == 6.0


# --- parts -------------------------------------------------------------------------------------

def test_speed_has_every_yardstick_at_every_size(crowds: Crowds) -> None:
    scale = dataclasses.replace(SMALL, beside_mesa=(100, 200))
    found = speed.measure(scale, crowds, silent)
    assert [size["agents"] for size in found["sizes"]] == [100, 200]
    for size in found["sizes"]:
        assert [one["name"] for one in size["models"]] == [speed.WHOLE, *speed.YARDSTICKS]
        assert size["models"][0]["whole_model_over_it"] == 1.0
    [(_, (head, rows))] = speed.tables(found).values()
    assert len(head) == 5
    assert rows[0][2] == ""
    assert all(row[2].endswith(" x") for row in rows[1:])


def test_sizes_are_related_to_the_first(crowds: Crowds) -> None:
    scale = dataclasses.replace(SMALL, sizes=(100, 150, 200))
    found = sizes.measure(scale, crowds, silent)
    [(_, (_, rows))] = sizes.tables(found).values()
    assert [row[0] for row in rows] == ["100", "150", "200"]
    assert rows[0][-1] == "1.00 x"


def test_phases_are_those_of_the_schedule(crowds: Crowds) -> None:
    found = phases.measure(dataclasses.replace(SMALL, phases=(150,)), crowds, silent)
    [size] = found["sizes"]
    assert list(size["nanoseconds"]) == [*(phase.method for phase in PHASES), phases.KEEPING]
    assert size["total"] == pytest.approx(sum(size["nanoseconds"].values()))
    [(_, (_, rows))] = phases.tables(found).values()
    assert rows[4][0] == PHASES[4].what
    assert rows[-1][0] == "Whole day"


def test_threads_compare_one_run_and_two(crowds: Crowds) -> None:
    scale = dataclasses.replace(SMALL, one_run=200, side_by_side=100)
    found = threads.measure(scale, crowds, silent)
    assert [way["what"] for way in found["ways"]] == [
        "One run of 200 migrants", "Two runs of 100 migrants"]
    assert [way["two"]["threads"] for way in found["ways"]] == [2, 2]


def test_the_shell_is_timed_with_and_without_compiled_code(
    monkeypatch: pytest.MonkeyPatch, crowds: Crowds
) -> None:
    calls: list[tuple[list[str], Mapping[str, str]]] = []

    def python(words: list[str], environment: Mapping[str, str] | None) -> tuple[float, str]:
        calls.append((words, environment or {}))
        if environment:
            assert list(Path(environment["WAYTRUST_CACHE"]).iterdir()) == []
        return (90.0 if environment else 100.0 if len(calls) == 1 else 2.0), ""

    monkeypatch.setattr(shell, "python", python)
    found = shell.measure(dataclasses.replace(SMALL, first_compilation=True), crowds, silent)
    assert found["median_s"] == 2.0
    assert all(words[1:4] == ["experiments.cli", "run", "central_mediterranean"]
               for words, _ in calls)
    [(_, (_, rows))] = shell.tables(found).values()
    assert [row[1] for row in rows] == ["2.00 s", "90.0 s", "88.0 s"]


def test_a_synthetic_network_has_ten_legs_per_node(tmp_path: Path) -> None:
    write_network(tmp_path / "made", 30)
    network = load_network(tmp_path / "made")
    assert (len(network.nodes), len(network.legs)) == (30, 30 * LEGS_PER_NODE)


def test_growth_compares_with_ten_times_as_much(
    monkeypatch: pytest.MonkeyPatch, crowds: Crowds
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(growth, "compare", lambda *_, replicates, **__: asked.append(replicates))
    found = growth.measure(dataclasses.replace(SMALL, nodes=20, surveyed=50), crowds, silent)
    assert set(asked) == {SMALL.replicates, 10 * SMALL.replicates}
    assert all(10 * one["sizes"][0] == one["sizes"][1] for one in found["things"])
    [(_, (_, rows))] = growth.tables(found).values()
    assert rows[0][1:4:2] == ["20 nodes, 200 legs", "200 nodes, 2,000 legs"]


def test_numbers_are_set_flush_right() -> None:
    rows = [["a", "", "1.0", "3 x"], ["b", "w", "2", ""], ["c", "", "not measured", "4 x"]]
    assert numbers((["", "", "", ""], rows)) == 2
    assert numbers((["", ""], [["a", "b"]])) == 0


# --- the command -------------------------------------------------------------------------------

def test_the_command_writes_results_and_a_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    marks = [*QUICK.split(","), "machine", "aims", "pair"]
    page.write_text("".join(f"<!-- {n} -->\nold\n<!-- /{n} -->\n" for n in marks), encoding="utf-8")
    out = tmp_path / "results"
    command.main(["--small", "--only", QUICK, "--out", str(out), "--page", str(page)])
    kept = command.read_results(out)
    assert list(kept) == QUICK.split(",")
    assert str(tmp_path) not in json.dumps(kept)
    assert all(result["machine"] == describe() for result in kept.values())
    text = page.read_text(encoding="utf-8")
    assert block(text, "pair") == "old"
    assert block(text, "machine") == command.machine_text(kept)
    assert block(text, "aims") == markdown_table(command.aims_of(out))
    assert "| Minimal Mesa model |" in text
    said = capsys.readouterr()
    assert "Cost of each phase per agent-step" in said.out
    assert "part 2 of 4, sizes" in said.err


@pytest.mark.parametrize("wrong", [["--only", "speeed"], ["--only", ","], ["--repeats", "0"]])
def test_wrong_options_are_refused_in_a_sentence(
    wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        command.main(wrong)
    assert caught.value.code == 2
    assert "error: argument" in capsys.readouterr().err


def test_the_machine_is_said_once_and_where_parts_come_from_two_both_are() -> None:
    def result(cores: int, busy: float) -> dict[str, Any]:
        timed = {"busy": busy, "threads": 1}
        return {"machine": {"cores": cores}, "deep": [{"one": timed, "two": timed | {"busy": 1}}]}

    assert command.least_busy(result(2, 0.9)) == 0.9
    assert command.least_busy({"busy": 0.1, "threads": 2}) is None
    text = command.machine_text({"speed": result(2, 0.9), "sizes": result(2, 0.8)})
    assert text.count("cores 2") == 1
    assert "speed 90 %, sizes 80 %" in text
    text = command.machine_text({"speed": result(2, 0.9), "sizes": result(4, 0.8)})
    assert "cores 2" in text
    assert "cores 4" in text


def test_the_committed_results_are_those_of_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    results = command.read_results(command.RESULTS)
    assert list(results) == list(command.PARTS)
    for name, result in results.items():
        for mark, (_, rows) in command.PARTS[name].tables(result).items():
            assert block(page, mark) == markdown_table(rows, right=numbers(rows))
    assert block(page, "machine") == command.machine_text(results)
    assert block(page, "aims") == markdown_table(command.aims_of(command.RESULTS))


def test_results_of_the_run_before_are_kept_and_shown_beside(tmp_path: Path) -> None:
    for found in ("0.6", "0.4"):
        result = {"pair": {"when": f"day {found}", "median_s": {"moved": float(found)}}}
        command._keep(result, tmp_path)
    assert read(tmp_path / "before")["when"] == "day 0.6"
    assert read(tmp_path)["when"] == "day 0.4"
    head, rows = command.aims_of(tmp_path)
    assert head == ["Aim", "Begun day 0.6", "Begun day 0.4"]
    slider = next(row for row in rows if "slider" in row[0])
    assert slider[1:] == ["0.60 s, missed", "0.40 s, reached"]
    assert {cell for row in rows if row is not slider for cell in row[1:]} == {"not measured"}


def read(folder: Path) -> Any:
    return json.loads((folder / "pair.json").read_text(encoding="utf-8"))


def test_the_largest_run_lives_in_a_process_of_its_own(crowds: Crowds) -> None:
    found = largest.measure(SMALL, crowds, silent)
    assert found["migrants"] == SMALL.largest_at_most
    assert found["agent_steps"] <= SMALL.largest_at_most
    assert found["most"] > found["migrants"] * largest.A_MIGRANT
    [(_, (_, rows))] = largest.tables(found).values()
    assert ["Migrants", "300"] in rows
    assert largest.PART.name not in command.USUALLY


def test_the_dashboard_is_told_by_middle_and_late_times() -> None:
    moves = [{"changed": n / 100, "whole": n / 50} for n in range(1, 21)]
    found = {
        "started_s": 4.0, "sessions": 20, "ready_s": {"/": [1.0, 2.0, 9.0]},
        "among_s": {"/inspect": [2.0]}, "slider_s": dict.fromkeys(dashboard._WAYS, moves),
        "step_s": [0.2], "steps_at_once_s": [0.3, 0.4], "first_mb": 600.0, "session_mb": 26.0,
        "story": [60, 2_000, 365], "frames": {"one map": 59.6},
    }  # fmt: skip
    [(_, (_, rows))] = dashboard.tables(found).values()
    told = {what: times for what, *times in rows}
    assert told["Page `/` ready, alone"] == ["2.00 s", "9.00 s"]
    assert told["Slider to changed number and chart, alone"] == ["0.11 s", "0.20 s"]
    assert told["Frames a second, 60 nodes over 365 days, one map"] == ["60", ""]
    aims = {one.what: one.find({"dashboard": found}) for one in HEADLINES[-4:]}
    assert list(aims.values()) == pytest.approx([2.0, 0.105, 0.21, 59.6])


def test_a_story_of_any_size_is_one_page_that_plays(tmp_path: Path) -> None:
    page = write_story(tmp_path, 20, 100, 30).read_text(encoding="utf-8")
    assert "Node 19" in page
    assert "Day 7" in page  # the leak, a quarter into the run
    assert dashboard.PART.name not in command.USUALLY
