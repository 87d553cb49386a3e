"""Validation: the model's numbers are those of its runs, pairs stay pairs, misses are results."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from experiments.cli import app
from experiments.quantities import Asked
from experiments.targets import pose, written_in
from experiments.validation import Validation, folds_of, targets_of, validate
from experiments.validation.measuring import Measured, measured, predictive
from experiments.validation.panel import Panel
from scenarios import load
from sim.model import TrustModel
from sim.parameters import REGISTRY
from tests.target_files import EVERY_KIND, written

RUN = {"replicates": 3, "threads": 1}
FIXED = {**RUN, "posterior": "none"}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("targets"))


@pytest.fixture(scope="module")
def found(file: Path) -> Validation:
    return validate(file, **FIXED)  # type: ignore[arg-type]


def row(found: Validation, name: str) -> Any:
    return next(each for each in found.rows if each.target.id == name)


def test_a_relative_change_is_that_of_two_runs_of_their_own(file: Path, found: Validation):
    (drop,) = targets_of(file, ["drop"], migrants=None, seed=None)
    sums = np.zeros((2, 3))
    for side, each in enumerate(drop.value.sides):
        asked = Asked(each.plan, [replace(each.quantity, name="it")])
        for number in range(3):
            run = TrustModel(asked.plan, replicate=number, cells=asked.cells).run()
            sums[side, number] = asked.values(run)["it"]
    one, base = sums.mean(axis=1)
    assert row(found, "drop").model.value == pytest.approx((one - base) / base, rel=1e-12)
    assert row(found, "drop").model.value < 0


def test_levels_are_those_of_a_plain_run(tmp_path: Path):
    text = """
targets:
  - {id: rate, scenario: mine, measure: asked, per: in_need, group: {status: irregular},
     place: {country: [MEX, GTM]}, window: {from: 5, to: 30}, observed: 0.1, low: 0, high: 0.2}
scenarios:
  mine: {extends: central_america, days: 40, burn_in: 60, population: {migrants: 300}}
