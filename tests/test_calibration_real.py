"""The model itself can be fitted, from the command line to a sweep that takes what was found."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from experiments.calibration import Settings, calibrate
from experiments.calibration.task import Task
from experiments.cli import app
from experiments.targets import ask, chosen, written_in
from scenarios.designing import load_design

TINY: dict[str, Any] = {
    "name": "tiny",
    "scenario": "central_mediterranean",
    "sampler": {"method": "lhs", "points": 2},
    "seed": 4,
    "constants": {"migrants": 150, "days": 40, "onset_routine": 0.004},
    "uncertainties": {"background_danger_others": "default", "meetings_per_day": "default"},
    "targets": ["T02", "T07"],
}
FEW = ["--population", "10", "--generations", "1", "--draws", "10", "--checks", "2"]


def run(*words: str) -> Any:
    return CliRunner().invoke(app, ["calibrate", *words], env={"COLUMNS": "200"})


@pytest.fixture(scope="module")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Any]:
    """A design, the directory of its calibration, and what the command said."""
    folder = tmp_path_factory.mktemp("real")
    file = folder / "tiny.yaml"
    file.write_text(load_design(TINY).text, encoding="utf-8")
    result = run(str(file), "--out", str(folder / "fit"), *FEW, "--workers", "0", "--json")
    assert result.exit_code == 0, result.output
    return file, folder / "fit", result


def test_json_is_the_summary(fitted: tuple[Path, Path, Any]) -> None:
    _, folder, result = fitted
    told = json.loads(result.stdout)
    assert told.pop("posterior") == str(folder)
    assert told == json.loads((folder / "summary.json").read_text())
    assert told["fitted"] == ["T02", "T07"]
    assert "Generation 0" in result.stderr


def test_everything_is_there(fitted: tuple[Path, Path, Any]) -> None:
    _, folder, _ = fitted
    found = {path.name for path in folder.iterdir()}
    figures = {f"{name}.{kind}" for name in ("check", "parameters", "pairs")
               for kind in ("png", "svg")}  # fmt: skip
    assert found == figures | {
        "manifest.json", "design.yaml", "scenario.yaml", "targets.yaml", "described.json",
        "answers.jsonl", "posterior.parquet", "populations.parquet", "targets.csv",
        "parameters.csv", "summary.json",
    }  # fmt: skip
    assert json.loads((folder / "manifest.json").read_text())["kind"] == "calibration"


def test_the_tables_are_in_words(fitted: tuple[Path, Path, Any]) -> None:
    file, folder, _ = fitted
    result = run(str(file), "--out", str(folder), *FEW, "--workers", "0")
    assert result.exit_code == 0
    for words in ("Near enough", "T07 Asking for help is dangerous", "Fixed by the targets",
                  "no longer tests the model", "--posterior"):  # fmt: skip
        assert words in result.stdout
    assert re.search(r"\d+ runs are there already", result.stderr)


def test_a_sweep_takes_what_was_found(fitted: tuple[Path, Path, Any], tmp_path: Path) -> None:
    from experiments.sweep import sweep

    _, folder, _ = fitted
    design = {
        "name": "after", "scenario": "central_mediterranean", "seed": 4, "replicates": 2,
        "constants": {"migrants": 60, "days": 10},
        "outcomes": [{"name": "afraid", "question": "danger", "answer": "agree"}],
    }  # fmt: skip
    found = sweep(design, out=tmp_path / "store", posterior=folder, workers=0)
    assert (found.done, found.failed) == (2, 0)


def test_values_are_those_of_the_model(fitted: tuple[Path, Path, Any]) -> None:
    """What a calibration compares with a target is the answer of a survey of the same run."""
    from dataclasses import replace

    from sim.model import TrustModel
    from sim.parameters import Parameters
    from sim.survey import standing_survey

    design = load_design(TINY)
    task = Task(design, ask(chosen(["T07", "T05"], written_in()), design.scenario))
    values = (0.5, 1.0)
    parameters = Parameters({**task.base.parameters, **task.fitted(values)})
    plan = replace(task.base, parameters=parameters, survey_days=())
    model = TrustModel(plan, replicate=1).run()
    table = standing_survey(model.world, day=plan.days - 1)
    table = table.set_index(["question", "answer", "group"])
    found = task.live(values, 1)
    assert found["T07"] == pytest.approx(table.loc[("danger", "agree", "all"), "share"])
    here = ("independent_here", "independent", "status:irregular")
    assert found["T05"] == pytest.approx(table.loc[here, "share"])


def test_targets_about_nobody_are_told_before_anything_is_lived(tmp_path: Path) -> None:
    from sim.problems import InputProblem

    design = {**TINY, "constants": {"migrants": 3, "days": 5}, "targets": ["T09"]}
    with pytest.raises(InputProblem, match=r"T09.*of whom a trial run had none"):
        calibrate(design, out=tmp_path / "fit", settings=Settings(population=10), workers=0)


def test_the_design_of_the_library_can_be_fitted() -> None:
    design = load_design("fit_to_survey")
    found = ask(chosen(design.targets, written_in()), design.scenario)
    assert len(found) == 12
    assert len(design.uncertainties) == 8
    held_out = {"T13", "T14_none", "T15_smugglers"}
    assert held_out.isdisjoint(target.id for target in found)


def test_faults_are_told_in_a_sentence(tmp_path: Path) -> None:
    result = run("fit_to_survay")
    assert result.exit_code == 2
    assert "did you mean fit_to_survey?" in result.stderr.lower()
    result = run("fit_to_survey", "--out", str(tmp_path / "no"), "--population", "1")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert not (tmp_path / "no").exists()


def test_figures_are_the_same_bytes(fitted: tuple[Path, Path, Any], tmp_path: Path) -> None:
    from experiments.calibration import figures

    _, folder, _ = fitted
    table = pd.read_csv(folder / "targets.csv").fillna({"title": ""})
    words = "Targets and what the model predicts"
    for path in figures.save(figures.check_figure(table), tmp_path, ".check", words):
        assert path.read_bytes() == (folder / path.name.removeprefix(".")).read_bytes()


def test_effects_can_be_fitted_and_take_runs_of_their_own(tmp_path: Path) -> None:
    from tests.target_files import written

    design = {
        **TINY, "scenario": "central_america", "constants": {"migrants": 150, "days": 60},
        "targets": ["fear", "drop", "heals"],
    }  # fmt: skip
    settings = Settings(population=10, generations=0, draws=10, checks=2)
    found = calibrate(design, out=tmp_path / "fit", settings=settings, workers=0,
                      targets=written(tmp_path))  # fmt: skip
    table = found.targets.set_index("id")
    assert list(table.index) == ["fear", "drop", "heals"]
    assert table.loc["drop", "prior_mean"] < 0
    kept = (tmp_path / "fit" / "targets.yaml").read_text(encoding="utf-8")
    assert "police:" in kept  # all that a worker on another machine needs
    again = calibrate(design, out=tmp_path / "fit", settings=settings, workers=0,
                      targets=written(tmp_path))  # fmt: skip
    assert again.targets.equals(found.targets)


def test_what_a_quotient_is_divided_by_need_not_be_fitted(tmp_path: Path) -> None:
    from tests.target_files import written

    design = {
        **TINY, "scenario": "central_america", "constants": {"migrants": 150, "days": 60},
        "targets": ["heals"],
    }  # fmt: skip
    settings = Settings(population=10, generations=0, draws=10, checks=2)
    found = calibrate(design, out=tmp_path / "fit", settings=settings, workers=0,
                      targets=written(tmp_path))  # fmt: skip
    assert list(found.targets["id"]) == ["heals"]
    assert found.unusable < 10, found.why_unusable
