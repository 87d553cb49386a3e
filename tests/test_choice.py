"""Who asks for help, against the closed form of the multinomial logit.

With Gumbel noise on every option, a person with utilities U asks at k with probability
``exp(U_k) / (1 + sum exp(U))``; staying away has utility 0.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.codes import DETERRED, NO_SERVICE, NOT_WORTH, OUTCOMES, TURNED_AWAY, UNAWARE
from sim.model import TrustModel
from sim.network import RouteNetwork
from tests.worlds import (
    NO_BACKGROUND,
    NO_EVIDENCE,
    ONE_NEED,
    QUIET,
    act,
    body,
    counted,
    make_network,
    make_plan,
)

LEVEL = 0.5
PEOPLE = 40_000
STEADY: dict[str, float] = {
    **QUIET, **NO_BACKGROUND, **NO_EVIDENCE, **ONE_NEED, "level_routine": LEVEL, "taste_sd": 0.0,
    "b0": -2.0, "bn": 3.0, "bc": 1.5, "bf": 4.0, "base_rate_danger": 0.25,
    "base_rate_independence": 0.4, "base_rate_competence": 0.7, "omega": 0.55,
    "door_weight": 0.6}
"""Everybody has the same need and the same opinions, and nothing changes them."""


def town(folder: Path, points: Sequence[Mapping[str, Any]]) -> RouteNetwork:
    """A town where people have one need; service points have no room, so the need stays."""
    needs = dict.fromkeys(("regulatory", "financial", "human", "social", "natural"), 0)
    organisations = [
        {"id": "helpers"}, {"id": "agency", "kind": "un", "family": "un"},
        {"id": "office", "kind": "government", "family": "government"}]
    return make_network(
        folder,
        [{"id": "town", "departures": 1, **needs},
         {"id": "far", "attraction": 1, "journey_step": "arrival"}],
        [{"from": "town", "to": "far", "closed": "0-30000"}],
        [{"node": "town", "physical": 0.5, "capacity_per_day": 0, **point} for point in points],
        organisations)


ONE: list[dict[str, Any]] = [{"id": "clinic", "registers": 0.5}]
THREE: list[dict[str, Any]] = [
    {"id": "clinic", "registers": 0.8}, {"id": "tent", "organisation": "agency"},
    {"id": "desk", "organisation": "office", "registers": 1, "door": 0.5}]


def risk(registers: float, door: float) -> float:
    """Believed risk at base rates, written out from the formulas of the model."""
    multiplier = (1 - 0.55) + 0.55 * 2 * registers * (1 - 0.4)
    return 1 - (1 - min(0.99, 0.25 * multiplier)) * (1 - 0.6 * door)


def utility(point: Mapping[str, Any], exposure: float, **weights: float) -> float:
    """Utility of asking at a point in the steady world."""
    p = STEADY | weights
    cost = 0.5 if point.get("organisation") == "office" else 0.0
    calm = p["b0"] + p["bn"] * LEVEL + p["bc"] * (0.7 - 0.5) - cost
    return calm - p["bf"] * exposure * risk(point.get("registers", 0), point.get("door", 0))


def asked_on(network: RouteNetwork, days: Sequence[int], **plan: Any) -> list[np.ndarray]:
    """Where people ask on some days: index of the point, -1 deterred, -2 not worth it."""
    parameters = STEADY | plan.pop("parameters", {})
    model = TrustModel(make_plan(network, days=max(days) + 1, parameters=parameters,
                                 **{"migrants": PEOPLE} | plan))
    seen = []
    for day in range(max(days) + 1):
        model.step()
        if day in days:
            outcome = body(model)["outcome"]
            assert np.isin(outcome, (TURNED_AWAY, DETERRED, NOT_WORTH)).all()
            away = np.where(outcome == DETERRED, -1, -2)
            seen.append(np.where(outcome == TURNED_AWAY, body(model)["asked"], away))
    return seen


def close(count: int, share: float, people: int) -> bool:
    """Whether a count is within sampling error of a share of the people."""
    return abs(count - share * people) < 4.5 * math.sqrt(people * share * (1 - share)) + 1e-9


@pytest.mark.parametrize("points", [ONE, THREE], ids=["one", "three"])
@pytest.mark.parametrize(("status", "exposure"), [
    ("irregular", 1.0), ("asylum_seeker", 0.6), ("refugee", 0.3)])
def test_shares_follow_the_logit(
        tmp_path: Path, points: list[dict[str, Any]], status: str, exposure: float) -> None:
    seen, = asked_on(town(tmp_path, points), [1], status={status: 1.0})
    strength = [math.exp(utility(point, exposure)) for point in points]
    calm = [math.exp(utility(point, 0.0)) for point in points]
    for k, weight in enumerate(strength):
        assert close(int((seen == k).sum()), weight / (1 + sum(strength)), PEOPLE)
    # Deterred: staying away wins against every point as it is, but not if all risks were 0.
    deterred = 1 / (1 + sum(strength)) - 1 / (1 + sum(calm))
    assert deterred > 0.03
    assert close(int((seen == -1).sum()), deterred, PEOPLE)
    assert close(int((seen == -2).sum()), 1 / (1 + sum(calm)), PEOPLE)


def test_the_deterred_would_have_asked_where_it_is_best(tmp_path: Path) -> None:
    """The point that a deterred person most wanted is counted as the one that lost a visit."""
    model = TrustModel(make_plan(town(tmp_path, THREE), migrants=PEOPLE, days=2, parameters=STEADY))
    model.run()
    by_point = model.record.by_point[1]
    assert by_point[:, 0].sum() + by_point[:, 3].sum() + counted(model, "not_worth", 1) == PEOPLE
    deterred = body(model)["outcome"] == DETERRED
    wanted = np.bincount(body(model)["asked"][deterred], minlength=3)
    assert list(wanted) == list(by_point[:, 3])
    # By enumeration: among the options without risk, ordered by luck that the risk then undoes.
    luck = np.random.default_rng(5).gumbel(size=(400_000, 4))
    calm = luck[:, :3] + np.array([utility(point, 0.0) for point in THREE])
    real = luck[:, :3] + np.array([utility(point, 1.0) for point in THREE])
    stays = (luck[:, 3] > real.max(axis=1)) & (luck[:, 3] < calm.max(axis=1))
    likely = np.bincount(calm[stays].argmax(axis=1), minlength=3) / 400_000
    for k in range(3):
        assert abs(by_point[k, 3] / PEOPLE - likely[k]) < 5 * math.sqrt(likely[k] / PEOPLE) * 1.1


def test_taste_lasts_a_week_and_no_longer(tmp_path: Path) -> None:
    first, same, *later = asked_on(town(tmp_path, ONE), [1, 2, 8, 9], migrants=7_000)
    # On one day a seventh of the people begin their own week.
    assert 0 < (first != same).mean() < 1 / 7
    share = float((first == 0).mean())
    for other in later:
        both = float(((first == 0) & (other == 0)).mean())
        assert both == pytest.approx(share**2, abs=4.5 * math.sqrt(share**2 / 7_000))


def test_independent_weeks_give_the_same_shares(tmp_path: Path) -> None:
    days = [1 + 7 * week for week in range(12)]
    seen = np.array(asked_on(town(tmp_path, ONE), days, migrants=4_000))
    strength = math.exp(utility(ONE[0], 1.0))
    assert close(int((seen == 0).sum()), strength / (1 + strength), seen.size)


def test_need_competence_and_cost_move_the_shares(tmp_path: Path) -> None:
    for weights in ({"bn": 5.0}, {"bc": 0.0}, {"b0": -1.0}, {"bf": 1.0}):
        (tmp_path / "x").mkdir(exist_ok=True)
        seen, = asked_on(town(tmp_path / "x", ONE), [1], parameters=weights)
        strength = math.exp(utility(ONE[0], 1.0, **weights))
        assert close(int((seen == 0).sum()), strength / (1 + strength), PEOPLE), weights


def test_more_fear_keeps_more_people_away_and_draws_nobody(tmp_path: Path) -> None:
    """Noise is keyed by person, option and week: the same luck at every slope."""
    network = town(tmp_path, THREE)
    asking = [asked_on(network, [1], migrants=8_000, parameters={"bf": bf})[0] >= 0
              for bf in (0.0, 1.0, 3.8, 7.0)]
    for less, more in pairwise(asking):
        assert (less | ~more).all(), "somebody asks because of fear"
        assert (less & ~more).sum() > 100
    seen, = asked_on(network, [1], migrants=8_000, parameters={"bf": 0.0})
    assert not (seen == -1).any(), "nobody is deterred where risk weighs nothing"


def test_choosing_another_point_is_substitution_not_deterrence(tmp_path: Path) -> None:
    network = town(tmp_path, [{"id": "tent"}, {"id": "watched", "door": 1}])
    calm, = asked_on(network, [1], parameters={"bf": 0.0})
    afraid, = asked_on(network, [1], parameters={"bf": 4.0})
    moved = (calm == 1) & (afraid == 0)
    assert moved.sum() > 500
    assert ((afraid == 1) <= (calm == 1)).all()


# --- nothing to fear -----------------------------------------------------------------------------

def test_risk_has_no_effect_at_all_where_exposure_is_zero(tmp_path: Path) -> None:
    """Not small: zero. Every byte of every day is the same whatever fear would weigh."""
    network = town(tmp_path, THREE)
    moved = STEADY | {"background_danger_irregular": 1.0, "channel_encounter": 1.0,
                      "meetings_per_day": 2.0, "channel_hearsay": 1.0, "channel_rumour": 1.0}
    hashes = {}
    for exposed in (False, True):
        for bf in (0.0, 3.8, 7.0):
            zero = () if exposed else ("irregular",)
            model = TrustModel(make_plan(network, migrants=400, days=20, zero_exposure=zero,
                                         parameters=moved | {"bf": bf}))
            days = []
            for _ in range(20):
                model.step()
                days.append(model.state_hash())
            hashes[exposed, bf] = days
            assert (counted(model, "deterred") > 0) == (exposed and bf > 0.0)
    assert hashes[False, 0.0] == hashes[False, 3.8] == hashes[False, 7.0]
    assert hashes[True, 0.0] != hashes[True, 3.8] != hashes[True, 7.0]


def test_news_of_a_breach_deters_nobody_without_exposure(tmp_path: Path) -> None:
    """One of two statuses has nothing to fear: its asking is untouched by all that happens."""
    network = town(tmp_path, THREE)
    shocks = [act("data_breach", point="clinic", recipient="AAA", start=5),
              act("rumour", topic="detained", node="town", reach=0.3, start=5),
              act("co_located_enforcement", point="tent", start=5)]
    outcomes: dict[str, list[np.ndarray]] = {}
    parameters = STEADY | {"channel_rumour": 1.0, "news_reach": 1.0, "meetings_per_day": 1.0}
    for name, acts in (("calm", []), ("shock", shocks)):
        model = TrustModel(make_plan(
            network, migrants=4_000, days=25, interventions=acts, parameters=parameters,
            status={"irregular": 0.5, "refugee": 0.5}, zero_exposure=("refugee",)))
        outcomes[name] = []
        for _ in range(25):
            model.step()
            outcomes[name].append(body(model)[["outcome", "status", "asked"]].copy())
    calm, shock = np.array(outcomes["calm"]), np.array(outcomes["shock"])
    spared = calm["status"] == 2
    assert (calm[spared] == shock[spared]).all()
    assert (shock["outcome"][~spared] == DETERRED).sum() > 1.2 * (
        calm["outcome"][~spared] == DETERRED).sum()


# --- the other outcomes --------------------------------------------------------------------------

def test_no_service_unaware_and_excluded_come_before_any_choice(tmp_path: Path) -> None:
    other = {"physical": 0.0, "human": 0.5}
    for points, parameters, expected in (
            ([{"id": "school", **other}], {}, NO_SERVICE),
            (ONE, {"find": 0.0}, UNAWARE),
            ([{"id": "clinic", "excludes": "irregular"}], {"bf": 0.0, "b0": 50.0}, TURNED_AWAY)):
        model = TrustModel(make_plan(town(tmp_path / OUTCOMES[expected], points), migrants=200,
                                     days=6, parameters=STEADY | parameters))
        model.step()
        model.step()
        assert (body(model)["outcome"] == expected).all()
        model.step()
        known = "excluded" if expected == TURNED_AWAY else OUTCOMES[expected]
        assert counted(model, known, 2) == 200, "the first refusal is a visit, later one knows"


def test_a_government_service_is_held_back_by_its_cost(tmp_path: Path) -> None:
    network = town(tmp_path, [{"id": "desk", "organisation": "office"}])
    seen, = asked_on(network, [1], parameters={"bf": 0.0, "cost_government": 1.3})
    strength = math.exp(STEADY["b0"] + STEADY["bn"] * LEVEL + STEADY["bc"] * 0.2 - 1.3)
    assert close(int((seen == 0).sum()), strength / (1 + strength), PEOPLE)


def test_lasting_taste_differs_between_people_and_not_between_weeks(tmp_path: Path) -> None:
    days = [1 + 7 * week for week in range(16)]
    spread = []
    for sd in (0.0, 1.5):
        seen = np.array(asked_on(town(tmp_path, ONE), days, migrants=6_000,
                                 parameters={"taste_sd": sd, "bf": 0.0}))
        often = (seen == 0).sum(axis=0)
        mean = often.mean() / len(days)
        spread.append(often.var() / (len(days) * mean * (1 - mean)))
    assert spread[0] == pytest.approx(1.0, abs=0.09), "without taste, weeks are independent"
    assert spread[1] > 3.0
