"""Points of designs: as many as promised, within their ranges, and of the promised structure."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sweep_designs import tiny

from experiments.sweep import sampling
from experiments.sweep.sampling import lever_rows, problem_of, unit_of
from scenarios.designing import Design, Uncertainty, combinations_of, points_of

RANGES = {
    "cost_weight": {"low": 0.5, "high": 2.5, "scale": "linear"},
    "half_life_against": {"low": 60, "high": 960, "scale": "log"},
    "danger_weight": {"low": 0.0, "high": 4.0, "scale": "linear"},
}
SAMPLERS = [
    {"method": "grid", "points": 3},
    {"method": "lhs", "points": 17},
    {"method": "sobol", "points": 8},
    {"method": "sobol", "points": 8, "second_order": True},
    {"method": "morris", "points": 5, "levels": 6},
]


def design(sampler: dict[str, object], **changes: object) -> Design:
    return tiny(sampler=sampler, uncertainties=RANGES, levers=[], **changes)


def unit(of: Design) -> np.ndarray:
    points = sampling.points_of(of)
    return np.column_stack([unit_of(points[:, k], u) for k, u in enumerate(of.uncertainties)])


@pytest.mark.parametrize("sampler", SAMPLERS, ids=lambda s: f"{s['method']}{len(s)}")
def test_points_are_as_many_as_promised_within_range_and_the_same_again(
    sampler: dict[str, object],
) -> None:
    made = design(sampler)
    points = sampling.points_of(made)
    assert points.shape == (points_of(made), 3)
    low, high = ([getattr(u, end) for u in made.uncertainties] for end in ("low", "high"))
    assert (points >= low).all()
    assert (points <= high).all()
    assert points.tolist() == sampling.points_of(design(sampler)).tolist()
    if sampler["method"] != "grid":
        assert points.tolist() != sampling.points_of(design(sampler, seed=4)).tolist()
        assert points.shape == sampling.points_of(design(sampler, seed=2**62)).shape


def test_a_grid_is_every_combination_with_equal_steps_of_the_scale() -> None:
    points = sampling.points_of(design({"method": "grid", "points": 3}))
    assert len(np.unique(points, axis=0)) == 27
    assert np.unique(points[:, 0]).tolist() == [0.5, 1.5, 2.5]
    assert np.unique(points[:, 1]) == pytest.approx([60, 240, 960])
    assert (np.diff(points[:9, 0]) == 0).all()  # the first varies slowest


def test_values_of_a_grid_can_be_named() -> None:
    named = tiny(sampler={"method": "grid"}, levers=[],
                 uncertainties={"cost_weight": {"values": [2, 0.5, 1]}})
    assert sampling.points_of(named)[:, 0].tolist() == [2, 0.5, 1]


def test_without_uncertainties_there_is_one_point_and_levers_alone_vary() -> None:
    made = tiny(sampler={"method": "grid"}, uncertainties={})
    assert sampling.points_of(made).shape == (1, 0)
    lhs = tiny(sampler={"method": "lhs", "points": 1}, uncertainties={})
    assert sampling.points_of(lhs).shape == (1, 0)


def test_every_stratum_of_a_latin_hypercube_has_one_point() -> None:
    """McKay, Beckman & Conover (1979): N points, one in each of N equal strata of every axis."""
    found = unit(design({"method": "lhs", "points": 40}))
    for column in found.T:
        assert sorted(np.floor(column * 40).astype(int).tolist()) == list(range(40))


@pytest.mark.parametrize("second_order", [False, True])
def test_saltelli_blocks_take_one_column_from_the_other_matrix(second_order: bool) -> None:
    """Saltelli (2002): A, then A with column i of B, (B with column i of A,) and B."""
    made = design({"method": "sobol", "points": 16, "second_order": second_order})
    block = 2 * 3 + 2 if second_order else 3 + 2
    found = unit(made).reshape(16, block, 3)
    a, b = found[:, 0], found[:, -1]
    assert len(np.unique(np.hstack([a, b]), axis=0)) == 16
    for k in range(3):
        expected = a.copy()
        expected[:, k] = b[:, k]
        assert found[:, 1 + k] == pytest.approx(expected)
        if second_order:
            other = b.copy()
            other[:, k] = a[:, k]
            assert found[:, 4 + k] == pytest.approx(other)
    # A scrambled Sobol' sequence (Owen 1998): one point of 16 in each sixteenth of every axis.
    for column in np.hstack([a, b]).T:
        assert sorted(np.floor(column * 16).astype(int).tolist()) == list(range(16))


@pytest.mark.parametrize("levels", [4, 8])
def test_morris_trajectories_change_one_uncertainty_at_a_time(levels: int) -> None:
    """Morris (1991): each step moves one factor by p / (2 (p - 1)), and each factor once."""
    made = design({"method": "morris", "points": 7, "levels": levels})
    steps = np.diff(unit(made).reshape(7, 4, 3), axis=1)
    moved = ~np.isclose(steps, 0)
    assert (moved.sum(axis=2) == 1).all()
    assert (moved.sum(axis=1) == 1).all()
    assert np.abs(steps[moved]) == pytest.approx(levels / (2 * (levels - 1)))
    on_grid = unit(made) * (levels - 1)
    assert on_grid == pytest.approx(np.round(on_grid))


def test_levers_are_every_combination_and_the_last_varies_fastest() -> None:
    levers = [{"intervention": "wall", "field": "start", "values": [2, 4]},
              {"intervention": "wall", "field": "compliance", "values": ["0 %", "50 %", "100 %"]}]
    made = tiny(levers=levers)
    assert lever_rows(made) == [(s, c) for s in (2, 4) for c in (0, 0.5, 1)]
    assert combinations_of(made) == 6
    assert lever_rows(tiny(levers=[])) == [()]


def test_salib_is_told_the_unit_cube() -> None:
    assert problem_of(design({"method": "grid", "points": 2}).uncertainties) == {
        "num_vars": 3, "names": list(RANGES), "bounds": [[0.0, 1.0]] * 3,
    }  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(
    low=st.floats(1e-6, 1e6), factor=st.floats(1.001, 1e6),
    scale=st.sampled_from(["linear", "log"]),
    share=st.floats(0, 1),
)  # fmt: skip
def test_unit_undoes_scaling(low: float, factor: float, scale: str, share: float) -> None:
    each = Uncertainty("any", low, low * factor, scale)
    values = sampling.scaled(np.array([0.0, share, 1.0]), each)
    found = unit_of(values, each)
    assert values[0] == pytest.approx(each.low)
    assert values[2] == pytest.approx(each.high)
    assert each.low <= values[1] <= each.high
    assert found == pytest.approx([0, share, 1], abs=1e-9)
