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

import sim.rules


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
    # --- exchange of beliefs -------------------------------------------------------------------
    "exchange.held_value": Case([AMOUNT, AMOUNT], [
        ((3, 1), 0.75),
        ((0, 0), 0.5)]),
    "exchange.held_trust": Case([AMOUNT, AMOUNT, PRIOR], [
        ((5, 1, 2), 0.75),                                  # 6 / 8
        ((0, 0, 2), 0.0)]),
    "exchange.heard_value": Case([UNIT, (0.0, 0.3), UNIT], [
        ((0.4, 0.1, 1), 0.5), ((0.4, 0.1, 0.25), 0.35),     # .4 - .1 / 2
        ((0.95, 0.1, 1), 1.0), ((0.05, 0.1, 0), 0.0)]),
    "exchange.heard_trust": Case([UNIT, (0.0, 0.3), UNIT], [
        ((0.4, 0.1, 0.75), 0.45),
        ((1, 0.1, 1), 0.99999), ((0, 0.1, 0), 0.000001)]),
    "exchange.disagreement": Case([UNIT, UNIT], [
        ((0.3, 0.3), 0.0),
        ((0.2, 0.8), 0.6 / 1.00001)]),
    "exchange.exchanged_trust": Case([UNIT] * 6, [
        ((0.2, 0, 0.9, 1, 0.5, 0.3), 0.5),                  # half of all doubt is convinced
        ((0.2, 1, 0.8, 1, 0.5, 0.3), 1 - 0.18 / 1.00001),   # .3 x .6 is confused
        ((0.4, 0.5, 0.4, 0.8, 0.5, 0.3), 0.7)]),            # 1 - (.5 x .2 + .5 x .8 / 2)
    "exchange.exchanged_value": Case([UNIT] * 7, [
        ((0.2, 0, 0.9, 1, 0.5, 0.1, 0.3), 0.9),             # who knows nothing takes all over
        ((0.2, 1, 0.8, 1, 0.5, 0.1, 0.3), 0.26),            # .9 x .2 + .1 x .8
        ((0.2, 1, 0.8, 0, 0.5, 0.1, 0.3), 0.2)]),           # a doubter changes nothing
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
    "movement.room_left": Case([(0, 2000), (1, 2000), (0.05, 0.5)], [
        ((500, 1000, 0.1), 1.0), ((900, 1000, 0.1), 1.0),
        ((950, 1000, 0.1), 0.5),                            # .05 / .1
        ((900, 1000, 0.5), 0.2),                            # .1 / .5
        ((1200, 1000, 0.1), 0.0), ((1200, 0, 0.1), 1.0)]),  # no limit
    "movement.cost_felt": Case([(0, 5000), (0, 2)], [
        ((1500, 0), 1.5),
        ((1000, 1), 0.5),                                   # half for the middle third
        ((900, 2), 0.3)]),
    "movement.paying_chance": Case([(0, 5000), (500, 20000)], [
        ((1000, 5000), 0.2), ((0, 5000), 0.0), ((9000, 5000), 1.0)]),
    "movement.passable": Case([(0, 3), UNIT], [
        ((0.5, 0.9), 1), ((0.91, 0.9), 0), ((1.8, 1.0), 1)]),  # danger counts 1 at most
    "movement.destination_utility": Case([(0.001, 1000), (-3, 9)], [
        ((1, 0.5), 0.5), ((math.exp(2), -1.0), 1.0)]),
    "movement.leg_utility": Case(
        [(-3, 3), (0, 5), (0, 10), UNIT, UNIT, (0.5, 6), (0, 2), (0, 2), (0, 20), (0, 3)], [
            # 2.5 x .8 - .3 x 2 - .4 x 1 - 6 x .05 - 1 x (1 - .5) = 2 - .6 - .4 - .3 - .5
            ((0.8, 2, 1, 0.05, 0.5, 2.5, 0.3, 0.4, 6, 1), 0.2),
            ((0.8, 2, 2, 0.05, 0.5, 2.5, 0.3, 0.4, 6, 1), -0.2),        # twice as dear
            ((-0.8, 0, 0, 0, 1, 2.5, 0.3, 0.4, 6, 1), -2.0)]),          # a move backwards
    "movement.believed_leg_danger": Case([UNIT, UNIT, (0, 20), (0, 5)], [
        ((0.01, 0.04, 0, 1), 0.05),
        ((0.01, 0.04, 3, 0.5), 0.125)]),                    # .05 x (1 + 3 x .5)
    "encounter.reaching_chance": Case([UNIT, UNIT, UNIT, UNIT], [
        ((0.004, 0.5, 0.5, 0.0), 0.001),
        ((0.004, 0.5, 0.5, 0.02), 0.021),                   # and a campaign
        ((1, 1, 1, 0.5), 1.0)]),
    # --- needs ---------------------------------------------------------------------------------
    "needs.onset_chance": Case([(0, 0.5), (0, 2), (0.1, 1), (1, 5), (0, 8)], [
        ((0.0105, 1, 1, 3, 1), 0.0105),
        ((0.0105, 1, 1, 3, 1.5), 0.01575),                  # as much again by half
        ((0.0105, 0, 1, 3, 1), 0.0315),                     # poor: x 3
        ((0.0105, 0, 0.3, 3, 1), 0.00945),                     # poor, at origin: x .9
        ((0.5, 0, 1, 3, 1), 1.0)]),
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
    # --- displacement --------------------------------------------------------------------------
    "displacement.share_of": Case([AMOUNT, (0, 100)], [
        ((1, 4), 0.25), ((0, 0), 0.0)]),                    # nobody yet
    "displacement.camp_utility": Case([(0, 5), UNIT, (0.01, 1), (0, 3), (0.05, 2)], [
        ((0, 0.6, 1, 0.7, 0.4), 0.0),                       # here, with company 1 and all the room
        ((2, 0.1, 0.5, 0.7, 0.4), -1.4 - 2 * math.log(2))]),
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


def test_python_bodies_stay_readable() -> None:
    """A researcher reads the rule itself, not only its compiled form."""
    body: Callable[..., float] = RULES["help_seeking.asking_utility"].py_func
    assert body.__doc__
    assert body(0.9, 0.72, 0.5, 0.49, 0.4, -5.3, 4.7, 0.5, 3.8) == pytest.approx(-2.2048)
