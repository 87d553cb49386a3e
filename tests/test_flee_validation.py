"""`waytrust validate --flee`: six crises against UNHCR's counts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from experiments.cli import app
from experiments.displacement.fitting import DISTANCE_WEIGHTS, INDEPENDENCES, fit, read_left_out
from experiments.displacement.naive import RULES, naive_people
from experiments.displacement.published import FLEE as PUBLISHED
from experiments.displacement.validation import FleeValidation, validate_flee
from experiments.displacement.world_of import crisis_of
from scenarios.importing.flee import read_instance
from sim.displacement import DisplacementParameters
from tests.flee_files import FLEE, tiny


def call(*words: object) -> Any:
    return CliRunner().invoke(app, ["validate", *(str(word) for word in words)])


@pytest.fixture(scope="module")
def both() -> dict[bool, FleeValidation]:
    return {without: validate_flee(FLEE, without_capacities=without, replicates=3)
            for without in (False, True)}


def test_the_rule_is_nearer_to_the_counts_than_flee_everywhere(
        both: dict[bool, FleeValidation]) -> None:
    for without, found in both.items():
        assert {one.name for one in found.instances} == set(PUBLISHED)
        for one in found.instances:
            flee = PUBLISHED[one.name][int(without)]
            assert one.average_relative_difference < flee, (one.name, without)
    assert both[False].mean < 0.2
    assert both[True].mean < 0.45


def test_crises_left_out_are_below_the_best_naive_rule() -> None:
    left_out = read_left_out()
    assert set(left_out) == set(PUBLISHED)
    assert np.mean([one.without for one in left_out.values()]) < 0.49


def test_the_parameters_are_those_of_the_kept_search() -> None:
    from experiments.displacement.fitting import KEPT

    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    usual = DisplacementParameters()
    assert kept["best"] == [usual.distance_weight, usual.independence]


def test_naive_rules_give_what_is_known_of_them(both: dict[bool, FleeValidation]) -> None:
    known = {"uniform": 0.575, "nearest": 0.86, "gravity": 0.49, "gravity_squared": 0.51}
    for rule in RULES:
        mean = np.mean([one.naive[rule] for one in both[True].instances])
        assert mean == pytest.approx(known[rule], abs=0.01), rule
    uniform = np.mean([one.naive["uniform"] for one in both[False].instances])
    assert uniform == pytest.approx(0.234, abs=0.005)


def test_naive_rules_keep_to_capacities() -> None:
    crisis = crisis_of(read_instance(FLEE / "mali2012"))
    limit = crisis.world.camps.capacity
    for rule in RULES:
        held = naive_people(crisis, rule)
        assert (held.max(axis=0) <= np.where(limit > 0, limit + 1e-6, np.inf)).all()


def test_leaving_one_out_fits_on_the_others() -> None:
    errors = np.ones((len(DISTANCE_WEIGHTS), len(INDEPENDENCES), 2, 3))
    errors[1, 2] = 0.5, 0.5, 0.5
    errors[3, 4, :, :2] = 0.1  # best for the first two; bad enough for the third to lose it all
    errors[3, 4, :, 2] = 5.0
    found = fit(["a", "b", "c"], errors)
    assert found.best == (DISTANCE_WEIGHTS[1], INDEPENDENCES[2])
    third = found.left_out[2]
    assert (third.distance_weight, third.independence) == (DISTANCE_WEIGHTS[3], INDEPENDENCES[4])
    assert (third.with_capacities, third.without) == (5.0, 5.0)


def test_json_of_a_folder_and_of_one_instance(tmp_path: Path) -> None:
    for name in ("one", "two"):
        tiny(tmp_path / name)
    (tmp_path / "notes").mkdir()
    result = call("--flee", tmp_path, "--replicates", 2, "--people-per-agent", 1, "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert [one["name"] for one in found["instances"]] == ["one", "two"]
    errors = [one["average_relative_difference"] for one in found["instances"]]
    assert found["mean"] == pytest.approx(sum(errors) / 2)
    one = found["instances"][0]
    assert (one["agents"], one["days"]) == (500, 5)
    assert one["agent_steps_per_s"] > 0
    assert [camp["name"] for camp in one["camps"]] == ["Delta", "Omega"]
    assert all(warning["severity"] == "warning" for warning in one["warnings"])
    alone = json.loads(call("--flee", tmp_path / "one", "--replicates", 2, "--people-per-agent",
                            1, "--json").stdout)
    assert len(alone["instances"]) == 1
    assert alone["mean"] == errors[0]


def test_results_are_written_whole(tmp_path: Path) -> None:
    tiny(tmp_path / "in" / "one")
    out = tmp_path / "out"
    result = call("--flee", tmp_path / "in", "--without-capacities", "--replicates", 2,
                  "--out", out)
    assert result.exit_code == 0, result.output
    assert "without capacities" in result.stdout
    names = {path.name for path in out.iterdir()}
    assert names == {"validation.json", "camps.csv", "manifest.json", "one.png", "one.svg"}
    lines = (out / "camps.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1 + 5 * 2
    assert lines[1] == "one,Delta,0,100.0,100"


def test_what_is_nearer_to_the_counts_is_said() -> None:
    result = call("--flee", FLEE / "tigray2020", "--without-capacities", "--replicates", 2)
    assert "tigray2020: nearer to the counts than our rule: " in result.stdout
    assert "1/d²" in result.stdout


@pytest.mark.parametrize(("words", "says"), [
    (("--flee", "nowhere"), "is no folder"),
    (("--flee", "{folder}"), "holds no instance of Flee"),
    (("--flee", "{folder}/half"), "there is no such folder"),
    (("--flee", "{folder}/whole", "--replicates", "0"), "is too small"),
    (("--flee", "{folder}/whole", "--people-per-agent", "0"), "is too small"),
    (("--flee", "{folder}/whole", "--seed", "-1"), "is too small"),
    (("--flee", "{folder}/strange"), "nothing can be compared"),
])
def test_what_cannot_be_is_refused_in_a_sentence(tmp_path: Path, words: tuple[str, ...],
                                                 says: str) -> None:
    if any("half" in word or "whole" in word for word in words):
        (tmp_path / "half" / "input_csv").mkdir(parents=True)
        tiny(tmp_path / "whole")
    if any("strange" in word for word in words):
        tiny(tmp_path / "strange", data_layout="Elsewhere,delta.csv\n")
    result = call(*(word.format(folder=tmp_path) for word in words))
    assert result.exit_code == 2
    assert says in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert result.stdout == ""


def test_every_warning_names_its_file(both: dict[bool, FleeValidation]) -> None:
    for one in both[False].instances:
        assert one.warnings
        assert all(Path(warning.file).suffix == ".csv" for warning in one.warnings)
        assert len(set(one.warnings)) == len(one.warnings)


def test_the_page_has_the_kept_search() -> None:
    from experiments.displacement.page import PAGE, left_out_rows
    from experiments.pages import block, markdown_table

    page = PAGE.read_text(encoding="utf-8")
    assert block(page, "left_out") == markdown_table(left_out_rows(), right=4)
    rule = DisplacementParameters()
    assert f"exp(-{rule.distance_weight:g} \N{MULTIPLICATION SIGN} distance)" in page
    assert f"(share + {rule.independence:g})" in page
    assert f"walk {rule.km_a_day:g} km a day" in page


def test_more_agents_than_memory_holds_are_refused(tmp_path: Path) -> None:
    tiny(tmp_path / "one", delta="2020-01-01,0\n2020-01-05,1000000000\n")
    result = call("--flee", tmp_path / "one", "--people-per-agent", 1)
    assert result.exit_code == 2
    assert "more than 5,000,000 agents" in result.stderr


def test_the_benchmark_says_where_there_is_no_flee(capsys: pytest.CaptureFixture[str]) -> None:
    from benchmarks.flee import main

    assert main(["--python", "no-such-python"]) == 2
    assert capsys.readouterr().err.startswith("There is no Flee for no-such-python; install it")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--flee", "x", "--target", "T01"], "target: has no meaning beside --flee"),
        (["--flee", "x", "--posterior", "y"], "posterior: has no meaning beside --flee"),
        (["--without-capacities"], "without-capacities: means something only beside --flee"),
        (["--people-per-agent", "10"], "people-per-agent: means something only beside --flee"),
    ],
)
def test_options_that_do_not_go_together(words: list[str], said: str) -> None:
    found = CliRunner().invoke(app, ["validate", *words])
    assert found.exit_code == 2
    assert said in " ".join(found.stderr.split())