"""
    one = validate(written(tmp_path, text), replicates=2, threads=1, posterior="none")
    plan = one.rows[0].target.value.plan
    rates = []
    for number in range(2):
        record = TrustModel(plan, replicate=number).run().record
        nodes = load("central_america").route.nodes
        here = set(nodes["id"][nodes["country"].isin(["MEX", "GTM"])])
        counts = record.counts[5:30][:, [name in here for name in record.places]]
        counts = counts[:, :, record.statuses.index("irregular")]
        asked, need = (counts[..., record.measures.index(m)].sum() for m in ("asked", "in_need"))
        rates.append(asked / need)
    assert one.rows[0].model.value == pytest.approx(np.mean(rates), rel=1e-12)


def test_a_target_has_the_same_number_alone_and_in_company(file: Path, found: Validation):
    for name in ("drop", "heals", "away"):
        (alone,) = validate(file, ids=[name], replicates=3, threads=2, posterior="none").rows
        assert alone.model == row(found, name).model


def test_scenarios_are_lived_once_however_many_targets_ask_them(file: Path):
    panel = Panel(pose(written_in(file)))
    assert sorted(plan.name for plan in panel.plans) == ["police", "quiet"]
    assert len(panel.groups) == 1  # they share the days before the officers come
    shipped = Panel(targets_of(None, (), migrants=None, seed=None))
    assert len(shipped.plans) == 10
    assert len(shipped.groups) == 3


def test_what_changes_nothing_has_no_effect(tmp_path: Path):
    text = EVERY_KIND.replace("strength: 80 %", "strength: 0")
    found = validate(written(tmp_path, text), ids=["drop", "told"], replicates=2, threads=1)
    assert [each.model for each in found.rows] == [(0, 0, 0), (0, 0, 0)]


def test_nobody_stays_away_where_there_is_nothing_to_fear(tmp_path: Path):
    text = EVERY_KIND.replace("present_at_start: 80 %", "zero_exposure: all")
    text = text.replace("group: {status: [irregular, regular], exposed: true}", "group: {}")
    found = validate(written(tmp_path, text), ids=["drop", "away"], replicates=2, threads=1)
    assert [each.model.value for each in found.rows] == [0, 0]


def test_parameters_change_the_table(tmp_path: Path, file: Path, found: Validation):
    posterior = tmp_path / "posterior.parquet"
    pd.DataFrame({"base_rate_danger": [0.9, 0.9]}).to_parquet(posterior)
    (tmp_path / "summary.json").write_text('{"fitted": ["fear"]}', encoding="utf-8")
    other = validate(file, ids=["fear"], posterior=posterior, **RUN)  # type: ignore[arg-type]
    assert other.rows[0].model.value > row(found, "fear").model.value + 0.2
    assert (row(found, "fear").target.fitted, other.rows[0].target.fitted) == (False, True)


def test_a_default_that_is_changed_changes_the_table_under_what_ships(
    file: Path, monkeypatch: pytest.MonkeyPatch
):
    usual = validate(file, ids=["drop"], **RUN)  # type: ignore[arg-type]
    bold = REGISTRY["bf"].model_copy(update={"default": 1.5})
    monkeypatch.setitem(REGISTRY, "bf", bold)
    other = validate(file, ids=["drop"], **RUN)  # type: ignore[arg-type]
    assert other.rows[0].model.value > usual.rows[0].model.value + 0.02


def test_numbers_made_of_means_and_their_linearisation():
    above, below = Measured.of(np.array([2.0, 4.0])), Measured.of(np.array([1.0, 3.0]))
    ratio = above.over(below)
    assert ratio.value == 1.5
    assert ratio.lives == pytest.approx([1.5 + (-1 - 1.5 * -1) / 2, 1.5 + (1 - 1.5) / 2])
    assert ratio.lives.mean() == pytest.approx(ratio.value)
    assert above.minus(below).value == 1
    assert list(above.minus(below).lives) == [1, 1]
    assert math.isnan(above.over(Measured.of(np.array([-1.0, 1.0]))).value)


def test_quotients_of_effects_by_hand(file: Path):
    (heals,) = targets_of(file, ["heals"], migrants=None, seed=None)
    for runs, expected in (
        # (10 - 10) / 10 over (4 - 8) / 8; then (8 - 10) / 10 over the same.
        ([[8, 12], [10, 10], [3, 5], [8, 8]], 0.0),
        ([[8, 8], [10, 10], [3, 5], [8, 8]], -0.2 / -0.5),
    ):
        given = iter(np.array(runs, float))
        assert measured(heals, lambda _, given=given: next(given)).value == pytest.approx(expected)


def test_the_interval_holds_the_next_run_as_often_as_it_says(file: Path):
    (drop,) = targets_of(file, ["told"], migrants=None, seed=None)
    luck = np.random.default_rng(3)
    hits = 0
    for _ in range(2000):
        lives = luck.normal(0.1, 0.02, 6)
        ends = predictive(drop, Measured.of(lives[:5]))
        hits += ends.low <= lives[5] <= ends.high
    assert 0.935 < hits / 2000 < 0.965


def test_nobody_to_count_is_said_and_no_zero(tmp_path: Path):
    text = EVERY_KIND.replace("group: {status: irregular}, day", "place: {node: chicago}, day")
    text = text.replace("population: {people: 30000, migrants: 400",
                        "population: {people: 30000, migrants: 5")  # fmt: skip
    found = validate(written(tmp_path, text), ids=["fear"], replicates=2, threads=1)
    fear = found.rows[0]
    assert math.isnan(fear.model.value)
    assert not fear.inside
    assert any("fear" in words and "Nobody" in words for words in found.words())


def test_the_command_prints_what_others_read(file: Path, tmp_path: Path):
    words = ["validate", "--targets", str(file), "--target", "drop", "--target", "away",
             "--replicates", "2", "--out", str(tmp_path / "out")]  # fmt: skip
    result = CliRunner().invoke(app, [*words, "--json"])
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    assert {"id", "observed", "low", "high", "model", "model_low", "model_high", "inside",
            "fitted"} <= set(told["targets"][0])  # fmt: skip
    assert [(each["id"], each["fitted"]) for each in told["targets"]] == [
        ("drop", False), ("away", True)]  # fmt: skip
    out = tmp_path / "out"
    assert {"targets.csv", "summary.json", "targets.png", "targets.svg", "manifest.json",
            "posterior.parquet"} == {
        each.name for each in out.iterdir()}  # fmt: skip
    assert len(pd.read_csv(out / "targets.csv")) == 2
    shown = CliRunner().invoke(app, [*words[:7], "--replicates", "2"])
    assert shown.exit_code == 0
    assert "kept aside" in shown.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--target", "nothing"], "there is no target 'nothing'"),
        (["--replicates", "1"], "replicates"),
        (["--migrants", "0"], "migrants"),
        (["--targets", "nowhere.yaml"], "there is no such file"),
        (["--posterior", "nowhere"], "posterior"),
    ],
)
def test_wrong_input_ends_in_a_sentence(words: list[str], said: str):
    result = CliRunner().invoke(app, ["validate", *words])
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.output


def test_folds_keep_families_together_and_spread_effects():
    targets = targets_of(None, (), migrants=None, seed=None)
    fold = folds_of(targets)
    assert "N01" not in fold  # holds by construction
    for name in ("A", "B", "C"):
        inside = [each for each in targets if fold.get(each.id) == name]
        assert len(inside) >= len(fold) / 4
        effects = [each for each in inside if each.value.plan.interventions]
        assert 0 < len(effects) < len(inside)
    families = {(each.family, fold[each.id]) for each in targets if each.id in fold}
    assert len(families) == len({family for family, _ in families})
    assert fold == folds_of([replace(each, observed=each.observed) for each in targets])
