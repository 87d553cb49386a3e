"""Sensitivity: words, files, the command, and what is refused."""

from __future__ import annotations

import json

import numpy as np
import pytest
from typer.testing import CliRunner

import experiments
from experiments.analysis import factors_of, gaps_of, open_runs
from experiments.analysis.sensitivity import analyse
from experiments.cli import app
from scenarios.designing import points_of
from sim.parameters import REGISTRY
from sim.problems import InputProblem
from tests.analysis_worlds import WALL, design, runs, sample, swept

NAMES = ("half_life_against", "bf", "omega")


@pytest.fixture(scope="module")
def swept_runs():
    made = design("sobol", 64, NAMES, replicates=2, levers=[WALL], log=["half_life_against"])
    frame = runs(
        made,
        sample(made),
        lambda x, wall, rng: x[0] + 0.6 * x[1] * (1 - wall) + rng.normal(0, 0.02),
    )
    return made, frame


@pytest.fixture
def command(swept_runs, tmp_path, monkeypatch):
    """Calls the command on a sweep in `tmp_path`."""
    monkeypatch.setattr(
        "experiments.analysis.sensitivity.analysing.open_runs",
        lambda of, **given: swept(tmp_path, *swept_runs),
    )
    return lambda *words: CliRunner().invoke(app, ["sensitivity", str(tmp_path), *words])


def test_it_says_what_matters_and_on_what_that_rests(swept_runs):
    found = analyse(*swept_runs, outcomes=["asked_ner"])
    first = found.sentences[0]
    assert first.startswith("asked_ner, wall.compliance = 0 %: most of the spread comes from")
    assert "half_life_against (half-life of bad news; " in first
    assert "Little or nothing: omega." in first
    assert found.sentences[-1].startswith("Of these, the ranges of half_life_against and bf are")
    row = found.table.set_index("parameter").loc["half_life_against"].iloc[0]
    assert row["source"] == REGISTRY["half_life_against"].source
    assert row["assumed"]


def test_the_command_writes_tables_and_figures(command, tmp_path):
    result = command()
    assert result.exit_code == 0, result.output
    assert "most of the spread comes from" in result.stdout
    assert "S1 is the share of the variance" in result.stdout
    names = {path.name for path in (tmp_path / "sensitivity").iterdir()}
    assert names == {
        "sensitivity.json", "sensitivity.csv", "spread.csv", "manifest.json", "asked_ner.png",
        "asked_ner.svg",
    }  # fmt: skip
    again = command("--json", "--outcome", "asked_ner")
    made = json.loads(again.stdout)
    assert set(made) >= {"design", "method", "indices", "spread", "sentences", "warnings", "runs"}
    assert set(made["indices"][0]) >= {
        "outcome", "levers", "method", "parameter", "index", "value", "low", "high", "rank",
        "note", "source",
    }  # fmt: skip
    kept = json.loads((tmp_path / "sensitivity" / "sensitivity.json").read_text())
    assert kept == made


def test_results_go_where_they_are_wanted(command, tmp_path):
    place = tmp_path / "elsewhere"
    result = command("--out", str(place))
    assert result.exit_code == 0, result.output
    assert (place / "sensitivity.csv").exists()
    assert not (tmp_path / "sensitivity").exists()
    (tmp_path / "mine.txt").write_text("mine")
    result = command("--out", str(tmp_path))
    assert result.exit_code == 2
    assert "not an earlier result of `waytrust sensitivity`" in result.stderr


