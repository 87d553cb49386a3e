"""Tables, words and pictures of a calibration say what its sample says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from calibration_worlds import DESIGN

from experiments.calibration.answers import Answer, Answers
from experiments.calibration.figures import check_figure, pairs_figure, parameters_figure, save
from experiments.calibration.generation import Generation
from experiments.calibration.looking import Estimate
from experiments.calibration.respondents import MIX
from experiments.calibration.tables import (
    correlations,
    parameter_table,
    population_table,
    posterior_table,
    quantiles,
    target_table,
)
from experiments.calibration.task import Task
from experiments.calibration.telling import estimate_words
from experiments.targets import ask, chosen, written_in
from scenarios.designing import load_design
from sim.parameters import REGISTRY


@pytest.fixture(scope="module")
def task() -> Task:
    design = load_design(DESIGN)
    return Task(design, ask(chosen(design.targets, written_in()), design.scenario))


def sample(points: np.ndarray, weights: np.ndarray | None = None) -> Generation:
    size = len(points)
    weights = np.full(size, 1 / size) if weights is None else weights
    return Generation(0.5, size, 0, points, weights, np.full((size, 2), 0.25), np.full(size, 0.4))


def even(size: int = 1000) -> np.ndarray:
    return (np.arange(size) + 0.5) / size


def test_the_prior_has_learned_nothing_and_a_point_everything(task: Task):
    table = parameter_table(task, sample(np.column_stack([even(), np.full(1000, 0.5)])))
    nothing, everything = table.to_dict("records")
    assert nothing["contraction"] == pytest.approx(0, abs=1e-3)
    assert nothing["identified"] == "hardly"
    assert nothing["edge"] == ""
    assert everything["contraction"] == pytest.approx(1)
    assert everything["identified"] == "yes"
    # The middle of a log scale from 10 to 1000.
    assert everything["median"] == pytest.approx(100)


def test_contraction_is_that_of_a_narrower_uniform(task: Task):
    narrow = 0.3 + 0.4 * even()
    table = parameter_table(task, sample(np.column_stack([narrow, even()])))
    assert table["contraction"][0] == pytest.approx(0.6, abs=1e-3)
    low, high = table[["low", "high"]].iloc[0]
    assert (low, high) == pytest.approx((0.32, 0.68), abs=2e-3)


def test_an_end_that_is_pressed_against_is_named(task: Task):
    table = parameter_table(task, sample(np.column_stack([even() ** 4, 1 - even() ** 4])))
    assert list(table["edge"]) == ["low", "high"]


def test_weights_count(task: Task):
    points = np.array([[0.2, 0.5], [0.8, 0.5]])
    table = parameter_table(task, sample(points, np.array([0.01, 0.99])))
    assert table["low"][0] == pytest.approx(0.8)


def test_quantiles_of_weighted_values():
    values, weights = np.array([3.0, 1.0, 2.0]), np.array([0.5, 0.25, 0.25])
    assert quantiles(values, weights, (0.0, 0.25, 0.5, 0.51, 1.0)).tolist() == [1, 1, 2, 3, 3]


def test_targets_before_and_after(task: Task):
    before = np.column_stack([even(), even()])
    after = np.column_stack([np.full(10, 0.25), np.full(10, 0.5)])
    table = target_table(task, before, after).set_index("id")
    assert list(table["inside"]) == [True, False]
    assert table.loc["T07", "prior_mean"] == pytest.approx(0.5)
    assert table.loc["T07", "prior_low"] == pytest.approx(0.05, abs=2e-3)
    assert table.loc["T02", "posterior_high"] == 0.5


def test_correlations_are_those_of_the_sample():
    x = np.random.default_rng(1).random((500, 2))
    points = np.column_stack([x[:, 0], 1 - x[:, 0], x[:, 1]])
    found = correlations(sample(points))
    assert found[0, 1] == pytest.approx(-1)
    assert abs(found[0, 2]) < 0.2
    assert np.array_equal(np.diag(found), np.ones(3))


def test_every_draw_has_a_mix_of_respondents_of_its_own(task: Task):
    points = np.full((50, len(task.names)), 0.5)
    table = posterior_table(task, points)
    assert list(table) == [*task.names, *MIX]
    for name in MIX:
        low, high = REGISTRY[name].low, REGISTRY[name].high
        parts = np.floor((table[name] - low) / (high - low) * 50)
        assert sorted(parts) == list(range(50))  # even over the range
    varied = replace(task.design.uncertainties[0], name=MIX[0])
    left = replace(task, design=replace(task.design, uncertainties=(varied,)))
    assert list(posterior_table(left, points[:, :1])) == [MIX[0], *MIX[1:]]


def test_every_set_that_was_kept_has_a_row(task: Task):
    table = population_table(task, [sample(np.zeros((3, 2))), sample(np.ones((4, 2)))])
    assert list(table["generation"]) == [0, 0, 0, 1, 1, 1, 1]
    assert table["half_life_against"].tolist() == pytest.approx([10] * 3 + [1000] * 4)


def test_figures_can_be_drawn_for_one_parameter_too(task: Task, tmp_path: Path):
    last = sample(np.column_stack([even(50), even(50)]))
    table = parameter_table(task, last)
    targets = target_table(task, last.values, last.values)
    for name, figure in {
        "check": check_figure(targets),
        "parameters": parameters_figure(last, table.iloc[:1]),
        "pairs": pairs_figure(task, last),
    }.items():
        one = [path.read_bytes() for path in save(figure, tmp_path, name, name)]
        again = [path.read_bytes() for path in save(figure, tmp_path, name, name)]
        assert one == again


def test_answers_come_back_as_they_were(tmp_path: Path):
    file = tmp_path / "answers.jsonl"
    given = {"a": Answer({"T01": 0.1 + 0.2}, 1.5), "b": Answer({}, 0.1, "ValueError: “no”")}
    answers = Answers(file)
    for key, answer in given.items():
        answers.add(key, answer)
    answers.sync()
    file.write_bytes(file.read_bytes() + b'{"key": "c", "val')
    again = Answers(file)
    assert {key: again.get(key) for key in given} == given
    assert (len(again), again.get("c")) == (2, None)
    again.add("d", Answer({"T01": float("nan")}, 0.0))
    found = Answers(file).get("d")
    assert found is not None
    assert np.isnan(found.values["T01"])


def test_what_is_to_come_is_said():
    assert "Fitting 1 parameter to 1 target in" in estimate_words(Estimate(
        1, 1, 0, 20, 0.1, 1, "in this process"))  # fmt: skip
    words = estimate_words(Estimate(8, 12, 0, 2800, 2.0, 4, "on 4 Dask workers"))
    assert "Fitting 8 parameters to 12 targets on 4 Dask workers." in words
    assert "At least 2,800 runs, about 2.0 s each: 23 min" in words
    words = estimate_words(Estimate(8, 12, 2900, 2800, 2.0, 4, "on 4 Dask workers"))
    assert words.endswith("2,900 runs are there already.")
