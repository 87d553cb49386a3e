"""Captions follow the numbers: what did not change is not said to have changed."""

from __future__ import annotations

import re

import numpy as np
import pytest

from dashboards.languages import LANGUAGES, MINUS, language_of
from dashboards.story.captions import captions_of
from dashboards.story.change import asked_change, deterred_change, told
from dashboards.story.events import events_of, place_names
from dashboards.story.facts import facts_of
from dashboards.story.numbers import tables_of
from dashboards.story.words import words_of
from tests.story_world import DAYS, compared, english, lived, with_track, without_effect


def all_text(story, world):
    return " ".join(text for _, text in captions_of(story, world, english()))


@pytest.mark.parametrize("world", range(3))
def test_captions_have_time_to_be_read(world):
    days = [each.day for each in captions_of(lived(), world, english())]
    assert days[0] == 0
    assert days[-1] == DAYS - 1
    assert all(0 <= day < DAYS for day in days)
    assert min(np.diff(days)) >= 7


def test_what_happens_is_told_on_its_day():
    told_on = {each.day: each.text for each in captions_of(lived(), 1, english())}
    assert told_on[90].startswith("Imagined: a list of the people helped in Agadez")
    assert told_on[100] == "The leak becomes known in Agadez. From now on word of it travels."
    wall = {each.day: each.text for each in captions_of(lived(), 2, english())}
    assert wall[150].startswith("Imagined: Niger agrees")


def test_the_world_as_it_is_tells_of_nothing_unusual():
    text = all_text(lived(), 0)
    assert "Nothing unusual happens" in text
    assert "Imagined" not in text
    track = lived().tracks[0]
    asked = round(1000 * track.asked.sum() / track.in_need.sum())
    assert f"people asked on {asked};" in text


def test_a_world_without_effect_says_so():
    text = all_text(without_effect(), 1)
    assert "has hardly changed" in text
    assert "no clear difference (in this one run)" in text
    assert not re.search(r"\d% (more|less)", text)
    assert "heard" not in text


def test_changes_are_those_of_the_run():
    base = lived().tracks[0]
    deterred = base.deterred.copy()
    deterred[100:] *= 3
    story = with_track(1, deterred=deterred, in_need=base.in_need, asked=base.asked * 2)
    assert "200.0% more (in this one run)" in all_text(story, 1)
    assert deterred_change(story, 0, 1, 100, DAYS - 1).value == pytest.approx(2)
    assert asked_change(story, 0, 1, 0, DAYS - 1).value == pytest.approx(1)


def test_belief_is_told_beside_the_world_without_it():
    agadez = lived().struck[0]
    danger = lived().tracks[0].danger.copy()
    danger[:, agadez] = 0.25
    story = with_track(0, danger=danger)
    raised = danger.copy()
    raised[:, agadez] = 0.5
    tracks = with_track(1, danger=raised).tracks
    text = all_text(type(story)(story.story, (story.tracks[0], *tracks[1:]), story.struck,
                                story.known), 1)  # fmt: skip
    assert "now hold it for 50% likely" in text
    assert "without it: 25%" in text


def test_word_ahead_of_people_is_told_only_where_it_is():
    track = lived().tracks[1]
    tripoli = place_names(track.plan).index("Tripoli")
    heard, been = 0 * track.heard, 0 * track.been
    heard[120:, tripoli] = track.present[120:, tripoli] // 2
    text = all_text(with_track(1, heard=heard, been=been), 1)
    assert re.search(r"In Tripoli, (4\d|50)% of people have now heard of the leak, and har", text)
    text = all_text(with_track(1, heard=heard, been=heard), 1)
    assert "ahead of people" not in text


def test_intervals_come_from_the_comparison():
    story = compared(lived(), [[1, 0.8, 0.9], [1, 0.82, 0.9], [1, 0.78, 0.9]])
    text = all_text(story, 1)
    assert re.search(r"How often .*: 20\.0% less \(95% interval: 1\d\.\d% to 2\d\.\d%\)", text)
    assert "one run" not in text
    doubtful = compared(lived(), [[1, 0.8, 0.9], [1, 1.2, 0.9], [1, 1.05, 0.9]])
    assert f"no clear difference (95% interval: {MINUS}" in all_text(doubtful, 1)
    none = told(asked_change(compared(lived(), [[1, 1, 1]] * 3), 0, 1, 0, 9), english())
    assert none.startswith("no clear difference")


def test_events_are_marked_where_they_happen():
    leak, wall = events_of(lived(), 2, english())
    names = place_names(lived().tracks[0].plan)
    assert (leak.start, leak.known, leak.remedy) == (90, 100, False)
    assert [names[row] for row in leak.places] == ["Agadez"]
    assert (wall.start, wall.remedy, wall.where) == (150, True, "Niger")
    assert {"Niamey", "Agadez", "Dirkou"} <= {names[row] for row in wall.places}
    assert events_of(lived(), 0, english()) == []


def test_tables_hold_the_worlds_and_the_spread():
    worlds, spread = tables_of(lived(), english())
    assert [row[0] for row in worlds.rows] == ["As it is", "With the leak", "Leak, then a firewall"]
    assert all(len(row) == len(worlds.head) for row in worlds.rows)
    assert spread.rows
    assert len(tables_of(without_effect(), english())) == 1


def test_facts_stand_beside_their_survey():
    facts = facts_of(lived(), english())
    assert [each.evidence for each in facts] == ["S06", "S11", "S17", "S23", "S13"]
    assert [each.survey for each in facts] == [0.26, 0.57, 0.25, 0.37, 0.48]
    for fact in facts:
        assert "GML 2022" in fact.source
        assert len(fact.worlds) == 3
        assert all(low <= share <= high for share, low, high in fact.worlds)


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_every_text_is_told_in_every_language(code):
    language = language_of(code, "report")
    english_words, words = words_of(english()), words_of(language)
    same = {name for name in words if words[name] == english_words[name]}
    assert same <= {"pause", "save_video", "usual"}  # French or Spanish says so, too
    for world in range(3):
        ours = captions_of(lived(), world, english())
        theirs = captions_of(lived(), world, language)
        assert [each.day for each in ours] == [each.day for each in theirs]
        assert not {each.text for each in ours} & {each.text for each in theirs}
