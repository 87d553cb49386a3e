"""The command line: exit codes, and one JSON object where it is asked for."""

import json
import os
import subprocess
import sys
import time

import pytest
from typer.testing import CliRunner

from experiments import demo
from experiments.cli import app
from tests.experiment_fakes import model

__all__ = ["model"]

BASE, LEAK = "central_mediterranean", "agadez_breach"


def call(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def made_json(*words):
    result = call(*words, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_run_prints_its_summary(tmp_path):
    made = made_json("run", BASE, "--migrants", 100, "--days", "30 days", "--out", tmp_path / "r")
    assert made["days"] == 30
    assert made["totals"]["asked"] == 40
    assert (tmp_path / "r" / "summary.json").exists()
    assert "Asked for help" in call("run", BASE, "--days", 9).stdout


def test_compare_prints_differences(tmp_path):
    options = ("--replicates", 2, "--days", 30, "--out", tmp_path / "c")
    made = made_json("compare", BASE, LEAK, *options)
    assert {"scenarios", "replicates", "differences", "channels"} <= set(made)
    assert (tmp_path / "c" / "help_seeking.png").exists()
    words = call("compare", BASE, LEAK, "--until-half-width", "20 %", "--days", 9).stdout
    assert "Need left unmet" in words
    assert "mean of 5 runs" in words


def test_survey_prints_answers(tmp_path):
    call("run", BASE, "--days", 30, "--out", tmp_path / "r")
    made = made_json("survey", tmp_path / "r")
    assert made["day"] == 0
    assert made["n"] == 20000
    assert set(made["answers"][0]) >= {
        "question", "answer", "group", "share", "low", "high", "n", "published", "few",
    }  # fmt: skip
    again = call("survey", tmp_path / "r", "--day", 7, "--json")
    assert json.loads(again.stdout)["day"] == 7
    assert "repeated up to day 7" in again.stderr
    assert "danger" in call("survey", tmp_path / "r", "--status", "irregular").stdout


def test_parameters_are_listed():
    made = made_json("parameters")["parameters"]
    assert {"name", "default", "unit", "low", "high", "scale", "source", "note"} <= set(made[0])
    assert made[0]["name"] in call("parameters").stdout


def test_scenarios_are_listed_shown_and_checked(tmp_path):
    names = [each["name"] for each in made_json("scenarios", "list")["scenarios"]]
    assert {BASE, LEAK, "agadez_breach_firewall"} <= set(names)
    assert LEAK in call("scenarios", "list").stdout
    assert made_json("scenarios", "show", LEAK)["interventions"][0]["kind"] == "data_breach"
    assert "kind: data_breach" in call("scenarios", "show", LEAK, "--yaml").stdout
    assert made_json("scenarios", "check", LEAK) == {"valid": True, "problems": []}
    assert "$schema" in made_json("scenarios", "schema")
    (tmp_path / "wrong.yaml").write_text(f"extends: {BASE}\ndaays: 30\n")
    wrong = call("scenarios", "check", tmp_path / "wrong.yaml", "--json")
    assert wrong.exit_code == 2
    problem = json.loads(wrong.stdout)["problems"][0]
    assert (problem["line"], problem["severity"]) == (2, "error")
    assert "days" in call("scenarios", "check", tmp_path / "wrong.yaml").stderr


def test_networks_are_checked(tmp_path):
    assert made_json("network", "check", BASE)["valid"] is True
    wrong = call("network", "check", tmp_path / "none", "--json")
    assert wrong.exit_code == 2
    assert json.loads(wrong.stdout)["valid"] is False


def test_the_demo_says_where_its_results_lie(tmp_path, monkeypatch):
    monkeypatch.setattr(demo, "DAYS", 120)
    monkeypatch.setattr(demo, "REPLICATES", 2)
    out = tmp_path / "demo"
    result = call("demo", "--out", out)
    assert result.exit_code == 0, result.stderr
    for piece in ("Asked for help", "irregular", "rumour", "help_seeking.png", "differences.csv"):
        assert piece in result.stdout
    assert {"comparison.json", "differences.csv", "help_seeking.png", "help_seeking.svg"} <= {
        path.name for path in out.iterdir()
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["run", "nowhere"], "nowhere"),
        (["run", BASE, "--migrants", 0], "migrants"),
        (["run", BASE, "--migrants", 10**12], "migrants"),
        (["run", BASE, "--migrants", "many"], "--migrants"),
        (["run", BASE, "--days", "3 moons"], "days"),
        (["run", BASE, "--engine", "magic"], "engine"),
        (["run", BASE, "--threads", 0], "threads"),
        (["run", BASE, "--out", "/dev/null/x"], "cannot be written"),
        (["run", BASE, "--colour", "red"], "--colour"),
        (["compare", BASE, LEAK, "--replicates", 1], "replicates"),
        (["compare", BASE, LEAK, "--replicates", 3, "--until-half-width", 0.1], "one of the two"),
        (["compare", BASE], "OTHER"),
        (["survey", "/nowhere"], "run --out"),
        (["scenarios", "show", "nowhere"], "nowhere"),
        (["dance"], "dance"),
    ],
)
def test_wrong_input_exits_with_2_and_one_sentence(words, said):
    result = call(*words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


def test_our_own_faults_exit_with_1_in_one_line(model, monkeypatch):
    model.fail_on = (BASE, 0)
    monkeypatch.delenv("WAYTRUST_TRACEBACK", raising=False)
    result = call("run", BASE, "--json")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert result.stderr.strip().splitlines()[-1].endswith("Set WAYTRUST_TRACEBACK=1 to see where.")
    monkeypatch.setenv("WAYTRUST_TRACEBACK", "1")
    assert "Traceback" in call("run", BASE).stderr


def test_nothing_half_written_where_a_run_fails(model, tmp_path):
    model.fail_on = (LEAK, 1)
    assert call("compare", BASE, LEAK, "--out", tmp_path / "c").exit_code == 1
    assert list(tmp_path.iterdir()) == []


def _command(*words):
    command = [sys.executable, "-m", "experiments.cli", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ)


def test_help_answers_at_once_and_loads_no_model():
    started = time.perf_counter()
    result = _command("--help")
    assert result.returncode == 0
    assert "compare" in result.stdout
    assert time.perf_counter() - started < 3  # under 0.3 s on a machine that does nothing else
    probe = (
        "import sys, experiments.cli; print([m for m in ('numba', 'pandas') if m in sys.modules])"
    )
    light = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True
    )
    assert light.stdout.strip() == "[]"


def test_the_real_command_exits_with_2():
    result = _command("run", BASE, "--migrants", "-5")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1


def test_the_version_is_said():
    assert call("--version").stdout.startswith("waytrust ")
