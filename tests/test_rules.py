"""Every rule of the model: a case worked out by hand, and one compiled form that means the same."""

from __future__ import annotations

import importlib
import math
import pkgutil
from collections.abc import Callable
from typing import Any, NamedTuple

import numba
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import sim.rules
from sim.parameters import Parameters
from sim.rules.encounter import bad_evidence, good_evidence, relevance
from sim.rules.enforcement import detention_length
from sim.rules.help_seeking import (
    asking_utility,
    believed_danger,
    believed_risk,
    fear_of_danger,
    fear_of_the_door,
    identification,
)
from sim.rules.movement import burst_probability, burst_strikes, daily_hazard, leg_utility
from sim.rules.needs import by_urgency, relieved, urgency_of
from sim.rules.status import daily_chance, yearly_chance

FIXED = settings(deadline=None, derandomize=True, max_examples=200)
SHARES = st.floats(0.0, 1.0)


class Case(NamedTuple):
    """What a rule gives for some numbers, and between which limits each of its numbers lies."""

    limits: list[tuple[float, float]]
    examples: list[tuple[tuple[float, ...], float]]


UNIT = (0.0, 1.0)
LUCK = (1e-9, 1.0 - 1e-9)
AMOUNT = (0.0, 20.0)
PRIOR = (0.5, 4.0)

