"""Running one scenario and asking its people, with a stand-in for the model."""

import json

import pandas as pd
import pytest

from experiments import run, survey_run
from experiments.inputs import keep_network, resolved_text
from sim.problems import InputProblem
from tests.experiment_fakes import FakeScenario, model, plan

__all__ = ["model"]

BASE = "central_mediterranean"


@pytest.fixture
def made(tmp_path):
    run(BASE, migrants=300, days=200, seed=9, out=tmp_path / "made")
    return tmp_path / "made"


def test_a_run_directory_holds_what_was_agreed(made):
    assert sorted(path.name for path in made.iterdir()) == [
        "daily.parquet", "manifest.json", "points.parquet", "route.json", "scenario.yaml",
        "summary.json", "survey.parquet",
    ]  # fmt: skip
    summary = json.loads((made / "summary.json").read_text())
    assert {
        "migrants", "days", "agent_steps", "wall_s", "agent_steps_per_s", "totals",
        "help_seeking_rate", "survey", "state_hash",
    } <= set(summary)  # fmt: skip
    daily = pd.read_parquet(made / "daily.parquet")
    assert list(daily.columns) == ["day", "node", "status", "measure", "channel", "value"]
    points = pd.read_parquet(made / "points.parquet")
    assert list(points.columns) == ["day", "service_point", "measure", "value"]
    assert points["day"].max() == 199
    survey = pd.read_parquet(made / "survey.parquet")
    assert set(survey["day"]) == {0, 180}


def test_the_manifest_says_how_it_was_made(made):
    manifest = json.loads((made / "manifest.json").read_text())
    assert set(manifest["versions"]) == {"python", "numpy", "numba", "mesa", "pandas", "waytrust"}
    assert (manifest["kind"], manifest["seed"], manifest["replicate"]) == ("run", 9, 0)
    assert (manifest["engine"], manifest["threads"]) == ("compiled", 1)
    assert manifest["wall_s"] > 0
    assert len(manifest["hashes"]["code"]) == 16
    assert BASE in manifest["hashes"]["scenarios"]


def test_the_resolved_scenario_is_what_ran(made):
    from scenarios import load

    again = load(made / "scenario.yaml")
    assert (again.migrants, again.days, again.seed) == (300, 200, 9)
    assert again.plan().network.name == BASE


def test_a_network_of_ones_own_goes_with_the_run(tmp_path):
    import shutil

    from scenarios import load

    own = tmp_path / "mine"
    shutil.copytree(load(BASE).route.folder, own / "road")
    (own / "mine.yaml").write_text("network: road\ndays: 30\n")
    made = run(own / "mine.yaml", migrants=100).write(tmp_path / "made")
    shutil.rmtree(own)
    assert load(made / "scenario.yaml").plan().network.nodes["id"].iloc[0]


def test_library_networks_are_not_copied(tmp_path):
    from scenarios import load

    keep_network(load(BASE).plan().network, tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert resolved_text(FakeScenario(plan())) == "name: calm\n"


def test_the_last_day_is_surveyed_where_no_day_is_named():
    result = run(FakeScenario(plan(survey_days=())))
    assert set(result.survey["day"]) == {39}


def test_progress_counts_the_burn_in():
    heard = []
    run(FakeScenario(plan()), days=5, progress=lambda *now: heard.append(now))
    assert heard == [(n, 7) for n in range(8)]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"migrants": 0}, "migrants"),
        ({"migrants": 50_000_001}, "migrants"),
        ({"days": 0}, "days"),
        ({"days": 3651}, "days"),
        ({"engine": "magic"}, "'magic' is not an engine. Give compiled or reference"),
        ({"threads": -1}, "threads"),
        ({"out": "/dev/null/x"}, "cannot be written"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_runs(change, words, monkeypatch, model):
    monkeypatch.setattr(model, "step", lambda self: pytest.fail("it ran"))
    with pytest.raises(InputProblem) as told:
        run(BASE, **change)
    assert words in str(told.value)


def test_stored_tables_are_read(made, monkeypatch, model):
    monkeypatch.setattr(model, "step", lambda self: pytest.fail("it ran again"))
    assert survey_run(made)["day"].unique() == [180]
    assert list(survey_run(made)["group"]) == ["all", "status:irregular"]
    assert survey_run(made, day=0, country="NER")["share"].iloc[0] == 0.5
    assert list(survey_run(made, status="irregular")["group"]) == ["status:irregular"]


def test_anything_else_is_asked_by_running_again(made):
    said = []
    answers = survey_run(made, day=20, node="agadez", status="irregular", say=said.append)
    assert "repeated up to day 20" in said[0]
    assert answers["group"].tolist() == ["node:agadez+status:irregular"]
    assert answers["day"].tolist() == [20]
    assert survey_run(made, sample=50)["n"].iloc[0] == 50
    assert list(survey_run(made, day=7)["group"]) == ["all", "status:irregular"]


def test_a_day_after_the_end_is_refused(made):
    with pytest.raises(InputProblem, match="Give 0 to 199"):
        survey_run(made, day=200)


def test_only_run_directories_can_be_asked(tmp_path):
    with pytest.raises(InputProblem, match="waytrust run --out"):
        survey_run(tmp_path)
