"""What organisations say of themselves, and in answer to stories."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.columns import OWN_STORIES
from sim.interventions import Intervention
from sim.interventions.base import Scope
from sim.model import TrustModel
from tests.worlds import (
    QUIET,
    act,
    body,
    crowd,
    heard_by,
    in_favour,
    make_plan,
    model_of,
    of_danger,
    of_safety,
    route,
)

SILENT = {"outreach_rate": 0.0, "find": 0.0, "meetings_per_day": 0.0}


def test_openness_is_heard_and_shows_nobody_the_way(tmp_path: Path) -> None:
    said = act("transparency", point="clinic", start=10, end=20, reach=0.1)
    model = model_of(route(tmp_path, stay=1000), [said], parameters=SILENT)
    heard = []
    while model.running:
        model.step()
        heard.append(int((of_safety(model) > 0.0).sum()))
    assert heard[9] == 0 < heard[10] < heard[19] == heard[-1]
    assert not (body(model)["known"] > 0).any()
    assert (of_danger(model) == 0.0).all()
    assert (in_favour(model, "rcrc")[:, 1:].sum(axis=0) > 0.0).all()


def test_openness_towards_some_statuses_reaches_no_others(tmp_path: Path) -> None:
    said = act("transparency", start=5, reach=0.2).model_copy(
        update={"scope": Scope(status=("irregular", "refugee"), all=True)})
    model = model_of(route(tmp_path, stay=1000), [said], parameters=SILENT,
                     status={"irregular": 0.3, "refugee": 0.3, "regular": 0.4}).run()
    heard = of_safety(model) > 0.0
    regular = body(model)["status"] == 0
    assert heard[~regular].mean() > 0.8
    assert not heard[regular].any()


def test_after_a_breach_openness_repairs_some(tmp_path: Path) -> None:
    """It is worth less to those who have seen the opposite, but something."""
    network = route(tmp_path, stay=1000)
    breach = act("data_breach", point="clinic", recipient="BBB", start=8)
    said = act("transparency", point="clinic", start=20, reach=0.1)
    fields: dict[str, Any] = {"parameters": SILENT | {"news_reach": 0.5, "find_listed": 0.0},
                              "days": 60, "migrants": 600}
    gains = {}
    for name, acts in (("calm", []), ("breach", [breach])):
        both = [in_favour(model_of(network, [*acts, *more], **fields).run(), "rcrc")[:, 2].sum()
                for more in ([], [said])]
        gains[name] = both[1] - both[0]
    assert 0.0 < gains["breach"] < 0.9 * gains["calm"]


# --- answers to stories --------------------------------------------------------------------------

def rumour_run(folder: Path, answer: list[Intervention], **parameters: float) -> TrustModel:
    points = [{"id": "clinic", "physical": 1, "registers": 1}]
    talk = act("rumour", id="talk", topic="breach", node="here", start=5, reach=0.05)
    return TrustModel(make_plan(
        crowd(folder, points), migrants=1_000, days=60, interventions=[talk, *answer],
        parameters=QUIET | {"meetings_per_day": 1.0, "story_fade": 0.02} | parameters))


def test_an_early_answer_helps_more_than_a_late_one_and_that_more_than_none(
        tmp_path: Path) -> None:
    afraid, knew = [], []
    for acts in ([act("rebuttal", answers="talk", start=7, reach=0.2)],
                 [act("rebuttal", answers="talk", start=15, reach=0.2)], []):
        model = rumour_run(tmp_path, acts).run()
        afraid.append(float(of_danger(model)[:, 3].sum()))
        knew.append(int((of_danger(model)[:, 3] > 0.0).sum()))
    assert afraid[0] < afraid[1] < afraid[2]
    assert knew[0] < 0.5 * knew[2]


def test_who_is_answered_stops_telling_and_hears_the_word_once(tmp_path: Path) -> None:
    model = rumour_run(tmp_path, [act("rebuttal", answers="talk", node="here", start=12, end=15,
                                      reach=1.0)], story_fade=0.0, story_drop=0.0)
    telling, said = [], []
    while model.running:
        model.step()
        telling.append(int((body(model)["telling"] > 0).sum()))
        said.append(float(of_safety(model).max()))
        if model.day == 12:
            before = of_danger(model).copy()
        if model.day == 13:
            knew = heard_by(model, OWN_STORIES)
            assert (of_danger(model)[:, 3] >= 0.97 * before[:, 3]).all(), "what was learnt remains"
    assert telling[11] > 20
    assert telling[12:] == [0] * 48
    assert knew.any()
    assert said[11] == 0.0 < said[12]
    assert np.all(np.diff(said[12:]) <= 0.0), "the second and third day of it add nothing"
    assert said[12] <= model.plan.parameters["outreach_danger_safe"]


def test_an_answer_at_one_place_is_not_heard_at_another(tmp_path: Path) -> None:
    answer = act("rebuttal", answers="talk", node="far", start=7, reach=1.0)
    calm, answered = rumour_run(tmp_path, []).run(), rumour_run(tmp_path, [answer]).run()
    assert answered.state_hash() == calm.state_hash()


def test_two_answers_reach_as_many_as_one_or_the_other(tmp_path: Path) -> None:
    acts = [act("rebuttal", id=f"a{n}", answers="talk", node="here", start=6, reach=reach)
            for n, reach in enumerate((0.1, 0.3))]
    for pair in (acts, acts[::-1]):
        model = rumour_run(tmp_path, pair)
        for _ in range(8):
            model.step()
        assert model.world.tables.nodes["rebuttal"][0, 0] == pytest.approx(1 - 0.9 * 0.7)
        assert (model.world.tables.nodes["rebuttal"][1] == 0.0).all()


def test_without_the_channel_nobody_is_answered(tmp_path: Path) -> None:
    answer = act("rebuttal", answers="talk", start=7, reach=1.0)
    calm = rumour_run(tmp_path, [], channel_outreach=0.0).run()
    assert rumour_run(tmp_path, [answer], channel_outreach=0.0).run().state_hash() == (
        calm.state_hash())