CASES: dict[str, Case] = {
    # --- opinion: W = 2 ------------------------------------------------------------------------
    "opinion.belief": Case([AMOUNT, AMOUNT, PRIOR], [
        ((8, 0, 2), 0.8),                                   # 8 / 10
        ((0, 3, 2), 0.0)]),
    "opinion.disbelief": Case([AMOUNT, AMOUNT, PRIOR], [
        ((7, 1, 2), 0.1),                                   # 1 / 10
        ((3, 0, 2), 0.0)]),
    "opinion.uncertainty": Case([AMOUNT, AMOUNT, PRIOR], [
        ((1, 1, 2), 0.5),                                   # 2 / 4
        ((0, 0, 2), 1.0)]),
    "opinion.projected_probability": Case([AMOUNT, AMOUNT, UNIT, PRIOR], [
        ((7, 1, 0.5, 2), 0.8),                              # (7 + 1) / 10
        ((0, 0, 0.12, 2), 0.12),                            # nothing known: the base rate
        ((0.7, 0.8, 0.12, 2), 0.94 / 3.5)]),                # (.7 + .24) / 3.5
    "opinion.evidence_behind": Case([UNIT, (0.01, 1.0), PRIOR], [
        ((0.8, 0.2, 2), 8.0)]),                             # 2 x .8 / .2
    "opinion.discounted_evidence": Case([AMOUNT, UNIT, PRIOR], [
        ((8, 0.5, 2), 4 / 3),                               # 2 x .5 x 8 / (2 + 8 - 4)
        ((8, 0, 2), 0.0),
        ((8, 1, 2), 8.0)]),
    "opinion.fading": Case([(0, 3000), (20, 1500)], [
        ((0, 180), 1.0), ((180, 180), 0.5), ((540, 180), 0.125),
        ((90, 180), math.sqrt(0.5))]),                      # 2^(-1/2)
    "opinion.background": Case([LUCK, (0.0, 5.0)], [
        ((math.exp(-1), 3.3), 3.3),                         # -3.3 ln e^-1
        ((0.5, 2), math.log(4))]),                          # -2 ln .5 = ln 4
    # --- encounter -----------------------------------------------------------------------------
    "encounter.bad_evidence": Case([AMOUNT, (0, 3), (1, 3), UNIT, PRIOR], [
        ((0.8, 1, 2, 1, 2), 1.6),                           # first-hand: .8 x 2
        ((0.8, 0.5, 2, 1, 2), 0.8),                         # of half the weight
        ((1.15, 1, 1, 0.25, 2), 0.575 / 2.8625),            # 2(.25)1.15 / (2 + 1.15 - .2875)
        ((1.15, 0.5, 1, 0.25, 2), 0.2875 / 2.8625),         # of half the relevance
        ((1.15, 1, 2, 0.25, 2), 1.15 / 3.725)]),            # 2(.25)2.3 / (2 + 2.3 - .575)
    "encounter.good_evidence": Case([AMOUNT, (0, 3), UNIT, PRIOR], [
        ((0.48, 0.5, 1, 2), 0.24),
        ((0.48, 1, 0.25, 2), 0.24 / 2.36),                  # 2(.25).48 / (2 + .48 - .12)
        ((0.48, 1, 0, 2), 0.0)]),
    "encounter.relevance": Case([UNIT, UNIT], [
        ((0.7, 0.3), 0.7), ((0.2, 0.3), 0.3),
        ((0, 0.3), 0.0)]),                                  # nothing to fear: no floor either
    "encounter.told_probability": Case([(0, 400), (5, 40)], [
        ((0, 14), 1.0), ((14, 14), 0.5), ((28, 14), 0.25)]),
    "encounter.outreach_credibility": Case([UNIT], [
        ((0, ), 1.0), ((0.25,), 0.75)]),
    # --- enforcement ---------------------------------------------------------------------------
    "enforcement.detention_chance": Case([(0, 2), (0, 2), UNIT], [
        ((0.0004, 0.5, 0.6), 0.00012), ((0.0004, 0.5, 0), 0.0), ((4, 0.5, 1), 1.0)]),
    "enforcement.raid_chance": Case([(0, 2), (0, 2)], [
        ((0.004, 0.5), 0.002), ((3, 0.5), 1.0)]),
    "enforcement.found_chance": Case([(0, 2), (0, 2), UNIT], [
        ((0.005, 0.4, 0.7), 0.0014), ((0.005, 0.4, 0), 0.0), ((5, 0.4, 1), 1.0)]),
    "enforcement.detention_length": Case([LUCK, (1, 400)], [
        ((0.5, 10), 7),                                     # ln .5 / ln .9 = 6.58
        ((0.999, 10), 1), ((0.001, 1), 1), ((0.001, 0.5), 1),   # at least a day
        ((1e-9, 3650), 3000)]),                             # at most 3000
    # --- help-seeking --------------------------------------------------------------------------
    "help_seeking.identification": Case([UNIT, UNIT, UNIT, UNIT], [
        ((1, 0, 0.55, 0), 1.55),                            # .45 + .55 x 2 x 1 x 1
        ((1, 0.5, 0.55, 0), 1.0),                           # .45 + .55 x 2 x 1 x .5
        ((0, 0.5, 0.55, 0), 0.45),                          # anonymous
        ((0.5, 0.8, 0.55, 0.4), 0.336)]),                   # .6 x (.45 + .55 x 2 x .5 x .2)
    "help_seeking.believed_danger": Case([UNIT, (0, 2)], [
        ((0.3, 1.55), 0.465), ((0.8, 1.5), 0.99), ((0.3, 0), 0.0)]),
    "help_seeking.believed_risk": Case([UNIT, UNIT, UNIT], [
        ((0.3, 0, 0.6), 0.3), ((0, 1, 0.6), 0.6),
        ((0.465, 0.5, 0.6), 0.6255)]),                      # 1 - .535 x .7
    "help_seeking.asking_utility": Case(
        [UNIT, UNIT, (-1, 2), UNIT, UNIT, (-7, -3), (2, 7), (0, 2), (1, 7)], [
            # -5.3 + 4.7 x .9 + .5 x (.72 - .5) - .5 - 3.8 x .49 x .4
            # = -5.3 + 4.23 + .11 - .5 - .7448
            ((0.9, 0.72, 0.5, 0.49, 0.4, -5.3, 4.7, 0.5, 3.8), -2.2048),
            ((0.9, 0.72, 0.5, 0, 0.4, -5.3, 4.7, 0.5, 3.8), -1.46),     # nothing to fear
            ((0.9, 0.72, 0.5, 1, 1, -5.3, 4.7, 0.5, 3.8), -5.26)]),     # all to fear: -3.8
    "help_seeking.fear_of_the_door": Case([UNIT, (0.0, 0.95)], [
        ((0, 0.6), 0.0),
        ((0.5, 0.6), -math.log(0.7)),                       # 1 - .6 x .5
        ((1, 1), math.log(100))]),                          # capped at .99
    "help_seeking.fear_of_danger": Case([(0.0, 0.99)], [
        ((0,), 0.0), ((0.5,), math.log(2)), ((0.99,), math.log(100))]),
    "help_seeking.share_of": Case([AMOUNT, (0.1, 40.0)], [
        ((1, 4), 0.25), ((0, 4), 0.0),
        ((0, 0), 0.0)]),                                    # nothing of nothing
    "help_seeking.taste": Case([(-6, 6), (0, 2)], [
        ((1.5, 0.5), 0.75), ((-1.5, 0.5), -0.75)]),
    # --- movement ------------------------------------------------------------------------------
    "movement.daily_hazard": Case([(0.0, 0.9), (1, 60)], [
        ((0.5, 1), 0.5),
        ((0.19, 2), 0.1),                                   # .9 x .9 = .81
        ((0, 3), 0.0), ((1, 3), 1.0)]),
    "movement.burst_probability": Case([UNIT, (0.01, 1.0)], [
        ((0.01, 0.2), 0.05), ((0.4, 0.2), 1.0), ((0, 0.2), 0.0), ((0, 0), 0.0)]),
    "movement.burst_strikes": Case([UNIT, (0.01, 1.0)], [
        ((0.01, 0.2), 0.2), ((0.4, 0.2), 0.4)]),
    "movement.leaving_probability": Case([(1, 400), (0, 2), (1, 3)], [
        ((20, 1, 1.5), 0.05),
        ((20, 0, 1.5), 1 / 30),                             # the poorest stay half as long again
        ((1, 2, 1.5), 1.0)]),
    "movement.room_left": Case([(0, 2000), (1, 2000)], [
        ((500, 1000), 1.0), ((900, 1000), 1.0),
        ((950, 1000), 0.5),                                 # .05 / .1
        ((1200, 1000), 0.0), ((1200, 0), 1.0)]),            # no limit
    "movement.leg_utility": Case(
        [(-3, 3), (0, 5000), (0, 2), UNIT, UNIT, (0.5, 6), (0, 2), (0, 20), (0, 3)], [
            # 2.5 x .8 - .4 x 1000 / 500 / (1 + 1) - 6 x .05 - 1 x (1 - .5) = 2 - .4 - .3 - .5
            ((0.8, 1000, 1, 0.05, 0.5, 2.5, 0.4, 6, 1), 0.8),
            ((0.8, 1000, 0, 0.05, 0.5, 2.5, 0.4, 6, 1), 0.4),           # cost weighs twice
            ((-0.8, 0, 2, 0, 1, 2.5, 0.4, 6, 1), -2.0)]),               # a move backwards
    "movement.believed_leg_danger": Case([UNIT, UNIT, (0, 20), (0, 5)], [
        ((0.01, 0.04, 0, 1), 0.05),
        ((0.01, 0.04, 3, 0.5), 0.125)]),                    # .05 x (1 + 3 x .5)
    # --- needs ---------------------------------------------------------------------------------
    "needs.onset_chance": Case([(0, 0.5), (0, 2), (0.1, 1), (1, 5)], [
        ((0.0105, 1, 1, 3), 0.0105),
        ((0.0105, 0, 1, 3), 0.0315),                        # poor: x 3
        ((0.0105, 0, 0.3, 3), 0.00945),                     # poor, at origin: x .9
        ((0.5, 0, 1, 3), 1.0)]),
    "needs.urgency_of": Case([LUCK, (0.001, 0.01), (0.001, 0.01), (0.001, 0.01)], [
        ((0.52, 0.0055, 0.0033, 0.0017), 0),                # .52 x .0105 = .00546 < .0055
        ((0.53, 0.0055, 0.0033, 0.0017), 1),                # .005565
        ((0.83, 0.0055, 0.0033, 0.0017), 1),                # .008715 < .0088
        ((0.84, 0.0055, 0.0033, 0.0017), 2)]),              # .00882
    "needs.by_urgency": Case([(0, 2), UNIT, UNIT, UNIT], [
        ((0, 0.35, 0.55, 0.9), 0.35), ((1, 0.35, 0.55, 0.9), 0.55), ((2, 0.35, 0.55, 0.9), 0.9)]),
    "needs.relieved": Case([UNIT, UNIT, UNIT, (0.1, 0.3)], [
        ((0.9, 0.6, 1, 0.2), 0.3),
        ((0.9, 0.6, 0.5, 0.2), 0.6),                        # poor help: half the relief
        ((0.55, 0.4, 1, 0.2), 0.0),                         # .15 is below .2: ended
        ((0.35, 0.8, 1, 0.2), 0.0)]),
    "needs.lottery_ticket": Case([LUCK, (1, 10)], [
        ((math.exp(-1), 1), 1.0),
        ((math.exp(-2), 5), 0.4)]),                         # acute: five times the weight
    "needs.places_kept": Case([AMOUNT, (0, 10)], [
        ((20, 3), 20.0), ((0.25, 3), 3.0)]),
    "needs.finding_chance": Case([(0, 0.1), UNIT, (1, 4), (0, 1)], [
        ((0.005, 0.6, 2, 0.5), 0.003), ((0.9, 1, 2, 1), 1.0)]),
    # --- rumour --------------------------------------------------------------------------------
    "rumour.fade_probability": Case([(0, 400), UNIT, (10, 60)], [
        ((0, 0.15, 25), 0.15), ((25, 0.15, 25), 0.075), ((75, 0.15, 25), 0.0375)]),
    "rumour.news_reach": Case([(0, 0.1), UNIT, UNIT, (1, 20), UNIT], [
        ((0.02, 0, 1, 5, 0.1), 0.02),                       # in the country
        ((0.02, 1, 1, 5, 0.1), 0.1),                        # at the place itself: x 5
        ((0.02, 0, 0, 5, 0.1), 0.002),                      # abroad: x .1
        ((0.5, 1, 1, 5, 0.1), 1.0)]),
    # --- answering -----------------------------------------------------------------------------
    "answering.agrees": Case([LUCK, UNIT], [((0.29, 0.3), 0), ((0.3, 0.3), 1)]),
    "answering.independence_answer": Case([LUCK, (0, 0.5), (0, 0.5), UNIT], [
        ((0.06, 1, 0, 0.07), 3),                            # no answer
        ((0.535, 0.6, 0.2, 0.07), 0),                       # half of those who answer, b .6
        ((0.535, 0.4, 0.2, 0.07), 2),                       # between b .4 and 1 - d .8
        ((0.535, 0.4, 0.6, 0.07), 1)]),                     # above 1 - d .4
    "answering.trust_answer": Case([AMOUNT, AMOUNT, PRIOR], [
        ((3, 1, 2), 0), ((1, 3, 2), 1), ((1, 1.5, 2), 2), ((3, 3, 2), 2)]),
    # --- status --------------------------------------------------------------------------------
    "status.daily_chance": Case([(0.1, 4000)], [
        ((400,), 0.0025), ((0,), 0.0), ((0.5,), 1.0)]),
    "status.yearly_chance": Case([(0.0, 0.99)], [
        ((0,), 0.0), ((1,), 1.0),
        ((0.5,), 1 - math.exp(-math.log(2) / 365))]),       # half are left after 365 days
}


