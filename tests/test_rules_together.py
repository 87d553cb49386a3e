"""Rules that belong together: what they add up to, and which way each number pushes."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

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
