"""Opinions against worked examples of subjective logic and their Beta-distribution meaning."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from sim.parameters import Parameters
from sim.rules.encounter import bad_evidence, good_evidence
from sim.rules.opinion import (
    background,
    belief,
    disbelief,
    discounted_evidence,
    evidence_behind,
    fading,
    projected_probability,
    uncertainty,
)

FIXED = settings(deadline=None, derandomize=True, max_examples=300)
W = 2.0
AMOUNTS = st.floats(0.0, 1e4)
WEIGHTS = st.floats(0.1, 10.0)
RATES = st.floats(0.0, 1.0)
SOME = st.floats(1e-3, 1e3)


class Opinion(NamedTuple):
    """An opinion as a triple, the way the book writes it."""

    b: float
    d: float
    u: float


def opinion(r: float, s: float, w: float = W) -> Opinion:
    """The opinion that our rules make of evidence."""
    return Opinion(belief(r, s, w), disbelief(r, s, w), uncertainty(r, s, w))


def fused(one: Opinion, two: Opinion) -> Opinion:
    """Cumulative fusion in closed form (Jøsang 2016, definition 12.5, base rates equal)."""
    k = one.u + two.u - one.u * two.u
    return Opinion((one.b * two.u + two.b * one.u) / k, (one.d * two.u + two.d * one.u) / k,
                   one.u * two.u / k)


def discounted(trust: float, told: Opinion) -> Opinion:
    """Trust discounting (Jøsang 2016, section 14.3): what is left is uncertainty."""
    return Opinion(trust * told.b, trust * told.d, 1.0 - trust * (told.b + told.d))


# --- worked examples ---------------------------------------------------------------------------

@pytest.mark.parametrize(("r", "s", "expected"), [
    (0.0, 0.0, (0.0, 0.0, 1.0)),                # nothing is known: the vacuous opinion
    (8.0, 0.0, (0.8, 0.0, 0.2)),                # 8 / 10, 0, 2 / 10
    (1.0, 1.0, (0.25, 0.25, 0.5)),              # 1 / 4, 1 / 4, 2 / 4
    (7.0, 1.0, (0.7, 0.1, 0.2)),                # 7 / 10, 1 / 10, 2 / 10
    (0.0, 2.0, (0.0, 0.5, 0.5)),                # 0, 2 / 4, 2 / 4
    (98.0, 100.0, (0.49, 0.5, 0.01)),           # much is known: nearly a frequency
])
def test_evidence_becomes_an_opinion(
        r: float, s: float, expected: tuple[float, float, float]) -> None:
    assert opinion(r, s) == pytest.approx(expected, abs=1e-15)


@pytest.mark.parametrize(("mass", "u", "amount"), [
    (0.8, 0.2, 8.0), (0.25, 0.5, 1.0), (0.1, 0.2, 1.0), (0.0, 1.0, 0.0), (0.49, 0.01, 98.0)])
def test_an_opinion_becomes_evidence(mass: float, u: float, amount: float) -> None:
    assert evidence_behind(mass, u, W) == pytest.approx(amount, rel=1e-12)


@pytest.mark.parametrize(("r", "s", "base_rate", "expected"), [
    (0.0, 0.0, 0.12, 0.12),                     # nothing known: the base rate
    (7.0, 1.0, 0.5, 0.8),                       # 0.7 + 0.5 x 0.2
    (1.0, 1.0, 0.9, 0.7),                       # 0.25 + 0.9 x 0.5
    (0.7, 0.8, 0.12, 0.94 / 3.5),               # mean fear of the irregular at departure
])
def test_projected_probability(r: float, s: float, base_rate: float, expected: float) -> None:
    assert projected_probability(r, s, base_rate, W) == pytest.approx(expected, abs=1e-15)


def test_fusing_two_opinions_worked_by_hand() -> None:
    # (8, 0) is (.8, 0, .2) and (1, 1) is (.25, .25, .5); k = .2 + .5 - .1 = .6;
    # b = (.8 x .5 + .25 x .2) / .6 = .75, d = .25 x .2 / .6 = 1 / 12, u = .1 / .6 = 1 / 6.
    assert fused(opinion(8, 0), opinion(1, 1)) == pytest.approx((0.75, 1 / 12, 1 / 6), abs=1e-15)
    assert opinion(9, 1) == pytest.approx((0.75, 1 / 12, 1 / 6), abs=1e-15)


def test_discounting_worked_by_hand() -> None:
    # Told (8, 0), so b = .8; trusted by half: b' = .4, u' = .6, r' = 2 x .4 / .6 = 4 / 3.
    assert discounted_evidence(8.0, 0.5, W) == pytest.approx(4 / 3, rel=1e-15)
    # The model's own: 0.27 of danger heard from a contact trusted by a quarter.
    # b = .27 / 2.27 = .118943; b' = .029736; u' = .970264; r' = 2 x .029736 / .970264 = .061294
    assert discounted_evidence(0.27, 0.25, W) == pytest.approx(0.061294, abs=1e-6)


# --- laws --------------------------------------------------------------------------------------

@FIXED
@given(AMOUNTS, AMOUNTS, WEIGHTS, RATES)
def test_an_opinion_is_a_point_of_the_triangle(r: float, s: float, w: float, a: float) -> None:
    b, d, u = opinion(r, s, w)
    assert b + d + u == pytest.approx(1.0, abs=1e-12)
    assert min(b, d) >= 0.0
    assert 0.0 < u <= 1.0
    p = projected_probability(r, s, a, w)
    assert p == pytest.approx(b + a * u, abs=1e-12)
    assert b - 1e-12 <= p <= 1.0 - d + 1e-12


@FIXED
@given(SOME, SOME, WEIGHTS, st.floats(0.01, 0.99))
def test_projected_probability_is_the_mean_of_the_beta_distribution(
        r: float, s: float, w: float, a: float) -> None:
    mean = stats.beta(r + a * w, s + (1.0 - a) * w).mean()
    assert projected_probability(r, s, a, w) == pytest.approx(mean, rel=1e-12)


@FIXED
@given(AMOUNTS, AMOUNTS, WEIGHTS)
def test_evidence_and_opinion_are_two_writings_of_one_thing(
        r: float, s: float, w: float) -> None:
    b, d, u = opinion(r, s, w)
    assert evidence_behind(b, u, w) == pytest.approx(r, rel=1e-9, abs=1e-12)
    assert evidence_behind(d, u, w) == pytest.approx(s, rel=1e-9, abs=1e-12)


@FIXED
@given(SOME, SOME, SOME, SOME, WEIGHTS)
def test_cumulative_fusion_is_the_sum_of_evidence(
        r1: float, s1: float, r2: float, s2: float, w: float) -> None:
    together = opinion(r1 + r2, s1 + s2, w)
    assert together == pytest.approx(fused(opinion(r1, s1, w), opinion(r2, s2, w)), abs=1e-10)


@FIXED
@given(SOME, SOME, SOME, WEIGHTS, RATES)
def test_opinions_move_with_the_evidence(
        r: float, s: float, more: float, w: float, a: float) -> None:
    before, good, bad = opinion(r, s, w), opinion(r + more, s, w), opinion(r, s + more, w)
    assert good.b > before.b
    assert bad.d > before.d
    assert good.u < before.u > bad.u
    assert good.d < before.d
    assert bad.b < before.b
    p = projected_probability(r, s, a, w)
    assert projected_probability(r + more, s, a, w) > p
    assert projected_probability(r, s + more, a, w) < p


# --- trust -------------------------------------------------------------------------------------

@FIXED
@given(AMOUNTS, st.floats(0.0, 1.0), WEIGHTS)
def test_discounting_evidence_is_discounting_the_opinion(
        amount: float, trust: float, w: float) -> None:
    left = discounted_evidence(amount, trust, w)
    told = opinion(amount, 0.0, w)
    assert opinion(left, 0.0, w) == pytest.approx(discounted(trust, told), abs=1e-9)
    assert opinion(0.0, left, w) == pytest.approx(
        discounted(trust, opinion(0.0, amount, w)), abs=1e-9)


@FIXED
@given(AMOUNTS, st.floats(0.0, 0.999), WEIGHTS)
def test_told_evidence_is_less_and_bounded_however_much_is_told(
        amount: float, trust: float, w: float) -> None:
    left = discounted_evidence(amount, trust, w)
    assert 0.0 <= left <= amount
    # b' cannot exceed the trust, so the evidence cannot exceed W t / (1 - t).
    assert left <= w * trust / (1.0 - trust) * (1.0 + 1e-12)


@FIXED
@given(SOME, st.floats(0.01, 0.9), st.floats(0.001, 0.099), WEIGHTS)
def test_more_trust_and_more_evidence_leave_more(
        amount: float, trust: float, more: float, w: float) -> None:
    left = discounted_evidence(amount, trust, w)
    assert discounted_evidence(amount, trust + more, w) > left
    assert discounted_evidence(amount * (1.0 + more), trust, w) > left


@FIXED
@given(AMOUNTS, WEIGHTS)
def test_full_trust_keeps_all_and_no_trust_nothing(amount: float, w: float) -> None:
    assert discounted_evidence(amount, 1.0, w) == pytest.approx(amount, rel=1e-9)
    assert discounted_evidence(amount, 0.0, w) == 0.0
    assert discounted_evidence(amount, 1.0 - 1e-12, w) == pytest.approx(amount, rel=1e-6)


@FIXED
@given(st.floats(0.0, 50.0), st.floats(0.1, 5.0), WEIGHTS)
def test_news_just_short_of_full_trust_weighs_like_news_of_full_trust(
        amount: float, weight: float, w: float) -> None:
    near = 1.0 - 1e-12
    assert bad_evidence(amount, weight, 2.0, near, w) == pytest.approx(
        bad_evidence(amount, weight, 2.0, 1.0, w), rel=1e-6, abs=1e-12)
    assert good_evidence(amount, weight, near, w) == pytest.approx(
        good_evidence(amount, weight, 1.0, w), rel=1e-6, abs=1e-12)


# --- time and background -----------------------------------------------------------------------

@FIXED
@given(st.floats(0.0, 2000.0), st.floats(0.0, 2000.0), st.floats(10.0, 2000.0))
def test_forgetting_halves_and_does_not_mind_in_how_many_steps(
        age: float, later: float, half_life: float) -> None:
    assert fading(0.0, half_life) == 1.0
    assert fading(half_life, half_life) == pytest.approx(0.5, rel=1e-12)
    assert fading(age + half_life, half_life) == pytest.approx(fading(age, half_life) / 2, rel=1e-9)
    both = fading(age, half_life) * fading(later, half_life)
    assert fading(age + later, half_life) == pytest.approx(both, rel=1e-9)


@FIXED
@given(st.floats(1e-9, 1.0, exclude_max=True), st.floats(1e-9, 1.0, exclude_max=True), SOME)
def test_background_is_the_quantile_of_an_exponential(u: float, v: float, mean: float) -> None:
    assume(u < v)
    amount = background(u, mean)
    assert amount > 0.0
    assert amount >= background(v, mean)
    assert math.exp(-amount / mean) == pytest.approx(u, rel=1e-9)  # its survival function


def test_background_of_even_draws_has_its_mean() -> None:
    n = 20_000
    draws = [background((i + 0.5) / n, 3.3) for i in range(n)]
    assert sum(draws) / n == pytest.approx(3.3, rel=1e-3)


@pytest.mark.parametrize(("measure", "irregular", "found", "tolerance"), [
    (belief, 1.00, 0.46, 0.07),         # S12: irregular status, independent
    (belief, 0.13, 0.21, 0.05),         # S05: all surveyed, independent
    (disbelief, 0.13, 0.10, 0.03),      # S08: all surveyed, controlled by the authorities
    (uncertainty, 0.13, 0.62, 0.05),    # S10: all surveyed, don't know
])
def test_background_at_departure_is_what_the_survey_found(
        measure: Callable[[float, float, float], float], irregular: float, found: float,
        tolerance: float) -> None:
    """Mean answers of people with no experience at all; 7 % give none; 13 % are irregular."""
    p, n = Parameters.of(), 60
    grid = [(i + 0.5) / n for i in range(n)]

    def mean(status: str) -> float:
        mean_for = p[f"background_independence_for_{status}"]
        mean_against = p[f"background_independence_against_{status}"]
        return sum(
            measure(background(u, mean_for), background(v, mean_against), p["prior_weight"])
            for u in grid for v in grid) / n**2

    mix = irregular * mean("irregular") + (1.0 - irregular) * mean("others")
    assert 0.93 * mix == pytest.approx(found, abs=tolerance)
