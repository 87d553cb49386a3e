"""`waytrust run` in parts: what lies in the folder is what a run in one piece would have left."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from experiments import run, run_until
from experiments.cli import app
from sim.model import TrustModel
from sim.problems import InputProblem

SCENARIO = "agadez_breach"
SIZE = ("--migrants", 150, "--days", 40, "--seed", 3)
TABLES = ("daily.parquet", "points.parquet", "survey.parquet", "scenario.yaml")
TIMED = ("wall_s", "agent_steps_per_s")


def call(*words: Any) -> Any:
    return CliRunner().invoke(app, ["run", SCENARIO, *(str(word) for word in words)])


def done(*words: Any) -> dict[str, Any]:
    result = call(*words, "--json")
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run stopped after day 9."""
    file = tmp_path_factory.mktemp("stopped") / "run.state"
    result = call(*SIZE, "--stop-after", 9, "--save", file)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == (f"Stopped after day 9 and saved in {file}; "
                             f"to go on: waytrust run {SCENARIO} --resume {file}\n")
    return file


def test_a_run_in_parts_leaves_the_same_files(file: Path, tmp_path: Path) -> None:
    whole = done(*SIZE, "--out", tmp_path / "whole")
    part = done("--resume", file, "--stop-after", 20, "--save", tmp_path / "next.state")
    assert (part["stopped_after"], part["saved"]) == (20, str(tmp_path / "next.state"))
    parts = done("--resume", tmp_path / "next.state", "--threads", 2, "--out", tmp_path / "parts")
    for name in TABLES:
        assert (tmp_path / "parts" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()
    assert {k: v for k, v in parts.items() if k not in TIMED} == {
        k: v for k, v in whole.items() if k not in TIMED}
    manifest = json.loads((tmp_path / "parts" / "manifest.json").read_text())
    assert (manifest["resumed_on_day"], manifest["days"], manifest["seed"]) == (21, 40, 3)
    assert 0 < manifest["agent_steps_before"] < whole["agent_steps"]


def test_a_run_can_stop_in_the_burn_in_and_be_resumed_at_its_end(tmp_path: Path) -> None:
    size: dict[str, Any] = {"migrants": 60, "days": 6}
    state = tmp_path / "run.state"
    whole = run(SCENARIO, **size).summary["state_hash"]
    heard: list[tuple[int, int | None]] = []
    run_until(SCENARIO, stop_after=-30, save=state, **size)
    run_until(SCENARIO, stop_after=5, save=state, resume=state,
              progress=lambda *now: heard.append(now))
    end = heard[-1][0]
    assert heard == [(day, end) for day in range(end - 6 - 29, end + 1)]
    assert run(SCENARIO, resume=state).summary["state_hash"] == whole
    with pytest.raises(InputProblem, match=r"day that this run has left\. Leave --stop-after"):
        run_until(SCENARIO, stop_after=5, save=state, resume=state)


@pytest.mark.parametrize(("words", "said"), [
    (("--stop-after", 5), "stop_after: 5 is given without a file to save the run in. Add --save"),
    (("--save", "x.state"), "save: 'x.state' is given without the day after which to stop"),
    (("--stop-after", 5, "--save", "x.state", "--out", "o"), "out: 'o' is for the results of a"),
    (("--stop-after", 5, "--save", "/dev/null/x"), "/dev/null/x: cannot be written"),
    (("--stop-after", 400, "--save", "x.state", *SIZE),
     "stop_after: 400 is not a day that this run has left. Give -"),
    (("--resume", "none.state"), "none.state: cannot be read (no such file or directory)"),
])
def test_options_that_do_not_fit_are_refused(words: tuple[Any, ...], said: str, tmp_path: Path,
                                             monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    refused(call(*words), said)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("words", "said"), [
    (("--migrants", 151), "migrants: the run was saved with 150, and 151 is asked for"),
    (("--days", 30), "days: the run was saved with 40, and 30 is asked for"),
    (("--seed", 4), "seed: the run was saved with 3, and 4 is asked for"),
    (("--stop-after", 9, "--save", "x.state"), "stop_after: 9 is not a day that this run has left. "
     "Give 10 to 39"),
])
def test_options_that_contradict_the_file_are_refused(
        words: tuple[Any, ...], said: str, file: Path, tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    refused(call("--resume", file, *words), said)
    assert list(tmp_path.iterdir()) == []


def test_another_scenario_and_another_replicate_are_refused(file: Path, tmp_path: Path) -> None:
    other = ["run", "central_america", "--resume", str(file)]
    refused(CliRunner().invoke(app, other), f"{file}: ")
    model = TrustModel.resume(file, TrustModel.resume(file, _scenario()).plan)
    assert model.day == 10
    second = TrustModel(_scenario(), migrants=50, days=5, replicate=1)
    second.save(tmp_path / "second.state")
    refused(call("--resume", tmp_path / "second.state"), "replicate: the run was saved with 1")


def _scenario() -> Any:
    from scenarios import load

    return load(SCENARIO)


def test_something_else_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("years of work")
    result = call(*SIZE, "--stop-after", 5, "--save", tmp_path / "thesis.tex")
    refused(result, "something else than a saved run lies there. Name another file")
    assert (tmp_path / "thesis.tex").read_text() == "years of work"


def refused(result: Any, said: str) -> None:
    assert result.exit_code == 2, result.stderr
    assert result.stdout == ""
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
