"""What a story keeps of its worlds: nobody is lost, nothing is changed, beliefs are the model's."""

from __future__ import annotations

import base64

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.story.packing import NO_VALUE, PER_HUNDRED, packed, shares
from dashboards.story.payload import as_json, payload
from dashboards.story.spread import first_day, reaches, too_few
from dashboards.story.stories import STORIES, story_named
from dashboards.story.track import Tracker, struck_places
from dashboards.story.worlds import Stopped, live_worlds, plans_of
from sim.codes import MEASURES
from sim.model import TrustModel
from sim.problems import InputProblem
from tests.story_world import DAYS, LEAK, MIGRANTS, english, lived

KINDS = {"u1": np.uint8, "u2": np.uint16, "u4": np.uint32, "i2": np.int16}


def unpacked(text):
    data = np.frombuffer(base64.b64decode(text["data"]), KINDS[text["kind"]])
    return data.reshape(text["shape"])


@pytest.fixture(scope="module")
def alone():
    """The world as it is, lived without anybody looking."""
    return TrustModel(plans_of(LEAK, MIGRANTS, DAYS)[0]).run()


def test_looking_changes_nothing_and_loses_nobody(alone):
    track = lived().tracks[0]
    counted = alone.record.counts[..., MEASURES.index("present")].sum(axis=2)
    assert (track.present == counted).all()
    assert (track.under_way == counted.sum(axis=1)).all()
    for name in ("asked", "deterred", "in_need"):
        assert getattr(track, name).sum() == alone.record.total(name)


@pytest.mark.parametrize("world", range(3))
def test_people_on_legs_are_those_on_the_way(world):
    track = lived().tracks[world]
    assert (track.on_leg.sum(axis=1) == track.present[:, -1]).all()
    assert (track.present[:, :-1].sum(axis=1) + track.on_leg.sum(axis=1) == track.under_way).all()


def test_dots_set_off_as_people_do():
    # Whoever took a leg in the days that it takes is on it, unless stopped on the way.
    track = lived().tracks[1]
    setting = np.vstack([np.zeros_like(track.set_off[:1]), track.set_off.cumsum(axis=0)])
    last = np.arange(1, track.days + 1)
    expected = np.column_stack([
        setting[last, leg] - setting[np.maximum(0, last - days), leg]
        for leg, days in enumerate(track.leg_days)
    ])  # fmt: skip
    later = slice(30, None)
    assert (track.on_leg[later] <= expected[later]).all()
    assert track.on_leg[later].sum() > 0.95 * expected[later].sum()


def test_belief_in_danger_is_the_model_s_own_summary(alone):
    sums = alone.record.opinions[..., -1].sum(axis=2)
    track = lived().tracks[0]
    days = alone.record.opinion_days
    known = track.present[days] > 0
    means = sums[known] / track.present[days][known]
    assert np.allclose(track.danger[days][known], means, atol=1e-12)
    assert np.isnan(track.danger[track.present == 0]).all()


def test_worlds_are_the_same_until_they_part():
    base, leak, wall = lived().tracks
    for name in ("present", "set_off", "danger", "asked"):
        one, two, three = (getattr(each, name) for each in (base, leak, wall))
        assert np.array_equal(one[:90], two[:90], equal_nan=True)
        assert np.array_equal(two[:150], three[:150], equal_nan=True)
    assert not np.array_equal(base.danger, leak.danger, equal_nan=True)


def test_word_begins_when_it_becomes_known_and_where():
    base, leak, _ = lived().tracks
    assert lived().known == 100
    assert base.heard.sum() == 0
    assert leak.heard[:100].sum() == 0
    agadez = list(leak.plan.network.nodes["id"]).index("agadez")
    assert lived().struck == (agadez,)
    assert leak.share_heard()[115, agadez] > 0.5
    assert (leak.heard <= leak.present).all()
    assert (leak.been <= leak.present).all()
    assert leak.been[:100].sum() == 0
    assert leak.been[100, agadez] == leak.present[100, agadez]


def test_reaches_tell_the_first_days():
    found = [each for each in reaches(lived(), 1) if each.word is not None]
    assert found == sorted(found, key=lambda each: (each.word, each.place))
    share = lived().tracks[1].share_heard()
    for each in found:
        assert share[each.word, each.place] >= 0.1
        assert not too_few(lived().tracks[0])[each.place]
    assert first_day(np.array([0.0, 0.2, 0.2]), 0.1, np.array([0, 1, 3])) == 2
    assert first_day(np.zeros(3), 0.1) is None


def test_the_same_seed_gives_the_same_bytes():
    again = live_worlds(LEAK, plans_of(LEAK, MIGRANTS, DAYS))
    assert as_json(again, english()) == as_json(lived(), english())


def test_the_story_holds_its_numbers():
    told, track = payload(lived(), english()), lived().tracks[1]
    world = told["worlds"][1]
    assert (unpacked(world["present"]) == track.present).all()
    used = track.set_off.sum(axis=0) > 0
    assert unpacked(world["setOff"]).sum() == track.set_off.sum()
    assert len(told["legs"]) >= used.sum()
    danger = unpacked(world["danger"])
    known = ~np.isnan(track.danger)
    assert ((danger == NO_VALUE) == ~known).all()
    assert np.abs(danger[known] / PER_HUNDRED / 100 - track.danger[known]).max() <= 0.002 + 1e-9
    assert len(told["places"]) == track.present.shape[1] - 1


@given(st.lists(st.floats(0, 1) | st.just(float("nan")), min_size=1, max_size=40))
def test_shares_are_kept_to_a_fifth_of_a_point(values):
    given = np.array(values)
    kept = unpacked(shares(given))
    known = ~np.isnan(given)
    assert (kept[~known] == NO_VALUE).all()
    assert np.abs(kept[known] / PER_HUNDRED / 100 - given[known]).max(initial=0) <= 0.002 + 1e-9


@given(st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=20))
def test_whole_numbers_are_kept_exactly(values):
    assert unpacked(packed(np.array(values))).tolist() == values


def test_what_happens_first_strikes_and_a_remedy_does_not():
    base, leak, wall = plans_of(LEAK)
    assert struck_places(base, leak) == struck_places(base, wall) == ["agadez"]
    assert struck_places(base, base) == []
    base, officers = plans_of(STORIES["officers"])
    assert struck_places(base, officers) == ["tijuana"]


def test_a_story_that_nobody_wants_stops():
    def enough(done, whole):
        assert whole > done
        if done == 3:
            raise Stopped

    with pytest.raises(Stopped):
        live_worlds(LEAK, plans_of(LEAK, 60, 20), enough)


def test_an_unknown_story_is_refused():
    assert story_named("leak") is LEAK
    with pytest.raises(InputProblem, match="there is no story 'leek'"):
        story_named("leek")


def test_looking_can_go_on_in_a_branch():
    base, leak, _ = plans_of(LEAK, 60, 20)
    model = TrustModel(base)
    model.record.summarising = False
    tracker = Tracker(model, np.array([15]), 5)
    model.step()
    tracker.look()
    twin = tracker.of(model.branch(leak))
    assert twin._heard is not tracker._heard
    assert twin._model is not model
