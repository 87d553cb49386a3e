"""Fitting by emulators, on worlds whose posterior is known."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from experiments.calibration import Settings, calibrate
from experiments.calibration.emulating import learn
from experiments.calibration.tempering import draw
from experiments.emulation import Emulator, cross_validated
from experiments.posterior import Posterior
from experiments.validation import FOLDS, folds_of, targets_of
from sim.problems import InputProblem
from tests.calibration_worlds import DESIGN, never

SMALL = Settings(method="emulator", points=30, waves=2, draws=100, checks=4)


def chance() -> np.random.Generator:
    return np.random.default_rng(3)


def test_draws_are_those_of_a_bell_that_lies_askew():
    """Known answer: a normal distribution with correlation, well inside the cube."""
    middle, spread = np.array([0.4, 0.6, 0.5]), np.array([0.05, 0.04, 0.06])
    correlation = np.array([[1, 0.8, 0], [0.8, 1, 0], [0, 0, 1.0]])
    inverse = np.linalg.inv(correlation * np.outer(spread, spread))

    def fits(places: NDArray[np.float64]) -> NDArray[np.float64]:
        away = places - middle
        return np.asarray(-np.einsum("ni,ij,nj->n", away, inverse, away) / 2)

    found = draw(fits, 3, 2000, chance())
    assert found.mean(axis=0) == pytest.approx(middle, abs=0.006)
    assert found.std(axis=0) == pytest.approx(spread, rel=0.1)
    assert np.corrcoef(found.T)[0, 1] == pytest.approx(0.8, abs=0.05)


def test_two_hills_are_both_found_in_their_shares():
    def fits(places: NDArray[np.float64]) -> NDArray[np.float64]:
        low = -(((places - 0.2) / 0.03) ** 2).sum(axis=1) / 2
        high = -(((places - 0.8) / 0.03) ** 2).sum(axis=1) / 2
        return np.logaddexp(low, np.log(3) + high)

    found = draw(fits, 2, 2000, chance())
    assert (found[:, 0] > 0.5).mean() == pytest.approx(0.75, abs=0.08)


def test_what_says_nothing_leaves_the_prior():
    found = draw(lambda places: np.zeros(len(places)), 2, 500, chance())
    assert found.min() >= 0
    assert found.max() <= 1
    assert found.mean() == pytest.approx(0.5, abs=0.03)


def test_an_emulator_foresees_what_is_smooth_and_says_how_unsure_it_is():
    rng = chance()
    inputs = rng.random((120, 2))
    exact = np.sin(3 * inputs[:, 0]) + inputs[:, 1] ** 2
    noisy = exact + rng.normal(0, 0.05, 120)
    emulator = Emulator(inputs, noisy, None)
    there = rng.random((200, 2))
    mean, variance, noise = emulator.foresee_with(there)
    truth = np.sin(3 * there[:, 0]) + there[:, 1] ** 2
    assert np.abs(mean - truth).max() < 0.1
    assert np.mean(np.abs(mean - truth) < 2 * np.sqrt(variance)) > 0.85
    assert noise == pytest.approx(0.05**2, rel=0.5)
    error = cross_validated(inputs, noisy, None, emulator)
    assert cross_validated(inputs, noisy, None, emulator, refit=False) == pytest.approx(
        error, rel=0.1)
    assert error.with_noise == pytest.approx(1.0, abs=0.25)
    assert error.explained > 0.9


def test_a_line_gives_the_posterior_that_algebra_gives():
    """Two parameters, one target that is their sum: only the sum is known, to its tolerance."""

    def evaluate(candidates: object) -> NDArray[np.float64]:
        points = np.array([each.point for each in candidates])  # type: ignore[attr-defined]
        return points.sum(axis=1, keepdims=True)

    learned = learn(evaluate, 2, [1.0], [0.05], SMALL, 4)
    found = learned.posterior(number=2000)
    total = found.sum(axis=1)
    assert (total.mean(), total.std()) == pytest.approx((1.0, 0.05), abs=0.01)
    assert found[:, 0].std() > 0.2
    nothing = learned.posterior([], number=2000)
    assert nothing.sum(axis=1).std() == pytest.approx(np.sqrt(2 / 12), rel=0.1)


def cheap(parameters: dict[str, float], replicate: int) -> dict[str, float]:
    luck = np.random.default_rng(replicate).normal(0, 0.01)
    return {"T07": parameters["base_rate_danger"] + luck, "T02": 0.21 + luck}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("emulated") / "fit"
    settings = Settings(**{**vars(SMALL), "folds": True})
    calibrate(DESIGN, out=place, settings=settings, workers=0, live=cheap)
    return place


def test_the_whole_way_finds_what_is_known_and_says_how(folder: Path):
    told = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    danger = next(row for row in told["parameters"] if row["name"] == "base_rate_danger")
    assert danger["median"] == pytest.approx(0.25, abs=0.02)
    assert told["simulations"] == 2 * 30 * DESIGN["replicates"]
    assert told["stopped"] == "waves"
    assert told["generations"][-1]["acceptance"] is None
    assert any("Emulators learned from 60 sets" in words for words in told["words"])
    quality = pd.read_csv(folder / "emulators.csv").set_index("id")
    assert quality.loc["T07", "explained"] > 0.95


def test_every_set_has_luck_of_its_own(folder: Path):
    lines = (folder / "answers.jsonl").read_text(encoding="utf-8").splitlines()
    luck = [json.loads(line)["values"]["T02"] for line in lines]
    assert len(set(luck)) == len(luck) == (2 * 30 + SMALL.checks) * DESIGN["replicates"]


def test_folds_are_fitted_without_what_they_keep_aside(folder: Path):
    aside = folds_of(targets_of(None, (), migrants=None, seed=None))
    for name in FOLDS:
        told = json.loads((folder / f"fold_{name}" / "summary.json").read_text(encoding="utf-8"))
        assert told["fitted"] == [each for each in ("T07", "T02") if aside[each] != name]
    draws = Posterior.load(folder / f"fold_{aside['T07']}").draws
    assert draws[:, 0].std() > 0.2  # without T07 nothing is known of it


def test_going_on_lives_nothing_twice_and_gives_the_same(folder: Path):
    before = (folder / "posterior.parquet").read_bytes()
    settings = Settings(**{**vars(SMALL), "folds": True})
    calibrate(DESIGN, out=folder, settings=settings, workers=0, live=never)
    assert (folder / "posterior.parquet").read_bytes() == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"method": "guess"}, "method: 'guess' is no way to fit. Give abc or emulator"),
        ({"method": "emulator", "budget": 9}, "budget: 9 cannot stand beside --method emulator"),
        ({"folds": True}, "folds: can be had only with --method emulator"),
        ({"method": "emulator", "points": 3}, "points: 3 is too small"),
    ],
)
def test_ways_that_cannot_be(tmp_path: Path, change: dict[str, object], said: str):
    settings = Settings(**change)  # type: ignore[arg-type]
    with pytest.raises(InputProblem, match=said):
        calibrate(DESIGN, out=tmp_path / "fit", settings=settings, workers=0, live=never)
    assert not (tmp_path / "fit").exists()


def test_what_is_foreseen_without_some_points_is_what_others_say_of_them() -> None:
    rng = np.random.default_rng(5)
    inputs = rng.random((60, 2))
    seen = np.sin(5 * inputs[:, 0]) + 0.1 * rng.standard_normal(60)
    whole = Emulator(inputs, seen - seen.mean(), None)
    left, others = np.arange(7), np.arange(7, 60)
    mean, variance, noise = whole.foresee_without(left)
    # By hand: the usual formulas, with the kernel that the whole has.
    kernel = whole.kernel
    within = kernel(inputs[others])
    between = kernel(inputs[left], inputs[others])
    by_hand = between @ np.linalg.solve(within, (seen - seen.mean())[others])
    spread = kernel(inputs[left]) - between @ np.linalg.solve(within, between.T)
    assert mean == pytest.approx(by_hand, abs=1e-7)
    assert variance + noise == pytest.approx(np.diag(spread), rel=1e-6)