def _rules() -> dict[str, Any]:
    """Every public rule, by module and name."""
    found = {}
    for info in pkgutil.iter_modules(sim.rules.__path__):
        module = importlib.import_module(f"sim.rules.{info.name}")
        found.update({f"{info.name}.{name}": getattr(module, name) for name in module.__all__})
    return found


RULES = _rules()


def test_every_rule_has_a_case_worked_out_by_hand() -> None:
    assert sorted(RULES) == sorted(CASES)
    assert [name for name, case in CASES.items() if not case.examples] == []


def test_every_compiled_function_among_the_rules_is_public() -> None:
    for info in pkgutil.iter_modules(sim.rules.__path__):
        module = importlib.import_module(f"sim.rules.{info.name}")
        own = {name for name, it in vars(module).items()
               if hasattr(it, "py_func") and it.py_func.__module__ == module.__name__}
        assert own == set(module.__all__)


EXAMPLES = [(name, *example) for name, case in CASES.items() for example in case.examples]


@pytest.mark.parametrize(("name", "numbers", "expected"), EXAMPLES)
def test_a_rule_gives_what_was_worked_out_by_hand(
        name: str, numbers: tuple[float, ...], expected: float) -> None:
    assert RULES[name](*numbers) == pytest.approx(expected, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("name", sorted(RULES.keys() & CASES.keys()))
def test_a_rule_is_compiled_once_for_wide_numbers(name: str) -> None:
    rule = RULES[name]
    assert len(rule.nopython_signatures) == 1
    signature = rule.nopython_signatures[0]
    wide = {numba.float64, numba.int64}
    assert {signature.return_type, *signature.args} <= wide
    # float32, as columns hold it, is widened: no second form is made, and nothing is lost.
    numbers = [float(np.float32(low + 0.3 * (high - low))) for low, high in CASES[name].limits]
    narrow = [np.float32(x) for x in numbers]
    if numba.int64 not in signature.args:
        assert rule(*narrow) == rule(*numbers)
    assert len(rule.nopython_signatures) == 1


@pytest.mark.parametrize("name", sorted(RULES.keys() & CASES.keys()))
def test_a_rule_means_what_its_python_body_says(name: str) -> None:
    rule, limits = RULES[name], CASES[name].limits
    whole = [kind == numba.int64 for kind in rule.nopython_signatures[0].args]
    assert len(limits) == len(whole)
    rng = np.random.default_rng(20)
    for point in rng.random((200, len(limits))):
        numbers = [
            int(low + u * (high - low + 1)) if is_whole else low + u * (high - low)
            for u, (low, high), is_whole in zip(point, limits, whole, strict=True)]
        assert rule(*numbers) == pytest.approx(rule.py_func(*numbers), rel=1e-12, abs=1e-12)


# --- rules that belong together ----------------------------------------------------------------

@FIXED
@given(st.floats(0.0, 0.99), SHARES, SHARES)
def test_the_two_fears_add_up_to_the_whole_risk(
        danger: float, door: float, weight: float) -> None:
    assume(weight * door <= 0.99)
    both = fear_of_the_door(door, weight) + fear_of_danger(danger)
    risk = believed_risk(danger, door, weight)
    assert 1.0 - math.exp(-both) == pytest.approx(risk, abs=1e-12)


@FIXED
@given(SHARES, SHARES, SHARES, SHARES, SHARES)
def test_fear_is_spared_where_it_should_be(
        p_danger: float, independence: float, registers: float, door: float, exposure: float,
        ) -> None:
    p = Parameters.of()

    def utility(x: float, registered: float, believed: float, known: float, officers: float,
                ) -> float:
        m = identification(registered, believed, p["omega"], known)
        risk = believed_risk(believed_danger(p_danger, m), officers, p["door_weight"])
        return asking_utility(0.9, 0.72, 0.0, x, risk, p["b0"], p["bn"], p["bc"], p["bf"])

    calm = asking_utility(0.9, 0.72, 0.0, 1.0, 0.0, p["b0"], p["bn"], p["bc"], p["bf"])
    # Nobody with nothing to fear reacts to anything.
    assert utility(0.0, registers, independence, 0.0, door) == calm
    # Whether an organisation is independent does not matter where it registers nobody.
    assert utility(exposure, 0.0, independence, 0.0, door) == utility(exposure, 0.0, 0.0, 0.0, door)
    # More to fear, more registration, less independence, officers: never less afraid.
    here = utility(exposure, registers, independence, 0.0, door)
    assert here <= calm
    assert here <= utility(exposure, registers / 2, independence, 0.0, door)
    assert here <= utility(exposure, registers, (1.0 + independence) / 2, 0.0, door)
    assert here <= utility(exposure, registers, independence, 0.0, door / 2)
    assert here <= utility(exposure / 2, registers, independence, 0.0, door)
    # A firewall that is known and kept repairs at once; a perfect one leaves only the door.
    assert here <= utility(exposure, registers, independence, 0.4, door)
    assert utility(exposure, registers, independence, 1.0, 0.0) == pytest.approx(calm, abs=1e-12)


@FIXED
@given(st.floats(0.0, 0.9), st.integers(1, 60))
def test_a_daily_hazard_adds_up_over_the_crossing(per_crossing: float, days: int) -> None:
    left = (1.0 - daily_hazard(per_crossing, days)) ** days
    assert 1.0 - left == pytest.approx(per_crossing, abs=1e-12)


@FIXED
@given(SHARES, st.floats(0.01, 1.0))
def test_bursts_strike_as_many_as_the_hazard_says(hazard: float, share: float) -> None:
    chance = burst_probability(hazard, share)
    assert 0.0 <= chance <= 1.0
    assert chance * burst_strikes(hazard, share) == pytest.approx(hazard, abs=1e-15)


@FIXED
@given(SHARES)
def test_chances_a_day_add_up(per_year: float) -> None:
    assert 1.0 - (1.0 - yearly_chance(per_year)) ** 365 == pytest.approx(per_year, abs=1e-9)
    assert sum(daily_chance(50.0) * (1 - daily_chance(50.0)) ** k * (k + 1)
               for k in range(5000)) == pytest.approx(50.0, rel=1e-6)


@pytest.mark.parametrize("mean_days", [1.0, 1.5, 2.0, 10.0, 30.0, 180.0])
def test_detention_lasts_as_long_as_the_country_says(mean_days: float) -> None:
    n = 20_000
    lengths = [detention_length((i + 0.5) / n, mean_days) for i in range(n)]
    assert all(isinstance(length, int) for length in lengths)
    assert sum(lengths) / n == pytest.approx(mean_days, rel=0.01)


def test_urgencies_come_in_proportion_to_their_rates() -> None:
    n, rates = 10_500, (0.0055, 0.0033, 0.0017)
    drawn = np.bincount([urgency_of((i + 0.5) / n, *rates) for i in range(n)])
    assert drawn.tolist() == pytest.approx([5500, 3300, 1700], abs=1)


@FIXED
@given(SHARES, SHARES, SHARES, st.floats(0.01, 0.3))
def test_help_never_adds_to_a_need_nor_leaves_a_trace_of_it(
        level: float, relief: float, quality: float, end: float) -> None:
    left = relieved(level, relief, quality, end)
    assert left == 0.0 or end <= left <= level
    assert left <= relieved(level, relief, quality / 2, end)


@FIXED
@given(SHARES, SHARES, st.floats(0.0, 5.0), st.floats(0.01, 1.0))
def test_bad_news_moves_only_those_whom_it_concerns(
        exposure: float, floor: float, amount: float, trust: float) -> None:
    weight = relevance(exposure, floor)
    assert weight == 0.0 if exposure == 0.0 else weight >= max(exposure, floor)
    assert bad_evidence(amount, weight, 1.0, trust, 2.0) <= bad_evidence(
        amount, 1.0, 1.0, trust, 2.0)
    # What one is told is symmetric; only one's own experience of it counts more when bad.
    assert bad_evidence(amount, 1.0, 1.0, trust, 2.0) == good_evidence(amount, 1.0, trust, 2.0)
    assert bad_evidence(amount, 1.0, 2.0, 1.0, 2.0) == 2.0 * good_evidence(amount, 1.0, 1.0, 2.0)


@pytest.mark.parametrize(
    ("reason", "by"), [("progress", 0.1), ("cost", -50.0), ("danger", -0.01), ("room", 0.1)])
def test_a_leg_is_liked_better_for_each_good_reason(reason: str, by: float) -> None:
    p = Parameters.of()
    leg = {"progress": 0.5, "cost": 400.0, "danger": 0.05, "room": 0.5}

    def utility(progress: float, cost: float, danger: float, room: float) -> float:
        return leg_utility(progress, cost, 1.0, danger, room, p["progress_weight"],
                           p["cost_weight"], p["danger_weight"], p["room_weight"])

    assert utility(**leg | {reason: leg[reason] + by}) > utility(**leg)


def test_an_acute_need_weighs_more_than_a_pressing_and_that_more_than_a_routine_one() -> None:
    p = Parameters.of()
    levels = [by_urgency(u, p["level_routine"], p["level_pressing"], p["level_acute"])
              for u in range(3)]
    lapses = [by_urgency(u, p["lapse_routine"], p["lapse_pressing"], p["lapse_acute"])
              for u in range(3)]
    assert levels == sorted(levels)
    assert lapses == sorted(lapses, reverse=True)  # an acute need is delayed rather than lost


def test_python_bodies_stay_readable() -> None:
    """A researcher reads the rule itself, not only its compiled form."""
    body: Callable[..., float] = RULES["help_seeking.asking_utility"].py_func
    assert body.__doc__
    assert body(0.9, 0.72, 0.5, 0.49, 0.4, -5.3, 4.7, 0.5, 3.8) == pytest.approx(-2.2048)