def test_figures_have_the_same_bytes_again(swept_runs, tmp_path):
    for name in ("one", "two"):
        analyse(*swept_runs, outcomes=["asked_ner"]).write(tmp_path / name)
    for file in ("asked_ner.png", "asked_ner.svg", "sensitivity.csv"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_every_method_has_its_words(tmp_path):
    for method, points, said in (
        ("morris", 10, "the largest changes come from"),
        ("lhs", 60, "what moves it most is"),
    ):
        made = design(method, points, NAMES)
        frame = runs(made, sample(made), lambda x, rng: 2 * x[0] - x[1] + rng.normal(0, 0.01))
        found = analyse(made, frame, outcomes=["asked_ner"])
        assert said in found.sentences[0]
        assert (found.write(tmp_path / method) / "asked_ner.png").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--outcome", "asked_nar"], "did you mean 'asked_ner'?"),
        (["--method", "morris"], "needs the sampler 'morris', and this sweep used 'sobol'"),
        (["--method", "guess"], "Give one of sobol, morris, screening"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(command, tmp_path, words, said):
    result = command(*words)
    assert result.exit_code == 2
    assert said.casefold() in result.stderr.casefold()
    assert not (tmp_path / "sensitivity").exists()


def test_a_design_without_uncertainties_is_refused():
    made = design("grid", 1, [], levers=[WALL])
    frame = runs(made, np.empty((1, 0)), lambda x, wall, rng: wall)
    with pytest.raises(InputProblem, match="nothing to be sensitive to"):
        analyse(made, frame)


def test_points_of_every_sampler_are_counted_as_they_are_made():
    for method, points, more in (
        ("sobol", 8, {}), ("sobol", 8, {"second_order": True}), ("morris", 5, {}), ("lhs", 9, {}),
    ):  # fmt: skip
        made = design(method, points, NAMES, **more)
        assert points_of(made) == len(sample(made))
    assert points_of(design("grid", 4, NAMES)) == 64


def test_gaps_tell_failed_missing_and_undefined_runs_apart():
    made = design("lhs", 20, NAMES, replicates=2)
    frame = runs(made, sample(made), lambda x, rng: x[0])
    frame.loc[3, "error"] = "it broke"
    frame.loc[5, "asked_ner"] = np.nan
    gaps = gaps_of(made, frame[:30])
    assert (gaps.expected, gaps.done, gaps.failed, gaps.missing) == (40, 29, 1, 10)
    assert gaps.undefined == {"asked_ner": 1}
    assert len(gaps.sentences()) == 3


def test_factors_are_the_same_share_of_their_range_on_either_scale():
    one, two = factors_of(design("lhs", 4, ["one", "two"], log=["two"]))
    assert one.to_unit(np.array([0.0, 0.25, 1.0])) == pytest.approx([0, 0.25, 1])
    assert two.to_unit(np.array([10.0, 100.0, 1000.0])) == pytest.approx([0, 0.5, 1])


def test_the_functions_are_public():
    import waytrust

    assert waytrust.sensitivity is experiments.sensitivity
    assert waytrust.discover is experiments.discover


def test_a_sweep_is_read_by_the_name_of_its_design_or_its_directory(tmp_path):
    tiny = tmp_path / "tiny.yaml"
    tiny.write_text(
        """
name: tiny
scenario: clinic_police
sampler: {method: morris, points: 2}
constants: {migrants: 60, days: 20}
uncertainties: {onset_routine: default, onset_pressing: default}
outcomes: [{name: need, measure: in_need}, {name: unaware, measure: unaware}]
""",
        encoding="utf-8",
    )
    out = tmp_path / "out"
    experiments.sweep(tiny, out=out, workers=0)  # so that nothing is left but to read it
    command = ["sensitivity", str(tiny), "--out", str(out), "--json"]
    first = CliRunner().invoke(app, command)
    assert first.exit_code == 0, first.output
    found = json.loads(first.stdout)
    assert found["method"] == "morris"
    assert {each["outcome"] for each in found["indices"]} == {"need", "unaware"}
    assert (out / "sensitivity" / "sensitivity.csv").is_file()
    stored = open_runs(out)
    assert stored.folder == out
    assert len(stored.frame) == 6
    again = CliRunner().invoke(app, ["sensitivity", str(out), "--json"])
    assert json.loads(again.stdout) == found


def test_a_sweep_without_runs_yet_is_refused(tmp_path):
    from experiments.sweep.job import Job
    from experiments.sweep.making import make
    from scenarios.designing import load_design

    make(tmp_path / "empty", Job(load_design("breach_and_repair")), 1)
    with pytest.raises(InputProblem, match="holds no runs yet"):
        open_runs(tmp_path / "empty")
