"""Sensitivity: indices that are known from the literature, and what breaks them."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from experiments.analysis.sensitivity import analyse
from experiments.analysis.sensitivity.noise import noise_of
from experiments.analysis.sensitivity.screening import pawn
from sim.problems import InputProblem
from tests.analysis_worlds import WALL, design, runs, sample

NAMES = ("one", "two", "three")
ISHIGAMI_S1 = {"one": 0.3139, "two": 0.4424, "three": 0.0}
ISHIGAMI_ST = {"one": 0.5576, "two": 0.4424, "three": 0.2437}


def ishigami(place, *rest):
    """Ishigami and Homma (1990), a = 7, b = 0.1."""
    x = np.pi * (2 * place - 1)
    return np.sin(x[0]) + 7 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])


def indices(found, name, outcome="asked_ner"):
    table = found.table
    chosen = table[(table["index"] == name) & (table["outcome"] == outcome)]
    return chosen.set_index("parameter")


def inside(rows, truth):
    return [bool(rows.low[name] <= value <= rows.high[name]) for name, value in truth.items()]


def test_sobol_finds_the_indices_of_ishigami():
    made = design("sobol", 512, NAMES, second_order=True)
    found = analyse(made, runs(made, sample(made), ishigami), outcomes=["asked_ner"])
    assert found.method == "sobol"
    assert all(inside(indices(found, "S1"), ISHIGAMI_S1))
    assert all(inside(indices(found, "ST"), ISHIGAMI_ST))
    pairs = indices(found, "S2")
    assert inside(pairs, {"one with three": 0.2437, "one with two": 0.0}) == [True, True]
    assert indices(found, "ST")["rank"].to_dict() == {"one": 1, "two": 2, "three": 3}
    assert (indices(found, "ST")["value"] - pd.Series(ISHIGAMI_ST)).abs().max() < 0.05


def test_sobol_finds_the_indices_of_the_g_function():
    a = np.array([0.0, 1.0, 4.5, 9.0])
    part = 1 / (3 * (1 + a) ** 2)
    total = np.prod(1 + part) - 1
    names = [f"x{at}" for at in range(4)]
    made = design("sobol", 512, names)

    def g(place, rng):
        return np.prod((np.abs(4 * place - 2) + a) / (1 + a))

    first = dict(zip(names, part / total, strict=True))
    whole = dict(zip(names, part * np.prod(1 + part) / (1 + part) / total, strict=True))
    kept, errors = [], []
    for seed in range(1, 7):
        found = analyse(made, runs(made, sample(made, seed), g), outcomes=["asked_ner"])
        for name, truth in (("S1", first), ("ST", whole)):
            kept += inside(indices(found, name), truth)
            errors.append(indices(found, name)["value"] - pd.Series(truth))
    assert np.mean(kept) > 0.88  # of 48 intervals of 95 %
    for bias in (sum(errors[0::2]) / 6, sum(errors[1::2]) / 6):
        assert bias.abs().max() < 0.03


def test_intervals_of_sobol_hold_the_truth_about_as_often_as_they_say():
    made = design("sobol", 128, NAMES)
    kept = []
    for seed in range(1, 16):
        frame = runs(made, sample(made, seed), ishigami)
        found = analyse(made, frame, outcomes=["asked_ner"])
        kept += inside(indices(found, "S1"), ISHIGAMI_S1)
        kept += inside(indices(found, "ST"), ISHIGAMI_ST)
    assert np.mean(kept) > 0.88


def test_a_failed_run_takes_its_base_sample_with_it_and_nothing_else():
    made = design("sobol", 64, NAMES, replicates=2)
    frame = runs(made, sample(made), ishigami)
    frame.loc[(frame["point"] == 7) & (frame["replicate"] == 1), "error"] = "it broke"
    gone = frame[(frame["point"] < 15) | (frame["point"] >= 20)]  # base sample 3 was not run
    found = analyse(made, gone, outcomes=["asked_ner"])
    assert found.spread["dropped"].tolist() == [10]
    assert found.spread["points"].tolist() == [310]
    words = " ".join(found.warnings)
    assert "10 of 640 runs are missing" in words
    assert "1 of 640 runs failed" in words
    assert "2 of 64 base samples were left out" in words
    whole = frame[~frame["point"].between(5, 9)]
    same = analyse(made, whole[~whole["point"].between(15, 19)], outcomes=["asked_ner"])
    pd.testing.assert_frame_equal(found.table, same.table)


def test_points_out_of_order_are_refused():
    made = design("sobol", 8, NAMES)
    frame = runs(made, sample(made)[::-1], ishigami)
    with pytest.raises(InputProblem, match="not in its order"):
        analyse(made, frame)
    trajectories = design("morris", 4, NAMES)
    with pytest.raises(InputProblem, match="not trajectories"):
        analyse(trajectories, runs(trajectories, sample(design("lhs", 16, NAMES)), ishigami))


def test_each_combination_of_levers_has_its_own_indices():
    made = design("sobol", 256, NAMES, levers=[WALL])
    frame = runs(
        made, sample(made), lambda place, wall, rng: wall * place[0] + (1 - wall) * place[1]
    )
    found = analyse(made, frame, outcomes=["asked_ner"])
    total = indices(found, "ST").reset_index().set_index(["levers", "parameter"])["value"]
    assert total["wall.compliance = 0 %", "two"] == pytest.approx(1, abs=0.1)
    assert total["wall.compliance = 0 %", "one"] == 0
    assert total["wall.compliance = 50 %", "one"] == pytest.approx(0.5, abs=0.1)
    assert total["wall.compliance = 100 %", "one"] == pytest.approx(1, abs=0.1)


def test_noise_is_what_differs_between_points_by_chance():
    rng = np.random.default_rng(4)
    truth = rng.normal(0, 2.0, size=(2000, 1))
    luck_of_replicates = rng.normal(0, 50.0, size=(1, 4))  # the same at every point
    values = truth + luck_of_replicates + rng.normal(0, 3.0, size=(2000, 4))
    noise = noise_of(values)
    assert noise.chance == pytest.approx(3 / math.sqrt(4), rel=0.03)
    assert noise.share == pytest.approx(2.25 / (4 + 2.25), abs=0.02)
    assert math.isnan(noise_of(values[:, :1]).share)


def test_what_chance_alone_makes_is_marked():
    made = design("sobol", 256, NAMES, replicates=2)
    frame = runs(made, sample(made), lambda place, rng: place[0] + rng.normal(0, 0.4))
    found = analyse(made, frame, outcomes=["asked_ner"])
    notes = indices(found, "ST")["note"]
    assert notes["one"] == ""
    assert "chance" in notes["two"]
    assert "chance" in notes["three"]
    share = (0.4**2 / 2) / (0.4**2 / 2 + 1 / 12)
    assert found.spread["noise"][0] == pytest.approx(share, abs=0.05)
    assert any("chance between replicates makes up" in said for said in found.warnings)


def test_weak_samples_are_called_weak():
    made = design("sobol", 16, NAMES)
    found = analyse(made, runs(made, sample(made), ishigami), outcomes=["asked_ner"])
    words = " ".join(found.warnings)
    assert "only 16 base samples" in words
    assert "widest interval" in words
    assert "one replicate" in words


def test_an_outcome_that_does_not_vary_has_no_indices():
    for method, points in (("sobol", 16), ("morris", 4), ("lhs", 30)):
        made = design(method, points, NAMES)
        found = analyse(made, runs(made, sample(made), ishigami), outcomes=["other"])
        assert found.table.empty
        assert "does not vary (it is 1 everywhere)" in found.sentences[0]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(("method", "points"), [("sobol", 4), ("morris", 1), ("lhs", 8)])
def test_an_outcome_that_hardly_ever_differs_is_no_trouble(method, points):
    made = design(method, points, NAMES)
    frame = runs(made, sample(made), ishigami)
    frame["asked_ner"] = (frame["point"] == 2).astype(float)  # as deaths among few people do
    found = analyse(made, frame, outcomes=["asked_ner"])
    assert set(found.table["parameter"]) == set(NAMES)


def test_nothing_whole_is_said_plainly():
    made = design("morris", 4, NAMES)
    frame = runs(made, sample(made), ishigami)
    frame["error"] = "it broke"
    assert "no part of the sample is whole" in analyse(made, frame).sentences[0]


def test_morris_finds_the_slopes_of_a_line_on_any_scale():
    made = design("morris", 12, NAMES, log=["two"])
    frame = runs(made, sample(made), lambda place, rng: 3 * place[0] - 5 * place[1])
    found = analyse(made, frame, outcomes=["asked_ner"])
    assert found.method == "morris"
    star, slope, sigma = (indices(found, name)["value"] for name in ("mu_star", "mu", "sigma"))
    assert star.to_dict() == pytest.approx({"one": 3, "two": 5, "three": 0}, abs=1e-9)
    assert slope["two"] == pytest.approx(-5)
    assert sigma.abs().max() < 1e-9
    assert indices(found, "mu_star")["rank"].to_dict() == {"one": 2, "two": 1, "three": 3}
    assert "two (down by 5)" in found.sentences[0]


def morris_1991(place, rng):
    """The test function of Morris (1991), with those of its terms that are not random."""
    w = 2 * (place - 0.5)
    bent = [2, 4, 6]
    w[bent] = 2 * (1.1 * place[bent] / (place[bent] + 0.1) - 0.5)
    total = 20 * w[:10].sum()
    for order, most, weight in ((2, 6, -15), (3, 5, -10), (4, 4, 5)):
        elementary = np.zeros(order + 1)
        elementary[0] = 1
        for value in w[:most]:
            elementary[1:] += value * elementary[:-1].copy()
        total += weight * elementary[order]
    return total


def test_morris_finds_what_matters_in_the_function_of_1991():
    names = [f"x{at}" for at in range(1, 21)]
    made = design("morris", 20, names)
    found = analyse(made, runs(made, sample(made), morris_1991), outcomes=["asked_ner"])
    star, sigma = indices(found, "mu_star"), indices(found, "sigma")["value"]
    assert set(star.index[star["rank"] <= 10]) == set(names[:10])
    for plain in ("x8", "x9", "x10"):  # only a slope of 20 in w, which is 40 over the range
        assert star["value"][plain] == pytest.approx(40)
        assert sigma[plain] < 1e-9
    assert (sigma[names[:7]] > 5).all()
    assert star["value"][names[10:]].max() < 1e-9


def test_effects_of_chance_are_marked_in_morris():
    made = design("morris", 20, NAMES, replicates=3)
    frame = runs(made, sample(made), lambda place, rng: 2 * place[0] + rng.normal(0, 0.3))
    notes = indices(analyse(made, frame, outcomes=["asked_ner"]), "mu_star")["note"]
    assert notes["one"] == ""
    assert all("chance" in notes[name] for name in ("two", "three"))


def test_screening_finds_the_active_ones_of_twenty():
    names = [f"x{at}" for at in range(20)]
    made = design("lhs", 150, names)

    def outcome(place, rng):
        z = 2 * place - 1
        return 2 * z[0] - 1.5 * z[1] + 3 * z[2] ** 2 + z[3] + rng.normal(0, 0.2)

    found = analyse(made, runs(made, sample(made), outcome), outcomes=["asked_ner"])
    assert found.method == "screening"
    rows = indices(found, "pawn")
    clear = set(rows.index[rows["note"] == ""])
    assert {"x0", "x1", "x2", "x3"} <= clear
    assert len(clear) <= 4 + 4  # one in ten without effect passes one of the two marks
    slopes = indices(found, "srrc")
    assert slopes["low"]["x0"] > 0 > slopes["high"]["x1"]
    assert slopes["low"]["x2"] < 0 < slopes["high"]["x2"]  # it falls and rises
    assert "without effect has a pawn below" in " ".join(found.warnings)


def test_few_parameters_without_effect_pass():
    made = design("lhs", 60, [f"x{at}" for at in range(30)])
    frame = runs(made, sample(made), lambda place, rng: rng.normal())
    notes = indices(analyse(made, frame, outcomes=["asked_ner"]), "pawn")["note"]
    assert (notes == "").sum() <= 8  # of thirty, each with two chances in twenty


def test_screening_takes_any_sample():
    for method, points in (("sobol", 32), ("morris", 16), ("grid", 6)):
        made = design(method, points, NAMES)
        cube = sample(made)
        if method == "grid":
            axis = np.linspace(0, 1, 6)
            cube = np.stack(np.meshgrid(axis, axis, axis), axis=-1).reshape(-1, 3)
        frame = runs(made, cube, lambda place, rng: place[0] + 0.1 * rng.normal())
        found = analyse(made, frame, method="screening", outcomes=["asked_ner"])
        rows = indices(found, "pawn")
        assert rows["rank"]["one"] == 1
        assert rows["note"]["one"] == ""
        assert any(rows["note"][name] for name in ("two", "three"))


def test_pawn_agrees_with_salib_and_counts_every_level():
    from SALib.analyze import pawn as salib

    rng = np.random.default_rng(2)
    inputs = rng.random((400, 3))
    outputs = np.array([ishigami(place) for place in inputs])
    problem = {"num_vars": 3, "names": list(NAMES), "bounds": [[0, 1]] * 3}
    theirs = salib.analyze(problem, inputs, outputs, S=10)["mean"]
    ours = [pawn(column, outputs, 10, rng) for column in inputs.T]
    assert ours == pytest.approx(theirs, abs=0.02)  # they leave out the highest point
    levels = np.repeat([0.0, 0.5, 1.0], 50)
    assert pawn(levels, np.where(levels == 1.0, 1.0, 0.0), 10, rng) == pytest.approx(4 / 9)


def test_results_repeat_to_the_last_bit_also_with_seed_zero():
    for method, points in (("sobol", 16), ("morris", 4), ("lhs", 40)):
        made = design(method, points, NAMES, seed=0)
        frame = runs(made, sample(made), ishigami)
        pd.testing.assert_frame_equal(analyse(made, frame).table, analyse(made, frame).table)
